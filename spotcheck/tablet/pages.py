"""The sampler's application as a browser loads it: one page, and the files beside it.

Both are the same for everybody and say nothing of any case, so nobody has to be signed in; a tablet starts without a
network from what it has kept. They stand below ``/field/`` and not among the static files, because a service worker
answers only for what lies in its own folder, and so only what lies there starts offline.
"""

import re
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

BUILT: Final = Path(__file__).parent / "built"
"""Where ``wiring/machine/fieldapp.py`` puts what it has built."""
POLICY: Final = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""Pictures are shown from memory, and codes are read by WebAssembly, which a browser counts as evaluation."""
_NAMED_BY_CONTENT: Final = re.compile(r"[\w.-]+-[A-Z0-9]{8}\.(js|css|wasm)")
_PLAIN: Final = {"sw.js", "manifest.webmanifest", "icon.svg", "licences.txt"}
_TYPES: Final = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm"}


@require_safe
def application(request: HttpRequest) -> HttpResponse:
    """The page of the application; where it was not built, a page that says so (503)."""
    try:
        page = (BUILT / "index.html").read_bytes()
    except FileNotFoundError:
        return render(request, "tablet/not_built.html", status=503)
    made = HttpResponse(page)
    made.headers["Content-Security-Policy"] = POLICY
    made.headers["Cache-Control"] = "no-cache"
    return made


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the application; one whose name says its content may be kept for good."""
    for_good = _NAMED_BY_CONTENT.fullmatch(name) is not None
    if not for_good and name not in _PLAIN:
        raise Http404
    try:
        file = (BUILT / name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = _TYPES.get(Path(name).suffix) or guess_type(name)[0]
    made = FileResponse(file, content_type=f"{kind}; charset=utf-8" if kind != "application/wasm" else kind)
    made.headers["Content-Security-Policy"] = POLICY  # a worker lives under the policy of its own file
    made.headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_good else "no-cache"
    return made
