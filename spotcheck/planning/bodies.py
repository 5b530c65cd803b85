"""Whether the body that is named for a sample may test it (guard ``body_qualified``): only where the record is full."""

from datetime import date
from typing import Any

from spotcheck.docket import register
from spotcheck.docket.models import Dossier
from spotcheck.docket.requirements import Requirement
from spotcheck.parties.models import Office
from spotcheck.parties.qualified import lacking
from spotcheck.planning.queries import has_full_record
from spotcheck.rules.words import Words


def may_test(fact: str) -> Requirement:
    """The requirement that the body of a fact is qualified on the day of the act for what the sample is."""

    def what_lacks(m: Any) -> Words | None:
        if not has_full_record(m.dossier):
            return None
        office = Office.objects.filter(code=m.proposal[fact] or "").first()
        return lacking(office, m.dossier.sample_file.product_kind, m.proposal.on) if office is not None else None

    return Requirement("body_qualified", lambda m: what_lacks(m) is None, asks=(fact,), tells=what_lacks)


def reports_beyond(dossier: Dossier, on: date) -> bool:
    """Whether the laboratory of a sample is not qualified on the day of its report: a report is a fact, and marked."""
    office = register.body(dossier, "lab") if has_full_record(dossier) else None
    return office is not None and lacking(office, dossier.sample_file.product_kind, on) is not None
