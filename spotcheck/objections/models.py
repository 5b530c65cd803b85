"""Tables of chapter five: the charts of objection and retest."""

from spotcheck.objections.flow.objection import Objection
from spotcheck.objections.flow.retest import Retest
from spotcheck.objections.tables import Verification

__all__ = ["Objection", "Retest", "Verification"]
