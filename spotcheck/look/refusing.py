"""Refusals on pages: the form is drawn again with what is wrong, or a page of its own says why not."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.casework.fields import Field, put_errors
from spotcheck.docket.wording import language
from spotcheck.rules.refused import Refused

_FORM, _FILL_IN_AGAIN = 400, 422


def status_of(refused: Refused) -> int:
    """The status of a page that is drawn again: what is wrong with a form is for its reader to mend."""
    return _FILL_IN_AGAIN if refused.status == _FORM else refused.status


def told(refused: Refused | None, shown: Iterable[Field] = ()) -> dict[str, Any]:
    """Put what is wrong beside the inputs; return the rest, and the reasons of the law, as a page tells them."""
    if refused is None:
        return {"errors": [], "reasons": ()}
    errors = put_errors(shown, {name: wrong for name, wrong in refused.errors.items() if name})
    if "" in refused.errors:
        errors.append(refused.text(language()))
    return {"errors": errors, "reasons": refused.reasons}


def listed(shown: Iterable[Field]) -> list[str]:
    """Everything that is wrong, each with the label of its input, for a page that does not show the inputs."""
    beside = [(made.label, text) for made in shown for text in made.errors]
    return [_("%(where)s：%(what)s") % {"where": label, "what": text} for label, text in beside]
