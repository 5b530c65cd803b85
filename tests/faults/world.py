"""A world in which much is due: dossiers with windows, retests and orders whose time has run out.

Everything is written by the acts themselves, set by set, on days in the past; so the invariants hold in it.
"""

from datetime import date
from typing import Any

from django.db.models import F

from spotcheck.docket import clock, entries
from spotcheck.docket.acts import proceed
from spotcheck.docket.models import Beat, Deadline, Dossier, Entry, Party
from spotcheck.docket.sessions import adopt, session
from spotcheck.docket.sweep import NAME
from spotcheck.inspection.models import Conclusion, Item, ResultNotice
from spotcheck.objections.models import Retest
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office
from spotcheck.remediation.models import Rectification
from spotcheck.sampling.operations import write_files

BEGUN = date(2026, 3, 2)
COUNTY = "370102"
ORDERS_EVERY = 5
CODES = ("91370102MA3C6QCB1N", "91370102MA3C6QCC0L")
ASLEEP = date(2099, 1, 1)


def build(count: int) -> int:
    """Build so many dossiers whose periods have all run out; return the number of periods.

    Each also has a supplementary notice that waits to be sent, for those who act meanwhile.
    """
    before = Deadline.objects.filter(wake_on__isnull=False).count()
    with clock.simulated(BEGUN):
        for first in range(0, count, 200):
            _some(first, min(200, count - first))
    return Deadline.objects.filter(wake_on__isnull=False).count() - before


def _some(first: int, count: int) -> None:
    seller, producer = (
        Enterprise.objects.get_or_create(
            credit_code=code, defaults={"name": f"企业{code[-2:]}", "registered_place": COUNTY, "actual_place": COUNTY}
        )[0]
        for code in CODES
    )
    handler = Office.objects.get(code=COUNTY)
    with session():
        dossiers = Dossier.objects.bulk_create(
            Dossier(
                number=f"F{first + number:06d}",
                opened_on=BEGUN,
                producer=producer,
                rule_set="SD-2021-1",
                pinned_on=BEGUN,
            )
            for number in range(count)
        )
        adopt(dossiers)
        write_files(dossiers)
        sides: dict[str, Any] = {"place": COUNTY, "registered_place": COUNTY, "handler": handler}
        parties = Party.objects.bulk_create(
            [Party(dossier=d, label="P", role="sampled_producer", enterprise=producer, **sides) for d in dossiers]
            + [Party(dossier=d, label="S", role="seller", enterprise=seller, **sides) for d in dossiers]
        )
        province = in_capacity("province", office=Office.objects.get(code=PROVINCE_CODE))
        begun = entries.append_all(
            [entries.draft(dossier, act="faults.begin", by=province, on=BEGUN) for dossier in dossiers]
        )
        cause = {entry.dossier_id: entry for entry in begun}
        _windows(parties, cause)
        _retests(parties[:count], cause)
        _orders(parties[:count:ORDERS_EVERY], cause)


def _do(matters: list[Any], acts: tuple[str, ...], cause: dict[int, Entry]) -> None:
    for act in acts:
        proofs = {"proof": "邮政特快专递回执"} if "receipt" in act else None
        proceed(matters, act, on=BEGUN, cause=[cause[matter.dossier_id] for matter in matters], facts=proofs)


def _windows(parties: list[Party], cause: dict[int, Entry]) -> None:
    notices = [ResultNotice(dossier=party.dossier, party=party, label=party.label) for party in parties]
    _do(notices, ("create", "send", "record_receipt"), cause)
    unsent = [
        ResultNotice(dossier=party.dossier, party=party, label=f"{party.label}#2", supplement=True)
        for party in parties[: len(parties) // 2]
    ]
    _do(unsent, ("create",), cause)


def _retests(parties: list[Party], cause: dict[int, Entry]) -> None:
    conclusions = [Conclusion(dossier=party.dossier) for party in parties]
    failed = {"name": "导体电阻", "kind": "performance", "first_result": "fail", "result": "fail"}
    Item.objects.bulk_create(Item(dossier=party.dossier, **failed) for party in parties)
    _do(conclusions, ("set_nonconforming", "raise_objection", "order_retest"), cause)
    _do([Retest(dossier=party.dossier, party=party, label="1") for party in parties], ("create",), cause)


def _orders(parties: list[Party], cause: dict[int, Entry]) -> None:
    cases = [Rectification(dossier=party.dossier, party=party, label=party.label) for party in parties]
    _do(cases, ("receive_report", "issue_order", "record_order_receipt"), cause)


def put_to_sleep() -> None:
    """Let nothing be due until it is woken."""
    Deadline.objects.filter(wake_on__isnull=False).update(wake_on=ASLEEP)


def wake(count: int) -> list[int]:
    """Let so many sleeping periods be due at once, as on a new day; return their keys."""
    keys = list(Deadline.objects.filter(wake_on=ASLEEP).order_by("?").values_list("pk", flat=True)[:count])
    Deadline.objects.filter(pk__in=keys).update(wake_on=F("latest") + 1)
    a_new_day()
    return keys


def a_new_day() -> None:
    """What has been woken was recorded long ago: the day is not done."""
    Beat.objects.filter(name=NAME).update(detail={})


def waiting() -> int:
    """How many periods are due and not done."""
    return Deadline.objects.to_look_at(clock.today()).count()


def fired() -> int:
    """How many periods have taken effect, or were told as overdue."""
    lapsed = Entry.objects.filter(cause=None, actor__word="system").exclude(chart="").count()
    return lapsed + Deadline.objects.running().filter(wake_on=None).count()
