"""What the forms of chapter five say, fill in and offer beforehand."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.docket.offers import Note, Offer, advises, fills_in, offers, with_articles
from spotcheck.docket.wording import listed
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
    """A line for each item that Form 9 names."""
    names = matter.commissioned_items or matter.to_be_retested()
    return {"items": [{"name": name, "result": ""} for name in names]}


@offers("retest.commission", "items")
def items_to_retest(matter: Any, _actor: Actor) -> Offer:
    """The disputed items, and those of another open objection, which the one unit can answer too (Article 40, R32)."""
    own = list(matter.to_be_retested())
    beside = sorted(retests.disputed_beside(matter.dossier, matter.label) - set(own))
    others = [(item, _("%(item)s（另一项未决异议所争议）") % {"item": item}) for item in beside]
    return Offer("items", [*((item, item) for item in own), *others])
