"""Drafts of forms that were sent: kept when they did not get through, ended when they did."""

from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.db import Error
from django.http import HttpResponse

from spotcheck.casework import drafts
from spotcheck.look.form_names import DRAWN_FOR, NOT_SENT_ON

SENT: Final = "sent_form"
"""The cookie that tells the browser's own copy that the form got through; under TLS of this very host only."""
REMEMBERED: Final = 300
"""Seconds for which it does."""
_NO_TEXT: Final = frozenset({"csrfmiddlewaretoken", "seen", "what", "drop", "upload"})
_REFUSED: Final = 400


def after(request: Any, response: HttpResponse) -> None:
    """What becomes of the draft of a form that was sent: it ends when it got through, and is kept when it did not."""
    if not _is_form(request) or getattr(request, "is_left", False):
        return
    if response.status_code >= _REFUSED:
        keep(request)
    elif "HX-Redirect" in response.headers or "Location" in response.headers:
        address = request.get_full_path()
        drafts.end(request.desk_post, address)
        secure = settings.SESSION_COOKIE_SECURE
        name = f"__Host-{SENT}" if secure else SENT
        response.set_cookie(name, quote(address, safe=""), max_age=REMEMBERED, samesite="Lax", secure=secure)


def keep(request: Any) -> None:
    """Keep what was sent; whatever went wrong, this must not make it worse."""
    if not _is_form(request):
        return
    said = {name: values for name, values in request.POST.lists() if name not in _NO_TEXT | NOT_SENT_ON}
    what = request.POST.get("what", "")
    with suppress(Error):
        address = request.get_full_path() + (f"#{what}" if what else "")
        drafts.keep(request.desk_post, address, said, request.POST.getlist("upload"))


def _is_form(request: Any) -> bool:
    return request.method == "POST" and DRAWN_FOR in request.POST and not getattr(request, "is_a_draft", False)
