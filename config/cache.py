"""Django's cache in Redis, with one client for the whole process.

Django makes a new client for each command, which takes longer than the command itself; a client holds
nothing of its own but its pool of connections, and is made for any number of threads.
"""

from functools import cached_property
from typing import Any

from django.core.cache.backends import redis
from redis.typing import KeyT

_ADD = "return redis.call('EXISTS', KEYS[1]) == 1 and redis.call('INCRBY', KEYS[1], ARGV[1])"


class OneClient(redis.RedisCacheClient):
    """The client is made with its first command."""

    @cached_property
    def _one(self) -> Any:
        return super().get_client(write=True)

    @cached_property
    def _add(self) -> Any:
        return self._one.register_script(_ADD)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._one

    def incr(self, key: KeyT, delta: int) -> int:
        """As Django's, in one question instead of two, between which the key could have ended."""
        found = self._add(keys=[key], args=[delta])
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(found)


class RedisCache(redis.RedisCache):
    """As Django's in all else; for one server."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
