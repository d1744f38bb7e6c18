"""Keeps one runaway program from slowing the practice down."""

from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import ApiToken
from accounts.permissions import staff

if TYPE_CHECKING:
    # The framework reads its settings, and with them this module, while it loads its views.
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)

MINUTE = 60


class PerToken(BaseThrottle):
    """So many requests a minute for each key, or each person at a page.

    Reading, changing and searching are counted apart. Without the broker nothing is counted:
    the practice's work goes before the count.
    """

    wait_seconds = 0

    def allow_request(self, request: Request, view: "APIView") -> bool:
        scope = getattr(view, "throttle_scope", "") or ("read" if request.method in SAFE_METHODS else "write")
        now = int(timezone.now().timestamp())
        self.wait_seconds = MINUTE - now % MINUTE
        return _count(f"api:{scope}:{_whose(request)}:{now // MINUTE}") <= settings.KEPT_API_RATES[scope]

    def wait(self) -> float:
        return self.wait_seconds


def _whose(request: Request) -> Any:
    return request.auth.public_id if isinstance(request.auth, ApiToken) else staff(request).public_id


def _count(key: str) -> int:
    try:
        return _add_one(key)
    except (RedisError, ValueError):
        log.warning("throttle.uncounted")
        return 0


def _add_one(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # the first of this minute
        cache.add(key, 0, timeout=2 * MINUTE)
        return cache.incr(key)
