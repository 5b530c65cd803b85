"""How often something was asked for: counters in Redis, which may be away or silent without anybody waiting for it.

``REDIS_URL`` is one server, or all Sentinels (``sentinel://:password@host:26379/0;sentinel://...``) with the name of
the master in ``SPOTCHECK_REDIS_MASTER``. Any failure means: not counted, and said in the log.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import redis
import structlog
from django.conf import settings
from django.http import HttpRequest
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

from spotcheck.network import patience

logger = structlog.get_logger(__name__)

REST: Final = 10.0
"""So many seconds a server that was silent is left alone: not every page has to find out again."""
_SENTINEL: Final = "sentinel"
_PORT: Final = 26379
_T = TypeVar("_T")
_resting: Final[dict[str, float]] = {}
"""Until when (of the monotonic clock) the server at an address is left alone."""


def is_beyond(key: str, *, allowed: int, seconds: int) -> bool:
    """Count one more of this key, and say whether more than ``allowed`` came within these seconds."""

    def counted(server: redis.Redis) -> int:
        with server.pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds, nx=True)
            return int(pipe.execute()[0])

    try:
        return asked(counted) > allowed
    except redis.RedisError:
        logger.warning("nobody counts", key=key.partition(":")[0], exc_info=True)
        return False


def counted(key: str) -> int:
    """How often this key was counted so far; nothing where nobody counts."""
    try:
        return int(asked(lambda server: server.get(key)) or 0)
    except redis.RedisError:
        logger.warning("nobody counts", key=key.partition(":")[0], exc_info=True)
        return 0


def asked(what: Callable[[redis.Redis], _T], *, rested: bool = True) -> _T:
    """Ask the server something, within the patience of the request; raises ``redis.RedisError``.

    One that was silent a moment ago is left alone, unless somebody wants to know how it is (``rested=False``).
    """
    if rested and is_resting():
        raise redis.ConnectionError("it was silent a moment ago and is left alone")
    try:
        with patience.waiting(), client() as server:
            return what(server)
    except (redis.ConnectionError, redis.TimeoutError):
        rest()
        raise
    except patience.SilentServer as silent:
        raise redis.TimeoutError(str(silent)) from silent


def wake(task: Any, *args: Any) -> bool:
    """Tell a worker that there is something to do; False where nobody can be told (the next minute finds it itself)."""
    try:
        if not is_resting():
            with patience.waiting():
                task.apply_async(args, retry=False)
            return True
    except Exception:
        rest()
        logger.warning("nobody was told; the next minute finds it", task=task.name, exc_info=True)
    return False


def is_resting() -> bool:
    """Whether the server was silent a moment ago."""
    return time.monotonic() < _resting.get(settings.CELERY_BROKER_URL, 0.0)


def rest() -> None:
    """Leave the server alone for a moment."""
    _resting[settings.CELERY_BROKER_URL] = time.monotonic() + REST


def client() -> redis.Redis:
    """A connection to the broker's server, or to the master that the Sentinels name now."""
    url = settings.CELERY_BROKER_URL
    if not url.startswith(_SENTINEL):
        return redis.Redis(connection_pool=_pool(url))
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    return _sentinels(url, (options.get("sentinel_kwargs") or {}).get("password")).master_for(
        options.get("master_name", "mymaster")
    )


@cache
def _pool(url: str) -> redis.ConnectionPool:
    return redis.ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **_within(patience.SERVER))


@cache
def _sentinels(url: str, password: str | None) -> Sentinel:
    servers = [urlsplit(one) for one in url.split(";") if one]
    watching = _within(patience.SERVER / len(servers)) | {"retry": Retry(NoBackoff(), 0)}  # all of them in one second
    return Sentinel(
        [(server.hostname, server.port or _PORT) for server in servers],
        sentinel_kwargs=watching | ({"password": password} if password else {}),
        password=servers[0].password,
        db=int(servers[0].path.strip("/") or 0),
        retry=Retry(NoBackoff(), 0),
        **_within(patience.SERVER),
    )


def _within(seconds: float) -> dict[str, Any]:
    return {"socket_timeout": seconds, "socket_connect_timeout": seconds}


def address_of(request: HttpRequest) -> str:
    """The address of the client; behind proxies of ours the one that the outermost of them saw.

    What stands further left in the header the client may have written himself.
    """
    hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
