"""A page instead of all others while the demo loads; only where the demo is wanted (SPOTCHECK_DEMO)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from spotcheck.demo.views import while_loading
from spotcheck.wiring.machine.places import loading_mark

_Answer = Callable[[HttpRequest], HttpResponse]
_ASKED_BY_MACHINES = {"/livez", "/healthz", "/readyz", "/metrics"}


class LoadingPage:
    """While the demo is being loaded, show how far it is; once there is something to see, one may go on."""

    def __init__(self, get_response: _Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in _ASKED_BY_MACHINES or not loading_mark(settings.DATA).exists():
            return self.get_response(request)
        return while_loading(request) or self.get_response(request)
