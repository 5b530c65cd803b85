"""A visit as its tablet recorded it: the strip of its pictures with hash, hour and place, and the log act by act."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from spotcheck.casework import field_logs, field_returns
from spotcheck.desk.web.cases import at_work
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.field_records import SLOT_WORDS, named
from spotcheck.desk.web.noting import note
from spotcheck.look.page import page

MORE_SLOTS: Final = {
    "signature": gettext_lazy("签名"),
    "records": gettext_lazy("查阅的记录"),
    "workshop": gettext_lazy("生产现场"),
    "warehouse": gettext_lazy("仓库"),
    "film": gettext_lazy("录像"),
    "screenshot": gettext_lazy("网页截图"),
    "other": gettext_lazy("其他"),
}
SOURCES: Final = {
    "camera": gettext_lazy("平板相机"),
    "file": gettext_lazy("选取的文件"),
    "drawn": gettext_lazy("屏幕签名"),
}
APART_SECONDS: Final = 60
"""From here on the difference between the clocks is shown."""


@require_GET
@at_work
def visit(request: Any, number: str) -> HttpResponse:
    """The logs of a visit with their pictures; whoever looks at them leaves his line of reading."""
    dossier = in_sight(request.actor, number)
    acts = field_logs.of_visit(request.actor, dossier)
    if not acts:
        raise Http404
    note(request, "read.evidence", dossier, ("fieldact", str(acts[0].pk)))
    words = {**SLOT_WORDS, **MORE_SLOTS}
    strip = [(shot, words.get(shot.slot, shot.slot), SOURCES[shot.source]) for shot in field_logs.shots(acts)]
    context = {
        "dossier": dossier,
        "strip": strip,
        "log": [(act, named(act)) for act in acts],
        "returns": dossier.field_returns.select_related("by").order_by("at"),
        "may_return": field_returns.may_return(request.desk_post, dossier),
        "apart": APART_SECONDS,
    }
    return page(request, "desk/field_visit.html", context)
