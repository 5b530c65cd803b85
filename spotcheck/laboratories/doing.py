"""Doing what a program asks for: acts one after the other in one transaction, all of them or none.

Every act goes through ``casework.doing.do``, as those of a page do. A program states what it knows; of that an act gets
what it asks for in this case, so that what the record answers by itself is claimed by nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spotcheck.api.doors import Call, told
from spotcheck.api.kept import Answer
from spotcheck.casework.doing import ANEW, Done, do
from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock, register, sessions
from spotcheck.docket.acts import question_of_matters
from spotcheck.docket.evidence import Attached
from spotcheck.docket.flow import MATTERS, ActSpec, Flow
from spotcheck.docket.models import Message
from spotcheck.docket.sessions import ask
from spotcheck.docket.wording import language
from spotcheck.files.models import Upload
from spotcheck.laboratories import ahead
from spotcheck.laboratories.projection import Sample
from spotcheck.notices.models import Paper
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Post
from spotcheck.rules.refused import Refused


@dataclass(frozen=True, slots=True)
class Step:
    """One act: of which matter, by which method, with which facts and files; ``post`` where somebody else does it."""

    matter: Flow
    method: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[Attached] = ()
    post: Post | None = None


def matter_of(sample: Sample, chart: str, label: str = "") -> Flow:
    """The matter of a chart of a sample; one that is not there yet refuses its acts by its state."""
    matters: list[Flow] = ask(question_of_matters(chart, sample.dossier.pk))
    matter = next((one for one in matters if one.label == label), None)
    if matter is None:
        matter = MATTERS[chart](dossier=sample.dossier, label=label)
    matter.dossier = sample.dossier
    return matter


def carry_out(
    call: Call,
    sample: Sample,
    steps: Sequence[Step],
    post: Post,
    *,
    takes: Sequence[Upload] = (),
    created: int = 201,
) -> Answer:
    """Do these acts, and say what stands on record; the first refusal takes all of them back.

    ``takes`` are the uploads that came with them: they are used up. ``created`` is the status of what is done; where
    all of it was done before, the entries of then are the answer (200).
    """
    done: list[Done] = []
    for step in steps:
        if done:
            ahead.of_the_next(call, sample.dossier, step.matter, getattr(step.matter, step.method).spec.name)
        done.append(_done(call, step, step.post or post))
    Upload.objects.filter(pk__in=[upload.pk for upload in takes]).delete()
    again = all(one.again for one in done)
    return told(receipt(sample, done, call), status=200 if again else created, entry=done[0].entry)


def receipt(sample: Sample, done: Sequence[Done], call: Call) -> dict[str, Any]:
    """What was done: the laboratory's own entries, states, and what followed, as far as it may know."""
    tongue = language()
    tracks = [one for one in register.as_said(sample.dossier, sample.tracks) if sample.is_own(one)]
    rows = sorted({one.entry.pk: one.entry for one in done}.values(), key=lambda entry: entry.sequence)
    return {
        "code": sample.code,
        "href": sample.href,
        "recorded_at": clock.local(sessions.now()).isoformat(),
        "entries": [
            {"act": row.act, "sequence": row.sequence, "on": row.effective_on.isoformat(), "hash": row.hash}
            for row in rows
        ],
        "states": {
            ".".join(filter(None, (track.chart, track.label))): track.state
            for track in sorted(tracks, key=lambda track: (track.chart, track.label))
        },
        "papers": [paper.words.in_(tongue) for paper in _papers(done, Sight(call.caller.actor))],
        "told": [dict(one) for one in dict.fromkeys(tuple(one.items()) for one in _heard(sample, done, call))],
    }


def _papers(done: Sequence[Done], sight: Sight) -> Iterable[Paper]:
    """The papers of these acts that one may know of."""
    keys = [one.entry.pk for one in done if one.again or one.entry.issued]
    return sight.papers(Paper.objects.filter(entry__in=keys)).order_by("pk") if keys else ()


def _heard(sample: Sample, done: Sequence[Done], call: Call) -> Iterator[dict[str, str]]:
    """Who was told: as the session has said it, or as it stands on record of what was done before."""
    sight, new = Sight(call.caller.actor), {one.entry.pk for one in done if not one.again}
    lines: list[tuple[str, int | None, int | None]] = []
    if before := [one.entry.pk for one in done if one.again]:
        rows = Message.objects.filter(entry__in=before).order_by("pk")
        lines += rows.values_list("kind", "office_id", "party_id")
    said = sessions.current().unwritten.told
    lines += [(line["kind"], line["office_id"], line["party_id"]) for line in said if line["entry_id"] in new]
    offices = sessions.offices_of({office for _, office, _ in lines if office is not None})
    parties = {party.pk: party for party in sessions.parties_of(sample.dossier)} if any(at[2] for at in lines) else {}
    for kind, office, party in lines:
        who = sight.office(offices[office]) if office is not None else sight.party(parties.get(party or 0))
        yield {"kind": kind, "who": who}


def _done(call: Call, step: Step, post: Post) -> Done:
    body = call.body
    answer = do(
        of_post(post),
        step.matter,
        step.method,
        on=body["on"],
        happened_at=body.get("at"),
        facts=asked(step.matter, getattr(step.matter, step.method).spec, step.facts, body["on"]),
        post=post,
        seen=ANEW,
        late_reason=body.get("late_reason", ""),
        evidence=step.evidence,
    )
    if isinstance(answer, Refused):
        raise answer
    return answer


def asked(matter: Flow, spec: ActSpec, facts: Mapping[str, Any], on: Any) -> dict[str, Any]:
    """Of what a program knows, what the act asks of this matter."""
    fields = spec.facts().fields
    found = {}
    for name, value in facts.items():
        if value is None or name not in fields:
            continue
        asking = getattr(fields[name], "asking", None)
        if asking is not None and asking.only_of is not None and not asking.only_of(matter, on):
            continue
        found[name] = value
    return found
