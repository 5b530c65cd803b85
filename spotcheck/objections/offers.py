"""What the forms of chapter five say, fill in and offer beforehand."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.docket.offers import Note, Offer, advises, fills_in, offers, with_articles
from spotcheck.docket.wording import listed
from spotcheck.inspection import results
from spotcheck.objections import retests
from spotcheck.objections.requirements import FINDINGS_DECIDE
from spotcheck.parties.actors import Actor


@advises("objection.maintain", "objection.uphold_denial")
def what_the_cities_found(matter: Any, _actor: Actor) -> Iterator[Note]:
    """A denial is decided as the cities found; where they differ, with reasons (Article 37, reading R56)."""
    if not matter.is_denial:
        return
    if matter.cities_differ:
        yield Note(_("两地市局的核查结论不一，由省局说明理由，采信其中一地。"), is_warning=True)
        return
    fits = {"maintain": matter.produced is True, "uphold_denial": matter.produced is False}
    if not fits[matter.proposal.spec.method]:
        guard = matter.text().guards[FINDINGS_DECIDE.name]
        yield Note(with_articles(guard.says, guard.articles), is_warning=True)


@advises("objection.order_retest")
def unit_was_in_a_test(matter: Any, _actor: Actor) -> Iterator[Note]:
    """Whether the unit is still fit after another body had begun with it is a question of looking (reading R64)."""
    if matter.unit_was_in_a_test():
        yield Note(
            _("备用样品曾交给另一复检机构并已开始检验。决定复检前请确认样品完好；已不完好的，先登记样品失效。"),
            is_warning=True,
        )


@advises("objection.order_retest")
def what_cannot_be_repeated(matter: Any, _actor: Actor) -> Iterator[Note]:
    """An item that the rule of detail does not call repeatable is not retested (Article 38)."""
    if once := [name for name, repeats in _repeatable(matter).items() if not repeats]:
        says = _("检验细则列明“%(items)s”不能重复检验，这些项目不能复检。") % {"items": listed(once)}
        yield Note(says, is_warning=True)


@fills_in("objection.order_retest")
def whether_it_can_be_repeated(matter: Any, _actor: Actor) -> dict[str, Any]:
    """As the rule of detail says of the disputed items; the province may know better (Article 38)."""
    repeatable = _repeatable(matter)
    return {"reproducible": all(repeatable.values())} if repeatable else {}


def _repeatable(matter: Any) -> dict[str, bool]:
    """Of the disputed items, by name, whether the frozen rule calls them repeatable; nothing where there is no rule."""
    known = {item["name"]: item["reproducible"] for item in results.frozen_rule(matter.dossier_id).get("items", ())}
    return {name: known[name] for name in matter.items if name in known}


@advises("retest.commission")
def others_disputed(matter: Any, _actor: Actor) -> Iterator[Note]:
    """There is one reserve unit: what Form 9 leaves out has none left (reading R32)."""
    beside = retests.disputed_beside(matter.dossier, matter.label) - set(matter.to_be_retested())
    if beside:
        yield Note(
            _("另一项未决异议争议的项目：%(items)s。备用样品只有一份，没有列入本次委托书的，复检后不再有样品可检。")
            % {"items": listed(sorted(beside))},
            is_warning=True,
        )


@fills_in("retest.commission")
def items_disputed(matter: Any, _actor: Actor) -> dict[str, Any]:
    """What is disputed is retested (Article 40)."""
    return {"items": matter.to_be_retested()}


@fills_in("retest.report")
def results_wanted(matter: Any, _actor: Actor) -> dict[str, Any]:
    """A line for each item that Form 9 names; with its result, where they are recorded one by one."""
    recorded = {row["name"]: row for row in results.reported(results.lines_of(matter))}
    names = matter.commissioned_items or matter.to_be_retested()
    return {"items": [recorded.get(name, {"name": name, "result": ""}) for name in names]}


@offers("retest.commission", "items")
def items_to_retest(matter: Any, _actor: Actor) -> Offer:
    """The disputed items, and those of another open objection, which the one unit can answer too (Article 40, R32)."""
    own = list(matter.to_be_retested())
    beside = sorted(retests.disputed_beside(matter.dossier, matter.label) - set(own))
    others = [(item, _("%(item)s（另一项未决异议所争议）") % {"item": item}) for item in beside]
    return Offer("items", [*((item, item) for item in own), *others])
