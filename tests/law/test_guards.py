"""Guards that look at facts: what a careful officer brings is enough, and with one thing missing they refuse."""

from datetime import date

import pytest
import yaml

from spotcheck.docket.flow import MATTERS, Proposal
from spotcheck.docket.models import Dossier
from spotcheck.parties.actors import in_capacity
from spotcheck.rehearsal.facts import DEFAULT_ITEM, for_flow, stated
from tests.law.machines import machines, rows

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
NEEDED = {
    "sampling.present_notice": {"samplers": ["张伟", "李娜"]},
    "inspection.report_serious": {"items": [{"name": "绝缘", "kind": "safety", "result": "fail"}]},
    "retest.commission": {"items": ["绝缘"]},
}
"""What a careful officer brings where the acceptance text has no default."""


def judged(act, given):
    """Every guard of an act that looks at its facts, and whether it holds with these."""
    chart, method = act.split(".")
    spec = MATTERS[chart].spec_of(method)
    facts = for_flow(act, stated(act, NEEDED.get(act, {}) | given), on=DAY, items=[DEFAULT_ITEM])
    matter = MATTERS[chart](label="R", dossier=Dossier.objects.get_or_create(number="X", opened_on=DAY)[0])
    matter.proposal = Proposal(spec=spec, by=in_capacity(spec.actors[0]), on=DAY, today=DAY, facts=facts)
    wanted = {row["guard"] for row in rows("refused_facts.csv") if row["act"] == act}
    return {need.name: need(matter) for need in spec.needs if need.name in wanted}


@pytest.mark.parametrize("row", rows("refused_facts.csv"), ids=lambda row: f"{row['act']} {row['with']}")
def test_a_guard_refuses_what_the_text_forbids(row):
    given = yaml.safe_load(row["with"])
    assert judged(row["act"], given)[row["guard"]] is False


@pytest.mark.parametrize("act", sorted({row["act"] for row in rows("refused_facts.csv")}))
def test_with_everything_in_order_no_guard_refuses(act):
    assert [name for name, holds in judged(act, {}).items() if not holds] == []


def test_the_articles_are_those_of_the_regulation():
    articles = {guard["name"]: guard["articles"] for guard in machines()["guards"]}
    assert {row["guard"]: [int(n) for n in row["articles"].split()] for row in rows("refused_facts.csv")} == {
        row["guard"]: articles[row["guard"]] for row in rows("refused_facts.csv")
    }
