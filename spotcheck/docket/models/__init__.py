"""Tables of the docket, in rooms.

dossier.py   dossiers, parties, involvements, and the register of tracks
entries.py   entries and evidence, for good
periods.py   periods, calendar notices, documents of rule sets
outbox.py    messages, letters, and the sign that the sweep is alive
book.py      the book, the nightly roots, files whose time is over
"""

from spotcheck.docket.models.book import AuditRoot, Disposal, Record
from spotcheck.docket.models.dossier import Dossier, DossierQuerySet, Involvement, Party, Track, known_as
from spotcheck.docket.models.entries import Entry, Evidence
from spotcheck.docket.models.outbox import Beat, Delivery, Message
from spotcheck.docket.models.periods import CalendarNotice, Deadline, DeadlineQuerySet, RuleSetRecord

__all__ = [
    "AuditRoot",
    "Beat",
    "CalendarNotice",
    "Deadline",
    "DeadlineQuerySet",
    "Delivery",
    "Disposal",
    "Dossier",
    "DossierQuerySet",
    "Entry",
    "Evidence",
    "Involvement",
    "Message",
    "Party",
    "Record",
    "RuleSetRecord",
    "Track",
    "known_as",
]
