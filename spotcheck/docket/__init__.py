"""案卷 (Article 53): the dossier and the mechanisms that every chapter uses.

models/          the tables, in rooms
flow.py          flow: the base of the seventeen charts and the decorator of their transitions
acts.py          act: the only door through which a state changes, and the refusal by article
execution.py     carrying an act out, for one matter or many; sessions.py: one transaction and the locks in it
consequences.py  what follows an entry, in the order of the chapters
deadlines.py     deadline: opening and closing periods; sweep.py lets them lapse
corrections.py   a recorded date is set right with proof; versions.py: both versions of a period are kept
entries.py       the append-only, hash-chained entries; audit.py: the daily roots, and the check of everything
book.py          the book: what was done, read and taken along that is no act of a dossier; exports.py: what leaves
register.py      the register of tracks, read by guards of other chapters
calls.py         which acts a line calls for; offers.py what forms say, fill in and offer: said by the chapters
wording.py       words, articles and days in the reader's language
standing.py      which of the regulation's actors an office or a person is for a matter
clock.py         the only place that knows what day it is
calendars.py     the calendar in force: announced years, imported notices, the provisional year
calendar_notices.py, redating.py   a notice comes in by two persons; the periods it moves are counted again
explanations.py  everything behind the dates of one period
rule_sets.py     which rules govern a dossier (Article 60)
trial_run.py     what would come of an act, taken back at once
bulk.py          many rows with one statement
outbox.py, alarms.py   messages are delivered once; what is missing is alarmed every day
"""
