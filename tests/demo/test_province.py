"""The demo province, loaded once: its bulletin, its audit trail, its charts replayed, its people's work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import F, Q

from spotcheck.demo import accounts, bulletin, load
from spotcheck.demo.published import PUBLISHED
from spotcheck.demo.running import CONTINUING_DOCUMENT
from spotcheck.docket import audit, clock
from spotcheck.docket.acts import matters_of, openings, perform, permitted
from spotcheck.docket.facts import Claim, is_written
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Deadline, Dossier, Entry, RuleSetRecord, Track
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.templates import served
from spotcheck.parties.actors import Actor, of_office, of_post
from spotcheck.parties.models import PROVINCE_CODE, Enterprise, Office, Post, check_credit_code
from spotcheck.planning import drawing
from spotcheck.planning.models import DrawLog, Target, TargetSampler
from spotcheck.rules.sd_2021_1.rule_sets import SD_2021_1
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.demo.replay import Differs, Replay

pytestmark = pytest.mark.slow


@contextmanager
def _database() -> Iterator[None]:
    with databases.scratch_database():
        yield


@pytest.fixture(scope="module", autouse=True)
def province(django_db_blocker: "object") -> Iterator[None]:
    """The whole demo in a database of its own; the tests only read."""
    with django_db_blocker.unblock(), _database():
        load.ensure_loaded()
        yield


def test_the_bulletin_counted_from_the_files_is_the_published_one():
    found = bulletin.compute()
    assert found.figures == PUBLISHED
    assert found.differences == []
    assert sum(figures.batches for figures in found.kinds.values()) == PUBLISHED["total"].batches
    assert found.as_json("en")["ok"] is True


def test_the_bulletin_is_counted_and_not_remembered():
    files = Dossier.objects.filter(parent__number__contains="-2023-02-")
    final = Track.objects.filter(dossier__in=files, chart="conclusion")
    assert final.count() == 360
    assert final.filter(state="final_nonconforming").count() == 14
    assert final.exclude(state__in=("final_conforming", "final_nonconforming")).count() == 0


def test_the_fourteen_went_different_ways_and_have_ended():
    bad = Track.objects.filter(
        dossier__parent__number__contains="-2023-02-", chart="conclusion", state="final_nonconforming"
    ).values("dossier")
    acts = set(Entry.objects.filter(dossier__in=bad).values_list("act", flat=True))
    assert {
        "rectification.apply_recheck",
        "rectification.late_submission",
        "rectification.claim_hardship",
        "rectification.resume_and_apply",
        "rectification.transfer_jurisdiction",
        "rectification.withdraw_application",
        "recheck.pass_without_test",
        "recheck.fail_with_test",
        "announcement.announce",
        "objection.maintain_late",
        "objection.maintain",
        "objection.uphold_denial",
        "retest.close_nonconforming",
        "retest.waive",
        "ban.record_breach",
        "ban.record_producer_proof",
    } <= acts
    cases = Track.objects.filter(dossier__in=bad, chart="rectification").values_list("state", flat=True)
    assert set(cases) == {"passed", "transferred"}


def test_beside_the_batch_the_rest_of_the_regulation_is_there():
    beside = Dossier.objects.filter(parent__number__contains="-2023-03-") | Dossier.objects.filter(
        number__regex="^(GJ|WS)YJ-2023-"
    )
    states = set(Track.objects.filter(dossier__in=beside).values_list("chart", "state"))
    assert {
        ("sampling", "lawfully_refused"),
        ("sampling", "not_sampled"),
        ("sampling", "obstructed"),
        ("sampling", "terminated_illegal"),
        ("sampling", "voided"),
        ("purchase", "sampled"),
        ("purchase", "failed"),
        ("inspection", "terminated_illegal"),
        ("conclusion", "revoked"),
        ("conclusion", "final_conforming"),
        ("retest", "closed_conforming"),
        ("rectification", "licence_revoked"),
        ("ban", "permanent"),
        ("denial", "closed"),
    } <= states
    assert Entry.objects.filter(dossier__in=beside, act="sampling.reject_refusal").exists()
    assert Entry.objects.filter(dossier__in=beside, act="inspection.report_serious").exists()


def test_the_year_2023_is_over():
    old = Dossier.objects.filter(number__contains="2023")
    assert Deadline.objects.running().filter(dossier__in=old).count() == 0
    files = Track.objects.filter(dossier__in=old, chart__in=("plan", "task")).values_list("state", flat=True)
    assert set(files) == {"closed"}


def test_every_chain_and_every_daily_root_holds():
    assert list(audit.verify()) == []


def test_every_invariant_holds():
    assert list(checking.check()) == []


def test_the_charts_replayed_from_the_entries_give_what_is_stored():
    played = [Replay(dossier).run() for dossier in Dossier.objects.order_by("pk")]
    for replay in played:
        replay.compare()
    assert len(played) == Dossier.objects.count() > 400
    assert sum(len(replay.periods) for replay in played) == Deadline.objects.count()


def test_the_replay_sees_what_was_changed_afterwards():
    dossier = Dossier.objects.filter(tracks__chart="rectification", tracks__state="passed").first()
    with transaction.atomic():
        dossier.tracks.filter(chart="rectification").update(state="failed")
        with pytest.raises(Differs):
            Replay(dossier).run().compare()
        transaction.set_rollback(True)
    period = dossier.deadlines.first()
    own = addresses.with_name(databases.owner_url(), connection.settings_dict["NAME"])
    with databases.using(own), transaction.atomic():  # the owner alone can, past what holds the days of a period
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE docket_deadline DISABLE TRIGGER USER")
        Deadline.objects.filter(pk=period.pk).update(latest=date(2030, 1, 1))
        with pytest.raises(Differs):
            Replay(dossier).run().compare()
        transaction.set_rollback(True)


def test_every_draw_can_be_repeated_from_its_frozen_list_and_seed():
    for log in DrawLog.objects.select_related("task__dossier", "frame"):
        said = Entry.objects.get(dossier=log.task.dossier, act="task.draw_targets").facts
        drawn = drawing.choose(log.frame, seed=log.seed, number=said["number"], batches=said["batches"])
        targets = list(Target.objects.filter(task=log.task).select_related("dossier").order_by("dossier__number"))
        assert [_key(target) for target in drawn] == [_key(target) for target in said["targets"]]
        assert [target["number"] for target in said["targets"]] == [target.dossier.number for target in targets]
        for target in targets:
            order = drawing.ranked(log.samplers, seed=f"{log.seed} {target.dossier.number}")
            assert list(target.drawn_samplers.values_list("name", flat=True)) == order
    assert DrawLog.objects.count() == 36


def _key(target: dict) -> tuple:
    return target["product_model"], target["brand"], *(party["enterprise"] for party in target["parties"])


def test_every_target_has_its_drawn_samplers_and_whoever_came_was_one_of_them():
    kept = Post.objects.filter(office__code=accounts.SAMPLING_BODY, role=Post.Role.SAMPLER)
    assert kept.count() == 6
    assert Target.objects.exclude(drawn_samplers__state="coming").count() == 0
    states = TargetSampler.State
    assert set(TargetSampler.objects.values_list("state", flat=True)) == set(states.values)
    came = Entry.objects.filter(act__in=("sampling.present_notice", "purchase.place_order")).select_related("user")
    for entry in came:
        assigned = TargetSampler.objects.filter(target__dossier=entry.dossier, state=states.COMING)
        assert set(entry.facts["samplers"]) == set(assigned.values_list("name", flat=True)), entry
        assert str(entry.user) in entry.facts["samplers"]
    assert came.count() > 400


def test_what_is_held_against_somebody_is_written_out():
    """No claim is a bare tick or a word; where something was found, it is told in sentences."""
    specs = {spec.name: spec for model in MATTERS.values() for spec in model.specs()}
    told = set()
    for act, facts in Entry.objects.exclude(facts={}).values_list("act", "facts"):
        fields = specs[act].facts().fields if act in specs else {}
        for name in (name for name, field in fields.items() if isinstance(field, Claim) and facts.get(name)):
            told.add((act, name))
            assert is_written(facts[name]), (act, name)
            if name in {"finding", "reason"}:
                assert len(facts[name]) > 20, (act, name, facts[name])
                assert "。" in facts[name], (act, name, facts[name])
    assert {
        ("sampling.reject_refusal", "reason"),
        ("sampling.terminate_illegal", "evidence"),
        ("sampling.record_obstruction", "media"),
        ("inspection.terminate_illegal", "finding"),
        ("conclusion.import_external", "document"),
        ("rectification.order_closure", "authority"),
        ("rectification.revoke_licence", "document"),
        ("rectification.transfer_jurisdiction", "finding"),
        ("rectification.withdraw_application", "document"),
        ("recheck.verify_on_site", "finding"),
        ("recheck.test_done", "report_number"),
        ("denial.find_nonexistent", "finding"),
        ("ban.record_breach", "evidence"),
        ("lead.conclude", "reason"),
    } <= told
    denials = Entry.objects.filter(act="objection.denial_findings")
    assert [(said["produced"], len(set(said["documents"]))) for said in denials.values_list("facts", flat=True)] == [
        ("no", 2)
    ]


def test_what_came_late_says_why():
    assert list(Entry.objects.exclude(late_reason="").values_list("act", flat=True)) == ["rectification.start_recheck"]
    of_2023 = Deadline.objects.filter(dossier__number__contains="2023", status="met")
    late = of_2023.filter(ended_on__gt=F("due_on"), rule__in=DUTIES)
    assert list(late.values_list("rule", flat=True)) == ["D46B"]
    assert late.exclude(ended_by__late_reason="").count() == 1


DUTIES = ("D40", "D43", "D46A", "D46B", "D50", "D51")


def _may(office: str, act: str) -> list[Dossier]:
    """The files that run now in which an office may do an act."""
    actor = of_office(Office.objects.get(code=office))
    chart = act.partition(".")[0]
    files = Dossier.objects.samples().visible_to(actor).exclude(number__contains="2023")
    return [
        dossier
        for dossier in files
        for matter in (*matters_of(dossier), *openings(dossier))
        if matter.chart == chart
        for possible in permitted(matter, actor, on=clock.today())
        if possible.spec.name == act and possible.is_permitted
    ]


def test_what_the_second_reading_has_brought_can_be_seen_waiting():
    states = Track.objects.exclude(dossier__number__contains="2023")
    running = Deadline.objects.running()

    waiting = _may("371302", "rectification.receive_report")
    (moved,) = [found for found in waiting if _has(found, "rectification", "transferred")]
    assert not running.filter(dossier=moved).exists()

    (further,) = _may("371302", "rectification.supplement_order")
    assert _has(further, "rectification", "rectifying")

    wanted = {
        ("inspection", "testing"),
        ("conclusion", "provisional_nonconforming"),
        ("rectification", "withdrawn"),
        ("ban", "lifted"),
    }
    passed = states.filter(chart="retest", state="closed_conforming").values_list("dossier", flat=True)
    assert len([half for half in passed if wanted <= set(_states(half))]) == 1

    outside = _may("370000", "lead.refer_outside")  # some came up before the test, the others on the way
    assert len([found for found in outside if _has(found, "inspection", "terminated_illegal")]) == 2

    assert TargetSampler.objects.filter(state="replaced", target__dossier__tracks__state="assigned").exists()


def _states(dossier: int) -> Iterator[tuple[str, str]]:
    yield from Track.objects.filter(dossier=dossier).values_list("chart", "state")


def _has(dossier: Dossier, chart: str, state: str) -> bool:
    return dossier.tracks.filter(chart=chart, state=state).exists()


def test_one_retest_will_answer_the_objections_of_two():
    (dossier,) = _may("370000", "retest.close_nonconforming")
    objections = dossier.tracks.filter(chart="objection").order_by("label")
    assert list(objections.values_list("state", flat=True)) == ["concluded_retest", "verifying"]
    with transaction.atomic():
        retest = MATTERS["retest"].objects.get(dossier=dossier)
        province = of_office(Office.objects.get(code=PROVINCE_CODE))
        perform(retest.close_nonconforming, by=province, on=clock.today())
        assert list(objections.values_list("state", flat=True)) == ["concluded_retest", "answered"]
        transaction.set_rollback(True)


def test_no_file_says_that_the_ended_rules_are_in_force():
    after = Dossier.objects.filter(pinned_on__gt=SD_2021_1.valid_until)
    assert after.exists() == (clock.today() > SD_2021_1.valid_until)
    for dossier in after:
        records = RuleSetRecord.objects.filter(valid_from__lte=dossier.pinned_on, valid_until__gte=dossier.pinned_on)
        assert [record.rule_set for record in records] == [dossier.rule_set]
    assert set(RuleSetRecord.objects.values_list("document", "demonstration")) <= {(CONTINUING_DOCUMENT, True)}
    assert all(
        SD_2021_1.governs(day)
        for day in Dossier.objects.exclude(pk__in=after).values_list("pinned_on", flat=True)
        if day
    )


def _actors() -> dict[str, Actor]:
    posts = Post.objects.filter(user__username__in=[account.username for account in accounts.offered()])
    return {post.user.username: of_post(post) for post in posts.select_related("user", "office", "enterprise")}


def test_everybody_can_sign_in_by_a_click_and_finds_work():
    actors = _actors()
    assert set(actors) == {person.username for person in accounts.PEOPLE if person.is_offered}
    for username, actor in actors.items():
        assert accounts.sign_in_as(username).username == username
        if actor.administers:  # whose work is people and the book, and who sees no case
            assert not Dossier.objects.visible_to(actor).exists()
            continue
        names = (
            possible.spec.name
            for dossier in Dossier.objects.visible_to(actor).exclude(number__contains="2023")
            for matter in (*matters_of(dossier), *openings(dossier))
            for possible in permitted(matter, actor, on=clock.today())
            if possible.is_permitted and possible.spec.name != "lead.create"
        )
        assert next(names, None) is not None, username
    assert accounts.sign_in_as("root") is None
    assert accounts.sign_in_as("demo.sampler3") is None  # on the kept list, and not offered


def test_the_two_counties_see_nothing_of_each_other():
    actors = _actors()
    lanshan = set(Dossier.objects.samples().visible_to(actors["demo.lanshan"]).values_list("pk", flat=True))
    yishui = set(Dossier.objects.samples().visible_to(actors["demo.yishui"]).values_list("pk", flat=True))
    assert lanshan
    assert yishui
    assert not lanshan & yishui


def test_the_clocks_of_today_stand_at_the_interesting_places():
    running = Deadline.objects.running()
    assert {"D35", "D39", "D40", "D43", "D44", "D46A", "D46B", "D50", "D51", "D51C"} == set(
        running.values_list("rule", flat=True)
    )
    today = clock.today()
    late = set(running.filter(due_on__lt=today).values_list("rule", flat=True))
    assert {"D40", "D43", "D46A"} <= late
    assert late <= {"D40", "D43", "D46A", "D46B", "D50"}  # a right of an enterprise would have lapsed
    assert running.filter(rule="D35", due_on__lt=F("latest")).exists()


def test_firms_are_invented_and_their_codes_are_valid():
    codes = list(Enterprise.objects.values_list("credit_code", flat=True))
    for code in codes:
        check_credit_code(code)
    assert len(set(codes)) == len(codes) > 500
    assert Enterprise.objects.exclude(phone__startswith="0539-0").count() == 0


def test_what_has_to_be_acknowledged_is_acknowledged_or_on_its_way():
    """Nothing of 2023 is left without proof of its receipt; of what was issued these days some is in the post."""
    to_acknowledge = Q(paper__form__in=[key for key in served() if isinstance(key, int)])
    to_acknowledge |= Q(paper__letter__in=[key for key in served() if isinstance(key, str)])
    papers = Recipient.objects.filter(to_acknowledge, party__isnull=False, paper__status=Paper.Status.ISSUED)
    of_2023 = papers.filter(paper__issued_on__lt=date(2025, 1, 1))
    assert of_2023.filter(paper__form=13).count() > 10
    assert list(of_2023.filter(received_on=None).values_list("paper__number", flat=True)) == []
    assert of_2023.filter(paper__form=13).exclude(services__proof_sha256="").count() > 10
    assert papers.filter(services__outcome=Service.Outcome.UNDER_WAY).exists()


def test_papers_carry_the_days_of_their_acts():
    assert Paper.objects.filter(issued_on__lt=date(2023, 1, 1)).count() == 0
    assert Paper.objects.filter(issued_on__gt=clock.today()).count() == 0


def test_loading_again_changes_nothing():
    before = (Entry.objects.count(), Dossier.objects.count(), Enterprise.objects.count())
    load.ensure_loaded()
    assert (Entry.objects.count(), Dossier.objects.count(), Enterprise.objects.count()) == before
