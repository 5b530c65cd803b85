"""What is due today: the groups, the duties without a number, the alarms; and at what price."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from spotcheck.casework.inbox import alarms, unread
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Deadline, Dossier, Involvement, Message, Party, Track
from tests.desk.world import World
from tests.worlds import played


def multiply(dossier: Dossier, times: int) -> list[Dossier]:
    """Copies of a dossier with its register, parties, periods and involvements, as a list sees them."""
    parties, tracks = list(dossier.parties.all()), list(dossier.tracks.all())
    periods, parts = list(dossier.deadlines.all()), list(dossier.involvements.all())
    made = []
    for number in range(times):
        copy = Dossier.objects.get(pk=dossier.pk)
        copy.pk, copy.number = None, f"{dossier.number}-{number:02d}"
        copy.save()
        of = {None: None}
        for party in parties:
            twin = Party.objects.get(pk=party.pk)
            twin.pk, twin.dossier = None, copy
            twin.save()
            of[party.pk] = twin.pk
        for rows, model in ((tracks, Track), (periods, Deadline), (parts, Involvement)):
            fresh = [model.objects.get(pk=row.pk) for row in rows]
            for row in fresh:
                row.pk, row.dossier, row.party_id = None, copy, of[row.party_id]
            model.objects.bulk_create(fresh)
        made.append(copy)
    return made


@played
def ordered(world: World) -> Dossier:
    """Form 7 was received; the report lies with Licheng since Wednesday 29 May: the order is due on 5 June."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
    world.act(case.receive_report, by="county", on=date(2024, 5, 29))
    return dossier


@pytest.mark.parametrize(
    ("today", "group"),
    [
        (date(2024, 5, 30), "later"),  # four working days before
        (date(2024, 5, 31), "soon"),
        (date(2024, 6, 4), "soon"),
        (date(2024, 6, 5), "today"),
        (date(2024, 6, 6), "late"),
    ],
)
def test_a_duty_is_grouped_by_its_earlier_day(ordered: Dossier, world: World, today: date, group: str) -> None:
    """Article 43: five working days from Wednesday 29 May end on Wednesday 5 June."""
    found = worklist_of(world.actor("county"), today=today)
    assert [line.dossier for line in found.due[group]] == [ordered]
    assert {name: number for name, number in found.counts.items() if number} == {group: 1}
    assert [spec.method for spec in found.due[group][0].acts] == ["issue_order"]


def instead_of(deadline: Deadline, **other: Any) -> None:
    """Another period in the place of one: what a period says is written once."""
    Deadline.objects.filter(pk=deadline.pk).update(status="ended", wake_on=None)
    deadline.pk = None
    for name, value in other.items():
        setattr(deadline, name, value)
    deadline.save()


def test_a_right_is_grouped_by_its_later_day(ordered: Dossier, world: World) -> None:
    """Article 35: day 15 is Friday 14 June for everybody; on a rest day the enterprise has until the working day."""
    deadline = Deadline.objects.get(dossier=ordered, rule="D35")
    instead_of(deadline, due_on=date(2024, 6, 15), latest=date(2024, 6, 17))
    found = worklist_of(world.actor("enterprise"), today=date(2024, 6, 16))
    assert [line.clock.remaining for line in found.due["soon"]] == ["剩 1 天"]
    assert [spec.name for spec in found.due["soon"][0].acts] == ["objection.file"]
    assert not found.due["late"]


def test_what_others_have_to_do_is_waited_for(ordered: Dossier, world: World) -> None:
    """The province waits for Licheng and for the enterprise; Zhangqiu for nobody; the laboratory neither."""
    waits = {
        name: sorted(line.clock.deadline.rule for line in worklist_of(world.actor(name), today=date(2024, 6, 3)).others)
        for name in ("province", "county", "enterprise", "other", "lab")
    }
    assert waits == {"province": ["D35", "D43"], "county": ["D35"], "enterprise": ["D43"], "other": [], "lab": []}


def test_duties_without_a_number_appear_at_once_and_go_when_done(world: World) -> None:
    """Reading R12, along the way of one dossier: who is waited for, and for which act."""

    def duties(name: str, today: date) -> list[str]:
        return [act.name for line in worklist_of(world.actor(name), today=today).duties for act in line.duty.acts]

    day = date(2024, 5, 6)
    world.task(day, world.target("SD2024-009", ("P", "sampled_producer", "cable")))
    assert duties("sampler", day) == ["sampling.present_notice"]
    assert duties("county", day) == []
    dossier = world.reported("SD2024-001", day, date(2024, 5, 27))
    today = date(2024, 5, 27)
    assert duties("county", today) == ["rectification.receive_report"]
    assert "result_notice.send" in duties("province", today)
    assert duties("lab", today) == ["task.file_summary"]  # it may not mail a nonconforming Form 7 (Article 33)
    world.told(dossier, "P", today, date(2024, 5, 30))
    case = world.ordered(dossier, "P", "county", today, date(2024, 5, 30))
    today = date(2024, 6, 3)
    assert duties("county", today) == ["rectification.record_order_receipt"]
    world.act(case.record_order_receipt, by="county", on=today)
    assert duties("county", today) == []
    objection = MATTERS["objection"].new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=today)
    assert "objection.start_verification" in duties("province", today)
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=today)
    assert "objection.order_retest" in duties("province", today)
    world.act(world.matter(dossier, "objection").order_retest, by="province", on=today)
    assert "objection.record_decision_receipt" in duties("province", today)
    world.act(world.matter(dossier, "objection").record_decision_receipt, by="province", on=today)
    assert "objection.record_decision_receipt" not in duties("province", today)
    assert "publication.approve" not in duties("province", today)  # the conclusion is open (reading R8)


def test_a_late_objection_and_a_denial_call_for_their_own_answers(world: World) -> None:
    """Articles 37 and 38: the line names the act that fits."""
    parties = (("S", "seller", "shop"), ("N", "nominal_producer", "cable"))
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27), *parties)
    world.told(dossier, "S", date(2024, 5, 27), date(2024, 5, 28))
    world.told(dossier, "N", date(2024, 5, 27), date(2024, 6, 10))
    for label, day, grounds in (("S", date(2024, 6, 14), "test_result"), ("N", date(2024, 6, 14), "denial")):
        matter = MATTERS["objection"].new(dossier, dossier.parties.get(label=label))
        world.act(matter.file, by="province", on=day, grounds=grounds)
    found = worklist_of(world.actor("province"), today=date(2024, 6, 14))
    named = {
        line.party: [act.method for act in line.duty.acts] for line in found.duties if line.matter.en == "objection"
    }
    assert named == {"济南历下恒信五金商行": ["maintain_late"], "山东泰山红电缆有限公司": ["transfer_denial"]}


def test_a_lead_is_on_top_until_it_is_read(world: World, client_of: Callable[[str], Client]) -> None:
    """Articles 14 and 56: the county is alarmed, acknowledges the message, and still has to take the lead over."""
    dossier = world.sampled_until_precheck("SD2024-001", date(2024, 5, 6))
    world.act(world.matter(dossier, "sampling").terminate_illegal, by="sampler", on=date(2024, 5, 6), suspicion="other")
    client = client_of("county")
    with clock.simulated(date(2024, 5, 6)):
        page = client.get("/").content.decode()
        assert "须立即处理" in page
        assert "lead.acknowledge" not in page
        assert [letter.message.kind for letter in alarms(world.actor("county"))] == ["lead.create"]
        for message in Message.objects.filter(office=world.offices["county"]):
            client.post(f"/messages/{message.pk}/read/")
        assert "须立即处理" not in client.get("/").content.decode()
        assert unread(world.actor("county")) == ""
        assert [
            a.name for line in worklist_of(world.actor("county"), today=date(2024, 5, 6)).duties for a in line.duty.acts
        ] == ["lead.acknowledge"]


def test_an_expired_closure_calls_for_the_next_recheck(ordered: Dossier, world: World) -> None:
    """Article 51: while it runs the bureau waits; once it is over the third recheck is due."""
    deadline = Deadline.objects.get(dossier=ordered, rule="D43")
    instead_of(deadline, rule="D51C", office=None)
    running = worklist_of(world.actor("county"), today=date(2024, 6, 5))
    assert [line.clock.tone for line in running.others if line.clock.deadline.rule == "D51C"] == ["waiting"]
    over = worklist_of(world.actor("county"), today=date(2024, 6, 6))
    assert [(line.clock.tone, line.clock.remaining) for line in over.due["today"]] == [("today", "已期满")]


def test_the_list_can_be_narrowed_to_one_kind_of_work(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """The chips are links; an unknown rule narrows nothing."""
    client = client_of("county")
    with clock.simulated(date(2024, 6, 3)):
        assert ordered.number in client.get("/?rule=D43").content.decode()
        assert ordered.number not in client.get("/?rule=D50").content.decode().split("letters")[0]
        assert ordered.number in client.get("/?rule=D99").content.decode()


@pytest.mark.parametrize("name", ["province", "city", "county", "sampler", "lab", "enterprise"])
def test_thirty_lines_cost_as_much_as_one(
    ordered: Dossier, client_of: Callable[[str], Client], name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """No question per line, on the start page, in the search and in the messages."""
    client = client_of(name)
    with clock.simulated(date(2024, 6, 3)):
        client.get("/")  # sign-in, session, caches
        pages = ("/", "/dossiers/", "/messages/")
        before = {page: _queries(client, page) for page in pages}
        multiply(ordered, 29)
        assert {page: _queries(client, page) for page in pages} == before
        assert max(before.values()) <= 32


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_the_page_of_a_dossier_has_a_bounded_price(ordered: Dossier, client_of: Callable[[str], Client]) -> None:
    """More entries of the same kind cost nothing more."""
    client = client_of("county")
    with clock.simulated(date(2024, 6, 3)):
        client.get(f"/dossiers/{ordered.number}/")
        assert _queries(client, f"/dossiers/{ordered.number}/") <= 110


def test_messages_are_paged_by_moment_and_key(world: World, client_of: Callable[[str], Client]) -> None:
    """Every message is shown once, newest first, whatever the order in which they were written."""
    dossier = world.reported("SD2024-001", date(2024, 5, 6), date(2024, 5, 27))
    start = clock.now()
    Message.objects.bulk_create(
        [
            Message(
                dossier=dossier,
                kind=f"test{n}",
                office=world.offices["other"],
                created_at=start - timedelta(hours=n % 7),
            )
            for n in range(65)
        ]
    )
    client, seen, address = client_of("other"), [], "/messages/"
    while address:
        page: Any = client.get(address)
        seen += [letter.message.kind for letter in page.context["letters"]]
        more = re.search(r'href="(\?before=\d+)"', page.content.decode())
        address = f"/messages/{more[1]}" if more else ""
    assert len(seen) == len(set(seen)) == 65
