"""第四章 检验 — Articles 27 to 34.

The laboratory receives, verifies and tests (27 to 29), reports a danger at once (30) and then in full (31, 32);
each party is told with Form 7 (33). The conclusion of the report has a legal life of its own (31 to 41).

    flow/           the charts of inspection, result notice and conclusion
    requirements.py what forbids an act             consequences.py  what follows by itself
    operations.py   what later chapters do to notices and conclusions
"""
