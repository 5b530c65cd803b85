"""The Shandong rules of 2021 (鲁市监质监规字〔2021〕1号): the sixty articles as data.

articles.py           the articles in our own words (articles.toml)
period_codes.py       the codes of the periods, by name
periods.py            every period, one record each; the only place where its number stands
service_targets.py    targets for duties without a number; settings, never called deadlines
national_measures.py  provisions of the national Measures, shown as warnings on the forms of acts
rule_sets.py          from when to when the text is in force, with which settings (Article 60)
actors.py             who may act
charts.py, acts/      the state charts and the acts that move them
guards/, grounds.py   what can forbid an act, and the numbered grounds of the text
forms.py, letters.py  the thirteen forms, and the letters the text does not number
evidence.py           which files come with which acts
readings/             how unclear sentences were read, by whom and when
unmodelled.py         what has nothing to compute, and why
"""

from typing import Final

from spotcheck.rules.regulations import FIRST, FileKind, PartBegins, Regulation
from spotcheck.rules.sd_2021_1.actors import CAPACITIES
from spotcheck.rules.sd_2021_1.acts import ACTS
from spotcheck.rules.sd_2021_1.articles import ARTICLES, CHAPTERS
from spotcheck.rules.sd_2021_1.charts import CHARTS
from spotcheck.rules.sd_2021_1.evidence import KEEPING, OF_CHARTS
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.rules.sd_2021_1.guards import FLAGS, GUARDS, OWN_FLAGS, OWN_GUARDS
from spotcheck.rules.sd_2021_1.letters import LETTERS
from spotcheck.rules.sd_2021_1.readings import READINGS
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.rules.sd_2021_1.service_targets import SERVICE_TARGETS
from spotcheck.rules.words import Words

_ORGANISER: Final = ("province",)
_LABORATORY: Final = PartBegins("lab", "sample", "T", waits=("sealed",))
"""A first laboratory knows a sample once the unit to be tested is on its way; before, it is none of its business."""

TEXT: Final = Regulation(
    id=FIRST,
    chapters=CHAPTERS,
    articles=ARTICLES,
    files={
        "plan": FileKind(Words("年度计划", "annual plan"), seen_by=_ORGANISER, holds=True),
        "task": FileKind(Words("抽查任务", "spot-check task"), seen_by=_ORGANISER, holds=True),
        "sample": FileKind(Words("样品", "sample"), seen_by=_ORGANISER, begins=(_LABORATORY,)),
    },
    charts=CHARTS,
    acts=ACTS,
    guards=GUARDS | OWN_GUARDS,
    capacities=CAPACITIES,
    rule_sets=(SD_2021_1,),
    forms=FORMS,
    letters=LETTERS,
    flags=(*FLAGS, *OWN_FLAGS),
    readings=READINGS,
    targets=SERVICE_TARGETS,
    evidence=OF_CHARTS,
    keeping=KEEPING,
    counting=(59,),
)
"""Everything that is said in the terms of this text. The province organises, and sees all its files (Article 6)."""
