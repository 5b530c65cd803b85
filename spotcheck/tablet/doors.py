"""The base of every address for tablets: the body is read to its end, then it is asked who calls.

A tablet is known by its token and, where something is done, by the signature of its key; a cookie is looked at only
where a session of the site is given up for a token. What is refused is told as a problem, as to every program.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.cache import patch_vary_headers

from spotcheck.api import doors, problems, reading
from spotcheck.api.kept import Answer
from spotcheck.api.problems import Problem
from spotcheck.api.schema import DEVICE
from spotcheck.network.counting import is_beyond
from spotcheck.rules.refused import Refused
from spotcheck.tablet import holders, proofs
from spotcheck.tablet.holders import Holder
from spotcheck.tablet.models import Device

BURST: Final = 400
BURST_SECONDS: Final = 20
"""A tablet asks twenty times a second at most, four hundred at once."""
_HEADERS: Final = {holders.DEVICE: True}


@dataclass(slots=True)
class Call:
    """One request of a tablet: what its address names, its bytes, and what they say where it takes a shape."""

    request: HttpRequest
    names: Mapping[str, Any]
    body: bytes
    by: Holder | None = None
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def holder(self) -> Holder:
        """Who is signed in."""
        assert self.by is not None
        return self.by


class FieldDoor(doors.Ground):
    """One address. ``proven`` are the methods that want the signature of the device, ``shaped`` those whose body has
    the shape of ``takes``; the rest is said as by every door for programs."""

    secured_by = DEVICE
    sends: ClassVar[Mapping[str, Mapping[str, bool]]] = {
        name: {**_HEADERS, proofs.HEADER: True} for name in ("POST", "PUT")
    } | {"DELETE": _HEADERS}
    proven: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request; what is refused is told as a problem."""
        try:
            call = Call(request, kwargs, _body_of(request))
            doors.know(self, request)
            self.admit(call)
            method = "GET" if request.method == "HEAD" else str(request.method)
            if method in self.takes:
                if request.content_type != reading.JSON:
                    raise Problem("not-json")
                call.said = reading.read(call.body, self.takes[method])
            answer: Answer | HttpResponse = getattr(self, method.lower())(call)
        except Refused as refused:
            made: HttpResponse = problems.answer(refused)
        else:
            made = answer if isinstance(answer, HttpResponse) else doors.sent(request, answer)
        patch_vary_headers(made, ("Accept-Language", "Authorization", holders.DEVICE))
        return made

    def admit(self, call: Call) -> None:
        """Find out who calls, and hold the request to the signature of the device where one is wanted."""
        call.by = holders.holder_of(call.request)
        let_pass(call.by.device)
        if call.request.method in self.proven:
            holders.prove(call.request, call.by.device.public_jwk, call.body)


def let_pass(device: Device) -> None:
    """Count a request of a tablet; raises ``too-often``."""
    passed = int(time.time())
    if is_beyond(f"field:{device.pk}:{passed // BURST_SECONDS}", allowed=BURST, seconds=BURST_SECONDS):
        raise Problem("too-often", headers={"Retry-After": str(BURST_SECONDS - passed % BURST_SECONDS)})


def _body_of(request: HttpRequest) -> bytes:
    """The bytes of a body, all of them before anything is answered."""
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem("too-large") from None
    except UnreadablePostError:
        raise Problem("malformed") from None
