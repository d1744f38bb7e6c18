"""The doorbell: tells the workers, best effort, that facts have changed."""

import structlog
from celery import current_app
from django.core.cache import cache
from django.db import transaction

log = structlog.get_logger(__name__)

BELL = "kept:bell"
TASK = "config.tasks.answer_bell"
# Rings within this time of an unanswered one are the same ring; a lost one is rung again after it.
QUIET_SECONDS = 5


def ring_on_commit() -> None:
    """Ring once the transaction stands. A lost or doubled ring harms nothing: beat rings too."""
    transaction.on_commit(_ring, robust=True)


def answered() -> None:
    """The worker is about to look: whatever changes from now on rings anew."""
    cache.delete(BELL)


def _ring() -> None:
    try:
        if cache.add(BELL, 1, timeout=QUIET_SECONDS):
            current_app.send_task(TASK)
    except Exception:  # noqa: BLE001 - the change stands whatever the broker does; a sweep follows
        log.warning("bell.unheard")
