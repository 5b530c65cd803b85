"""Old cases come in where their papers prove that they stand, and nothing is invented against anybody."""

from datetime import date

import pytest
from django.db import transaction

from spotcheck.docket import clock, taking
from spotcheck.docket.acts import matters_of, openings, perform
from spotcheck.docket.audit import verify
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Deadline, Dossier, Entry, Message, Record
from spotcheck.docket.problems import ActNotPermitted, BadFacts
from spotcheck.docket.sweep import sweep
from spotcheck.parties.actors import of_post
from spotcheck.registers.imports import running, undoing
from spotcheck.registers.imports.running import NotRead
from spotcheck.registers.refusals import NotDone
from spotcheck.takeover import finding_out
from spotcheck.takeover.columns import EXAMPLES
from tests.registers.test_firm_sheets import code
from tests.takeover.conftest import begun, line, looked, running_periods, states, taken
from tests.worlds import played

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "firms")]

REPORT = {"inspection": "reported", "conclusion": "provisional_nonconforming"}
IN_QUESTION = {"conclusion": "under_objection", "result_notice.P": "objected", "objection.1": "filed"}
SERVED = REPORT | {"result_notice.P": "served"}
NOTICED = {"D35.P": date(2025, 4, 7)}
ORDERED = {"D46B.P": date(2025, 4, 14)}
APPLIED = {"D46A.P": date(2025, 6, 16)}
WHERE = (
    (REPORT | {"result_notice.P": "due"}, {}),
    (REPORT | {"result_notice.P": "sent"}, {}),
    (REPORT | {"result_notice.P": "sent"}, {}),
    (SERVED, NOTICED),
    (REPORT | IN_QUESTION, {}),
    (REPORT | IN_QUESTION, {}),
    (SERVED, NOTICED),
    (SERVED | {"rectification.P": "report_received"}, NOTICED | {"D43.P": date(2025, 4, 8)}),
    (SERVED | {"rectification.P": "order_issued"}, NOTICED | ORDERED),
    (
        SERVED | {"rectification.P": "rectifying", "ban.P": "active"},
        NOTICED | ORDERED | {"D44.P": date(2025, 4, 18)},
    ),
    (SERVED | {"rectification.P": "applied", "ban.P": "active"}, NOTICED | APPLIED),
    (SERVED | {"rectification.P": "applied"}, NOTICED | APPLIED),
    (SERVED | {"rectification.P": "order_issued"}, NOTICED | ORDERED),
)
"""For each line of the sample workbook where its matters stand and what runs from which day."""


def broken() -> list[str]:
    """What breaks an invariant; what tests have done to people and triggers aside."""
    return [str(row) for row in checking.check() if row.invariant not in {"I15", "I16", "I17", "I18"}]


def file(place: int) -> Dossier:
    return Dossier.objects.get(number=f"旧CC2025-{place:04}")


@played
def old(people, firms):
    """Everything of the sample workbook has come in."""
    del firms
    with clock.simulated(date(2025, 7, 1)):
        return taken([line(place) for place in range(1, len(EXAMPLES) + 1)], people)


def test_every_line_of_the_sample_workbook_comes_in_where_it_is_proved_to_stand(old):
    number = len(EXAMPLES)
    assert old.counts == {"new": number, "changed": 0, "same": 0, "error": 0, "rows": number}
    assert len(WHERE) == number
    for place, (where, periods) in enumerate(WHERE, 1):
        dossier = file(place)
        assert states(dossier) == where, place
        assert running_periods(dossier) == periods, place
        assert (dossier.rule_set, dossier.pinned_on) == ("SD-2021-1", date(2025, 3, 3))
        entries = list(dossier.entries.all())
        assert {(one.act, one.from_state, tuple(one.flags)) for one in entries} == {(taking.ACT, "", (taking.FLAG,))}
        assert {one.user.username for one in entries} == {"zhou"}
        assert {one.second_user.username for one in entries} == {"wang"}
    assert broken() == []
    assert list(verify()) == []


def test_the_record_says_what_is_proved_and_what_is_only_stated(old):
    facts = Entry.objects.get(dossier=file(9), chart="rectification").facts
    assert facts["proved"] == [{"what": "部门收到报告日期", "day": "2025-04-08", "proof": "收文登记 12 号"}]
    assert [one["what"] for one in facts["stated"]] == ["责令改正日期", "责令改正收到日期"]
    assert (facts["old_number"], facts["line"], facts["since"]) == ("CC2025-0009", 10, "2025-04-14")
    assert facts["row"]["责令改正收到日期"] == "2025-04-18", "the line is kept as it was"


def test_the_same_sheet_once_more_changes_nothing(old, people):
    again = begun([line(place) for place in range(1, len(EXAMPLES) + 1)], people.by("wang"))
    assert running.look(again, people.by("wang")).counts["same"] == len(EXAMPLES)
    assert running.take(again, by=people.by("zhou")).rows == 0
    other = looked([line(4, notice_received_on="2025-04-09")], people.by("wang"))
    assert [one.column for one in other.findings if one.stops] == ["原系统编号"], "a number comes in once"


def test_it_wants_two_people_and_the_second_is_of_the_province(people):
    found = begun([line(4)], people.by("wang"))
    for name in ("wang", "zhao"):
        with pytest.raises(NotDone, match="省局另一人"):
            running.take(found, by=people.by(name))
    own = begun([line(4)], people.by("zhou"))
    with pytest.raises(NotDone, match="省局另一人"):
        running.take(own, by=people.by("zhou"))
    assert not Dossier.objects.filter(number__startswith="旧").exists()
    assert list(running.to_confirm(running.KINDS["old_cases"], people.by("zhou"))) == [found]
    assert running.find(found.pk, people.by("qing.officer")) is None, "another city does not see it"
    running.take(found, by=people.by("zhou"))
    assert Record.objects.filter(kind="import.done", subject_id=str(found.pk)).exists()


def test_nobody_proposes_for_a_bureau_that_is_not_below_his_own(people):
    checked = looked([line(4)], people.by("qing.officer"))
    assert [one.words.zh for one in checked.findings if one.stops] == ["办理部门不归本单位"]


WRONG = {
    "企业名录里没有这个代码": {"code": code(9)},
    "统一社会信用代码": {"code": "123"},
    "日期在今天之后": {"notice_sent_on": "2025-07-02"},
    "早于结果通知发出日期": {"notice_received_on": "2025-04-02"},
    "早于抽样日期": {"reported_on": "2025-03-01"},
    "没有日期": {"ordered_on": "", "report_received_on": "", "report_proof": ""},
    "须写明是否提出异议": {"objected": ""},
    "又写了提出异议的日期": {"objected_on": "2025-04-10"},
    "在原系统办完": {"rechecked_on": "2025-06-30"},
    "没有生效的规则": {"sampled_on": "2021-05-02"},
    "不能为空": {"items": ""},
    "日期写成": {"reported_on": "2025/4/1"},
    "被抽样生产者、标称生产者": {"role": "生产者"},
    "编号中不能有": {"number": "CC/1"},
}


@pytest.mark.parametrize("says", WRONG)
def test_a_doubtful_line_is_refused_in_its_cell(people, says: str):
    checked = looked([line(10, **WRONG[says])], people.by("wang"))
    stopping = [one for one in checked.findings if one.stops]
    assert any(says in one.words.zh or says in one.column for one in stopping), [one.words.zh for one in stopping]
    assert all(one.cell for one in stopping)
    assert checked.what == []


def test_two_parties_of_one_sample_come_in_together_or_not_at_all(people):
    both = [line(10), line(4, number="CC2025-0010", role="销售者", code=code(2))]
    half = looked(
        [both[0], line(4, number="CC2025-0010", role="销售者", code=code(2), batch="另一批")], people.by("wang")
    )
    assert half.what == []
    assert half.counts["error"] == 2
    taken(both, people)
    dossier = file(10)
    assert sorted(party.label for party in dossier.parties.all()) == ["P", "S"]
    assert states(dossier) | {} == WHERE[9][0] | {"result_notice.S": "served"}
    assert broken() == []


def test_what_taking_would_set_going_is_told_before(people):
    checked = looked([line(place) for place in range(1, len(EXAMPLES) + 1)], people.by("wang"))
    told = next(one.words.zh for one in checked.findings if not one.cell)
    assert told.startswith("移入 13 个案件：15 个期限起算")
    assert told.endswith("须查明送达日期 4 件")
    ledger = next(one.words.zh for one in checked.findings if one.column == "后处理截止时间")
    assert ledger.startswith("只作记载；按规定计算为 2025-06-")


def test_a_receipt_found_later_starts_what_it_starts(old, people):
    dossier = file(9)
    case = MATTERS["rectification"].objects.get(dossier=dossier)
    facts = {"proof": "邮寄回执 EMS2002"}
    with clock.simulated(date(2025, 7, 2)):
        perform(case.record_order_receipt, by=of_post(people.posts["wang"]), on=date(2025, 4, 18), facts=facts)
        sweep()
        assert broken() == []
    assert (states(dossier)["rectification.P"], states(dossier)["ban.P"]) == ("rectifying", "active")
    assert running_periods(dossier)["D44.P"] == date(2025, 4, 18)


def test_without_a_proved_receipt_nothing_lapses_in_400_days(people):
    unproved = {"notice_proof": "", "objected": "", "order_proof": "", "application_proof": ""}
    taken([line(place, **unproved) for place in (2, 3, 4, 7, 8, 9, 10, 11, 12, 13)], people)
    before = {dossier.number: states(dossier) for dossier in Dossier.objects.samples()}
    assert not Deadline.objects.running().filter(rule__in=("D35", "D39", "D44")).exists()
    for step in range(0, 401, 20):
        with clock.simulated(date.fromordinal(date(2025, 7, 2).toordinal() + step)):
            sweep()
    assert {dossier.number: states(dossier) for dossier in Dossier.objects.samples()} == before
    assert not Deadline.objects.filter(status="lapsed").exists()
    assert set(Entry.objects.filter(dossier__kind="sample").values_list("act", flat=True)) == {taking.ACT}
    assert not Dossier.objects.samples().filter(parties__told_on__isnull=False).exists(), "nobody counts as told"


def test_a_proved_receipt_runs_out_by_itself(old):
    with clock.simulated(date(2025, 7, 2)):
        sweep()
    assert states(file(4))["conclusion"] == "final_nonconforming"
    assert states(file(10))["rectification.P"] == "window_lapsed"
    with clock.simulated(date(2025, 7, 2)):
        assert broken() == []


def test_what_was_over_when_it_came_in_is_told_once_to_each_office(old):
    with clock.simulated(date(2025, 7, 2)):
        sweep()
        assert broken() == []
    told = Message.objects.filter(kind=taking.OVERDUE)
    assert sorted(told.values_list("office__code", flat=True)) == ["370000", "370100", "370102"]
    assert not Message.objects.filter(kind="duty_overdue", deadline__due_on__lt=date(2025, 7, 1)).exists()


def test_the_office_has_what_it_must_find_out(old, people):
    county, province, other = (of_post(people.posts[name]) for name in ("wang", "zhou", "qing.officer"))
    assert [track.dossier.number[-4:] for track in finding_out.waiting(county)] == ["0002", "0003", "0009", "0013"]
    assert (finding_out.count(county), finding_out.count(province), finding_out.count(other)) == (2, 2, 0)
    assert [(row["party__handler__name"], row["open"]) for row in finding_out.by_office(province)] == [
        ("济南市历下区市场监督管理局", 2)
    ]
    assert finding_out.files(province) == len(EXAMPLES)


def test_a_batch_is_taken_back_whole(old, people):
    with pytest.raises(NotDone):
        undoing.undo(old, by=people.by("wang"))
    with clock.simulated(date(2025, 7, 3)):
        sweep()
        assert undoing.undo(old, by=people.by("zhou")) == len(EXAMPLES)
        assert not Deadline.objects.running().exists()
        assert broken() == []
        assert list(verify()) == []
        assert finding_out.count(of_post(people.posts["wang"])) == 0
        taken([line(4)], people)
    assert states(Dossier.objects.get(number="旧CC2025-0004（2）")) == WHERE[3][0], "its number is free again"


def test_no_batch_is_taken_back_once_something_was_done(old, people):

    notice = MATTERS["result_notice"].objects.get(dossier=file(2))
    perform(notice.service_failed, by=of_post(people.posts["zhou"]), on=date(2025, 7, 1), facts={})
    with pytest.raises(NotDone, match="已经办理过"):
        undoing.undo(old, by=people.by("zhou"))
    with clock.simulated(date(2025, 7, 10)), pytest.raises(NotDone):
        undoing.undo(old, by=people.by("zhou"))


def test_a_state_in_which_nothing_comes_in_is_a_fault(old, people):
    other = MATTERS["rectification"](dossier=file(1), party=file(1).parties.get(), label="X", state="failed")
    with pytest.raises(ValueError, match="failed"):
        taking.take_over(
            other, by=of_post(people.posts["zhou"]), second=None, since=date(2025, 4, 1), facts={}, periods={}
        )


def test_a_wrong_sheet_takes_nothing(people):
    found = begun([line(4), line(5, code="1")], people.by("wang"))
    with pytest.raises(NotRead):
        running.take(found, by=people.by("zhou"))
    assert running.take(found, by=people.by("zhou"), only_good=True).rows == 1


ACTORS = ("wang", "hai", "zhou")


def test_whatever_is_tried_in_an_old_case_is_done_or_refused(old, people):
    """No act of a county, city or province, with whatever facts it wants, meets a field that did not come in.

    In every state in which a matter comes in, once with a day of its own and once without.
    """
    tried = done = 0
    seen = set()
    with clock.simulated(date(2025, 7, 2)):
        for dossier in Dossier.objects.samples().order_by("pk"):
            for matter in [*matters_of(dossier), *openings(dossier)]:
                stands = {name: bool(value) for name, value in vars(matter).items() if name.endswith(("_on", "_id"))}
                kind = (matter.chart, matter.state, *sorted(stands.items()))
                if kind in seen:
                    continue
                seen.add(kind)
                for spec in matter.all_specs():
                    for name in ACTORS:
                        tried += 1
                        done += attempted(matter, spec.method, of_post(people.posts[name]))
    assert tried > 300
    assert done > 10, "some of them are really done"


def attempted(matter, method, by) -> int:
    """Try one act in a transaction of its own; how often it was done."""
    again = type(matter).objects.get(pk=matter.pk) if matter.pk else type(matter).new(matter.dossier, matter.party)
    facts = {name: FACTS.get(name, "凭证 1 号") for name in again.spec_of(method).facts().fields if name in FACTS}
    try:
        with transaction.atomic():
            perform(getattr(again, method), by=by, on=date(2025, 7, 2), facts=facts)
            transaction.set_rollback(True)
    except (ActNotPermitted, BadFacts):
        return 0
    return 1


FACTS = {
    "proof": "邮寄回执 EMS1", "evidence": "书面材料", "document": "公函 1 号", "reasons": "理由", "grounds": "test_result",
    "measures": "已整改", "remark": "备注", "party_paper": "申请书", "decision": "决定书 1 号",
}  # fmt: skip
