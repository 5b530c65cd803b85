"""Tracing: every line of a log says to which request, dossier and task it belongs.

A request keeps the id that a proxy of ours gave it, or gets one; it is answered in X-Request-Id, and travels with the
tasks that the request sends. No name, address or query is logged.
"""

import re
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from celery import Task as CeleryTask
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars, get_contextvars

if TYPE_CHECKING:
    _Task = CeleryTask[Any, Any]
else:
    _Task = CeleryTask

logger = structlog.get_logger("spotcheck.requests")
tasks = structlog.get_logger("spotcheck.tasks")

HEADER = "X-Request-Id"
_LAWFUL = re.compile(r"[0-9A-Za-z-]{8,64}")
_ASKED_BY_MACHINES = {"livez", "healthz", "readyz", "metrics"}


class RequestIds:
    """Give a request its id, and log how it ended: the pattern of its address, never the address itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if _LAWFUL.fullmatch(given) else uuid.uuid4().hex
        clear_contextvars()
        bind_contextvars(request_id=number)
        begun = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            self._note(request, response, time.monotonic() - begun)
        finally:
            clear_contextvars()
        return response

    def process_view(self, _request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> None:
        """Once it is known which dossier is meant, say so."""
        if dossier := kwargs.get("number"):
            bind_contextvars(dossier=str(dossier))

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.route if request.resolver_match else ""
        if route not in _ASKED_BY_MACHINES:
            logger.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                milliseconds=round(seconds * 1000),
            )


class TracedTask(_Task):
    """A task whose log lines carry its id and that of the request which sent it."""

    def apply_async(self, *args: Any, **options: Any) -> Any:
        """Send the task, with the id of the request that sends it."""
        if number := get_contextvars().get("request_id"):
            options["headers"] = {**(options.get("headers") or {}), "request_id": number}
        return super().apply_async(*args, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the task, and log how long it took."""
        sent_by = getattr(self.request, "request_id", None)
        ids = {"task": self.name, "task_id": self.request.id} | ({"request_id": sent_by} if sent_by else {})
        with bound_contextvars(**ids):
            begun = time.monotonic()
            done = super().__call__(*args, **kwargs)
            tasks.info("task", milliseconds=round((time.monotonic() - begun) * 1000))
        return done
