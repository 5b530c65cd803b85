"""Addresses on the pages of the desk."""

from typing import Any

from django import template
from django.urls import reverse

from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.models import Dossier

register = template.Library()


@register.simple_tag
def act_address(dossier: Dossier, matter: Flow, spec: ActSpec, page: str = "act") -> str:
    """Where an act is done in a matter, or in one that it begins; ``preview`` or ``particulars`` of its papers."""
    keys: dict[str, Any] = {
        "number": dossier.number,
        "chart": matter.chart,
        "key": matter.pk or 0,
        "method": spec.method,
    }
    return reverse(f"desk:{page}", kwargs=keys)
