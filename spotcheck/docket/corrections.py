"""Corrections: the legal date of an earlier entry is set right with proof (design: receipts above all).

It moves running periods only, and keeps both versions of each. Once nothing runs any more, the acts that the articles
know are the way (``result_notice.correct_lapse``, ``retest.reinstate``, ``rectification.correct_lapse``). Entries
stay as they were written: the correction is an entry of its own that names the old one.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from spotcheck.docket import calendars, consequences, deadlines, entries, law, rule_sets, standing, versions
from spotcheck.docket.acts import FOR_LAPSES
from spotcheck.docket.evidence import Attached, attach
from spotcheck.docket.flow import MATTERS, ActSpec, Flow, Proposal
from spotcheck.docket.models import Deadline, Dossier, Entry, Track
from spotcheck.docket.problems import ActNotPermitted, BadFacts, Reason
from spotcheck.docket.sessions import hold, session, today
from spotcheck.docket.sweep import catch_up
from spotcheck.docket.versions import Change
from spotcheck.parties.actors import Actor
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.regulations import Regulation

WORDS = OWN_ACTS["docket.correct_date"]
ACT = WORDS.name


def correct_date(entry: Entry, *, on: date, proof: str, by: Actor, evidence: Sequence[Attached] = ()) -> Entry:
    """Set the legal date of an earlier entry right, and count the periods again that still run from it.

    ``proof`` names the paper that shows the right date, ``evidence`` are files that come with it. Raises
    :class:`ActNotPermitted` (nothing changed).
    """
    with session():
        dossier = hold(entry.dossier_id)
        catch_up([dossier])
        if on > today():
            raise BadFacts(ACT, {"on": [f"{on} is in the future"]})
        if entry.act not in ACTS:
            raise ActNotPermitted(
                ACT,
                [_reason(law.text_of(dossier), "date_can_be_corrected", entry.articles)],
                regulation=law.text_of(dossier).id,
            )
        matter = _matter(entry)
        spec = matter.spec_of(_method(entry))
        bearer = _bearer(matter)
        recorded = {"proof": f"{entry.act} {entry.sequence}"}  # that it happened was proved when it was recorded
        bearer.proposal = Proposal(spec=spec, by=by, on=on, today=today(), facts=recorded)
        before = legal_date(entry)
        reasons = _refusals(entry, bearer, spec, proof)
        if reasons:
            raise ActNotPermitted(ACT, reasons, regulation=law.text_of(dossier).id)
        followed = _with_consequences(entry)
        matters = _set_dates(followed, bearer, before, on)
        changes = _changes(entry, followed, matters[bearer.chart, bearer.label], before, on)
        if not changes:
            raise ActNotPermitted(
                ACT, [_reason(matter.text(), "period_still_runs", spec.articles)], regulation=law.text_of(dossier).id
            )
        for touched in matters.values():
            _keep(touched, before, on)
        return _write(entry, dossier, bearer, spec, changes, by=by, dates=(before, on), proof=(proof, evidence))


def legal_date(entry: Entry) -> date:
    """Return the legal date of an entry as it stands now, after all corrections."""
    corrections = Entry.objects.filter(dossier=entry.dossier_id, act=ACT, facts__entry=entry.sequence)
    newest = corrections.order_by("-sequence").first()
    return date.fromisoformat(newest.facts["date_after"]) if newest is not None else entry.effective_on


def _refusals(entry: Entry, bearer: Flow, spec: ActSpec, proof: str) -> list[Reason]:
    """Everything that stands in the way, but that nothing runs any more."""
    needs = {need.name: need for need in spec.needs}
    on, text = bearer.proposal.on, bearer.text()
    reasons = []
    if not standing.may(bearer, spec, bearer.proposal.by):
        reasons.append(_reason(text, "by_whom", spec.articles))
    if not spec.is_act or spec.forms or FOR_LAPSES in needs:
        reasons.append(_reason(text, "date_can_be_corrected", spec.articles))
    if not proof.strip():
        reasons.append(_reason(text, "correction_proved", spec.articles))
    sent_first = needs.get("proof_of_service")
    if not _in_order(entry, on) or (sent_first is not None and not sent_first(bearer)):
        reasons.append(_reason(text, "dates_in_order", spec.articles))
    if any(law.period_of(met).lapses and on > met.latest for met in Deadline.objects.filter(ended_by=entry)):
        reasons.append(_reason(text, "still_in_time", spec.articles))
    if "rule_set_valid" in needs and not _pins_the_same(entry, on):
        reasons.append(_reason(text, "rule_set_valid", spec.articles))
    return reasons


def _reason(text: Regulation, name: str, articles: tuple[int, ...] | list[int]) -> Reason:
    guard = text.guards[name]
    return Reason(guard.name, tuple(sorted({*guard.articles, *articles})), guard.says, guard.cure)


def _in_order(entry: Entry, on: date) -> bool:
    """Whether the day lies between the entries before and after in the same matter."""
    same = Entry.objects.filter(dossier=entry.dossier_id, chart=entry.chart, label=entry.label).exclude(act=ACT)
    earlier = same.filter(sequence__lt=entry.sequence).order_by("-sequence").first()
    later = same.filter(sequence__gt=entry.sequence).order_by("sequence").first()
    return (earlier is None or legal_date(earlier) <= on) and (later is None or on <= legal_date(later))


def _pins_the_same(entry: Entry, on: date) -> bool:
    """Whether the dossier would have been pinned to the same rule set on that day (Article 60)."""
    dossier = entry.dossier
    return dossier.pinned_on != legal_date(entry) or rule_sets.governing(on, law.text_of(dossier)) == dossier.rule_set


def _method(entry: Entry) -> str:
    """The transition of an entry; a word that Python keeps for itself has a dash behind it."""
    name = entry.act.split(".")[1]
    return name if hasattr(MATTERS[entry.chart], name) else f"{name}_"


def _matter(entry: Entry) -> Flow:
    matter: Flow = MATTERS[entry.chart].objects.get(dossier=entry.dossier_id, label=entry.label)
    matter.dossier = hold(entry.dossier_id)
    return matter


def _bearer(matter: Flow) -> Flow:
    """The matter in which this one lives on now: itself, or the case that took it over (Article 42)."""
    while (heir := matter.heir()) is not None:
        heir.dossier = matter.dossier
        matter = heir
    return matter


def _with_consequences(entry: Entry) -> list[Entry]:
    """The entry, and what followed from it on the same legal date."""
    found, newest = [entry], [entry]
    while newest:
        newest = list(Entry.objects.filter(cause__in=newest, dossier=entry.dossier_id, effective_on=entry.effective_on))
        found += [follower for follower in newest if follower.chart]
    return found


def _set_dates(followed: list[Entry], bearer: Flow, before: date, on: date) -> dict[tuple[str, str], Flow]:
    """Return the matters that keep the wrong day, with the right one in its place; nothing is saved yet."""
    matters: dict[tuple[str, str], Flow] = {}
    for entry in followed:
        matter: Flow | None = _matter(entry)
        field = matter.spec_of(_method(entry)).dates if matter is not None else ""
        while matter is not None:
            matter = matters.setdefault((matter.chart, matter.label), matter)
            if field and getattr(matter, field) == before:
                setattr(matter, field, on)
            matter = matter.heir()
    matters.setdefault((bearer.chart, bearer.label), bearer)
    return matters


def _keep(matter: Flow, before: date, on: date) -> None:
    """Save a matter, and since when the register has it in its state."""
    matter.save()
    Track.objects.filter(dossier=matter.dossier_id, chart=matter.chart, label=matter.label, since=before).update(
        since=on
    )


def _changes(entry: Entry, followed: list[Entry], bearer: Flow, before: date, on: date) -> list[Change]:
    """Return the running periods with the dates that they get.

    They are those which the entry started, by itself or by what followed; and those which were revived or taken over
    since, and still run from the day that the matter keeps.
    """
    spec = bearer.spec_of(_method(entry))
    bearer.proposal = Proposal(spec=spec, by=Actor(), on=before, today=on, facts={})
    started = {one.pk for one in followed}

    def runs_from_it(row: Deadline) -> bool:
        if row.started_by_id in started:
            return True
        own = (row.chart, row.label) == (bearer.chart, bearer.label) and row.started_on == before
        return own and row.rule in spec.opens and bearer.starts_on(row.rule) == on

    running = Deadline.objects.running().filter(dossier=entry.dossier_id).exclude(started_on=on).order_by("pk")
    return [_change(row, on) for row in running if runs_from_it(row)]


def _change(deadline: Deadline, on: date) -> Change:
    ordered = deadline.due_on if law.period_of(deadline).length is None else None
    return Change(deadline, deadlines.dates(law.counted_by(deadline), deadline.rule, on, calendars.current(), ordered))


def _write(
    entry: Entry,
    dossier: Dossier,
    bearer: Flow,
    spec: ActSpec,
    changes: list[Change],
    *,
    by: Actor,
    dates: tuple[date, date],
    proof: tuple[str, Sequence[Attached]],
) -> Entry:
    """Write the correction, both versions of every period, and what follows."""
    facts: dict[str, Any] = {
        "entry": entry.sequence,
        "act": entry.act,
        "date_before": dates[0],
        "date_after": dates[1],
        "proof": proof[0].strip(),
        "periods": [change.as_fact() for change in changes],
    }
    if dossier.pinned_on == dates[0] and any(need.name == "rule_set_valid" for need in spec.needs):
        dossier.pinned_on = dates[1]
        Dossier.objects.filter(pk=dossier.pk).update(pinned_on=dossier.pinned_on)
    articles = tuple(sorted({*bearer.text().guards["correction_proved"].articles, *spec.articles}))
    correction = entries.append(
        dossier,
        act=ACT,
        by=by,
        on=today(),
        chart=bearer.chart,
        label=bearer.label,
        party=bearer.party,
        facts=facts,
        articles=articles,
        evidence=[one.stored.pk for one in proof[1]],
    )
    attach([correction], [proof[1]])
    versions.replace([(change, correction) for change in changes])
    correction.matter = bearer
    correction.spec = ActSpec(
        code=WORDS.code, source=(), target=(), articles=articles, actors=spec.actors, name=ACT, method="correct_date"
    )
    consequences.follow([correction])
    return correction
