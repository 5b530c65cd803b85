"""The other side of P3: one period after another, each in its transaction, with objects that are read and saved.

So one writes it with Django's ORM when a period is a function of one row: lock, ask the guards, change the state, write
entry, register, messages and period, ask whether the conclusion is final now. Nothing of the sweep's sets is used here,
and tests/bench holds that both ways leave the same behind.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from spotcheck.docket import clock, entries, law
from spotcheck.docket.deadlines import day_after
from spotcheck.docket.flow import MATTERS, Flow, Proposal
from spotcheck.docket.models import Deadline, Dossier, Entry, Message, Track
from spotcheck.inspection.models import Conclusion, Inspection, Item, ResultNotice
from spotcheck.notices.issuing import bureaus_meant
from spotcheck.objections.settlement import COMPLETE, PROVISIONAL, WINDOW_OVER
from spotcheck.parties.actors import SYSTEM
from spotcheck.parties.models import Office
from spotcheck.rules.sd_2021_1.period_codes import APPLY_FOR_RECHECK, LODGE_OBJECTION

RULES = (LODGE_OBJECTION, APPLY_FOR_RECHECK)
"""The rules whose periods are fired in this way."""


def one_by_one(keys: Sequence[int]) -> None:
    """Let these periods run out, one after the other."""
    now = clock.now()
    for key in keys:
        with transaction.atomic():
            _let_pass(key, now)


def _let_pass(key: int, now: datetime) -> None:
    dossier = Dossier.objects.select_for_update().get(pk=Deadline.objects.get(pk=key).dossier_id)
    deadline = Deadline.objects.select_related("party__handler").get(pk=key)
    if deadline.status != Deadline.Status.RUNNING:
        return
    matter = MATTERS[deadline.chart].objects.get(pk=deadline.matter_id)
    matter.party = deadline.party
    on = day_after(deadline.latest)
    entry = _act(dossier, matter, "lapse", on, now)
    deadline.status, deadline.ended_on, deadline.ended_by = Deadline.Status.LAPSED, on, entry
    deadline.wake_on = None
    deadline.save()
    if deadline.rule == LODGE_OBJECTION:
        _finalise(dossier, entry, now)
    dossier.save()


def _finalise(dossier: Dossier, cause: Entry, now: datetime) -> None:
    """Make the conclusion final when no further report will come, all windows are over and nothing is open."""
    conclusion = Conclusion.objects.get(dossier=dossier)
    may = (
        conclusion.state in PROVISIONAL
        and Inspection.objects.filter(dossier=dossier, state__in=COMPLETE).exists()
        and (conclusion.reported == "conforming" or Item.objects.filter(dossier=dossier, result="fail").exists())
        and not ResultNotice.objects.filter(dossier=dossier).exclude(state__in=WINDOW_OVER).exists()
        and not Track.objects.filter(dossier=dossier, chart__in=("objection", "retest"), is_open=True).exists()
    )
    if may:
        method = "finalise_conforming" if conclusion.reported == "conforming" else "finalise"
        _act(dossier, conclusion, method, cause.effective_on, now, cause)


def _act(dossier: Dossier, matter: Flow, method: str, on: date, now: datetime, cause: Entry | None = None) -> Entry:
    """Run one transition of one matter and write what belongs to it, row by row."""
    spec, before = matter.spec_of(method), matter.state
    matter.dossier = dossier
    matter.proposal = Proposal(spec=spec, by=SYSTEM, on=on, today=clock.today_of(now), facts={}, cause=cause)
    getattr(matter, method)(matter.proposal)
    if spec.dates:
        setattr(matter, spec.dates, on)
    matter.save()
    entry = Entry(
        dossier=dossier,
        sequence=dossier.entry_count + 1,
        act=spec.name,
        chart=matter.chart,
        label=matter.label,
        party=matter.party,
        from_state=before,
        to_state=matter.state,
        effective_on=on,
        recorded_at=now,
        actor=SYSTEM.as_record(),
        facts={},
        flags=list(matter.proposal.flags),
        articles=list(spec.articles),
        cause=cause,
        regulation=law.text_of(dossier).id,
        previous_hash=dossier.head_hash,
    )
    entry.hash = entries.digest(entry)
    entry.save()
    dossier.entry_count, dossier.head_hash = entry.sequence, entry.hash
    track = Track.objects.get(dossier=dossier, chart=matter.chart, label=matter.label)
    track.state, track.is_open, track.since = matter.state, matter.is_open, on
    track.save()
    for word in spec.words.told:
        for office in Office.objects.filter(code__in=bureaus_meant(word, matter, spec)):
            Message.objects.create(dossier=dossier, entry=entry, kind=spec.name, office=office, created_at=now)
    return entry
