"""The regulation as data: what the rules say, without a database, a clock or a web server.

Texts
    regulations.py        one record a text, and all texts; ``sd_2021_1/`` is the one of Shandong
    rule_sets.py          which rules govern, from when to when, with which settings (Article 60)
    articles.py, citations.py   an article, and how it is cited inside and outside
    charts.py, acts.py, own_acts.py, guards.py, actors.py, forms.py, periods.py,
    service_targets.py, readings.py   the records that a text is made of

Counting (Article 59)
    notice_files.py       State Council notices as files; ``calendars/`` holds the announced years
    calendar.py           what a day is, which notice made it so, and what is only estimated
    computation.py        the last day of a period under each reading
    traces.py             the same told day by day

Besides
    words.py              a term in Chinese and in English
    refused.py            the one family of refusals
    evidence.py           kinds of files that come with acts
    reports.py            what an office is told although no act says it
"""

from spotcheck.rules.acts import OWN_ACTS, OWN_FACTS
from spotcheck.rules.own_acts import DOCKET
from spotcheck.rules.regulations import register
from spotcheck.rules.sd_2021_1 import TEXT
from spotcheck.rules.sd_2021_1.acts import OWN

_OWN = (*DOCKET, *OWN)
OWN_ACTS.update({act.name: act for act in _OWN})
OWN_FACTS.update({(act.name, fact): words for act in _OWN for fact, words in act.facts.items()})
register(TEXT)
