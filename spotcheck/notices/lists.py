"""Lists with lines to sign on: the layout of a paper, but no paper of a dossier. They have no number and are not kept.

Their layouts stand in ``forms_templates/lists``; who asks for one writes into the book what was taken along.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from spotcheck.notices.catalogue import HOME
from spotcheck.notices.render import FontsMissing, draw
from spotcheck.notices.template import Template
from spotcheck.notices.template_files import parse
from spotcheck.rules.refused import Refused


class NotPrinted(Refused):
    """A list cannot be printed: the typefaces are missing."""

    kind = "not-printed"


@cache
def template(name: str) -> Template:
    """The layout of a list, by its name."""
    path = HOME / "lists" / f"{name}.yaml"
    return parse(path.read_text(encoding="utf-8"), path.name)


def pdf(name: str, data: Mapping[str, Any]) -> bytes:
    """Draw a list; raises :class:`NotPrinted` where no paper can be drawn."""
    try:
        return draw(template(name), data).pdf
    except FontsMissing as error:
        raise NotPrinted(str(error)) from error
