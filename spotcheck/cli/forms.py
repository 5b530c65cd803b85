"""spotcheck forms: the templates of the papers, listed, drawn and checked."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spotcheck.rules import folding
from spotcheck.rules.texts import Unreadable, as_json
from spotcheck.wiring.machine.problems import Problem

HELP = "list, draw and check the thirteen forms and the letters"
NEEDS_DATABASE = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="list|render|check")
    parts.add_parser("list", help="every form and letter with its title, articles and version")
    parts.add_parser("check", help="the templates against the registry of forms and the articles")
    render = parts.add_parser("render", help="draw one paper from a data file")
    render.add_argument("which", metavar="N", help="number of the form, or name of the letter")
    render.add_argument("--data", type=Path, required=True, metavar="FILE", help="JSON, as in forms_templates/samples")
    render.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the PDF goes")


def run(options: argparse.Namespace) -> int:
    """Exit with 0 when all is well, 1 when the check finds something or nothing can be drawn, 2 for wrong use."""
    from spotcheck.notices.catalogue import BadCatalogue  # noqa: PLC0415 -- slow import
    from spotcheck.notices.template import BadTemplate  # noqa: PLC0415 -- slow import

    try:
        return {"list": _list, "check": _check, "render": _render}[options.what](options)
    except (BadTemplate, BadCatalogue) as error:
        print(f"spotcheck forms: {error}", file=sys.stderr)
        return 1


def _list(options: argparse.Namespace) -> int:
    from spotcheck.notices.templates import templates  # noqa: PLC0415 -- slow import

    for key, template in templates().items():
        articles = ",".join(map(str, template.articles))
        print(f"{key!s:<24}{template.version}  {template.title}  [{articles}]")
    return 0


def _check(options: argparse.Namespace) -> int:
    from spotcheck.notices.templates import check, templates  # noqa: PLC0415 -- slow import

    found = list(check())
    for line in found:
        print(line)
    if not found:
        print(f"{len(templates())} templates agree with the registry.")
    return 1 if found else 0


def _render(options: argparse.Namespace) -> int:
    from spotcheck.notices.render import draw  # noqa: PLC0415 -- slow import
    from spotcheck.notices.templates import templates  # noqa: PLC0415 -- slow import
    from spotcheck.notices.typefaces import (  # noqa: PLC0415 -- slow import
        FontsMissing,
        NoGlyph,
        refuse_what_cannot_be_printed,
    )

    which = folding.number(options.which)
    key: int | str = int(which) if which.isascii() and which.isdigit() else which
    if key not in templates():
        raise Problem(f"there is no form or letter {options.which}; spotcheck forms list names them all.")
    data, template = _data(options.data), templates()[key]
    try:
        refuse_what_cannot_be_printed(json.dumps(data, ensure_ascii=False, default=str))
        drawn = draw(template, data)
        options.out.write_bytes(drawn.pdf)
    except NoGlyph as error:
        print(f"spotcheck forms: {error}", file=sys.stderr)
        return 1
    except FontsMissing as error:
        raise Problem(str(error)) from error
    except OSError as error:
        raise Problem(f"{options.out} cannot be written: {error.strerror}.") from error
    print(f"{options.out}: {template.title}, {drawn.pages} pages, {len(drawn.pdf) / 1024:.0f} KiB")
    for field in template.missing(data):
        print(f"  left open: {field.label} ({field.name})")
    return 0


def _data(path: Path) -> Mapping[str, Any]:
    """Read a data file and say everything that is wrong with it."""
    from spotcheck.notices.catalogue import complaints  # noqa: PLC0415 -- slow import

    try:
        data = as_json(path)
    except Unreadable as error:
        raise Problem(str(error)) from error
    if not isinstance(data, dict):
        raise Problem(f"{path}: one JSON object is wanted")
    if wrong := complaints(data):
        raise Problem("\n  ".join([f"{path}:", *(f"{name}: {what}" for name, what in wrong.items())]))
    return data
