"""Addresses on the pages of the desk."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from spotcheck.casework.entitling import Entitled
from spotcheck.casework.figures import Number
from spotcheck.desk.addresses import step_address
from spotcheck.desk.tables import page_of
from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.models import Dossier

register = template.Library()


@register.filter
def left_to(spec: ActSpec, entitled: Entitled) -> list[str] | None:
    """Who of the office does an act that the reader is not entitled to, by name; None where the reader may."""
    return None if entitled.may(spec) else entitled.others(spec)


@register.simple_tag
def act_address(dossier: Dossier, matter: Flow, spec: ActSpec, page: str = "act") -> str:
    """Where an act is done in a matter, or in one that it begins; ``preview`` or ``particulars`` of its papers."""
    if page == "act" and spec.words.in_a_table:
        return reverse(page_of(spec), kwargs={"number": dossier.number})
    keys: dict[str, Any] = {
        "number": dossier.number,
        "chart": matter.chart,
        "key": matter.pk or 0,
        "method": spec.method,
    }
    return reverse(f"desk:{page}", kwargs=keys)


@register.simple_tag
def figure_query(number: Number) -> str:
    """What the list behind a number of the figures is asked, as the query string of its address."""
    return urlencode(number.query)


register.simple_tag(step_address)
