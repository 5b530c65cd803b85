"""What a program is told when it is refused: RFC 9457, with the articles of a named text and what may be tried again."""

import json

import pytest
from django.utils import translation

from spotcheck.casework.problems import PROBLEM, problem
from spotcheck.docket.problems import ActNotPermitted, BadFacts, Reason
from spotcheck.notices.service import ServiceRefused
from spotcheck.rules.calendar import CalendarNotPublished
from spotcheck.rules.refused import RETRIES, Refused
from spotcheck.rules.regulations import FIRST
from spotcheck.rules.sd_2021_1.guards import GUARDS

BY_WHOM = GUARDS["findings_decide"]
REFUSED = [
    ActNotPermitted(
        "objection.maintain", [Reason(BY_WHOM.name, BY_WHOM.articles, BY_WHOM.says, BY_WHOM.cure, ("reason",))]
    ),
    BadFacts("objection.maintain", {"reason": ["…"]}),
    ServiceRefused({"method": "请选择送达方式。"}),
    CalendarNotPublished(2031, 2015, 2027),
]


def told(refused: Refused, language: str) -> dict[str, object]:
    """What a program reads."""
    with translation.override(language):
        answer = problem(refused)
    assert answer.headers["Content-Type"] == PROBLEM
    details: dict[str, object] = json.loads(answer.content)
    assert answer.status_code == details["status"] == refused.status
    return details


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.kind)
def test_every_problem_has_the_same_members(refused: Refused, language: str) -> None:
    details = told(refused, language)
    assert {"type", "title", "status", "detail", "articles", "retry", "errors"} <= set(details)
    assert details["type"] == f"/problems/{refused.kind}"
    assert details["retry"] in RETRIES
    assert details["title"]
    assert details["detail"]


def test_articles_are_those_of_a_named_text() -> None:
    details = told(REFUSED[0], "en")
    assert details["articles"] == [{"regulation": FIRST, "article": n, "item": None} for n in sorted(BY_WHOM.articles)]
    (reason,) = details["reasons"]  # type: ignore[misc]
    assert (reason["guard"], reason["facts"]) == (BY_WHOM.name, ["reason"])
    assert reason["cure"] == (BY_WHOM.cure.en if BY_WHOM.cure else None)


def test_what_is_wrong_with_single_inputs_is_said_by_their_names() -> None:
    assert told(REFUSED[1], "zh-hans")["errors"] == {"reason": ["…"]}
    assert told(ServiceRefused("还没有开始送达。"), "zh-hans")["errors"] == {}


def test_what_may_be_tried_again_as_it_is() -> None:
    """What the law or the form is against stays so; what is only not possible now may come later."""
    assert {refused.kind: refused.retry for refused in REFUSED} == {
        "act-not-permitted": "never",
        "bad-facts": "never",
        "service-refused": "never",
        "calendar-not-published": "after",
    }


def test_a_door_may_know_a_nearer_status() -> None:
    answer = problem(REFUSED[1], status=413)
    assert (answer.status_code, json.loads(answer.content)["status"]) == (413, 413)
