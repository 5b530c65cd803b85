"""Dangers that failed items alone have shown, and the report on them (Article 30).

A danger is told at once, whether its report is there or not; until then the laboratory owes the file.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Evidence

PARTIAL_REPORT: Final = "partial_report"


def without_report() -> "QuerySet[Any]":
    """The inspections of which a danger was told and no report on it is on file."""
    handed_in = Evidence.objects.filter(dossier=OuterRef("dossier"), kind=PARTIAL_REPORT)
    return MATTERS["inspection"].objects.filter(~Exists(handed_in), partial_on__isnull=False)
