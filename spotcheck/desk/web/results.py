"""检验结果: the table in which a laboratory fills in results item by item (Articles 29, 31)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.casework import results
from spotcheck.casework.doing import Done
from spotcheck.casework.evidence import attached
from spotcheck.casework.reading import whole
from spotcheck.casework.results_form import PARTS, Row, read, said_of
from spotcheck.desk.web import uploads
from spotcheck.desk.web.dossier import opened
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.docket.problems import BadFacts
from spotcheck.docket.standing import may
from spotcheck.docket.wording import headed, say
from spotcheck.inspection.models import Inspection
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of
from spotcheck.rules.acts import OWN_ACTS
from spotcheck.rules.limit_texts import limit
from spotcheck.rules.refused import Refused
from spotcheck.rules.strict_json import IllFormed

SPEC = Inspection.spec_of("record_results")
WORDS = OWN_ACTS[SPEC.name]


@require_http_methods(["GET", "POST"])
@at_post
def table(request: Any, number: str) -> HttpResponse:
    """Fill in results: what each comes to is said at once, what is sent is recorded or refused line by line."""
    dossier = opened(request, number)
    inspection = results.inspection_of(dossier)
    if inspection is None or not inspection.rule_snapshot:
        raise Http404
    if not may(inspection, SPEC, request.actor):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    rows = [read(line, sent) for line in results.sheet(dossier, request.actor)]
    if sent is not None and sent.get("what") == "judge":
        return page(request, "desk/parts/judged.html", {"rows": rows})
    refused, errors = None, list[str]()
    if sent is not None and sent.get("what") == "declare":
        answer = _declare(request, dossier, rows)
        if not isinstance(answer, Refused):
            messages.success(request, _("已登记明示要求的限值。"))
            return redirect("desk:results", number=dossier.number)
        refused, errors = answer, [str(text) for told in answer.errors.values() for text in _texts(told)]
        rows = [read(row.line, None) for row in rows]
    elif sent is not None:
        changed = [row for row in rows if row.is_changed]
        answer = results.record(
            request.actor,
            dossier,
            results=[_with_day(said_of(row), sent) for row in changed],
            on=clock.today(),
            post=request.desk_post,
            seen=whole(sent.get("seen", "")),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("%(done)s。") % {"done": headed(WORDS.done)})
            return redirect(f"{reverse('desk:dossier', kwargs={'number': dossier.number})}?tab=items")
        refused = answer
        errors = _beside(refused, changed)
    context = {
        "dossier": dossier,
        "inspection": inspection,
        "rows": rows,
        "words": WORDS,
        "is_open": inspection.state in SPEC.source,
        "signatories": results.signatories(request.actor, clock.today()),
        "missing": results.missing({row.number: row.line for row in rows}),
        "errors": errors,
        "can_declare": not any(row.line.revisions for row in rows),
        "reasons": refused.reasons if refused is not None else (),
        "parts": PARTS,
        "today": clock.today(),
        "tested_on": (sent or {}).get("tested_on", clock.today().isoformat()),
    }
    return page(request, "desk/results.html", context, status=status_of(refused) if refused is not None else 200)


def _declare(request: Any, dossier: Dossier, rows: Sequence[Row]) -> Done | Refused:
    """Record what the label declares for one item, with its photograph."""
    sent = request.POST
    row = next((row for row in rows if row.number == sent.get("number")), None)
    unit = row.line.item["unit"] if row is not None else ""
    files = uploads.gathered(request, SPEC)
    if files.errors:
        return BadFacts(SPEC.name, {"": files.errors})
    try:
        declared = limit(sent.get("limit", ""), kind=sent.get("kind", ""), unit=unit)
    except IllFormed as fault:
        return BadFacts(SPEC.name, {"limits": [say(fault.words)]})
    return results.record(
        request.actor,
        dossier,
        limits=[{"number": sent.get("number", ""), "limit": declared}],
        on=clock.today(),
        post=request.desk_post,
        evidence=attached(files.waiting),
        no_file_reason=sent.get("no_file_reason", "").strip(),
        seen=whole(sent.get("seen", "")),
    )


def _texts(told: Any) -> list[str]:
    return [str(text) for text in (told if isinstance(told, list) else [told])]


def _with_day(said: dict[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    day = sent.get("tested_on", "").strip()
    return said | ({"tested_on": day} if day else {})


def _beside(refused: Refused, changed: Sequence[Row]) -> list[str]:
    """Put what is wrong beside the rows; return what belongs to none of them."""
    rest = []
    for name, told in refused.errors.items():
        _list, _slash, place = name.partition("/")
        at = place.partition("/")[0]
        texts = _texts(told)
        if at.isdigit() and int(at) < len(changed):
            changed[int(at)].errors += texts
        else:
            rest += texts
    return rest
