"""The page behind the code on a paper, and the check of a file."""

from hashlib import sha256
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spotcheck.api import problems
from spotcheck.casework import feeds
from spotcheck.docket.wording import say
from spotcheck.network.counting import address_of, is_beyond
from spotcheck.notices.models import Paper, PreparedPaper, VisitCode
from spotcheck.notices.production import grouped
from spotcheck.planning.repeating import repeat
from spotcheck.rules import folding, strict_json
from spotcheck.rules.words import Words

ALLOWED: Final = 300
UNKNOWN: Final = 30
"""So many codes a minute may one address ask for (a bureau is one), and so many of them that are none."""
SECONDS: Final = 60
LARGEST: Final = 30 * 1024 * 1024
TOO_LARGE: Final = Words("文件太大，不可能是抽取记录。", "The file is too large for a protocol of a draw.")
NO_TEXT: Final = Words("这不是 UTF-8 文本。", "This is no UTF-8 text.")
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""What people read for what was printed."""


@require_http_methods(["GET", "HEAD"])
@never_cache
def entrance(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a paper."""
    code = normal(request.GET.get("code", ""))
    return paper(request, code) if code else render(request, "public/verify.html")


@require_safe
@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is known of a paper: number, issuer, date, hash, whether it holds. Nothing else."""
    if _is_too_often(request):
        return _too_often(request)
    found = _found(code)
    if found is None and _visit(code) is None and _prepared(code) is None and _is_guessing(request):
        return _too_often(request)
    return _page(request, found, code)


@csrf_exempt  # nothing is changed; and so the upload is not read before we know that we want it
@require_POST
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Compare an uploaded file with the stored one, byte for byte."""
    if _is_too_often(request):
        return _too_often(request)
    found = _found(code)
    if found is None:
        return _too_often(request) if _is_guessing(request) else _page(request, found, code)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _page(request, found, code, verdict="large")
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, found, code)
    digest = sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    if not found.sha256:
        return _page(request, found, code, verdict="not_yet")
    return _page(request, found, code, verdict="same" if digest.hexdigest() == found.sha256 else "other")


def normal(code: str) -> str:
    """A code as it was typed, as it is stored."""
    return folding.code(code).translate(MISREAD)


def _is_too_often(request: HttpRequest) -> bool:
    return is_beyond(f"public:{address_of(request)}", allowed=ALLOWED, seconds=SECONDS)


def _is_guessing(request: HttpRequest) -> bool:
    return is_beyond(f"unknown:{address_of(request)}", allowed=UNKNOWN, seconds=SECONDS)


def _found(code: str) -> Paper | None:
    return Paper.objects.select_related("issuer").filter(code=normal(code)).first()


def _page(request: HttpRequest, found: Paper | None, code: str, verdict: str = "") -> HttpResponse:
    context: dict[str, Any] = {"paper": found, "code": grouped(normal(code)[:40]), "verdict": verdict, "asked": True}
    if found is None:
        context |= {"visit": _visit(code), "prepared": _prepared(code)}
    is_known = found is not None or bool(context["visit"] or context["prepared"])
    return render(request, "public/verify.html", context, status=200 if is_known else 404)


def _visit(code: str) -> VisitCode | None:
    """The visit that has this code; it leads to the papers of its dossier that have one of their own."""
    return VisitCode.objects.select_related("dossier").filter(code=normal(code)).first()


def _prepared(code: str) -> PreparedPaper | None:
    """The paper that was prepared under this code, and is not issued."""
    return PreparedPaper.objects.select_related("issuer").filter(code=normal(code)).first()


def _too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "public/verify.html", {"too_often": True}, status=429)
    response["Retry-After"] = str(SECONDS)
    return response


@require_safe
@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The days of a post, for a calendar that has its secret address; an address that is none is not there."""
    if _is_too_often(request):
        return _too_often(request)
    post = feeds.post_of(secret)
    if post is None:
        return _too_often(request) if _is_guessing(request) else HttpResponse(status=404)
    content = feeds.calendar(post, host=request.get_host())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@csrf_exempt  # nothing is changed
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def draw(request: HttpRequest) -> HttpResponse:
    """Repeat a draw from its protocol and say whether it comes out the same (Article 12)."""
    if _is_too_often(request):
        response = render(request, "public/draw.html", {"too_often": True}, status=429)
        response["Retry-After"] = str(SECONDS)
        return response
    if request.method != "POST":
        return render(request, "public/draw.html")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return render(request, "public/draw.html", {"wrong": say(TOO_LARGE)}, status=413)
    sent = request.FILES.get("file")
    try:
        found = repeat(strict_json.loads(sent.read().decode("utf-8-sig") if sent is not None else ""))
    except UnicodeDecodeError:
        return render(request, "public/draw.html", {"wrong": say(NO_TEXT)}, status=400)
    except strict_json.IllFormed as wrong:
        return render(request, "public/draw.html", {"wrong": say(wrong.words), "at": wrong.pointer}, status=400)
    return render(request, "public/draw.html", {"found": found, "faults": [say(fault) for fault in found.faults]})


@require_safe
def problem(request: HttpRequest, name: str) -> HttpResponse:
    """What a refusal that a program has read means, and what its people can do: the page behind its ``type``."""
    sort = problems.SORTS.get(name)
    if sort is None:
        raise Http404
    context = {
        "name": name,
        "status": sort.status,
        "title": say(sort.title),
        "cure": say(sort.cure),
        "retry": sort.retry,
    }
    return render(request, "public/problem.html", context)
