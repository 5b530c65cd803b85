"""Units and their custody: every act leaves its link, what is wrong is named, what is refused leaves a trace (18, 27)."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from spotcheck.casework import results
from spotcheck.casework.doing import Done
from spotcheck.casework.inbox import alarms
from spotcheck.docket import clock
from spotcheck.docket.models import Entry, Message
from spotcheck.parties.actors import of_post
from spotcheck.planning.models import Task
from spotcheck.rules.refused import Refused
from spotcheck.sampling import custody
from spotcheck.sampling.custody_links import FAULT
from spotcheck.sampling.models import CustodyLink
from tests.custody.conftest import DAY, picture
from tests.inspection.conftest import published
from tests.inspection.test_results import GOOD

pytestmark = pytest.mark.django_db

NEXT = date(2025, 3, 4)
LATE = date(2025, 3, 10)


def hour(day, number):
    return datetime(day.year, day.month, day.day, number, tzinfo=clock.SHANDONG)


def links(bench, label="T"):
    return custody.links_of(bench.dossier, label)


def kinds(bench, label="T"):
    return [link.kind for link in links(bench, label)]


def faults(bench, label="T"):
    return [fault.key for fault in custody.open_faults(links(bench, label))]


def guards(answer):
    assert isinstance(answer, Refused), answer
    return [reason.guard for reason in answer.reasons]


def test_art18_both_units_are_sealed_by_the_numbers_of_the_sheet(bench):
    assert [(unit.code, unit.seal_number) for unit in (bench.unit("T"), bench.unit("R"))] == [
        ("SD2025-101-T", "2026031801"),
        ("SD2025-101-R", "2026031802"),
    ]
    sealed = links(bench)[0]
    assert (sealed.kind, sealed.sequence, sealed.seal_number) == ("sealed", 1, "2026031801")
    assert sealed.receiver_post == bench.world.posts["sampler"]
    assert faults(bench) == faults(bench, "R") == []


def test_art27_sent_received_issued_tested_kept_is_one_unbroken_chain(bench):
    assert isinstance(bench.send(), Done)
    assert isinstance(bench.receive(on=NEXT), Done)
    unit = bench.unit()
    assert unit.state == "in_custody"
    received = links(bench)[-1]
    assert (received.kind, received.carrier, received.waybill) == ("received", "顺丰速运", "SF1234567890")
    assert received.receiver_office == bench.world.offices["lab"]
    assert Entry.objects.get(act="sample.receive").facts["seal_intact"] is True
    assert isinstance(bench.do(unit, "issue", "lab", NEXT, inspector="王强"), Done)
    assert kinds(bench) == ["sealed", "dispatched", "received", "issued"]
    assert faults(bench) == []
    assert not Message.objects.filter(kind=FAULT).exists()


def test_art26_who_carries_the_unit_himself_needs_no_waybill(bench):
    bench.send(carrier="", waybill="")
    bench.receive(giver="张伟")
    assert links(bench)[-1].giver_name == "张伟"
    assert faults(bench) == []


def test_art27_another_seal_or_a_broken_one_is_not_taken_over_whatever_is_claimed(bench):
    bench.send()
    before = CustodyLink.objects.count()
    other = bench.receive(seal_number="2026031899")
    assert guards(other) == ["seal_intact"]
    assert "2026031899" in other.reasons[0].says.zh
    assert "2026031801" in other.reasons[0].says.zh
    assert guards(bench.receive(seal_state="broken")) == ["seal_intact"]
    assert guards(bench.receive(seal_state="broken", seal_intact=True)) == ["seal_intact"]
    assert guards(bench.receive(seal_intact=False)) == ["seal_intact"]
    assert guards(bench.receive(seal_number="")) == ["seal_intact"]
    assert (CustodyLink.objects.count(), bench.unit().state) == (before, "in_transit")
    assert isinstance(bench.receive(seal_number="ＮＯ．２０２６０３１８０１", seal_intact=True), Done)


def test_art27_a_refused_unit_leaves_a_trace_and_alarms_the_province_and_the_sampling_body(bench):
    bench.send()
    told = {"reason": "broken_seal", "explanation": "封条左侧撕开约三厘米"}
    assert guards(bench.do(bench.unit(), "refuse_unit", "lab", **told)) == ["refusal_documented"]
    silent = bench.do(bench.unit(), "refuse_unit", "lab", evidence=[picture()], reason="broken_seal")
    assert guards(silent) == ["refusal_documented"]
    done = bench.do(bench.unit(), "refuse_unit", "lab", evidence=[picture()], **told)
    assert isinstance(done, Done)
    assert done.entry.act == "custody.refuse_unit"
    assert (done.entry.from_state, done.entry.to_state) == ("in_transit", "in_transit")
    assert done.entry.evidence == ["ab" * 32]
    last = links(bench)[-1]
    assert (last.kind, last.seal_state, last.explanation) == ("refused", "broken", "封条左侧撕开约三厘米")
    offices = set(Message.objects.filter(entry=done.entry, kind="custody.refuse_unit").values_list("office__code"))
    assert offices == {("370000",), ("SB01",)}
    for name in ("province", "sampler"):
        assert "样品被拒收" in [letter.text for letter in alarms(bench.world.actor(name))]
    assert "seal_broken.3" in faults(bench)


def test_art39_only_who_is_taking_the_unit_over_refuses_it(bench):
    said = {"reason": "other", "explanation": "数量不足一件", "evidence": [picture()]}
    assert guards(bench.do(bench.unit(), "refuse_unit", "lab", **said)) == ["state"]
    bench.send()
    assert "by_whom" in guards(bench.do(bench.unit(), "refuse_unit", "sampler", **said))


@pytest.mark.parametrize(
    ("sent", "received", "key"),
    [
        ({"waybill": ""}, {}, "one_side.2"),
        ({"at": hour(DAY, 8)}, {"on": LATE, "at": hour(LATE, 9)}, "too_long.3"),
        ({}, {"on": LATE}, "too_long.3"),
    ],
)
def test_faults_are_named_with_their_link_and_alarm_the_province(bench, sent, received, key):
    bench.send(**sent)
    bench.receive(**received)
    assert key in faults(bench)
    with clock.simulated(LATE):
        assert "样品流转记录出现缺口" in "".join(one.text for one in alarms(bench.world.actor("province")))


def test_a_long_transit_that_is_explained_or_shorter_by_its_hours_is_no_fault(bench):
    bench.send(at=hour(DAY, 20))
    bench.receive(on=date(2025, 3, 6), at=hour(date(2025, 3, 6), 19))
    bench.send("R")
    bench.receive("R", on=LATE, explanation="承运车辆因大雪停运三天，承运单位出具证明")
    assert faults(bench) == faults(bench, "R") == []


def test_the_rule_of_detail_says_how_long_a_transit_may_take(bench):
    world = bench.world
    longer = published(world, version="2025年第2版", longest_transit_hours=200)
    world.act(Task.objects.get(dossier=bench.dossier.parent).choose_rule, by="province", on=DAY, rule=longer.pk)
    bench.send(at=hour(DAY, 8))
    bench.receive(on=LATE, at=hour(LATE, 9))
    assert faults(bench) == []


def test_art18_without_a_seal_number_on_the_sheet_the_custody_begins_with_a_fault(bench):
    other = bench.world.sampled_until_precheck("SD2025-102", DAY)
    bench.world.act(bench.world.matter(other, "sampling").complete_sampling, by="sampler", on=DAY)
    assert [fault.key for fault in custody.open_faults(custody.links_of(other, "T"))] == ["no_seal.1"]
    assert Message.objects.filter(kind=FAULT, dossier=other).count() == 2


def up_to_the_report(bench, day=NEXT):
    """Everything up to the report, by the acts of a laboratory."""
    world, inspection = bench.world, bench.world.matter(bench.dossier, "inspection")
    world.act(inspection.receive_sample, by="lab", on=day)
    world.act(inspection.clear_qualification, by="lab", on=day)
    world.act(bench.unit().issue, by="lab", on=day)
    world.act(world.matter(bench.dossier, "inspection").start_testing, by="lab", on=day)
    world.act(bench.unit().record_tested, by="lab", on=day)
    bench.do(bench.unit(), "retain", "lab", day, kept_at="留样室 3 架")
    with clock.simulated(day):
        post = world.posts["lab"]
        said = [one | {"tested_on": day.isoformat()} for one in GOOD]
        assert isinstance(results.record(of_post(post), bench.dossier, results=said, on=day, post=post), Done)
    world.act(world.matter(bench.dossier, "inspection").complete, by="lab", on=day)
    return world.matter(bench.dossier, "inspection")


REPORT = {
    "conclusion": "conforming",
    "signed": True,
    "no_file_reason": "另行邮寄",
}


def test_art31_no_report_rests_on_a_broken_custody_until_the_province_accepts_the_gap(bench):
    bench.send(waybill="")
    bench.receive(on=NEXT)
    inspection = up_to_the_report(bench)
    refused = bench.do(inspection, "issue_report", "lab", NEXT, **REPORT)
    assert guards(refused) == ["custody_unbroken"]
    assert "第 2 环节" in refused.reasons[0].says.zh
    for gap in faults(bench):
        assert "by_whom" in guards(bench.do(bench.unit(), "accept_gap", "lab", NEXT, fault=gap, reason="运单遗失"))
        assert guards(bench.do(bench.unit(), "accept_gap", "province", NEXT, fault="order.2", reason="运单遗失"))
        done = bench.do(bench.unit(), "accept_gap", "province", NEXT, fault=gap, reason="承运单位出具证明")
        assert isinstance(done, Done)
    assert faults(bench) == []
    assert [fault.accepted for fault in custody.faults_of(links(bench))] == [True, True]
    assert links(bench)[-1].kind == "gap_accepted"
    assert isinstance(bench.do(inspection, "issue_report", "lab", NEXT, **REPORT), Done)


def test_art30_a_danger_is_reported_and_a_test_terminated_whatever_the_custody(bench):
    from spotcheck.docket.flow import MATTERS

    asked = {
        name: {need.name for need in MATTERS[chart].spec_of(method).requirements}
        for name in ("inspection.report_serious", "inspection.terminate_illegal", "inspection.issue_report")
        for chart, method in [name.split(".")]
    } | {"retest.report": {need.name for need in MATTERS["retest"].spec_of("report").requirements}}
    assert {name for name, needs in asked.items() if "custody_unbroken" in needs} == {
        "inspection.issue_report",
        "retest.report",
    }


def test_a_refused_unit_goes_back_is_sealed_anew_and_sent_again(bench):
    bench.send()
    said = {"reason": "broken_seal", "explanation": "封条断裂", "evidence": [picture()]}
    bench.do(bench.unit(), "refuse_unit", "lab", **said)
    move = {"method": "link_custody", "by": "sampler"}
    assert guards(bench.do(bench.unit(), **move, kind="resealed")) == ["link_complete"]
    assert isinstance(bench.do(bench.unit(), **move, kind="returned", receiver="张伟"), Done)
    assert isinstance(bench.do(bench.unit(), **move, kind="resealed", new_seal="2026031803"), Done)
    assert isinstance(bench.do(bench.unit(), **move, kind="dispatched"), Done)
    assert guards(bench.receive()) == ["seal_intact"]
    assert isinstance(bench.receive(seal_number="2026031803"), Done)
    assert kinds(bench) == ["sealed", "dispatched", "refused", "returned", "moved", "dispatched", "received"]
    assert faults(bench) == []
    assert guards(bench.do(bench.unit(), **move, kind="dispatched")) == ["custody_order"]


def test_a_link_is_never_changed_and_a_change_by_force_is_found(bench):
    first = links(bench)[0]
    for change in ({"seal_number": "1"}, {"on": NEXT}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CustodyLink.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        first.delete()
    first.seal_number = "2026031888"
    assert custody.faults_of([first])[0].name == "hash_broken"


def test_the_reserve_unit_is_never_issued_by_the_first_laboratory(bench):
    bench.send("R")
    bench.receive("R")
    assert guards(bench.do(bench.unit("R"), "issue", "lab", inspector="王强")) == ["test_unit_only"]
    assert bench.unit("R").state == "in_custody"


def test_art27_an_issue_that_was_taken_back_leaves_the_unit_in_store(bench):
    from spotcheck.docket.counter_entries import take_back

    bench.send()
    bench.receive()
    issued = bench.do(bench.unit(), "issue", "lab", inspector="王强").entry
    with clock.simulated(DAY):
        take_back(issued, by=bench.world.actor("lab"), reason="检验人员因病住院")
    bench.do(bench.unit(), "issue", "lab", inspector="王强")
    assert kinds(bench) == ["sealed", "dispatched", "received", "issued", "returned", "issued"]
    assert faults(bench) == []


def test_where_the_record_is_not_full_claims_stand_as_they_did(bench):
    bench.world.full_record = False
    old = bench.world.sampled("SD2025-103", DAY)
    bench.world.testing(old, DAY)
    assert bench.world.matter(old, "sample", "T").state == "issued"
    assert not Message.objects.filter(kind=FAULT, dossier=old).exists()
