"""Units of a sample in the hands of the laboratory: taking over or refusing, moving, keeping, losing, disposing of."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from spotcheck.api.doors import Call, told
from spotcheck.api.kept import Answer
from spotcheck.api.shapes import Answered, ByWhom, Choice, Day, Flag, Shape, Text, several
from spotcheck.casework.blind import TEST_UNIT, UNITS
from spotcheck.casework.custody import LinkLine, UnitLine, units_of
from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock
from spotcheck.docket.wording import say
from spotcheck.files.models import Upload
from spotcheck.laboratories import examples
from spotcheck.laboratories.acting import CUSTODY, ActDoor, upload_id
from spotcheck.laboratories.cases import READ, sample_of
from spotcheck.laboratories.doing import Step, matter_of
from spotcheck.laboratories.files import attached, uploads_of
from spotcheck.laboratories.projection import Sample
from spotcheck.parties.models import Office, Post
from spotcheck.rules.sd_2021_1.custody import KINDS, REFUSAL_REASONS, SEAL_STATES
from spotcheck.sampling.facts import KEEPERS

SEALS = tuple(SEAL_STATES)
MOVES = ("moved", "returned", "dispatched", "resealed")


class Arrived(Shape):
    """A unit that has come: how it and its seal look."""

    unit = Choice(choices=UNITS)
    seal_state = Choice(choices=SEALS)
    seal_number = Text(max_length=60, required=False)
    condition = Text(max_length=500, required=False)
    giver = Text(max_length=60, required=False)
    explanation = Text(max_length=500, required=False)
    photos = several(upload_id(), least=0, most=20, required=False)


class Receiving(ByWhom):
    """Units that have come."""

    example = examples.RECEIVING
    units = several(Arrived(), most=2)


class Refusing(ByWhom):
    """A unit that is not taken over: why, with photographs."""

    example = examples.REFUSING
    unit = Choice(choices=UNITS)
    reason = Choice(choices=tuple(REFUSAL_REASONS))
    explanation = Text(max_length=2000)
    seal_number = Text(max_length=60, required=False)
    photos = several(upload_id(), most=20)
    spoilt = Flag(required=False, help_text="The unit is spoilt as well: it cannot be tested any more.")
    cause = Choice(choices=(*KEEPERS, "natural"), required=False)


class Moving(ByWhom):
    """A move of a unit that no other act says."""

    unit = Choice(choices=UNITS)
    kind = Choice(choices=MOVES)
    place = Text(max_length=200, required=False)
    receiver = Text(max_length=60, required=False)
    carrier = Text(max_length=200, required=False)
    waybill = Text(max_length=60, required=False)
    seal_state = Choice(choices=SEALS, required=False)
    seal_number = Text(max_length=60, required=False)
    new_seal = Text(max_length=60, required=False)
    condition = Text(max_length=500, required=False)
    explanation = Text(max_length=500, required=False)
    photos = several(upload_id(), least=0, most=20, required=False)


class LinkAnswer(Answered):
    """A link of the custody; who stood on the other side is said as far as the laboratory may know it."""

    sequence = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=tuple(KINDS))
    on = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True)
    seal_number = serializers.CharField(allow_blank=True)
    seal_state = serializers.CharField(allow_blank=True)
    new_seal = serializers.CharField(allow_blank=True)
    carrier = serializers.CharField(allow_blank=True)
    waybill = serializers.CharField(allow_blank=True)
    is_own = serializers.BooleanField()
    hash = serializers.CharField()


class FaultAnswer(Answered):
    """What is wrong with a custody."""

    fault = serializers.CharField()
    says = serializers.CharField()
    accepted = serializers.BooleanField()


class UnitCustodyAnswer(Answered):
    """The custody of a unit, and what is wrong with it."""

    unit = serializers.ChoiceField(choices=UNITS)
    links = serializers.ListField(child=LinkAnswer())
    faults = serializers.ListField(child=FaultAnswer())


class CustodyAnswer(Answered):
    """The custody of the units of a sample."""

    units = serializers.ListField(child=UnitCustodyAnswer())


class Storing(ByWhom):
    """Where the tested unit is kept."""

    kept_at = Text(max_length=200, required=False)
    kept_until = Day(required=False)


class OfUnit(ByWhom):
    """Of one unit."""

    unit = Choice(choices=UNITS)


class Losing(OfUnit):
    """A unit that was lost or spoilt: by whom it was kept, and what shows it."""

    cause = Choice(choices=(*KEEPERS, "natural", "applicant"))
    evidence = Text(max_length=2000)
    photos = several(upload_id(), least=0, most=20, required=False)


class Receipts(ActDoor):
    """The units of a sample are taken over with their seals; with the unit to be tested the test itself (27).

    All units of a request are taken over, or none. A seal that is broken is refused: refuse the unit instead.
    """

    shape, act = Receiving, "sample.receive"

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """Each unit, then the inspection."""
        steps: list[Step] = []
        takes: list[Upload] = []
        for place, said in enumerate(call.body["units"]):
            photos = uploads_of(call, said.get("photos", []), at=f"units/{place}/photos")
            takes += photos
            known = {name: value for name, value in said.items() if name not in {"unit", "photos"}}
            known["seal_intact"] = said["seal_state"] == "intact"
            steps.append(Step(matter_of(sample, "sample", said["unit"]), "receive", known, attached(photos, "photo")))
        if any(said["unit"] == TEST_UNIT for said in call.body["units"]):
            steps.append(Step(matter_of(sample, "inspection"), "receive_sample"))
        return steps, takes


class Refusals(ActDoor):
    """A unit is not taken over, with its reason and photographs: province and sampling body are told at once (27).

    With ``spoilt`` and its ``cause`` it is recorded as lost as well.
    """

    shape, act = Refusing, "custody.refuse_unit"

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """The refusal, and the loss where there is one."""
        body = call.body
        photos = uploads_of(call, body["photos"], at="photos")
        files, matter = attached(photos, "photo"), matter_of(sample, "sample", body["unit"])
        facts = {name: body.get(name) for name in ("reason", "seal_number", "explanation")}
        steps = [Step(matter, "refuse_unit", facts, files)]
        if body.get("spoilt"):
            lost = {"cause": body.get("cause"), "evidence": body["explanation"]}
            steps.append(Step(matter_of(sample, "sample", body["unit"]), "compromise", lost))
        return steps, photos


class Custody(ActDoor):
    """A unit changes its place, comes back, is sent out again or gets a new seal (18, 26, 27)."""

    shape, act = Moving, "custody.link"
    answers = {**ActDoor.answers, "GET": {200: CustodyAnswer}}

    def get(self, call: Call) -> Answer:
        """The custody of both units, link by link with their hashes, and what is wrong with it."""
        sample = sample_of(call)
        known = {line.unit.label: line for line in units_of(sample.dossier, Sight(call.caller.actor))}
        return told({"units": [_custody_of(unit, known.get(unit), call.caller.office) for unit in UNITS]})

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        body = call.body
        photos = uploads_of(call, body.get("photos", []), at="photos")
        return [
            Step(matter_of(sample, "sample", body["unit"]), "link_custody", body, attached(photos, "photo"))
        ], photos


class Storage(ActDoor):
    """The tested unit is kept: where, and until when (27)."""

    shape, act = Storing, "sample.retain"

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        return [Step(matter_of(sample, "sample", TEST_UNIT), "retain", call.body)], ()


class Disposal(ActDoor):
    """A unit is disposed of, once nobody can need it any more (27, 35, 39)."""

    shape, act = OfUnit, "sample.dispose"

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        return [Step(matter_of(sample, "sample", call.body["unit"]), "dispose")], ()


class Losses(ActDoor):
    """A unit was lost or spoilt, with its cause and what shows it (27, 38, 39)."""

    shape, act = Losing, "sample.compromise"

    def steps(self, call: Call, sample: Sample, post: Post) -> tuple[Sequence[Step], Sequence[Upload]]:
        """One act."""
        photos = uploads_of(call, call.body.get("photos", []), at="photos")
        facts = {"cause": call.body["cause"], "evidence": call.body["evidence"]}
        matter = matter_of(sample, "sample", call.body["unit"])
        return [Step(matter, "compromise", facts, attached(photos, "photo"))], photos


Custody.scopes = {"GET": READ, "POST": CUSTODY}
_PLAIN = ("sequence", "kind", "seal_number", "seal_state", "new_seal", "hash")


def _custody_of(unit: str, line: UnitLine | None, office: Office) -> dict[str, Any]:
    """The custody of a unit by the lines of ``casework/custody.py``, which decide what may be seen."""
    return {
        "unit": unit,
        "links": [_link(one, office) for one in line.lines] if line is not None else [],
        "faults": [
            {"fault": fault.key, "says": say(fault.words), "accepted": fault.accepted}
            for fault in (line.faults if line is not None else ())
        ],
    }


def _link(line: LinkLine, office: Office) -> dict[str, Any]:
    link = line.link
    return {name: getattr(link, name) for name in _PLAIN} | {
        "carrier": line.carrier,
        "waybill": line.waybill,
        "on": link.on.isoformat(),
        "at": clock.local(link.at).isoformat() if link.at is not None else None,
        "is_own": office.pk in {link.giver_office_id, link.receiver_office_id},
    }
