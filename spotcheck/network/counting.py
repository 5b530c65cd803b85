"""How often something was asked for: counters in Redis, which may be away or silent without anybody waiting for it.

``REDIS_URL`` is one server, or all Sentinels (``sentinel://:password@host:26379/0;sentinel://...``) with the name of
the master in ``SPOTCHECK_REDIS_MASTER``. Any failure means: not counted, and said in the log.
"""

from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import redis
import structlog
from django.conf import settings
from django.http import HttpRequest
from redis.sentinel import Sentinel

logger = structlog.get_logger(__name__)

PATIENCE: Final = 1.0
"""So many seconds a server may take to connect or to answer."""
_SENTINEL: Final = "sentinel"
_PORT: Final = 26379


def is_beyond(key: str, *, allowed: int, seconds: int) -> bool:
    """Count one more of this key, and say whether more than ``allowed`` came within these seconds."""
    try:
        with client() as counter, counter.pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds, nx=True)
            return int(pipe.execute()[0]) > allowed
    except redis.RedisError:
        logger.warning("nobody counts", key=key.partition(":")[0], exc_info=True)
        return False


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
    return redis.ConnectionPool.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


@cache
def _sentinels(url: str, password: str | None) -> Sentinel:
    servers = [urlsplit(one) for one in url.split(";") if one]
    waiting: dict[str, Any] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    return Sentinel(
        [(server.hostname, server.port or _PORT) for server in servers],
        sentinel_kwargs=waiting | ({"password": password} if password else {}),
        password=servers[0].password,
        db=int(servers[0].path.strip("/") or 0),
        **waiting,
    )


def address_of(request: HttpRequest) -> str:
    """The address of the client; behind proxies of ours the one that the outermost of them saw.

    What stands further left in the header the client may have written himself.
    """
    hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
