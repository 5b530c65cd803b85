"""Samples: the list of those that a laboratory knows, and one of them with everything a bench needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from spotcheck.api import limits
from spotcheck.api.callers import Caller
from spotcheck.api.doors import Call, Door, told
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem, Wrong
from spotcheck.casework import blind
from spotcheck.casework.possible_acts import OpenMatter, acts_of
from spotcheck.docket.acts import Possible, refusals
from spotcheck.docket.flow import MATTERS, Proposal
from spotcheck.docket.models import Dossier, Track
from spotcheck.docket.wording import language
from spotcheck.inspection import dangers
from spotcheck.inspection.states import InspectionState
from spotcheck.laboratories import ahead, answers, places, projection
from spotcheck.laboratories.due import due_of
from spotcheck.laboratories.paging import LIST, page
from spotcheck.laboratories.projection import Sample
from spotcheck.rules.citations import of_text
from spotcheck.rules.days import day_of
from spotcheck.rules.words import Words

READ: Final = "cases:read"


def sample_of(call: Call) -> Sample:
    """The sample that an address names: by its number, that of a unit or of its sheet, however it is typed.

    Raises ``not-found``, the same for one of others. Who asks for many that are none of its own is guessing. What is
    about to be done in it finds it locked, so that it is compared with a tag, and judged, as it is.
    """
    known: Sample | None = call.known.get("sample")
    if known is None:
        known = call.known["sample"] = projection.known(ahead.of(call, _found(call)))
    return known


def _found(call: Call) -> Dossier:
    dossier = blind.known_as(call.caller.office, str(call.names["code"]))
    if dossier is None:
        limits.unknown(call.caller.office)
        raise Problem("not-found")
    return dossier


class Cases(Door):
    """``/cases``."""

    scopes = {"GET": READ}
    asks = {
        "GET": {
            "state": {"type": "string", "enum": list(InspectionState)},
            "since": {"type": "string", "format": "date"},
            **LIST,
        }
    }
    answers = {"GET": {200: answers.Page}}

    def get(self, call: Call) -> Answer:
        """The samples that the laboratory knows, the oldest first, page by page.

        ``state`` is one of the inspection, ``since`` the day since which it has changed, ``after`` the cursor ``next``
        of the page before.
        """
        found, following = page(call, "cases", _wanted(call))
        return told({"cases": [_line(row, call.caller) for row in found], "next": following})


class Case(Door):
    """``/cases/{code}``."""

    scopes = {"GET": READ}
    answers = {"GET": {200: answers.Case}}

    def get(self, call: Call) -> Answer:
        """One sample with everything a bench needs, and what can be done next or why not yet."""
        sample = sample_of(call)
        due = {"due": _due(sample, call.caller), "next_acts": next_acts(sample, call.caller)}
        return told(projection.told(sample) | due)


def _due(sample: Sample, caller: Caller) -> list[dict[str, Any]]:
    test = sample.track("inspection")
    if test is None:
        return []
    return due_of(
        caller.actor, test.state, test.since, owes_file=dangers.without_report().filter(dossier=sample.dossier).exists()
    )


def next_acts(sample: Sample, caller: Caller) -> list[dict[str, Any]]:
    """What comes next in its units and its test, as acts themselves say: where it is done, what is in its way."""
    tongue = language()
    found = []
    for matter in acts_of(sample.dossier, sample.tracks, caller.actor, on=caller.today):
        if not sample.is_own(matter.matter):
            continue
        for possible in (*matter.now, *matter.exceptions, *matter.blocked, *_besides(matter, sample.only_here, caller)):
            spec = possible.spec
            if spec.name not in sample.places:
                continue
            text = matter.matter.text().id
            found.append(
                {
                    "act": spec.name,
                    "label": spec.words.label.in_(tongue),
                    "unit": matter.matter.label if matter.matter.chart == "sample" else "",
                    "href": f"{sample.href}/{sample.places[spec.name]}",
                    "articles": [one.as_record() for one in of_text(text, spec.articles)],
                    "blocked_by": [
                        {
                            "guard": reason.guard,
                            "says": reason.says.in_(tongue),
                            "cure": reason.cure.in_(tongue) if reason.cure else None,
                        }
                        for reason in possible.reasons
                    ],
                }
            )
    return found


def _besides(shown: OpenMatter, names: Sequence[str], caller: Caller) -> list[Possible]:
    """Acts that only programs do: no page offers them."""
    matter = shown.matter
    found = []
    for spec in matter.own_specs():
        if spec.name not in names or matter.state not in spec.source:
            continue
        proposal = Proposal(spec=spec, by=caller.actor, on=caller.today, today=caller.today, facts={})
        found.append(Possible(matter, spec, tuple(refusals(matter, proposal, only_standing=True))))
    return found


def _wanted(call: Call) -> "QuerySet[Dossier]":
    """The samples of a list, each with the state of its inspection and the day since which it is in it."""
    asked = call.request.GET
    tests = Track.objects.filter(dossier=OuterRef("pk"), chart="inspection")
    rows: Any = blind.samples_of(call.caller.actor).select_related("sample_file")
    if state := asked.get("state", ""):
        if state not in InspectionState.values:
            raise Problem("invalid", wrong=[Wrong("/state", "choice", Words("没有这种状态", "there is no such state"))])
        rows = rows.filter(Exists(tests.filter(state=state)))
    if since := asked.get("since", ""):
        rows = rows.filter(Exists(tests.filter(since__gte=_day(since))))
    return rows.annotate(
        tested=Subquery(tests.values("state")[:1]),
        tested_since=Subquery(tests.values("since")[:1]),
        owes_file=Exists(dangers.without_report().filter(dossier=OuterRef("pk"))),
    )


def _day(stated: str) -> date:
    day = day_of(stated)
    if day is None:
        says = Words("须是日期，YYYY-MM-DD", "this has to be a day, YYYY-MM-DD")
        raise Problem("invalid", wrong=[Wrong("/since", "day", says)])
    return day


def _line(row: Any, caller: Caller) -> dict[str, Any]:
    state = row.tested or InspectionState.AWAITING.value
    since = row.tested_since or row.opened_on
    return {
        "code": row.number,
        "href": places.of_case(row.number),
        "product": row.sample_file.product_name,
        "state": state,
        "since": since.isoformat(),
        "due": due_of(caller.actor, state, since, owes_file=row.owes_file),
        "next_acts": [
            spec.name
            for spec in MATTERS["inspection"].specs()
            if spec.is_act and state in spec.source and "lab" in spec.actors and spec.name in places.PLACES
        ],
    }
