"""The properties can fail: without the rule that keeps it, a journey breaks each of them, and with it none."""

from datetime import date

import pytest

from tests.second_reading import guards, play
from tests.second_reading.acts import Act
from tests.second_reading.play import differences
from tests.second_reading.properties import PROPERTIES, violations
from tests.second_reading.world import World

TOLD = ["result_notice.send", "result_notice.record_receipt"]
ORDERED = ["rectification.receive_report", "rectification.issue_order", "rectification.record_order_receipt"]
FAILED = ["rectification.apply_recheck", "rectification.start_recheck"]
UP = ["rectification.report_up", "announcement.submit_to_city", "announcement.submit_to_province"]
RETEST = ["objection.start_verification", "objection.order_retest", "objection.record_decision_receipt"]
HELD = ["retest.complete_formalities", "retest.commission", "retest.hand_over_sample", "retest.start"]


def of_p(*acts: str) -> list[dict]:
    return [{"act": act, "party": "P"} for act in acts]


def journey(*acts: dict) -> dict:
    """One day on which all of this is done to the producer of a nonconforming sample."""
    return {
        "given": {
            "stage": "reported_nonconforming",
            "sampled": date(2022, 3, 1),
            "received": date(2022, 3, 2),
            "reported": date(2022, 3, 21),
        },
        "parties": {"P": {"role": "sampled_producer", "region": 370102}},
        "steps": [{"day": date(2022, 3, 22), "do": list(acts), "expect": {"states": {}, "deadlines": {}}}],
    }


def not_rectified(*acts: str) -> list[dict]:
    return [
        *of_p(*FAILED),
        {"act": "recheck.verify_on_site", "party": "P", "with": {"rectified": False}},
        *of_p("recheck.fail_without_test", *acts),
    ]


PASSED = [
    *of_p(*TOLD, *ORDERED, "objection.file"),
    *[{"act": act} for act in (*RETEST, *HELD)],
    {"act": "retest.report", "with": {"items": [{"name": "导体电阻", "result": "pass"}]}},
    {"act": "retest.close_conforming"},
]
"""The retest passes while the order runs: the case falls (10.1, 3)."""

BROKEN = {
    "announced while the window runs (51)": (
        "nothing_irrevocable_while_open",
        "conclusion_final",
        journey(*of_p(*TOLD, *ORDERED), *not_rectified(*UP, "announcement.announce")),
    ),
    "published while the window runs (57)": (
        "nothing_irrevocable_while_open",
        "conclusion_final",
        journey(*of_p(*TOLD), {"act": "publication.approve"}),
    ),
    "disposed of while the window runs (35, 39)": (
        "nothing_irrevocable_while_open",
        "no_disposal",
        journey(*of_p(*TOLD), {"act": "sample.dispose", "unit": "R"}),
    ),
    "told of a result that was annulled (33, 38)": (
        "no_paper_after_the_matter_fell",
        "conclusion.annul",
        journey({"act": "conclusion.annul"}, *of_p("result_notice.send")),
    ),
    "rechecked after the order fell (41, 43)": (
        "no_paper_after_the_matter_fell",
        "withdraw",
        journey(*PASSED, *not_rectified()),
    ),
    "a ban after the retest passed (41, 50)": (
        "states_are_honest",
        "withdraw",
        journey(*PASSED),
    ),
    "fifteen days without a slip (33, 35)": (
        "no_period_without_a_receipt",
        "proof_of_service",
        journey(
            *of_p("result_notice.send"),
            {"act": "result_notice.record_receipt", "party": "P", "with": {"proof": False}},
        ),
    ),
    "fifteen days on the word of the laboratory (33)": (
        "no_period_without_a_receipt",
        "lab_mails_only_conforming",
        journey(
            *of_p("result_notice.send"),
            {"act": "result_notice.record_receipt", "party": "P", "by": "lab"},
        ),
    ),
    "sixty days on the word of the party (44)": (
        "no_period_without_a_receipt",
        "by_whom",
        journey(
            *of_p(*TOLD, *ORDERED[:2]),
            {"act": "rectification.record_order_receipt", "party": "P", "by": "enterprise"},
        ),
    ),
}
"""What is done: the property it breaks, and the rule (a guard, or what follows by itself) that keeps it from happening."""


def forget(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reading without this rule."""
    if rule in guards.GUARDS:
        monkeypatch.setitem(guards.GUARDS, rule, lambda _act: True)
    elif rule == "conclusion.annul":
        monkeypatch.setitem(play.EFFECTS, rule, [_revoked_and_nothing_more])
    else:
        monkeypatch.setattr(World, rule, lambda *_: None)


def _revoked_and_nothing_more(act: Act) -> None:
    act.world.states[act.world.label("conclusion", act.number)] = "revoked"


@pytest.mark.parametrize(("name", "rule", "story"), BROKEN.values(), ids=BROKEN)
def test_a_property_fails_without_the_rule_that_keeps_it(name, rule, story, monkeypatch):
    refused = [row for row in differences(story) if row[2] == "done"]
    assert refused or violations(story) == []
    forget(rule, monkeypatch)
    assert any(line.startswith(f"{name}: ") for line in violations(story))


def test_every_property_is_broken_once():
    assert {name for name, _rule, _story in BROKEN.values()} == {check.__name__ for check in PROPERTIES}
