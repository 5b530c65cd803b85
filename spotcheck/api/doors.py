"""The base of every address for programs.

No session and no cookie is looked at, so there is nothing to forge. What an address does stands in its ``get``,
``post`` and ``put``, which get a :class:`Call` and return an :class:`~spotcheck.api.kept.Answer`; everything that holds
for all of them is done here, in this order: who calls, how often, what for, the body, the key, the tag, the rehearsal.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import structlog
from django.db import Error
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.utils.cache import patch_vary_headers
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from structlog.contextvars import get_contextvars

from spotcheck.api import callers, kept, limits, problems, reading
from spotcheck.api.callers import Caller
from spotcheck.api.kept import Answer
from spotcheck.api.models import RefusedRequest
from spotcheck.api.problems import Problem, Wrong
from spotcheck.api.schema import OAUTH, Described
from spotcheck.api.shapes import Shape
from spotcheck.docket.sessions import session
from spotcheck.docket.wording import language
from spotcheck.parties.models import Post
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

logger = structlog.get_logger(__name__)

DRY_RUN: Final = "Dry-Run"
READING: Final = ("GET", "HEAD")
_HEAD: Final = 2048
_TELLING: Final = 400
"""From this status on a refusal is one of the program's making; what is ours (500 and above) is not kept."""


@dataclass(slots=True)
class Call:
    """One request: who calls, what it names in its address, and what its body says."""

    request: HttpRequest
    caller: Caller
    names: Mapping[str, Any]
    act: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    """What its address has been found to name, so that nobody looks for it again."""

    def doer(self, act: str) -> Post:
        """The post in which the person of the body does this act."""
        return callers.doer(self.caller, self.body["by"], act, on=self.body["on"])


class _Rehearsed(Exception):
    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class Ground(APIView):
    """What an address of every door for programs says of itself, by method.

    ``scopes`` says what a token needs, ``takes`` what a body is, ``brings`` its kind where it is a file; ``asks`` what
    may stand in the query (``needs``: what has to), ``answers`` what comes back, ``sends`` headers of its own (and
    whether they are needed), ``tells`` those of its answer; ``matched`` are refused without the tag of what they
    replace (428).
    """

    schema = Described()
    secured_by: ClassVar[str]

    authentication_classes = []
    permission_classes = []
    parser_classes = [JSONParser]
    renderer_classes = [JSONRenderer]
    scopes: ClassVar[Mapping[str, str]] = {}
    takes: ClassVar[Mapping[str, type[Shape]]] = {}
    asks: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    answers: ClassVar[Mapping[str, Mapping[int, type[Serializer]]]] = {}
    sends: ClassVar[Mapping[str, Mapping[str, bool]]] = {}
    brings: ClassVar[Mapping[str, str]] = {}
    tells: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    matched: ClassVar[tuple[str, ...]] = ()


class Door(Ground):
    """One address for programs of an office, known by their token."""

    secured_by = OAUTH
    act: ClassVar[str] = ""
    """The act that is done here, where it is one: for it the person of the body has to be entitled."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request; what is refused is told as a problem."""
        caller: Caller | None = None
        try:
            know(self, request)
            caller = callers.caller_of(request)
            limits.let_pass(caller.office, writes=request.method not in READING)
            callers.require(caller, self.scopes.get("GET" if request.method == "HEAD" else str(request.method), ""))
            answer = self._answered(Call(request, caller, kwargs, self.act))
        except Refused as refused:
            made: HttpResponse = problems.answer(refused)
            _write_down(request, caller, made, refused)
        else:
            made = answer if isinstance(answer, HttpResponse) else sent(request, answer)
        patch_vary_headers(made, ("Accept-Language", "Authorization"))
        return made

    def _answered(self, call: Call) -> Answer | HttpResponse:
        if call.request.method in READING:
            with session():  # what is read twice for one answer is read once
                read: Answer = self.get(call)  # type: ignore[attr-defined]
            return read
        method = str(call.request.method)
        handler = getattr(self, method.lower())
        sent = reading.body_of(call.request)
        key = kept.key_of(call.request.headers.get(kept.HEADER)) if method == "POST" else ""
        rehearses = _rehearses(call.request)

        def done() -> Answer:
            call.body = reading.read(sent, self.takes[method])
            reading.check_when(call.body, call.caller.now)
            self._match(call, method)
            made: Answer = handler(call)
            return made

        try:
            with session():
                if not key or rehearses:
                    return _taken_back(done()) if rehearses else done()
                stamp = kept.fingerprint(method, call.request.get_full_path(), sent)
                return kept.once(f"office:{call.caller.office.pk}", key, stamp, done)
        except _Rehearsed as rehearsed:
            return Answer(rehearsed.answer.body, status=200)

    def _match(self, call: Call, method: str) -> None:
        """Hold a request to the tag it names: what it replaces has to be what its program has seen."""
        stated = call.request.headers.get("If-Match")
        if stated is None:
            if method in self.matched:
                raise Problem("match-missing")
            return
        if stated.strip() == "*" or not hasattr(self, "get"):
            return
        present = tag_of(self.get(call).body)
        if present not in {one.strip() for one in stated.split(",")}:
            raise Problem("changed-meanwhile", headers={"ETag": present})


def know(door: APIView, request: HttpRequest) -> None:
    """Refuse a method that the address does not have, and an answer in another form than ours."""
    methods = [name for name in ("get", "post", "put", "patch", "delete") if hasattr(door, name)]
    asked = "get" if request.method == "HEAD" else str(request.method).lower()
    if asked not in methods:
        raise Problem("method-not-allowed", headers={"Allow": ", ".join(name.upper() for name in methods)})
    if not request.accepts(reading.JSON):
        raise Problem("not-acceptable")


def _rehearses(request: HttpRequest) -> bool:
    """Whether everything is to be taken back; what is neither yes nor no is refused before anything is done."""
    stated = request.headers.get(DRY_RUN, "false").strip().lower()
    if stated not in {"true", "false"}:
        says = Words(f"{DRY_RUN} 须是 true 或者 false", f"{DRY_RUN} is true or false")
        raise Problem("invalid", wrong=[Wrong(f"/{DRY_RUN}", "choice", says)])
    return stated == "true"


def _taken_back(answer: Answer) -> Answer:
    """Leave the transaction with the answer and nothing else."""
    raise _Rehearsed(answer)


def told(content: Mapping[str, Any], **more: Any) -> Answer:
    """An answer with this content."""
    return Answer(json.dumps(content, ensure_ascii=False, separators=(",", ":")), **more)


def tag_of(body: str) -> str:
    """The strong tag of a body."""
    return f'"{hashlib.sha256(body.encode()).hexdigest()}"'


def sent(request: HttpRequest, answer: Answer) -> HttpResponse:
    """An answer as it goes out: with its tag, and nothing where that is known already."""
    tag = tag_of(answer.body)
    known = {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}
    if request.method in READING and (tag in known or "*" in known):
        made = HttpResponse(status=304)
    else:
        made = HttpResponse(answer.body, status=answer.status, content_type=reading.JSON)
    made.headers["ETag"] = tag
    made.headers["Content-Language"] = language()
    if answer.is_replayed:
        made.headers[kept.REPLAYED] = "true"
    if request.method not in READING and _rehearses(request):
        made.headers[DRY_RUN] = "true"
    return made


def _named(request: HttpRequest) -> str:
    """What the address of a request names, as it was typed."""
    names = request.resolver_match.kwargs.values() if request.resolver_match else ()
    return " ".join(map(str, names)).replace("\0", "")[:80]


def _write_down(request: HttpRequest, caller: Caller | None, made: HttpResponse, refused: Refused) -> None:
    """Keep what was refused of something that was to be done, so that people can see why; never in its way."""
    refusing = problems.SORTS["broken"].status
    if caller is None or request.method in READING or not _TELLING <= made.status_code < refusing:
        return
    try:
        sent = request.body
    except (OSError, RawPostDataException):  # a file, which nobody keeps for its refusal
        sent = b""
    told = json.loads(made.content)
    route = request.resolver_match.route if request.resolver_match else ""
    try:
        RefusedRequest.objects.create(
            office=caller.office,
            credential=caller.credential,
            at=caller.now,
            route=f"{request.method} {route}"[:200],
            named=_named(request),
            type=refused.kind,
            status=made.status_code,
            articles=told["articles"],
            detail=str(told["detail"])[:1000],
            sha256=hashlib.sha256(sent).hexdigest(),
            head=sent[:_HEAD],
            request_id=str(get_contextvars().get("request_id", ""))[:64],
        )
    except Error:
        logger.exception("a refused request was not written down")
