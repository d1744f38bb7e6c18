"""Slows down who tries links, and who presses a button again and again."""

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

MINUTE = 60
# A family behind one address may open a few pages; a program that guesses would need years.
MOST_WRONG_LINKS = 20
MOST_VIEWS = 60
MOST_ACTS = 20


def guesses_too_much(request: HttpRequest) -> bool:
    """Count a link that opened nothing, by the address that it came from."""
    return _count(f"wrong:{request.META.get('REMOTE_ADDR', '')}") > MOST_WRONG_LINKS


def asks_too_much(request: HttpRequest, subject: str) -> bool:
    """Count a request on one person's link: looking and acting apart."""
    if request.method == "POST":
        return _count(f"act:{subject}") > MOST_ACTS
    return _count(f"view:{subject}") > MOST_VIEWS


def _count(key: str) -> int:
    """How often in this minute. Without the cache nothing is counted: people come before the count."""
    counted = f"portal:{key}:{int(timezone.now().timestamp()) // MINUTE}"
    try:
        cache.add(counted, 0, timeout=2 * MINUTE)
        return cache.incr(counted)
    except (RedisError, ValueError):
        log.warning("portal.uncounted")
        return 0
