"""What the forms of chapter four fill in and offer beforehand."""

from typing import Any, Final

from django.utils.translation import gettext as _

from spotcheck.docket.models import Party
from spotcheck.docket.offers import Offer, fills_in, offers
from spotcheck.parties.actors import Actor

PARTS: Final = ("name", "kind", "limit", "value", "unit", "result")
"""What the result of an item is made of."""


@fills_in("inspection.start_testing")
def who_signs_in(_matter: Any, actor: Actor) -> dict[str, Any]:
    """Whoever begins the test."""
    return {"inspector": actor.user_name}


@fills_in("inspection.issue_report")
def results_so_far(matter: Any, _actor: Actor) -> dict[str, Any]:
    """The items of a partial report stand in the full one too (Articles 30, 31)."""
    rows = matter.dossier.items.order_by("pk")
    return {"items": [{part: getattr(item, part) for part in PARTS} for item in rows]}


@offers("inspection.terminate_illegal", "producer")
def which_producer(matter: Any, _actor: Actor) -> Offer:
    """The producers by name, for the laboratory that tests blind by their roles (Article 28)."""
    producers = matter.dossier.parties.filter(role__in=Party.PRODUCERS).select_related("enterprise").order_by("pk")
    options: list[tuple[str, str | Party]] = [("", _("每个生产者")), *((one.label, one) for one in producers)]
    return Offer("one", options, help=_("每个生产者各报一条线索；只涉及其中一个的，选择该生产者。"))
