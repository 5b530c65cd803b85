"""Addresses that a line of a list leads to."""

from django.urls import reverse
from django.utils.http import urlencode

from spotcheck.casework.steps import Step
from spotcheck.desk.tables import page_of


def step_address(step: Step) -> str:
    """Where the act of a line is done, from the start page; empty where the dossier has to say in which matter."""
    if step.key is None:
        return ""
    if step.spec.words.in_a_table:
        return reverse(page_of(step.spec), kwargs={"number": step.dossier.number})
    keys = {"number": step.dossier.number, "chart": step.chart, "key": step.key, "method": step.spec.method}
    query = {"from": "today"} | ({"party": str(step.party)} if step.party is not None else {})
    return f"{reverse('desk:act', kwargs=keys)}?{urlencode(query)}"
