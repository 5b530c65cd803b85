"""No filter and no key tells of the other side: every answer is the same with and without its rows (trust).

The same file is asked about twice: as it stands, and after the other side has gone on, has moved and has another name.
Whatever a firm or a laboratory types, ticks or puts into an address, its lists, counts, choices and lines stay as they
were.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from spotcheck.casework.dossier_columns import COLUMNS
from spotcheck.casework.dossier_filters import BY_DUE, CONCLUSIONS, DUE, OLDEST
from spotcheck.casework.paper_search import SERVICE
from spotcheck.casework.privacy import Sight
from spotcheck.casework.texts import all_stages
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Dossier, Party, Track
from spotcheck.notices.models import Paper
from spotcheck.parties.models import Enterprise
from tests.desk import world as cast
from tests.desk.world import World
from tests.worlds import played

SAMPLED, REPORTED, TODAY = date(2024, 5, 6), date(2024, 5, 27), date(2024, 6, 20)
NUMBER = "SD2024-DL-001"
FIRM = (("P", "nominal_producer", "cable"), ("S", "seller", "shop"))
OF_THE_OTHER = ("shop", "历下", "恒信", "91370102", "jinanlixia", "jnlxhx", "370102", "赵静", "责改", "结果通知")
"""Words that only the other side would answer."""
CHANGING = re.compile(r'csrf[^>]*>|value="[A-Za-z0-9]{64}"|data-now="[^"]*"')


@played
def world() -> World:
    """Offices, people, enterprises."""
    return cast.build()


def client_of(world: World, name: str) -> Client:
    """A browser in which somebody of the cast is signed in."""
    client = Client()
    client.force_login(world.posts[name].user)
    return client


@played
def file(world: World) -> Dossier:
    """A file of two sides, each told its result; a retest that the producer asked for is commissioned."""
    dossier = world.reported(NUMBER, SAMPLED, REPORTED, *FIRM)
    for label in ("P", "S"):
        world.told(dossier, label, date(2024, 5, 28), date(2024, 5, 30))
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=date(2024, 6, 3))
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=date(2024, 6, 4))
    world.act(world.matter(dossier, "objection").order_retest, by="province", on=date(2024, 6, 5))
    world.act(world.matter(dossier, "objection").record_decision_receipt, by="province", on=date(2024, 6, 6))
    world.act(world.matter(dossier, "retest").complete_formalities, by="enterprise", on=date(2024, 6, 7))
    world.act(world.matter(dossier, "retest").commission, by="province", on=date(2024, 6, 10))
    return dossier


@dataclass(frozen=True)
class Side:
    """Somebody who asks, and whose rows are none of its business."""

    who: str
    others: tuple[str, ...]


SIDES = (Side("enterprise", ("S",)), Side("lab", ("P", "S")), Side("retest_lab", ("P", "S")))


def go_on(world: World, dossier: Dossier, side: Side) -> None:
    """Let the other side go on: reports, orders, receipts, papers, periods; then it moves and has another name."""
    bureaus = {"P": "county", "S": "lixia"}
    for label in side.others:
        world.ordered(dossier, label, bureaus[label], date(2024, 6, 11), date(2024, 6, 12))
    world.act(
        world.matter(dossier, "rectification", side.others[-1]).record_order_receipt, by="lixia", on=date(2024, 6, 13)
    )
    for party in Party.objects.filter(dossier=dossier, label__in=side.others):
        Party.objects.filter(pk=party.pk).update(place="370202")
        Enterprise.objects.filter(pk=party.enterprise_id).update(name="青岛某商行", pinyin="qingdao qd")


def addresses() -> Iterator[str]:
    """Every filter with every value that it takes, and every word that another side would answer."""
    asked = {
        "/dossiers/": {
            "kind": ["plan", "task", "sample"],
            "stage": list(all_stages()),
            "product": ["电线电缆"],
            "place": ["370100", "370102", "370112", "370200", "370202"],
            "due": list(DUE),
            "order": [OLDEST, BY_DUE],
            "conclusion": list(CONCLUSIONS),
            "office": ["370102", "370112"],
            "body": ["LAB01", "LAB02"],
            "due_until": ["2024-06-20", "2024-08-31"],
            **{f"c_{name}": ["on"] for name in COLUMNS},
            "q": [*OF_THE_OTHER, "电线", NUMBER, "青岛", "qd"],
        },
        "/papers/": {
            "form": ["3", "4", "7", "9", "11"],
            "service": list(SERVICE),
            "status": list(Paper.Status.values),
            "issuer": ["370000", "370100", "370102", "370112"],
            "q": [*OF_THE_OTHER, "通知书", "2024", "青岛", "qd"],
        },
        "/cases/": {
            "of": ["", "pool"],
            "product": ["电线电缆"],
            "place": ["370100", "370102", "370112", "370202"],
            "due_until": ["2024-06-20", "2024-08-31", "2024-12-31"],
            "q": list(OF_THE_OTHER),
        },
    }
    for page, filters in asked.items():
        yield page
        for name, values in filters.items():
            yield from (f"{page}?{name}={value}" for value in values)


def answers(client: Client) -> dict[str, tuple[int, str]]:
    """What every address answers, but for tokens."""
    with clock.simulated(TODAY):
        found = {address: client.get(address) for address in addresses()}
    return {
        address: (answer.status_code, CHANGING.sub("", answer.content.decode())) for address, answer in found.items()
    }


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.who)
def test_no_answer_depends_on_the_other_side(file: Dossier, world: World, side: Side) -> None:
    """With and without what the other side did, where it is and what it is called, every address answers the same."""
    client = client_of(world, side.who)
    before = answers(client)
    with transaction.atomic():
        go_on(world, file, side)
        after = answers(client)
    told = {address: status for address, (status, _page) in before.items() if status == 200}
    assert len(told) > 40
    assert [address for address in before if before[address] != after[address]] == []


def test_what_is_asked_would_tell_who_sees_both_sides(file: Dossier, world: World) -> None:
    """The same questions, asked by the province, do answer differently: the comparison looks at something."""
    client = client_of(world, "province")
    before = answers(client)
    go_on(world, file, SIDES[0])
    after = answers(client)
    changed = {address for address in before if before[address] != after[address]}
    assert {"/dossiers/?place=370102", "/dossiers/?stage=rectifying", "/papers/?issuer=370102"} <= changed
    assert {"/dossiers/?office=370102", "/dossiers/?c_handler=on"} & changed
    assert {"/papers/?service=unserved", "/dossiers/?q=jnlxhx"} & changed


def test_one_s_own_side_is_still_found(file: Dossier, world: World) -> None:
    """Who asks of its own side gets its answer: place and stage of a firm, the retest of its laboratory."""
    world.ordered(file, "P", "county", date(2024, 6, 11), date(2024, 6, 12))
    found = {
        "enterprise": ["/dossiers/?place=370112", "/dossiers/?stage=order", "/papers/?service=unserved"],
        "retest_lab": ["/dossiers/?stage=retest"],
    }
    with clock.simulated(TODAY):
        for who, asked in found.items():
            client = client_of(world, who)
            for address in asked:
                assert NUMBER in client.get(address).content.decode(), address
        assert NUMBER not in client_of(world, "lab").get("/dossiers/?stage=order").content.decode()


def test_the_rows_of_lists_are_those_of_one_s_own_side(file: Dossier, world: World) -> None:
    """The rule itself: a laboratory has the common rows and its retest, a firm its own, a bureau all."""
    world.ordered(file, "S", "lixia", date(2024, 6, 11), date(2024, 6, 12))
    tracks, periods = Track.objects.filter(dossier=file), Deadline.objects.filter(dossier=file)
    assert Sight(world.actor("province")).own(tracks).count() == tracks.count()
    assert set(Sight(world.actor("enterprise")).own(tracks).values_list("party__label", flat=True)) == {None, "P"}
    seen = Sight(world.actor("retest_lab")).own(tracks).exclude(party=None).values_list("chart", flat=True)
    assert set(seen) == {"retest"}
    assert not Sight(world.actor("lab")).own(tracks).exclude(party=None).exists()
    assert not Sight(world.actor("lab")).own(periods).exclude(party=None).exists()
