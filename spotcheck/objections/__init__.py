"""第五章 异议处理 — Articles 35 to 41.

A party objects in its own window (35); the objection is verified (36), a denial of production by two cities
(37); the province decides one of three ways (38). A retest needs formalities (39), a commission (40), and is
final (41). When the last objection or retest of a sample has ended, its conclusion is settled here.

    flow/           the charts of objection and retest
    requirements.py what forbids an act             consequences.py  what follows by itself
    settlement.py   what becomes of the conclusion
"""
