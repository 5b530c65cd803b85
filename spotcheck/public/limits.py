"""How often one address may ask. Guessing a code of eighty bits is hopeless; asking for ever is refused as well."""

from typing import Final

import redis
import structlog
from django.conf import settings
from django.http import HttpRequest

logger = structlog.get_logger(__name__)

ALLOWED: Final = 30
SECONDS: Final = 60


def is_too_often(request: HttpRequest) -> bool:
    """Whether this address has asked more than its share within the minute."""
    key = f"public:{address_of(request)}"
    try:
        with redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1) as counter:
            pipe = counter.pipeline()
            pipe.incr(key)
            pipe.expire(key, SECONDS, nx=True)
            count = int(pipe.execute()[0])
    except redis.RedisError:
        logger.warning("nobody counts who asks for papers", exc_info=True)
        return False
    return count > ALLOWED


def address_of(request: HttpRequest) -> str:
    """The address of the client; behind a proxy of ours the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return str(forwarded).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
