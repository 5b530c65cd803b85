"""Parked acts of logs: who settles them, what follows, and who is told when nobody does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from spotcheck.casework import field_settling
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Message, Record
from spotcheck.parties.models import Post
from spotcheck.sampling.models import FieldAct, FieldDecision
from tests.desk.world import World, entitle
from tests.tablet.conftest import NUMBER, TODAY, Tablet
from tests.tablet.writing import Log


@pytest.fixture
def log(world: World, dossier: Dossier, tablet: Tablet) -> Log:
    return Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])


def _parked() -> FieldAct:
    return FieldAct.objects.filter(outcome="parked").order_by("seq")[0]


def _client(post: Post) -> Client:
    client = Client()
    client.force_login(post.user)
    return client


def _entries(dossier: Dossier) -> list[str]:
    acts = Entry.objects.filter(dossier=dossier, act__startswith="sampling.").order_by("sequence")
    return [act for act in acts.values_list("act", flat=True) if act != "sampling.create"]


def test_a_day_in_doubt_is_fixed_and_the_rest_follows(world: World, log: Log, dossier: Dossier) -> None:
    """The clock had jumped at the showing: the day is fixed with a reason, and what waits behind it is done."""
    log.notice()
    showing = log.acts[-1]
    showing["at"] = showing["at"] | {"jump": 90_000_000}
    from spotcheck.rules import field_log

    showing["hash"] = field_log.hash_of(showing)
    log.precheck()
    log.sheet()
    assert log.send().json()["acts"][2]["marks"] == ["CLOCK_DOUBT"]
    assert [act.act for act in field_settling.parked_for(world.actor("province"))] == ["sampling.present_notice"]
    page = f"/field-records/{_parked().pk}/"
    client = _client(world.posts["province"])
    shown = client.get(page).content.decode()
    assert "跳变" in shown
    sent = {
        "kind": "day",
        "on": TODAY.isoformat(),
        "reason": "核对抽样单和照片，为当日",
        "as_post": world.posts["province"].pk,
    }
    assert client.post(page, sent).status_code == 302
    assert _entries(dossier) == ["sampling.present_notice", "sampling.pass_precheck", "sampling.complete_sampling"]
    assert not FieldAct.objects.filter(outcome="parked").exists()
    decision = FieldDecision.objects.get()
    assert (decision.on, decision.by) == (TODAY, world.posts["province"].user)
    assert Record.objects.filter(kind="read.evidence", subject_type="fieldact").exists()


def test_a_refused_act_is_done_again_once_its_reason_is_gone(world: World, log: Log, dossier: Dossier) -> None:
    """A refusal was claimed and the sampling went on: after the decision of the province it is done as it happened."""
    log.notice()
    log.write("sampling.claim_refusal", {"ground": "19(1)", "proven": False})
    log.precheck()
    log.sheet()
    assert [one["outcome"] for one in log.send().json()["acts"] if one["outcome"] == "parked"] == ["parked"] * 2
    with pytest.raises(field_settling.NotSettled):
        field_settling.settle(_parked(), "again", by=world.posts["county"], reason="可以")
    still = field_settling.settle(_parked(), "again", by=world.posts["province"], reason="试一次")
    assert (still.outcome, still.reasons[0]["guard"]) == ("parked", "state")
    world.act(world.matter(dossier, "sampling").reject_refusal, by="province", on=TODAY, reason="人员与通知书一致")
    done = field_settling.settle(_parked(), "again", by=world.posts["province"], reason="已驳回拒绝理由")
    assert done.outcome == "done"
    assert _entries(dossier)[-1] == "sampling.complete_sampling"


def test_what_the_desk_has_done_already_is_kept_as_material(world: World, log: Log, dossier: Dossier) -> None:
    log.notice()
    world.act(world.matter(dossier, "sampling").present_notice, by="sampler", on=TODAY)
    log.precheck()
    log.send()
    filed = field_settling.settle(_parked(), "file", by=world.posts["province"], reason="案台已登记同一事项")
    assert filed.outcome == "filed"
    assert _entries(dossier) == ["sampling.present_notice", "sampling.pass_precheck"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"reason": " "}, "reason"),
        ({"kind": "nothing"}, "kind"),
        ({"kind": "day", "on": None}, "on"),
        ({"kind": "day", "on": TODAY - timedelta(days=2)}, "on"),
        ({"kind": "day", "on": TODAY + timedelta(days=1)}, "on"),
    ],
)
def test_a_decision_has_its_reason_and_a_possible_day(world: World, log: Log, said: dict[str, Any], name: str) -> None:
    log.notice(ids=[])
    log.send()
    asked: dict[str, Any] = {"kind": "again", "reason": "核对过", "on": None} | said
    with pytest.raises(field_settling.NotSettled) as refused:
        field_settling.settle(
            _parked(), asked["kind"], by=world.posts["province"], reason=asked["reason"], on=asked["on"]
        )
    assert set(refused.value.errors) == {name}
    assert not FieldDecision.objects.exists()


def test_who_coordinates_the_body_settles_its_records(world: World, log: Log) -> None:
    log.notice(ids=[])
    log.send()
    with pytest.raises(field_settling.NotSettled):
        field_settling.settle(_parked(), "file", by=world.posts["lina"], reason="作废")
    entitle(world, "lina", "sample", "coordinates")
    assert field_settling.settle(_parked(), "file", by=world.posts["lina"], reason="现场未出示证件").outcome == "filed"


def test_a_foreign_record_is_kept_and_never_done(world: World, log: Log) -> None:
    log.visit = "SD2024-999"
    log.notice()
    log.send()
    with pytest.raises(field_settling.NotSettled):
        field_settling.settle(_parked(), "again", by=world.posts["province"], reason="核对过")
    assert field_settling.settle(_parked(), "file", by=world.posts["province"], reason="编号有误").outcome == "filed"


def test_what_nobody_has_settled_for_a_working_day_is_an_alarm(world: World, log: Log) -> None:
    """Wednesday's record: not on Thursday, on Friday, and once a day."""
    log.notice(ids=[])
    log.send()
    for days, told in ((1, 0), (2, 2), (2, 2), (3, 4)):
        with clock.simulated(TODAY + timedelta(days=days)):
            field_settling.alarm(clock.now())
        assert Message.objects.filter(kind=field_settling.ALARM).count() == told
    assert set(Message.objects.filter(kind=field_settling.ALARM).values_list("office__code", flat=True)) == {
        "370000",
        "SB01",
    }


def test_what_the_desk_has_recorded_is_joined(world: World, log: Log, dossier: Dossier) -> None:
    """A telephone call, an entry at the desk, and then the tablet: one act, and its pictures are in the file."""
    log.write("arrive", {"firm": "as_listed", "note": ""})
    log.write(
        "sampling.record_not_sampled",
        {"cause": "closed"},
        evidence=[log.photo(slot) for slot in ("records", "workshop", "warehouse")],
    )
    _not_sampled(world, dossier, cause="closed")
    assert log.send().json()["acts"][-1]["outcome"] == "parked"
    act, client, post = _parked(), _client(world.posts["province"]), world.posts["province"]
    said = {"kind": "attach", "reason": "当天电话报告，已由桌面端登记", "as_post": post.pk}
    assert client.post(f"/field-records/{act.pk}/", said).status_code == 302
    act.refresh_from_db()
    recorded = Entry.objects.get(dossier=dossier, act="sampling.record_not_sampled")
    assert (act.outcome, act.entry, act.reasons) == ("done", recorded, [])
    joined = Entry.objects.get(dossier=dossier, act="docket.join_record")
    assert (joined.facts["entry"], joined.user) == (recorded.sequence, post.user)
    assert set(joined.evidence) == set(joined.files.values_list("stored", flat=True)) == set(log.files)
    assert {one.by for one in joined.files.all()} == {world.posts["sampler"].user}
    assert "已并入" in client.get(f"/dossiers/{NUMBER}/?tab=entries").content.decode()
    page = client.get(f"/field-records/of/{NUMBER}/").content.decode()
    assert all(sha256 in page for sha256 in log.files)


def test_what_differs_is_not_joined(world: World, log: Log, dossier: Dossier) -> None:
    log.write("sampling.record_not_sampled", {"cause": "converted"}, evidence=[log.photo("records")])
    assert log.send().json()["acts"][-1]["outcome"] in {"parked", "done"}
    act = FieldAct.objects.get(act__contains=".")
    if act.outcome == "parked":
        _not_sampled(world, dossier, cause="closed")
        with pytest.raises(field_settling.NotSettled) as refused:
            field_settling.settle(act, "attach", by=world.posts["province"], reason="核实过")
        assert "不一致" in str(refused.value.errors["kind"])
        assert not Entry.objects.filter(dossier=dossier, act="docket.join_record").exists()


def test_nothing_is_joined_to_nothing(world: World, log: Log, dossier: Dossier) -> None:
    log.notice(ids=[])
    log.send()
    with pytest.raises(field_settling.NotSettled) as refused:
        field_settling.settle(_parked(), "attach", by=world.posts["province"], reason="核实过")
    assert "没有登记过" in str(refused.value.errors["kind"])
    page = _client(world.posts["province"]).get(f"/field-records/{_parked().pk}/").content.decode()
    assert 'value="attach"' not in page


def _not_sampled(world: World, dossier: Dossier, *, cause: str) -> None:
    from spotcheck.docket.acts import perform
    from spotcheck.sampling.models import Sampling

    matter = Sampling.objects.get(dossier=dossier)
    facts = {"cause": cause, "verified": ["records", "workshop", "warehouse"]}
    perform(matter.record_not_sampled, by=world.actor("sampler"), on=TODAY, facts=facts)


def test_a_visit_is_seen_with_its_pictures_hours_and_places(world: World, log: Log, dossier: Dossier) -> None:
    """And is returned from there, for pictures or for fields of the sheet."""
    place = {"lat": "36.651200", "lon": "117.120090", "accuracy": "12", "age": "3", "mock": False}
    log.write("arrive", {"firm": "as_listed", "note": ""}, evidence=[log.photo("outside", position=place)])
    late = log.at() | {"best": f"{TODAY}T10:00:00.000+08:00", "wall": f"{TODAY}T10:20:00.000+08:00"}
    log.write("note", {"text": "x"}, evidence=[log.photo("marking", at=late, position={"none": "cellar"})])
    assert log.send().status_code == 201
    client, post = _client(world.posts["province"]), world.posts["province"]
    page = client.get(f"/field-records/of/{NUMBER}/").content.decode()
    for shown in (
        "36.651200, 117.120090 ±12 m",
        "没有位置：cellar",
        f"平板时钟 {TODAY} 10:20:00",
        "企业外观",
        *log.files,
    ):
        assert shown in page, shown
    assert Record.objects.filter(kind="read.evidence", dossier=dossier).exists()
    assert f"/field-records/of/{NUMBER}/" in client.get(f"/dossiers/{NUMBER}/?tab=papers").content.decode()
    said = {"fields_": ["sampling.base_quantity"], "reason": "抽样基数写错", "as_post": post.pk}
    assert client.post(f"/field-records/of/{NUMBER}/return/", said).status_code == 302
    assert dossier.field_returns.get().fields == ["sampling.base_quantity"]
    assert client.post(f"/field-records/of/{NUMBER}/return/", {"reason": "x", "as_post": post.pk}).status_code == 409
