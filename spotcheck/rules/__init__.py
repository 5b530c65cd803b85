"""The regulation as data: what the rules say, without a database, a clock or a web server.

The text
    articles.py           the sixty articles in our own words (articles.toml), and their citation
    periods.py            every period, one record each; the only place where its number stands
    service_targets.py    targets for duties without a number; settings, never called deadlines
    national_measures.py  provisions of the national Measures, shown as warnings on the forms of acts
    rule_sets.py          which text governs, from when to when, with which settings (Article 60)

Counting (Article 59)
    notice_files.py       State Council notices as files; ``calendars/`` holds the announced years
    calendar.py           what a day is, which notice made it so, and what is only estimated
    computation.py        the last day of a period under each reading
    traces.py             the same told day by day

Vocabulary
    words.py              a term in Chinese and in English
    refused.py            the one family of refusals
    actors.py             who may act
    charts.py, acts/      the state charts and the acts that move them
    guards/, grounds.py   what can forbid an act, and the numbered grounds of the text
    forms.py, letters.py  the thirteen forms, and the letters the text does not number
    readings/             how unclear sentences were read, by whom and when
    reports.py            what an office is told although no act says it
    unmodelled.py         what has nothing to compute, and why
"""
