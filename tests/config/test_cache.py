"""Django's cache as Kept keeps it in Redis."""

import pytest
from django.core.cache import cache


def test_a_number_is_counted_up() -> None:
    cache.set("counted", 3, timeout=60)

    assert cache.incr("counted") == 4
    assert cache.incr("counted", 6) == 10
    assert cache.get("counted") == 10


def test_what_is_not_there_is_not_begun_in_silence() -> None:
    """It would have no end."""
    with pytest.raises(ValueError, match="not found"):
        cache.incr("absent")

    assert cache.get("absent") is None
