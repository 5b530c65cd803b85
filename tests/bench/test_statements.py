"""What an act costs in statements, on the whole path of a producer: the report brings twenty items.

Counted in a session that is a transaction of its own, begun and committed, with papers whose templates are known.
"""

from collections import Counter
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum.cn import uscc

from spotcheck.bench import acting
from spotcheck.bench.path import PATH
from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.models import Dossier
from spotcheck.docket.sweep import sweep
from spotcheck.inspection.models import Inspection, ResultNotice
from spotcheck.parties.actors import in_capacity
from spotcheck.parties.models import Enterprise
from spotcheck.planning.operations import name_producer

pytestmark = pytest.mark.django_db

MOST = {
    "sampling.present_notice": 33,
    "sampling.pass_precheck": 10,
    "sampling.complete_sampling": 30,
    "sample.dispatch": 11,
    "sample.receive": 11,
    "inspection.receive_sample": 9,
    "inspection.clear_qualification": 8,
    "sample.issue": 14,
    "inspection.start_testing": 13,
    "sample.record_tested": 9,
    "sample.retain": 11,
    "inspection.complete": 9,
    "inspection.issue_report": 21,
    "rectification.receive_report": 14,
    "result_notice.send": 25,
    "result_notice.record_receipt": 16,
    "rectification.issue_order": 34,
    "rectification.record_order_receipt": 18,
    "rectification.apply_recheck": 29,
    "rectification.start_recheck": 12,
    "recheck.verify_on_site": 13,
    "recheck.commission_test": 30,
    "recheck.test_done": 15,
    "recheck.pass_with_test": 33,
}
"""The statements of each act, at most; where an act is done more than once, those of the dearest."""
ITEMS = [
    {"name": f"项目{number}", "kind": "performance", "result": "fail" if number == 1 else "pass", "value": "2"}
    for number in range(1, 21)
]


def counted(act):
    """The statements of an act."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def taken(numbers, offices, *, items=1, until=None):
    """Take the dossiers along the path, and return the statements of each act in the last one."""
    found = Counter()
    for step in PATH:
        facts = step.facts | {"items": ITEMS[:items]} if "items" in step.facts else step.facts
        with clock.simulated(step.day):
            sweep(step.day)
            name = f"{step.chart}.{step.act}"
            for number in numbers:
                statements = counted(acting._act(step._replace(facts=facts), number, offices))
        found[name] = max(found[name], statements)
        if name == until:
            break
    return found


def test_no_act_takes_more_statements_than_it_is_known_to():
    offices = acting._offices()
    found = taken(acting.drawn(offices, 2), offices, items=20)
    assert found.keys() == MOST.keys()
    assert {name: number for name, number in found.items() if number > MOST[name]} == {}
    assert found["inspection.issue_report"] <= 21


def test_a_report_costs_the_same_whatever_its_items_and_parties():
    offices = acting._offices()
    few, many, _ = numbers = acting.drawn(offices, 3)
    taken(numbers[:2], offices, until="inspection.complete")
    for further, place in enumerate(("370203", "370302", "370402")):
        name_producer(Dossier.objects.get(number=many), enterprise(further, place))
    step = next(step for step in PATH if step.act == "issue_report")
    with clock.simulated(step.day):
        costs = []
        for number, items in ((few, 1), (many, 20)):
            report = Inspection.objects.get(dossier__number=number).issue_report
            by = in_capacity("lab", office=offices["lab"])
            costs.append(
                counted(partial(perform, report, by=by, on=step.day, facts=step.facts | {"items": ITEMS[:items]}))
            )
    assert costs[0] == costs[1]
    assert ResultNotice.objects.filter(dossier__number=many).count() == 4


def enterprise(number, place):
    """A producer that works in a place."""
    base = f"91{place}MA{number:07d}"
    code = base + uscc.calc_check_digit(base)
    where = {"registered_place": place, "actual_place": place}
    return Enterprise.objects.create(name=f"委托人{number}", credit_code=code, **where)
