"""What a tablet has written at a firm is taken in whole, done once, and never thrown away."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from spotcheck.casework import field_packages, intake, replaying
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier, Entry, Evidence
from spotcheck.notices.models import Paper
from spotcheck.parties.models import Post, User
from spotcheck.rules import field_log
from spotcheck.sampling.models import FieldAct, FieldBatch, SampleUnit
from spotcheck.tablet import devices
from tests.desk.world import World
from tests.tablet.conftest import NUMBER, TODAY, Tablet, tablet_of
from tests.tablet.writing import Log


@pytest.fixture
def log(world: World, dossier: Dossier, tablet: Tablet) -> Log:
    return Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])


def _kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def _outcomes(answer: Any) -> list[str]:
    assert answer.status_code in {200, 201}, answer.content
    return [one["outcome"] for one in answer.json()["acts"]]


def _guards(answer: Any) -> list[str]:
    return [reason["guard"] for act in answer.json()["acts"] for reason in act["reasons"]]


def test_a_whole_visit_is_done_as_if_its_people_stood_here(log: Log, dossier: Dossier) -> None:
    answer = log.whole().send()
    said = answer.json()
    assert (answer.status_code, _guards(answer)) == (201, [])
    assert [one["outcome"] for one in said["acts"] if one["outcome"] != "noted"] == ["done"] * 3
    assert said["head"] == log.acts[-1]["hash"]
    assert set(said["files"]) == set(log.files)
    entries = {entry.act: entry for entry in Entry.objects.filter(dossier=dossier)}
    visit = entries["sampling.present_notice"]
    assert visit.facts["samplers"] == ["张伟", "李娜"]
    assert (visit.effective_on, visit.user) == (TODAY, Post.objects.get(pk=log.by[0]).user)
    assert set(entries["sampling.complete_sampling"].facts["media"]) == {
        "place",
        "storage",
        "marking",
        "stock",
        "process",
    }
    assert SampleUnit.objects.filter(dossier=dossier, state="sealed").count() == 2
    assert set(Paper.objects.filter(dossier=dossier).values_list("form", flat=True)) == {1, 4}
    kept = Evidence.objects.filter(dossier=dossier)
    assert set(kept.values_list("stored", flat=True)) == set(log.files)
    assert {row.about["slot"] for row in kept} >= {"outside", "licence", "voucher", "marking"}


def test_the_same_batch_again_is_the_same_answer_and_nothing_twice(log: Log, dossier: Dossier) -> None:
    log.whole()
    for content in log.files.values():
        log.tablet.send(content)
    batch = log.batch()
    first, again = log.put(batch), log.put(batch)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    before = Entry.objects.filter(dossier=dossier).count()
    assert log.put(batch).json() == first.json()
    assert Entry.objects.filter(dossier=dossier).count() == before
    changed = batch | {"app": "1.0.1"}
    assert _kind(log.put(changed)) == (409, "other-batch")


def test_a_visit_comes_in_many_batches(log: Log, dossier: Dossier) -> None:
    log.notice()
    assert _outcomes(log.send()) == ["noted", "noted", "done"]
    log.precheck()
    assert _outcomes(log.send()) == ["done"]
    log.sheet()
    assert _outcomes(log.send())[-1] == "done"
    assert FieldBatch.objects.count() == 3


def test_acts_that_are_missing_are_asked_for(log: Log) -> None:
    log.whole()
    for content in log.files.values():
        log.tablet.send(content)
    late = log.put(log.batch(first=4))
    assert (_kind(late), late.json()["wanted"], late.json()["head"]) == ((409, "acts-missing"), 1, None)
    assert not FieldBatch.objects.exists()
    assert _outcomes(log.put(log.batch(last=3)))[-1] == "done"
    late = log.put(log.batch(first=5))
    assert (late.json()["wanted"], late.json()["head"]) == (4, log.acts[2]["hash"])
    assert _outcomes(log.put(log.batch(first=2)))[-1] == "done"  # what is known already may come along


def test_evidence_comes_before_the_acts_that_name_it(log: Log) -> None:
    log.whole()
    answer = log.put(log.batch())
    assert _kind(answer) == (409, "evidence-missing")
    assert set(answer.json()["files"]) == set(log.files)
    assert not FieldBatch.objects.exists()
    assert not FieldAct.objects.exists()


def test_the_evidence_of_another_tablet_is_none(world: World, log: Log) -> None:
    log.notice()
    other = tablet_of(world, "hetao", secret=12)
    for content in log.files.values():
        other.send(content)
    assert _kind(log.put(log.batch())) == (409, "evidence-missing")


def _rehashed(acts: list[dict[str, Any]], place: int, **said: Any) -> list[dict[str, Any]]:
    changed = acts[place] | said
    changed["hash"] = field_log.hash_of(changed)
    return [*acts[:place], changed, *acts[place + 1 :]]


@pytest.mark.parametrize(
    "forged",
    [
        lambda acts: [acts[0], acts[1] | {"on": "2024-06-04"}, acts[2]],
        lambda acts: [acts[0], acts[2], acts[1]],
        lambda acts: [acts[0], acts[2]],
        lambda acts: _rehashed(acts, 1, on="2024-06-04"),
        lambda acts: _rehashed(acts, 0, prev="0" * 64),
    ],
    ids=["changed", "reordered", "left out", "changed with its hash", "another package"],
)
def test_a_forged_chain_is_refused_and_nothing_stored(log: Log, forged: Any) -> None:
    log.notice()
    log.tablet.send(*log.files.values())
    answer = log.put(log.batch(acts=forged(log.acts)))
    assert (_kind(answer), answer.json()["retry"]) == ((400, "chain-broken"), "once")
    assert not FieldBatch.objects.exists()


def test_a_log_begins_under_a_package_of_this_very_tablet(world: World, log: Log) -> None:
    """Nobody goes out before the server has sent him: a package is signed for one device."""
    other = tablet_of(world, "hetao", secret=12)
    for package in ("0" * 64, field_packages.issue(other.device, clock.now())):
        forged = Log(log.tablet, NUMBER, log.by, package)
        forged.write("note", {"text": "x"})
        assert _kind(forged.send()) == (400, "chain-broken")


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"more": 1}, "more"),
        ({"schema": 2}, "schema"),
        ({"acts": []}, "acts"),
        ({"visit": "other"}, "visit"),
        ({"device_now": "2024-06-05"}, "device_now"),
    ],
)
def test_a_batch_has_exactly_its_form(log: Log, said: dict[str, Any], where: str) -> None:
    log.write("note", {"text": "x"})
    path = f"/visits/{NUMBER}/batches/0197f4aa-1111-7abc-8def-000000000001"
    answer = log.put(log.batch(batch="0197f4aa-1111-7abc-8def-000000000001", **said), path=path)
    assert (_kind(answer), answer.json()["where"]) == ((400, "bad-act"), where)


@pytest.mark.parametrize("act", ["sampling.accept_refusal", "task.draw_targets", "inspection.issue_report", "nothing"])
def test_what_a_tablet_does_not_do_is_no_act_of_a_log(log: Log, act: str) -> None:
    log.write(act)
    assert _kind(log.send()) == (400, "bad-act")


def test_a_batch_is_signed_by_the_device(log: Log) -> None:
    log.write("note", {"text": "x"})
    assert _kind(log.put(log.batch(), proven=False)) == (403, "proof-wrong")
    assert not FieldBatch.objects.exists()


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ({"media": ("place", "storage", "marking", "stock")}, "five_media"),
        ({"seals": ("1", "1")}, "sealed_separately"),
        ({"seals": ("1", "")}, "sealed_separately"),
        ({"firm": False}, "form4_signed"),
        ({"no_seal_reason": ""}, "form4_signed"),
        ({"paid": False}, "test_sample_paid"),
        ({"fee_charged": True}, "no_fee"),
    ],
)
def test_the_server_concludes_and_no_tablet(log: Log, dossier: Dossier, said: dict[str, Any], guard: str) -> None:
    """Whatever the tablet states of what can be computed, the record decides; what is refused is parked."""
    log.notice()
    log.precheck()
    log.sheet(**said)
    log.acts[-1]["facts"] |= {"media": ["place"], "signed": True, "paid": True, "sealed_separately": True}
    log.acts[-1]["hash"] = field_log.hash_of(log.acts[-1])
    answer = log.send()
    parked = answer.json()["acts"][-1]
    assert (parked["outcome"], [one["guard"] for one in parked["reasons"]]) == ("parked", [guard])
    assert all({"regulation", "article", "item"} == set(one) for one in parked["reasons"][0]["articles"])
    assert parked["reasons"][0]["cure"]
    assert FieldAct.objects.get(pk=parked["id"]).body == log.acts[-1]


def test_two_samplers_are_two_who_were_signed_in_here(world: World, log: Log) -> None:
    log.by = [world.posts["sampler"].pk, world.posts["hetao"].pk]
    log.notice()
    answer = log.send()
    assert _outcomes(answer)[-1] == "parked"
    assert set(_guards(answer)) >= {"two_samplers"}


def test_after_a_parked_act_the_rest_waits_behind_it(log: Log, dossier: Dossier) -> None:
    log.notice(ids=[])
    log.precheck()
    log.write("note", {"text": "x"})
    answer = log.send()
    assert _outcomes(answer) == ["noted", "noted", "parked", "parked", "noted"]
    assert _guards(answer) == ["valid_ids", "behind"]
    assert not Entry.objects.filter(dossier=dossier, act="sampling.present_notice").exists()


def test_reasons_are_told_in_the_language_that_is_asked_for(log: Log) -> None:
    log.notice(ids=[])
    log.tablet.send(*log.files.values())
    batch = log.batch()
    chinese = log.put(batch).json()["acts"][-1]["reasons"][0]["says"]
    body = json.dumps(batch, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    path = f"/visits/{NUMBER}/batches/{batch['batch']}"
    english = log.tablet.call("PUT", path, body, proven=True, kind="application/json", **{"Accept-Language": "en"})
    assert chinese != english.json()["acts"][-1]["reasons"][0]["says"]


@pytest.mark.parametrize("visit", ["SD2024-999", "SD2024-002"])
def test_a_foreign_visit_is_kept_and_parked(world: World, log: Log, visit: str) -> None:
    """One that nobody knows and one of somebody else are told alike, and what was written is not lost."""
    world.bodies = {"sampling_body": "LAB02"}
    for name, who in (("o1", "赵亮"), ("o2", "钱宁")):
        user = User.objects.create_user(name, full_name=who)
        Post.objects.create(
            user=user, office=world.offices["retest_lab"], role="sampler", since=TODAY, entitlements=["sample"]
        )
    world.task(TODAY, world.target("SD2024-002", ("P", "sampled_producer", "cable")))
    log.visit = visit
    log.notice()
    answer = log.send()
    assert (answer.status_code, _outcomes(answer), _guards(answer)) == (
        201,
        ["noted", "noted", "parked"],
        ["not_your_visit"],
    )
    assert FieldBatch.objects.get().foreign
    assert not Entry.objects.filter(act="sampling.present_notice").exists()


def test_two_tablets_at_one_visit_keep_two_logs_and_do_it_once(world: World, log: Log, dossier: Dossier) -> None:
    other = Log(tablet_of(world, secret=12), NUMBER, log.by)
    log.notice()
    other.notice()
    assert _outcomes(log.send())[-1] == "done"
    answer = other.send()
    assert _outcomes(answer)[-1] == "parked"
    assert 13 in {one["article"] for one in answer.json()["acts"][-1]["reasons"][0]["articles"]}
    assert Entry.objects.filter(dossier=dossier, act="sampling.present_notice").count() == 1
    assert FieldAct.objects.filter(act="sampling.present_notice").count() == 2


def test_another_act_at_the_same_place_of_a_log_is_refused(log: Log) -> None:
    log.notice()
    log.send()
    forked = Log(log.tablet, NUMBER, log.by, log.package)
    forked.write("note", {"text": "anything else"})
    answer = forked.put(forked.batch())
    assert (_kind(answer), answer.json()["seq"]) == ((409, "other-log"), 1)


def test_a_revoked_tablet_sends_nothing_and_what_it_sent_stays(world: World, log: Log) -> None:
    log.notice()
    log.send()
    log.precheck()
    devices.revoke(FieldBatch.objects.get().device, by=world.posts["province"], reason="丢失")
    assert _kind(log.put(log.batch())) == (403, "device-revoked")
    assert FieldAct.objects.filter(outcome="done").count() == 1


def test_who_has_lost_the_post_meanwhile_is_taken_in_and_parked(world: World, log: Log) -> None:
    log.notice()
    Post.objects.filter(pk=log.by[0]).update(until=TODAY - timedelta(days=1))
    answer = log.send()
    assert (_outcomes(answer)[-1], _guards(answer)) == ("parked", ["by_whom"])


DOUBTS = [
    ({"jump": 86_400_000}, "跳变"),
    ({"jump": -3_600_000}, "跳变"),
    ({"anchor": "2024-06-02T09:29:00.000+08:00"}, "72"),
    ({"best": "2024-06-04T23:30:00.000+08:00"}, "不符"),
]


@pytest.mark.parametrize(("said", "why"), DOUBTS)
def test_a_clock_in_doubt_parks_the_act_for_a_person(log: Log, said: dict[str, Any], why: str) -> None:
    log.write("sampling.claim_refusal", {"ground": "19(1)", "proven": True}, at=log.at() | said)
    answer = log.send()
    act = answer.json()["acts"][0]
    assert (act["outcome"], act["marks"]) == ("parked", ["CLOCK_DOUBT"])
    assert any(why in one["says"] for one in act["reasons"])


def test_nobody_dates_back_behind_the_package_or_ahead_of_the_server(log: Log) -> None:
    for day in (date(2024, 6, 4), date(2024, 6, 6)):
        other = Log(log.tablet, NUMBER, log.by, day=day)
        other.write("sampling.claim_refusal", {"ground": "19(1)", "proven": True}, at=other.at(time(10, 0)))
        answer = other.send()
        assert (_outcomes(answer), set(_guards(answer))) == (["parked"], {"clock"})


def test_a_log_that_comes_two_days_later_keeps_its_day(world: World, log: Log, dossier: Dossier) -> None:
    log.day = TODAY
    log.notice()
    with clock.simulated(TODAY + timedelta(days=2)):
        answer = log.send()
        assert _outcomes(answer)[-1] == "done"
    entry = Entry.objects.get(dossier=dossier, act="sampling.present_notice")
    assert (entry.effective_on, clock.today_of(entry.recorded_at)) == (TODAY, TODAY + timedelta(days=2))


def test_the_offset_of_the_clock_is_kept_and_told(log: Log) -> None:
    log.write("note", {"text": "x"})
    answer = log.put(log.batch(device_now="2024-06-05T09:29:58.400+08:00"))
    assert answer.json()["clock_offset"] == "1.600"


def test_what_a_dead_server_has_left_is_finished_by_the_next_minute(
    log: Log, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was stored, and died before it was done: nobody has an answer, and nothing is lost or done twice."""
    log.whole()
    for content in log.files.values():
        log.tablet.send(content)
    batch = log.batch()

    def dies(_batch: Any) -> Any:
        raise SystemExit

    monkeypatch.setattr(intake, "finish", dies)
    with pytest.raises(SystemExit):
        log.put(batch)
    monkeypatch.undo()
    assert FieldBatch.objects.get().answer is None
    assert intake.finish_left(clock.now()) == 0  # somebody may be at it
    assert intake.finish_left(clock.later(clock.now(), 60)) == 1
    answer = log.put(batch)
    assert (answer.status_code, _outcomes(answer)[-1]) == (200, "done")
    assert Entry.objects.filter(dossier=dossier, act="sampling.complete_sampling").count() == 1


def test_a_death_between_two_acts_leaves_the_first_and_no_trace_of_the_second(
    log: Log, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.whole()
    for content in log.files.values():
        log.tablet.send(content)
    batch = log.batch()
    done = replaying.do

    def dies(actor: Any, matter: Any, method: str, **said: Any) -> Any:
        made = done(actor, matter, method, **said)
        if method == "pass_precheck":
            raise SystemExit
        return made

    monkeypatch.setattr(replaying, "do", dies)
    with pytest.raises(SystemExit):
        log.put(batch)
    monkeypatch.undo()
    acts = set(Entry.objects.filter(dossier=dossier).values_list("act", flat=True))
    assert "sampling.present_notice" in acts
    assert "sampling.pass_precheck" not in acts
    answer = log.put(batch)
    assert _outcomes(answer)[-1] == "done"
    assert Entry.objects.filter(dossier=dossier, act="sampling.present_notice").count() == 1


def test_refusing_lawfully_and_going_on_after_the_decision(world: World, log: Log, dossier: Dossier) -> None:
    log.notice()
    log.write("sampling.claim_refusal", {"ground": "19(1)", "proven": False})
    assert _outcomes(log.send())[-1] == "done"
    log.precheck()
    answer = log.send()
    assert (_outcomes(answer), _guards(answer)) == (["parked"], ["state"])
    moment = datetime.fromisoformat(log.acts[-1]["at"]["best"])
    assert moment.date() == TODAY


def test_a_purchase_online_is_done_from_its_log(world: World, tablet: Tablet) -> None:
    """Order, parcel, opening, seals (23 to 26); two seals with one number are none."""
    number = "SD2024-009"
    world.task(TODAY - timedelta(days=1), world.target(number, ("S", "seller", "shop"), channel="online"))
    log = Log(tablet, number, [world.posts["sampler"].pk, world.posts["lina"].pk])
    shots = [log.photo("screenshot", name=f"{name}-1.jpg") for name in ("seller", "page", "ordering", "payment")]
    log.write("purchase.place_order", {"records": True, "reserve_bought": True}, evidence=shots)
    log.write("purchase.receive_parcel", evidence=[log.photo("outside")])
    log.write("purchase.unseal_and_check", {"filmed": True}, evidence=[log.photo("marking")])
    seals = {"sampling": {"order": "DD-7781", "account": "buyer-01", "test_seal": "F-1", "reserve_seal": "F-1"}}
    log.write("purchase.seal_and_notify", {"papers_mailed": True, "sealed_separately": True}, particulars=seals)
    acts = log.send().json()["acts"]
    assert [act["outcome"] for act in acts] == ["done", "done", "done", "parked"], acts[0]["reasons"]
    assert [reason["guard"] for reason in acts[-1]["reasons"]] == ["sealed_separately"]
