"""A body may test what its certificates cover on the day of the act (Articles 10, 40, 47); a report is only marked."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Message, Record
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.inspection.flow.inspection import Inspection
from spotcheck.objections.flow.retest import Retest
from spotcheck.parties.models import Office, Qualification, QualificationScope
from spotcheck.parties.qualified import lacking
from spotcheck.planning.models import Task
from spotcheck.registers import qualifications
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone
from spotcheck.remediation.flow.recheck import Recheck
from tests.inspection.test_results import completed, report

__all__ = ["completed"]
pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)
OPS = Doer(account="ops")


@pytest.fixture
def body() -> Office:
    return Office.objects.create(code="XX-JY", kind=Office.Kind.LABORATORY, name="某检验所")


def certificate(body: Office, number: str = "1", **more: object) -> Qualification:
    given = {"valid_from": date(2024, 1, 1), "valid_until": date(2025, 12, 31), "scope": [("玩具", "", "")]} | more
    return qualifications.record(body, kind="CMA", number=number, by=OPS, **given)  # type: ignore[arg-type]


def why(body: Office, kind: str = "玩具", on: date = DAY) -> str:
    words = lacking(body, kind, on)
    return words.zh if words is not None else ""


def test_a_body_may_test_what_a_certificate_covers_while_it_holds(body: Office):
    assert "没有登记资质" in why(body)
    held = certificate(body)
    assert why(body) == why(body, "") == why(body, "玩 具") == ""
    assert "范围不包括电线电缆" in why(body, "电线电缆")
    for on in (date(2024, 1, 1), date(2025, 12, 31)):
        assert why(body, on=on) == ""
    for on in (date(2023, 12, 31), date(2026, 1, 1)):
        assert "没有有效的资质" in why(body, on=on)
        assert "有效期至2025-12-31" in why(body, on=on)
    certificate(body, "2", scope=[], valid_from=date(2025, 3, 1))
    assert why(body, "电线电缆") == "", "a certificate whose scope is not on record limits nothing"
    assert "范围不包括电线电缆" in why(body, "电线电缆", date(2025, 2, 28))
    assert held.scope.count() == 1


@pytest.mark.parametrize(
    ("since", "until", "on", "may"),
    [
        (date(2025, 3, 3), None, date(2025, 3, 2), True),
        (date(2025, 3, 3), None, date(2025, 3, 3), False),
        (date(2025, 3, 3), date(2025, 3, 9), date(2025, 3, 9), False),
        (date(2025, 3, 3), date(2025, 3, 9), date(2025, 3, 10), True),
    ],
)
def test_a_suspended_certificate_does_not_hold(body: Office, since: date, until: date | None, on: date, *, may: bool):
    qualifications.suspend(certificate(body), since=since, until=until, reason="限期整改", by=OPS)
    assert (why(body, on=on) == "") is may
    assert may or "暂停" in why(body, on=on)


def test_what_is_wrong_with_a_certificate_is_refused(body: Office):
    held = certificate(body)
    for wrong in ({"number": "1"}, {"number": " "}, {"number": "3", "valid_until": date(2023, 1, 1)}):
        with pytest.raises(NotDone):
            certificate(body, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotDone):
        certificate(Office.objects.get(code="370100"), "4")
    with pytest.raises(NotDone):
        qualifications.suspend(held, since=DAY, until=None, reason=" ", by=OPS)
    assert Record.objects.filter(kind="office.certificate").count() == 1


def test_the_acts_that_name_a_body_ask_whether_it_may_test():
    declared = {
        (flow.chart, spec.method)
        for flow in (Task, Retest, Recheck, Inspection)
        for spec in flow.specs()
        if "body_qualified" in {one.name for one in spec.own}
    }
    assert declared == {
        ("task", "engage_agencies"),
        ("task", "draw_targets"),
        ("retest", "commission"),
        ("retest", "recommission"),
        ("recheck", "commission_test"),
        ("recheck", "recommission"),
    }


def test_nobody_is_engaged_who_may_not_test_and_older_files_go_on(bench):
    world = bench.world
    held = Qualification.objects.get(office=world.offices["lab"])
    world.full_record = True
    scope = QualificationScope.objects.create(qualification=held, product_kind="玩具")
    with pytest.raises(ActNotPermitted) as refused:
        world.task(DAY, world.target("JC9-01", ("P", "sampled_producer", "cable")), number="JC9")
    assert [reason.guard for reason in refused.value.reasons] == ["body_qualified"]
    assert "范围不包括电线电缆" in refused.value.text("zh-hans")
    assert "第十条" in refused.value.text("zh-hans")
    scope.product_kind = "电线电缆"
    scope.save()
    world.task(DAY, world.target("JC8-01", ("P", "sampled_producer", "cable")), number="JC8")
    scope.product_kind = "玩具"
    scope.save()
    world.full_record = False
    world.task(DAY, world.target("JC7-01", ("P", "sampled_producer", "cable")), number="JC7")


def test_a_report_by_a_laboratory_that_was_not_qualified_is_taken_marked_and_told(completed, today):
    Qualification.objects.filter(office=completed.world.offices["lab"]).update(valid_until=date(2025, 1, 1))
    entry = report(completed)
    assert entry.flags == ["CMA_NOT_COVERED"]
    told = Message.objects.get(kind="not_covered")
    assert (told.office, told.entry) == (completed.world.offices["province"], entry)


def test_a_report_while_qualified_is_not_marked(completed, today):
    assert report(completed).flags == []


def test_a_body_is_told_ninety_sixty_and_thirty_days_before(body: Office):
    certificate(body)
    province = Office.objects.get(code="370000")

    def told_on(day: date) -> int:
        with clock.simulated(day):
            return qualifications.warn()

    assert told_on(date(2025, 10, 1)) == 0
    assert told_on(date(2025, 10, 3)) == 1, "a day late"
    assert told_on(date(2025, 10, 4)) == 0
    assert told_on(date(2025, 11, 1)) == 1
    assert told_on(date(2025, 12, 1)) == 1
    assert told_on(date(2025, 12, 31)) == 0
    assert told_on(date(2026, 1, 1)) == 0, "it is over"
    letters = Message.objects.filter(kind=qualifications.ENDING)
    assert {letter.office for letter in letters} == {body, province}
    later = certificate(body, "2", valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    with clock.simulated(date(2025, 12, 2)):
        assert qualifications.warn() == 0, "another one follows"
    assert later.valid_until == date(2027, 1, 1)
