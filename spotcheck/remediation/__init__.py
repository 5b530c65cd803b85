"""第六章 结果处理 — Articles 42 to 57.

The bureau of the actual place (42) orders each responsible party to rectify (43); the party rectifies and
applies (44), or proves that it cannot (45); the bureau rechecks (46 to 50); who fails is announced, closed,
struck off (51). Denials in handed-over cases (52), leads (56) and the publication of results (57) stand here too.

    flow/           the charts of rectification, recheck, ban, announcement, publication, lead and denial
    case_file.py    案卷: what is in it, bound as one file
    requirements.py what forbids an act             consequences.py  what follows by itself
"""
