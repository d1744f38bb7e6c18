"""The doorbell: tells the workers and the open pages, best effort, that facts have changed."""

from secrets import token_hex

import structlog
from celery import current_app
from django.core.cache import cache
from django.db import transaction

log = structlog.get_logger(__name__)

BELL = "kept:bell"
# Another word after each change: what pages that stand open ask for before they ask the facts.
LATEST = "kept:latest-change"
TASK = "config.tasks.answer_bell"
# Rings within this time of an unanswered one are the same ring; a lost one is rung again after it.
QUIET_SECONDS = 5


def ring_on_commit() -> None:
    """Ring once the transaction stands. A lost or doubled ring harms nothing: beat rings too."""
    transaction.on_commit(_ring, robust=True)


def answered() -> None:
    """The worker is about to look: whatever changes from now on rings anew."""
    cache.delete(BELL)


def latest_change() -> str:
    """A word that stays the same while nobody rings; empty where none can be had.

    Ask for it before you read the facts. If it is still the same later, nothing has been told since;
    it is a nudge and no more, so look at the facts now and then whatever it says.
    """
    try:
        word = cache.get(LATEST)
        if word is None:  # the first to ask since the cache began anew
            cache.add(LATEST, token_hex(8), timeout=None)
            word = cache.get(LATEST, "")
        return str(word)
    except Exception:  # noqa: BLE001 - then the facts are asked
        return ""


def tell_pages_on_commit() -> None:
    """What a sweep has changed is news for open pages, and nothing for the workers to answer."""
    transaction.on_commit(_tell_pages, robust=True)


def _tell_pages() -> None:
    try:
        cache.set(LATEST, token_hex(8), timeout=None)
    except Exception:  # noqa: BLE001 - pages look at the facts each minute
        log.warning("bell.pages_untold")


def _ring() -> None:
    _tell_pages()
    try:
        if cache.add(BELL, 1, timeout=QUIET_SECONDS):
            current_app.send_task(TASK)
    except Exception:  # noqa: BLE001 - the change stands whatever the broker does; a sweep follows
        log.warning("bell.unheard")
