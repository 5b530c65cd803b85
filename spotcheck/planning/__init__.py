"""第二章 监督抽查的组织 — Articles 7 to 11, and the draw of Article 12.

The province makes the annual plan, to which cities and counties may suggest (7, 8); sets a scheme for each
task (9); engages bodies that keep sampling and testing apart (10); and draws targets at random (12).

    flow/           the charts of plan and task     operations.py    opening plans and tasks, ending targets
    facts.py        what comes with an act          consequences.py  what follows by itself
    requirements.py what forbids an act             draw.py          the draw that anybody can repeat
    candidates.py   what can be drawn
"""
