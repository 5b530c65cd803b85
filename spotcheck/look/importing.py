"""导入 at any door: a sheet is chosen, looked at line by line, and taken. A door says how it draws and goes on.

What is short is looked at and taken by the page itself; what is long by a worker, while the page asks once a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from spotcheck.casework.doing import attempt
from spotcheck.docket.wording import say
from spotcheck.files.checks.content import XLSX
from spotcheck.look.refusing import status_of, told
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import asking, heads, running, undoing
from spotcheck.registers.imports.kinds import KINDS, Kind
from spotcheck.registers.imports.running import MOST_SHOWN, STATES
from spotcheck.registers.models import Import
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

LONGEST_SHEET = 20_000
"""Lines of a sheet that is given back with what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where sheets come in: the name space of its addresses, how it draws a page, where somebody goes on."""

    space: str
    draw: Callable[..., HttpResponse]
    """Request, template (``import.html``, ``import_look.html`` of the door), context, ``status``."""
    onward: Callable[[str, Any], HttpResponse]
    """Name of the kind, and the row that somebody looks at next, if there is one."""


def begin(request: Any, name: str, by: Doer, door: Door) -> HttpResponse:
    """Choose a sheet; what is read of it is looked at on the next page."""
    kind = _kind(name, by)
    refused: Refused | None = None
    if request.method == "POST" and "remember" in request.POST:
        said = (request.POST.get("word", ""), request.POST.get("column", ""))
        kept = attempt(lambda: heads.remember(kind, *said, by=by))
        if not isinstance(kept, Refused):
            messages.success(request, _("已记住。"))
            return redirect(request.path)
        refused = kept
    elif request.method == "POST":
        sent = request.FILES.get("file")
        title, content = (sent.name, sent.read(running.LARGEST + 1)) if sent is not None else ("", b"")
        answer = attempt(lambda: running.begin(kind, name=title, content=content, by=by))
        if not isinstance(answer, Refused):
            return redirect(f"{door.space}:import_look", key=answer.pk)
        refused = answer
    empty = reverse(f"{door.space}:import_template", kwargs={"kind": kind.name})
    labels = {column.name: column.label for column in (*kind.columns, *kind.about)}
    context = {
        "kind": kind,
        "heads": running.heads(kind),
        "empty": empty,
        "remembers": by.post is not None,
        "own": [(word, labels[column]) for word, column in heads.known(kind, by).items() if column in labels],
        **told(refused),
    }
    return door.draw(request, "import.html", context, status=status_of(refused) if refused is not None else 200)


def template(name: str, by: Doer) -> HttpResponse:
    """An empty sheet of a kind, with examples."""
    kind = _kind(name, by)
    return _sheet(running.template(kind), kind.name)


def answered(key: str, by: Doer) -> HttpResponse:
    """The sheet once more, with what becomes of every line."""
    found = _found(key, by)
    return _sheet(running.answered(found, by), f"{found.kind}-{_('检查结果')}")


def look(request: Any, key: str, by: Doer, door: Door) -> HttpResponse:
    """What a sheet comes to, line by line; taken all at once, or the good lines alone where its kind allows."""
    found = _found(key, by)
    kind, is_long = KINDS[found.kind], running.is_long(found)
    refused: Refused | None = None
    if request.method == "POST" and "undo" in request.POST:
        undone = attempt(lambda: undoing.undo(found, by=by))
        if not isinstance(undone, Refused):
            messages.success(request, _("已撤销，恢复到导入前。"))
            return redirect(request.path)
        refused = undone
    elif request.method == "POST":
        only_good = "only_good" in request.POST
        if is_long:
            answer: Any = attempt(lambda: asking.ask_to_take(found, by=by, only_good=only_good))
        else:
            answer = attempt(lambda: running.take(found, by=by, only_good=only_good))
        if not isinstance(answer, Refused):
            if is_long:
                return redirect(request.path)
            _say_what_was_taken(request, answer.rows)
            return door.onward(kind.name, answer.subject)
        refused = answer
    elif is_long:
        asking.ask_to_look(found)
        found.refresh_from_db()
    waits = found.stage in (Import.Stage.LOOKING, Import.Stage.TAKING)
    context = {
        "found": found,
        "kind": kind,
        "waits": waits,
        "again": reverse(f"{door.space}:import", kwargs={"kind": kind.name}),
        "sheet": _sheet_address(found, door),
        **({} if waits else _shown(found, kind, by, is_long)),
        **told(refused),
    }
    return door.draw(request, "import_look.html", context, status=status_of(refused) if refused is not None else 200)


def _shown(found: Import, kind: Kind, by: Doer, is_long: bool) -> dict[str, Any]:
    """What of a look is shown; of one that a worker did, what it kept."""
    looked = found.looked if is_long else running.kept(running.look(found, by))
    counts = found.counts if found.done_at is not None else looked.get("counts", {})
    lines = [(number, STATES[state], state, text) for number, state, text in looked.get("lines", ())]
    stopping, waits = looked.get("stopping", 0), found.done_at is None and running.may_take(found, by)
    return {
        "counts": counts,
        "lines": lines,
        "findings": [one | _in_words(one, kind) for one in looked.get("findings", ())],
        "more": looked.get("more", 0),
        "most": MOST_SHOWN,
        "stopping": stopping,
        "can_undo": undoing.is_offered(found) and (kind.confirms is None or kind.confirms(by)),
        "can_take": waits and not stopping and bool(counts),
        "can_take_good": waits and bool(stopping) and kind.in_parts and looked.get("good", False),
        "second": found.done_at is None and not waits,
        "refused": _words(looked["refused"]) if "refused" in looked else None,
    }


def _in_words(said: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """What is said of a cell, and its column as far as the kind knows it, in both languages."""
    labels = {str(column.label): column.label for column in (*kind.columns, *kind.about)}
    return {
        "words": _words(said),
        "column": say(labels[said["column"]]) if said["column"] in labels else said["column"],
    }


def _words(said: dict[str, Any]) -> Words:
    return Words(said["zh"], said["en"])


def _sheet_address(found: Import, door: Door) -> str:
    if len(found.read["lines"]) > LONGEST_SHEET:
        return ""
    return reverse(f"{door.space}:import_answered", kwargs={"key": found.pk})


def _say_what_was_taken(request: Any, rows: int) -> None:
    messages.success(request, _("已导入。") if rows else _("内容与已有的相同，没有更改。"))


def _sheet(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def _found(key: str, by: Doer) -> Import:
    try:
        found = running.find(UUID(key), by)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _kind(name: str, by: Doer) -> Kind:
    kind = running.kind_of(name)
    if kind is None:
        raise Http404
    if not kind.may(by):
        raise PermissionDenied(say(kind.words))
    return kind
