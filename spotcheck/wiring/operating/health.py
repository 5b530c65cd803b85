"""Whether the system is well: /livez and /healthz for machines that restart, /readyz and /metrics for those that watch.

/livez    the process answers, and the database answers it
/healthz  the same, and red when the sweep has been silent for two minutes
/readyz   every part by name: database, broker, files, sweep; red when one fails
/metrics  the vitals as Prometheus reads them; for this machine, or with the token of SPOTCHECK_METRICS_TOKEN
"""

import hmac
from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse

from spotcheck.docket import clock, vitals
from spotcheck.docket.models import Beat
from spotcheck.files import storage
from spotcheck.network import counting
from spotcheck.notices.models import Paper

# A sweep comes every minute. After this long without one, somebody should look.
SILENT_AFTER_SECONDS = 120


def livez(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while this process can work: what a load balancer asks."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while all is well, 503 with what is not."""
    try:
        beat = Beat.objects.filter(name="sweep").first()
        age = int((clock.now() - beat.at).total_seconds()) if beat else None
    except Error:
        return JsonResponse({"ok": False, "database": False, "sweep_age_seconds": None}, status=503)
    ok = age is None or age <= SILENT_AFTER_SECONDS
    return JsonResponse({"ok": ok, "database": True, "sweep_age_seconds": age}, status=200 if ok else 503)


def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, 503 with the parts that do not."""
    parts: dict[str, dict[str, Any]] = {"broker": {"ok": broker_answers()}, "files": {"ok": files_can_be_kept()}}
    try:
        found = vitals.read()
    except Error:
        parts["database"] = {"ok": False}
    else:
        age = found.sweep_age
        parts["database"] = {"ok": True}
        parts["sweep"] = {
            "ok": age is not None and age <= SILENT_AFTER_SECONDS,
            "age_seconds": None if age is None else int(age),
        }
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def broker_answers() -> bool:
    """Whether Redis answers at once. The docket works without it; periods then come late."""
    try:
        return bool(counting.asked(lambda server: server.ping(), rested=False))
    except redis.RedisError:
        return False


def files_can_be_kept() -> bool:
    """Whether papers and proofs can be stored now. Without it papers wait to be drawn and no proof is accepted."""
    try:
        storage.store().look()
    except OSError:
        return False
    return True


def free_bytes() -> float | None:
    """How many bytes are left where files are kept; None where nobody can say."""
    try:
        return storage.store().free()
    except OSError:
        return None


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the vitals in the text format of Prometheus."""
    if not _may_read_metrics(request):
        return HttpResponseForbidden("a token, or a request from this machine\n", content_type="text/plain")
    lines = []
    for name, about, value in figures():
        lines += [f"# HELP {name} {about}", f"# TYPE {name} gauge"]
        if value is not None:
            lines.append(f"{name} {value:g}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def figures() -> Iterator[tuple[str, str, float | None]]:
    """Yield name, meaning and value of every metric."""
    found = vitals.read()
    yield "spotcheck_sweep_age_seconds", "seconds since the last sweep finished", found.sweep_age
    yield "spotcheck_oldest_due_seconds", "seconds since the oldest open period was due", found.oldest_due
    yield "spotcheck_parked_periods", "periods that failed three times and wait for somebody", found.parked
    yield "spotcheck_outbox_messages", "messages not yet delivered", found.outbox
    yield "spotcheck_outbox_oldest_seconds", "age of the oldest message not yet delivered", found.outbox_oldest
    yield "spotcheck_letters_waiting", "letters by mail not yet taken by the mail server", found.letters
    yield "spotcheck_letters_parked", "letters by mail that were given up and wait for somebody", found.letters_parked
    yield "spotcheck_papers_to_draw", "papers issued and not yet drawn", papers_to_draw()
    yield "spotcheck_invariants_age_seconds", "seconds since the invariants were checked", found.invariants_age
    yield "spotcheck_invariants_broken_rows", "rows that broke an invariant then", found.invariants_broken
    yield "spotcheck_broker_up", "whether Redis answers", float(broker_answers())
    yield "spotcheck_files_up", "whether papers and proofs can be stored", float(files_can_be_kept())
    yield "spotcheck_files_free_bytes", "bytes left where papers and proofs are kept (no value: a bucket)", free_bytes()


def papers_to_draw() -> int:
    """How many papers wait for their file."""
    return Paper.objects.filter(drawing=Paper.Drawing.WANTED).count()


def _may_read_metrics(request: HttpRequest) -> bool:
    """With the token, if there is one; otherwise only this machine itself, and not through a proxy."""
    token = settings.METRICS_TOKEN
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    direct = not any(name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"))
    return direct and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
