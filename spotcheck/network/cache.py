"""A cache that all processes share and that may be away: then each remembers for itself, and nothing fails.

Made for counting tries at the entrance; what has to be certain is in the database.
"""

import json
from collections.abc import Callable
from typing import Any

import redis
import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache

from spotcheck.network.counting import asked

logger = structlog.get_logger(__name__)


class SharedCache(BaseCache):
    """Values as JSON in Redis; what Redis does not answer is asked of this process alone."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._alone = LocMemCache(location or "alone", params)

    def _or_alone(self, shared: Callable[[redis.Redis], Any], alone: Callable[[], Any]) -> Any:
        try:
            return asked(shared)
        except redis.RedisError:
            logger.warning("the shared cache is away; this process remembers for itself", exc_info=True)
            return alone()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value if there is none; say whether it was kept."""
        made, seconds = self.make_and_validate_key(key, version=version), self._seconds(timeout)
        return bool(
            self._or_alone(
                lambda server: server.set(made, json.dumps(value), ex=seconds, nx=True),
                lambda: self._alone.add(key, value, timeout, version),
            )
        )

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """A value, or the default."""
        made = self.make_and_validate_key(key, version=version)

        def found(server: redis.Redis) -> Any:
            kept = server.get(made)
            return default if kept is None else json.loads(kept)

        return self._or_alone(found, lambda: self._alone.get(key, default, version))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        made, seconds = self.make_and_validate_key(key, version=version), self._seconds(timeout)
        self._or_alone(
            lambda server: server.set(made, json.dumps(value), ex=seconds),
            lambda: self._alone.set(key, value, timeout, version),
        )

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; say whether there is one."""
        made, seconds = self.make_and_validate_key(key, version=version), self._seconds(timeout)
        return bool(
            self._or_alone(
                lambda server: server.expire(made, seconds),
                lambda: self._alone.touch(key, timeout, version),
            )
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; say whether there was one."""
        made = self.make_and_validate_key(key, version=version)
        return bool(self._or_alone(lambda server: server.delete(made), lambda: self._alone.delete(key, version)))

    def clear(self) -> None:
        """Forget what this process remembers; what is shared runs out by itself."""
        self._alone.clear()

    def _seconds(self, timeout: Any) -> int:
        wanted = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return max(1, int(wanted or 1))
