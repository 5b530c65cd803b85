"""Results item by item: recorded, judged, corrected, and what the report makes of them (Articles 9, 29, 31)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spotcheck.casework import results
from spotcheck.casework.doing import Done
from spotcheck.casework.privacy import Sight
from spotcheck.docket import entries
from spotcheck.docket.acts import perform
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Dossier, Entry, Message
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.inspection.models import Item, ItemLimit, ItemResult
from spotcheck.parties.actors import of_post
from spotcheck.planning import detail_rules
from spotcheck.planning.models import Task
from spotcheck.rules.refused import Refused
from tests.inspection.conftest import DAY, TESTED, item, published
from tests.worlds import played

pytestmark = pytest.mark.django_db

GOOD = [
    {"number": "1", "value": "7.40", "unit": "Ω/km"},
    {"number": "2", "value": "0.85", "unit": "mm"},
    {"number": "3", "value": "0.005", "qualifier": "<", "unit": "mg/kg"},
    {"number": "4", "text": "标志完整清晰", "verdict": "pass"},
    {"number": "5", "value": "3.9"},
]
REASON = "两次平行测定的平均值处于临界，经复核仪器后判定"


def record(bench, *said, by="lab", **more):
    post = bench.world.posts[by]
    return results.record(of_post(post), bench.dossier, results=said, on=TESTED, post=post, **more)


def guards(refused):
    return [reason.guard for reason in refused.reasons]


def newest(bench):
    return {row.number: row for row in ItemResult.objects.filter(dossier=bench.dossier).order_by("revision")}


def test_the_rule_is_frozen_when_testing_begins(bench):
    frozen = bench.inspection.rule_snapshot
    assert (frozen["name"], frozen["sha256"]) == (bench.rule.name, bench.rule.fingerprint)
    assert [one["number"] for one in frozen["items"]] == ["1", "2", "3", "4", "5"]
    entry = Entry.objects.get(dossier=bench.dossier, act="inspection.start_testing")
    assert bench.rule.fingerprint in entry.facts["detail_rule"]


def test_results_are_judged_and_kept_with_their_entry(bench, today):
    done = record(bench, *GOOD)
    assert isinstance(done, Done)
    rows = newest(bench)
    assert {number: (row.verdict, row.computed) for number, row in rows.items()} == {
        "1": ("pass", "pass"),
        "2": ("pass", "pass"),
        "3": ("pass", "pass"),
        "4": ("pass", "by_person"),
        "5": ("", "by_person"),
    }
    assert "7.40" in rows["1"].compared
    assert done.entry.act == "results.record"
    assert (done.entry.from_state, done.entry.to_state, done.entry.articles) == ("testing", "testing", [29, 31])
    assert list(entries.verify(Dossier.objects.get(pk=bench.dossier.pk))) == []
    assert list(checking.check(["I3"])) == []


def test_the_same_once_more_is_answered_by_the_first_entry(bench, today):
    first, again = record(bench, *GOOD), record(bench, *GOOD)
    assert (again.again, again.entry.pk) == (True, first.entry.pk)
    assert ItemResult.objects.count() == len(GOOD)


def test_a_correction_is_a_revision_with_its_reason(bench, today):
    record(bench, *GOOD)
    assert guards(record(bench, {"number": "1", "value": "7.39"})) == ["correction_reasoned"]
    assert isinstance(record(bench, {"number": "1", "value": "7.39", "reason": "抄录有误，见原始记录"}), Done)
    assert list(ItemResult.objects.filter(number="1").values_list("revision", "shown")) == [(1, "7.40"), (2, "7.39")]


def test_a_verdict_that_differs_wants_a_reason_and_a_signatory(bench, today):
    said = {"number": "1", "value": "7.415", "verdict": "pass"}
    refused = record(bench, said)
    assert guards(refused) == ["verdict_differs"]
    assert "20℃导体电阻" in refused.text("zh-hans")
    assert "7.415" in refused.text("en")
    for less in ({"reason": REASON}, {"reason": "不", "approved_by": "0001"}):
        assert guards(record(bench, said | less)) == ["verdict_differs"]
    unknown = record(bench, said | {"reason": REASON, "approved_by": "0701"})
    assert isinstance(unknown, BadFacts)
    assert list(unknown.errors) == ["results/0/approved_by"]
    done = record(bench, said | {"reason": REASON, "approved_by": "0001"})
    assert done.entry.flags == ["VERDICT_DIFFERS"]
    row = newest(bench)["1"]
    assert (row.verdict, row.computed, row.differs, row.approved_by) == (
        "pass",
        "fail",
        True,
        bench.world.posts["signer"],
    )
    told = Message.objects.get(kind="verdict_differs")
    assert (told.office, told.entry) == (bench.world.offices["province"], done.entry)


def test_what_the_method_cannot_decide_is_refused_with_its_cure(bench, today):
    said = {"number": "3", "value": "0.05", "qualifier": "<", "unit": "mg/kg"}
    refused = record(bench, said)
    assert guards(refused) == ["method_cannot_decide"]
    assert refused.reasons[0].cure is not None
    done = record(bench, said | {"verdict": "pass", "reason": REASON, "approved_by": "0001"})
    assert (newest(bench)["3"].computed, done.entry.flags) == ("undetermined", [])


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"number": "9", "value": "1"}, "results/0/number"),
        ({"number": "1", "value": "7，4"}, "results/0/value"),
        ({"number": "1", "value": "7.40", "unit": "mΩ"}, "results/0/unit"),
        ({"number": "1", "value": "7.40", "verdict": "gut"}, "results/0/verdict"),
        ({"number": "1", "valeu": "7.40"}, "results/0/valeu"),
        ({"number": "1", "value": "7.40", "tested_on": "2025-04-01"}, "results/0/tested_on"),
        ({"number": "1", "value": "7.40", "tested_by": "9999"}, "results/0/tested_by"),
        ({"number": "1", "value": "7.40", "method": "GB/T 1-2020"}, "results/0/deviation"),
        ({"number": "4", "text": "完整"}, "results/0/verdict"),
        ({"number": "5", "value": "3.9", "verdict": "pass"}, "results/0/verdict"),
    ],
)
def test_what_is_of_the_wrong_form_is_said_by_its_place(bench, today, said, where):
    refused = record(bench, said)
    assert isinstance(refused, BadFacts)
    assert list(refused.errors) == [where]
    assert ItemResult.objects.count() == 0


def test_what_the_label_declares_governs_and_is_fixed_by_the_first_result(bench, today):
    declared = {"kind": "range", "high": "7.00", "unit": "Ω/km", "shown": "≤7.00"}
    weaker = declared | {"high": "8.00"}
    assert guards(record(bench, limits=[{"number": "1", "limit": weaker}])) == ["declared_not_weaker", "declared_shown"]
    more = {"limits": [{"number": "1", "limit": declared}]}
    inspection = bench.inspection
    perform(inspection.record_results, by=of_post(bench.lab), on=TESTED, facts=more)
    assert ItemLimit.objects.get().fixed_at is None
    record(bench, {"number": "1", "value": "7.20", "unit": "Ω/km"})
    assert newest(bench)["1"].verdict == "fail"
    assert ItemLimit.objects.get().fixed_at is not None
    with pytest.raises(ActNotPermitted) as refused:
        perform(bench.inspection.record_results, by=of_post(bench.lab), on=TESTED, facts=more)
    assert guards(refused.value) == ["limits_fixed"]


def test_a_test_is_complete_when_the_record_says_so_whatever_is_claimed(bench, today):
    world = bench.world
    record(bench, *GOOD[:3])
    world.act(world.matter(bench.dossier, "sample", "T").record_tested, by="lab", on=TESTED)
    with pytest.raises(ActNotPermitted) as refused:
        perform(bench.inspection.complete, by=of_post(bench.lab), on=TESTED, facts={"all_items": True})
    assert guards(refused.value) == ["all_items"]
    assert "4 标志、5 外径" in refused.value.text("zh-hans")
    record(bench, *GOOD[3:])
    entry = perform(bench.inspection.complete, by=of_post(bench.lab), on=TESTED, facts={})
    assert entry.facts["all_items"] is True


@played
def completed(bench):
    from spotcheck.docket import clock

    with clock.simulated(TESTED):
        assert isinstance(record(bench, *GOOD), Done)
    bench.world.act(bench.world.matter(bench.dossier, "sample", "T").record_tested, by="lab", on=TESTED)
    bench.world.act(bench.inspection.complete, by="lab", on=TESTED)
    return bench


def report(bench, **facts):
    stated = {"conclusion": "conforming", "signed": True} | facts
    return perform(bench.inspection.issue_report, by=of_post(bench.lab), on=TESTED, facts=stated)


def test_the_items_of_the_report_are_those_on_record(completed, today):
    entry = report(completed)
    assert [row["name"] for row in entry.facts["items"]] == ["20℃导体电阻", "绝缘平均厚度", "铅", "标志"]
    kept = Item.objects.get(dossier=completed.dossier, name="20℃导体电阻")
    assert (kept.limit, kept.value, kept.unit, kept.result) == ("≤7.41", "7.40", "Ω/km", "pass")


def test_a_report_cannot_say_otherwise_than_the_record(completed, today):
    with pytest.raises(ActNotPermitted) as refused:
        report(completed, items=[{"name": "铅", "result": "pass"}])
    assert guards(refused.value) == ["items_of_record"]
    with pytest.raises(ActNotPermitted) as refused:
        report(completed, conclusion="nonconforming", analysis=True)
    assert guards(refused.value) == ["conclusion_agrees"]
    assert isinstance(record(completed, {"number": "1", "value": "7.50", "reason": "复核后更正"}), Done)
    with pytest.raises(ActNotPermitted) as refused:
        report(completed)
    assert guards(refused.value) == ["conclusion_agrees"]
    assert report(completed, conclusion="nonconforming", analysis=True).facts["conclusion"] == "nonconforming"


def test_nobody_else_records_results(bench, today):
    for name in ("retest_lab", "province", "sampler"):
        refused = record(bench, *GOOD, by=name)
        assert isinstance(refused, Refused)
        assert "by_whom" in guards(refused)


def test_who_sees_what_a_test_has_found_so_far(bench, today):
    done = record(bench, *GOOD)
    seen = {
        name: bool(Sight(bench.world.actor(name)).facts(done.entry))
        for name in ("lab", "province", "retest_lab", "sampler", "county", "enterprise")
    }
    assert seen == {
        "lab": True, "province": True, "retest_lab": False, "sampler": False, "county": False, "enterprise": False,
    }  # fmt: skip
    lines = results.sheet(bench.dossier, bench.world.actor("retest_lab"))
    assert len(lines) == 5
    assert not any(line.revisions for line in lines)
    assert all(line.revisions for line in results.sheet(bench.dossier, bench.world.actor("lab")))


def test_a_task_with_a_full_record_is_not_tested_without_its_rule(bench, today):
    other = bench.world.sampled("JC2025002-01", DAY)
    world = bench.world
    for method in ("dispatch", "receive"):
        by = "sampler" if method == "dispatch" else "lab"
        world.act(getattr(world.matter(other, "sample", "T"), method), by=by, on=DAY)
    for method in ("receive_sample", "clear_qualification"):
        world.act(getattr(world.matter(other, "inspection"), method), by="lab", on=DAY)
    world.act(world.matter(other, "sample", "T").issue, by="lab", on=DAY)
    Task.objects.filter(dossier=other.parent).update(full_record=True)
    with pytest.raises(ActNotPermitted) as refused:
        world.act(world.matter(other, "inspection").start_testing, by="lab", on=DAY)
    assert guards(refused.value) == ["detail_rule_chosen"]


def test_a_task_without_a_rule_states_its_items_as_before(bench, today):
    other = bench.world.reported("JC2025003-01", DAY, TESTED)
    refused = results.record(of_post(bench.lab), other, results=GOOD, on=TESTED, post=bench.lab)
    assert guards(refused) in (["state"], ["results_of_rule"])
    assert Item.objects.filter(dossier=other).count() == 2


def test_a_rule_stays_once_a_sample_is_tested(bench, today):
    newer = published(bench.world, version="2025年第2版")
    task = Task.objects.get(dossier=bench.dossier.parent)
    with pytest.raises(ActNotPermitted) as refused:
        perform(task.choose_rule, by=bench.world.actor("province"), on=TESTED, facts={"rule": newer.pk})
    assert guards(refused.value) == ["rule_not_in_use"]


def test_a_draft_and_a_withdrawn_version_are_not_chosen(bench, today):
    task = bench.world.task(DAY, bench.world.target("JC2025009-01", ("P", "sampled_producer", "cable")))
    draft = detail_rules.add({**rule_head(bench), "version": "草案"}, [item("1", "标志", "完整清晰", kind="label")])
    for pk in (draft.pk, 0):
        with pytest.raises(ActNotPermitted) as refused:
            perform(task.choose_rule, by=bench.world.actor("province"), on=TESTED, facts={"rule": pk})
        assert guards(refused.value) == ["rule_published"]


def rule_head(bench):
    return {"name": bench.rule.name, "product_kind": bench.rule.product_kind, "valid_from": bench.rule.valid_from}


def test_the_statements_are_few_and_constant_in_items(bench, today):
    counts = []
    for part in (GOOD[:1], GOOD[1:]):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert isinstance(record(bench, *part), Done)
        counts.append([one["sql"] for one in caught.captured_queries])
    assert len(counts[0]) == len(counts[1])
    assert len(counts[1]) <= 13
