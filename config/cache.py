"""Django's cache in Redis, with one client for the whole process.

Django makes a new client for each command, which takes longer than the command itself; a client holds
nothing of its own but its pool of connections, and is made for any number of threads.
"""

from functools import cached_property
from typing import Any

from django.core.cache.backends import redis


class OneClient(redis.RedisCacheClient):
    """The client is made with its first command."""

    @cached_property
    def _one(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._one


class RedisCache(redis.RedisCache):
    """As Django's in all else; for one server."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
