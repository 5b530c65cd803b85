"""Carrying out: runs one transition of one or many matters and writes what belongs to it, set by set.

Matter, entry, register and periods are written with a fixed number of statements, whether one matter changes or
five hundred: the sweep hands over whole batches.
"""

from collections.abc import Sequence
from typing import Any

from spotcheck.docket import bulk, deadlines, entries, evidence, law, register, rule_sets
from spotcheck.docket.flow import ABSENT, ActSpec, Flow, Proposal
from spotcheck.docket.models import Dossier, Entry
from spotcheck.docket.sessions import hold


def carry_out(matters: Sequence[Flow], proposals: Sequence[Proposal]) -> list[Entry]:
    """Run the same transition of these matters and write everything; return their entries in the same order."""
    if not matters:
        return []
    spec = proposals[0].spec
    changed: set[str] = set()
    before = []
    for matter, proposal in zip(matters, proposals, strict=True):
        matter.dossier = hold(matter.dossier_id)
        matter.proposal = proposal
        before.append(matter.state)
        _pin(matter.dossier, proposal)
        fields = _values(matter)
        getattr(matter, spec.method)(proposal)
        if spec.dates:
            setattr(matter, spec.dates, proposal.on)
        changed |= {name for name, value in _values(matter).items() if fields[name] != value}
    _save_all(matters, changed, spec)
    written = entries.append_all([_entry(*row) for row in zip(matters, proposals, before, strict=True)])
    for matter, entry in zip(matters, written, strict=True):
        entry.matter, entry.spec = matter, spec
    evidence.attach(written, [proposal.evidence for proposal in proposals])
    if spec.closes:
        deadlines.close_periods(written, spec.closes, abandoned=spec.abandons)
    for rule in spec.opens:
        deadlines.open_periods([entry for entry in written if entry.matter.opens_now(rule)], rule)
    return written


def _save_all(matters: Sequence[Flow], changed: set[str], spec: ActSpec) -> None:
    """Save matters and register; an act of our own leaves the state, and since when it is one."""
    if changed or not spec.is_own:
        _save(matters, changed)
    if not spec.is_own:
        register.write_all(matters)


def _values(matter: Flow) -> dict[str, Any]:
    """The stored values of a matter."""
    return {column.attname: matter.__dict__.get(column.attname) for column in matter._meta.concrete_fields}


def _save(matters: Sequence[Flow], changed: set[str]) -> None:
    """Save one matter as usual, many with one statement; their dossiers are locked, so nobody else writes them."""
    if len(matters) == 1:
        matters[0].save()
        return
    if matters[0].pk is None:
        bulk.insert(matters)
    else:
        bulk.update(matters, sorted(changed))
    for matter in matters:
        matter.note_saved_state()


def _entry(matter: Flow, proposal: Proposal, before: str) -> Entry:
    """The entry of one act, not yet chained."""
    spec = proposal.spec
    return entries.draft(
        matter.dossier,
        act=spec.name,
        by=proposal.by,
        on=proposal.on,
        chart=matter.chart,
        label=matter.label,
        party=matter.party,
        from_state="" if before == ABSENT else before,
        to_state=matter.state,
        facts=proposal.facts,
        flags=proposal.flags,
        articles=spec.articles,
        cause=proposal.cause,
        late_reason=proposal.late_reason,
        happened_at=proposal.happened_at,
        evidence=[attached.stored.pk for attached in proposal.evidence],
    )


def _pin(dossier: Dossier, proposal: Proposal) -> None:
    """Pin the rule set with the first outside act of a dossier (Article 60)."""
    if dossier.rule_set or not any(need.name == "rule_set_valid" for need in proposal.spec.needs):
        return
    dossier.rule_set = rule_sets.governing(proposal.on, law.text_of(dossier)) or ""
    dossier.pinned_on = proposal.on
    Dossier.objects.filter(pk=dossier.pk).update(rule_set=dossier.rule_set, pinned_on=dossier.pinned_on)
