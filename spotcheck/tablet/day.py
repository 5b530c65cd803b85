"""What a tablet takes along: the day's package and its parts, blocks of numbers, one answer about six months."""

import re
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from rest_framework import serializers

from spotcheck.api.doors import told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.shapes import Answered, Choice, Shape, Text
from spotcheck.casework import field_parts, intake
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import hold, session
from spotcheck.notices import numbering, prepared
from spotcheck.notices.models import NumberBlock
from spotcheck.parties.models import Region
from spotcheck.rules.words import Words
from spotcheck.sampling.field_tables import FieldAct
from spotcheck.tablet import holders, packages, proofs
from spotcheck.tablet.doors import Call, FieldDoor
from spotcheck.tablet.models import VisitLease

SHEET: Final = 4
MOST_NUMBERS: Final = 200
LASTS_HOURS: Final = 24
_NO_COUNTY: Final = Words("须是县（市、区）的六位代码", "this has to be the code of a county")
_NO_ID: Final = Words("须是 UUID", "this has to be a UUID")
_KEY: Final = re.compile(r"[^|]{1,200}\|[^|]{1,100}\|[^|]{1,100}\|[^|]{1,200}")


class PartAnswer(Answered):
    """A part of a package."""

    name = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    type = serializers.CharField()


class DayAnswer(Answered):
    """The manifest of a package: complete, or not in force."""

    package = serializers.CharField()
    issued_at = serializers.DateTimeField()
    until = serializers.DateTimeField()
    parts = serializers.ListField(child=PartAnswer())


class Blocking(Shape):
    """Numbers for sampling sheets of a county."""

    id = Text(max_length=36)
    county = Text(max_length=6)
    count = serializers.IntegerField(min_value=1, max_value=MOST_NUMBERS)


class BlockAnswer(Answered):
    """Numbers as they are printed; the same id again is the same block."""

    id = serializers.UUIDField()
    county = serializers.CharField()
    numbers = serializers.ListField(child=serializers.CharField())


class HitAnswer(Answered):
    """A check within six months."""

    day = serializers.DateField()
    samr = serializers.BooleanField()


class BarAnswer(Answered):
    """Whether a product was checked within six months, as the register knows it now."""

    hit = HitAnswer(allow_null=True)
    as_of = serializers.DateTimeField()


class Leasing(Shape):
    """Take the lead of a visit, or let go of it."""

    do = Choice(choices=("take", "release"))


class LeaseAnswer(Answered):
    """Whether this tablet leads the visit, and where its log stands."""

    held = serializers.BooleanField()
    log = serializers.CharField(allow_null=True)
    head = serializers.CharField(allow_null=True)
    seq = serializers.IntegerField()


class Day(FieldDoor):
    """``/day``."""

    answers = {"GET": {200: DayAnswer}}

    def get(self, call: Call) -> Answer:
        """The manifest of today's package."""
        _let_read(call)
        made = packages.of_today(call.holder)
        return told(
            {
                "package": made.pk,
                "issued_at": clock.local(made.issued_at).isoformat(timespec="milliseconds"),
                "until": clock.local(clock.later(made.issued_at, LASTS_HOURS * 3600)).isoformat(timespec="seconds"),
                "parts": [{name: one[name] for name in ("name", "sha256", "size", "type")} for one in made.parts],
            }
        )


class PartOfPackage(FieldDoor):
    """``/parts/{sha256}``."""

    answers = {"GET": {200: Answered}}

    def get(self, call: Call) -> HttpResponse:
        """The bytes of a part of a package that this person had on this tablet."""
        _let_read(call)
        content = packages.part_for(call.holder, str(call.names["sha256"]))
        if content is None:
            raise Problem("not-found")
        made = HttpResponse(content, content_type=field_parts.OCTETS)
        made.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return made


class Blocks(FieldDoor):
    """``/blocks``."""

    takes = {"POST": Blocking}
    answers = {"POST": {200: BlockAnswer}}
    proven = ("POST",)
    sends = {"POST": {holders.DEVICE: True, proofs.HEADER: True}}

    def post(self, call: Call) -> Answer:
        """A block of numbers of sampling sheets, taken for this tablet and a county; the same id again is the same."""
        _let_read(call)
        said = call.said
        if not Region.objects.here().filter(pk=said["county"]).exists():
            raise Problem("invalid", wrong=[Wrong("/county", "county", _NO_COUNTY)])
        block = _block(call, str(_uuid(said["id"])), said["county"], said["count"])
        if block.last - block.first + 1 != said["count"] or block.place != said["county"]:
            raise Problem("other-block")
        return told({"id": said["id"], "county": block.place, "numbers": numbering.numbers_of(block)})


class Bar(FieldDoor):
    """``/bar``."""

    asks = {"GET": {"key": {"type": "string", "minLength": 4, "maxLength": 600}}}
    answers = {"GET": {200: BarAnswer}}

    def get(self, call: Call) -> Answer:
        """When a product was last sampled in a provincial check, as the register knows it now (Article 19(4))."""
        _let_read(call)
        key = call.request.GET.get("key", "")
        if _KEY.fullmatch(key) is None:
            says = Words("须是 生产者|标准|商标|型号", "this has to be producer|standard|brand|model")
            raise Problem("invalid", wrong=[Wrong("/key", "key", says)])
        day = field_parts.newest_of(key)
        hit = {"day": day.isoformat(), "samr": False} if day is not None else None
        return told({"hit": hit, "as_of": clock.local(call.holder.now).isoformat(timespec="seconds")})


class Lease(FieldDoor):
    """``/visits/{visit}/lease``."""

    takes = {"POST": Leasing}
    answers = {"POST": {200: LeaseAnswer}}
    proven = ("POST",)
    sends = {"POST": {holders.DEVICE: True, proofs.HEADER: True}}

    def post(self, call: Call) -> Answer:
        """One tablet leads a visit; another one takes it when that one has let go of it, or was revoked."""
        _let_read(call)
        visit = str(call.names["visit"])
        with session():
            found = Dossier.objects.filter(number=visit, kind=Dossier.Kind.SAMPLE).first()
            if found is None or not intake.is_named(found, call.holder.post):
                raise Problem("not-found")
            hold(found.pk)
            _lead(call, found)
        last = (
            FieldAct.objects.filter(dossier=found, batch__foreign=False).order_by("-batch__received_at", "-seq").first()
        )
        where = {"log": last.log, "head": last.hash, "seq": last.seq} if last else {"log": None, "head": None, "seq": 0}
        return told({"held": call.said["do"] == "take", **where})


def _lead(call: Call, dossier: Dossier) -> None:
    holder = call.holder
    lease = VisitLease.objects.select_related("device").filter(dossier=dossier).first()
    is_others = lease is not None and lease.released_at is None and lease.device_id != holder.device.pk
    if is_others and lease is not None and lease.device.revoked_at is None:
        raise Problem("held-by-another", device=lease.device.name)
    if call.said["do"] == "release":
        VisitLease.objects.filter(dossier=dossier, device=holder.device).update(released_at=holder.now)
        return
    VisitLease.objects.update_or_create(
        dossier=dossier,
        defaults={"device": holder.device, "post": holder.post, "taken_at": holder.now, "released_at": None},
    )


def _block(call: Call, key: str, county: str, count: int) -> NumberBlock:
    """The block of a request: taken once, however often it is asked for."""
    holder = f"device:{call.holder.device.pk}:{key}"
    known = prepared.block_for(holder)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            year = call.holder.today.year
            return numbering.take_block(call.holder.office, SHEET, year, count, holder, place=county)
    except IntegrityError:  # the same request at the same time
        found = prepared.block_for(holder)
        assert found is not None
        return found


def _let_read(call: Call) -> None:
    """What is taken along belongs to a post; one that is over has nothing more to read. Raises ``post-missing``."""
    if not call.holder.is_in_post():
        raise Problem("post-missing")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem("invalid", wrong=[Wrong("/id", "uuid", _NO_ID)]) from None
