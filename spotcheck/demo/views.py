"""The page that is shown while the demo is being loaded, and the way past it to the desk."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from spotcheck.api import problems
from spotcheck.demo.models import DemoState
from spotcheck.demo.progress import Progress, current

GO_ON_PATH = "/demo/go-on/"
_GONE_ON = "demo_gone_on"
_AS_LONG_AS_A_LOADING = 600
_BETWEEN_LOOKS = "2"
_BEGINNING = Progress(stage=DemoState.Stage.FRAME, percent=0, is_useful=False)


def while_loading(request: HttpRequest) -> HttpResponse | None:
    """Return what is shown instead of a page; None, once there is something to see and the visitor wants to see it."""
    progress = current() or _BEGINNING
    is_program = request.path.startswith("/api/")
    if progress.is_useful and (is_program or _GONE_ON in request.COOKIES or request.path == GO_ON_PATH):
        return None
    language = _language(request)
    with translation.override(language):
        response = _problem() if is_program else HttpResponse(_page(progress, request, language), status=503)
    if request.GET.get("lang") == language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    response.headers["Retry-After"] = _BETWEEN_LOOKS
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def go_on(request: HttpRequest) -> HttpResponseRedirect:
    """Go on to the desk: the files that run now are there, the rest comes meanwhile."""
    response = redirect("/")
    response.set_cookie(_GONE_ON, "1", max_age=_AS_LONG_AS_A_LOADING, httponly=True, samesite="Lax")
    return response


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language_from_request(request)


def _page(progress: Progress, request: HttpRequest, language: str) -> str:
    stages = [stage for stage in DemoState.Stage if stage != DemoState.Stage.LOADED]
    place = [stage.value for stage in stages].index(progress.stage)
    signs = [(stage.label, "done" if n < place else "now" if n == place else "later") for n, stage in enumerate(stages)]
    context = {"progress": progress, "stages": signs, "go_on": GO_ON_PATH, "language": language}
    return render_to_string("demo/loading.html", context, request)


def _problem() -> HttpResponse:
    return problems.plain("loading")
