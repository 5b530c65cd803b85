"""Acts that are done in a table of their own instead of a form, and on which page (``ActRecord.in_a_table``)."""

from typing import Final

from spotcheck.docket.flow import ActSpec
from spotcheck.inspection.models import Inspection
from spotcheck.planning.models import Task

_PAGES: Final = {
    Inspection.spec_of("record_results").name: "desk:results",
    Task.spec_of("choose_rule").name: "desk:task_rule",
}


def page_of(spec: ActSpec) -> str:
    """The name of its page, which asks for the number of the dossier."""
    return _PAGES[spec.name]
