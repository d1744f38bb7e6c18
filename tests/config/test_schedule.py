"""The doorbell: what beat rings exists, and nothing about it is remembered or retried."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.core.cache import caches
from kombu.exceptions import OperationalError

from accounts import bell
from config.cache import RedisCache
from config.celery import app

RINGS = {name: entry["task"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}


@pytest.mark.parametrize("task", sorted(RINGS.values()))
def test_beat_rings_a_task_that_exists(task: str) -> None:
    app.loader.import_default_modules()
    assert task in app.tasks


def test_a_verbs_own_ring_finds_its_task() -> None:
    app.loader.import_default_modules()
    assert bell.TASK in app.tasks


def test_a_ring_is_forgotten_when_the_next_one_comes() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] <= entry["schedule"]
        assert not entry.get("args")
        assert not entry.get("kwargs")


def test_the_broker_is_a_doorbell() -> None:
    assert app.conf.task_ignore_result
    assert not app.conf.result_backend
    assert not app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1
    assert (app.conf.task_soft_time_limit, app.conf.task_time_limit) == (60, 90)
    assert app.conf.worker_soft_shutdown_timeout == 20
    assert "visibility_timeout" not in app.conf.broker_transport_options
    assert app.conf.broker_transport_options["socket_timeout"] == 2


@pytest.fixture
def hung() -> Iterator[str]:
    """A Redis that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


def test_a_hung_cache_costs_a_page_seconds_only(hung: str) -> None:
    cache = RedisCache(hung, {"OPTIONS": settings.CACHES["default"]["OPTIONS"]})
    began = time.monotonic()
    with pytest.raises(redis.TimeoutError):
        cache.get("anything")
    assert time.monotonic() - began < 20


def test_the_cache_has_one_client_for_all_commands_and_threads() -> None:
    asked = caches["default"]
    assert isinstance(asked, RedisCache)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: asked.set(f"one-client-{n}", n), range(40)))
    assert [asked.get(f"one-client-{n}") for n in range(40)] == list(range(40))
    commands = asked._cache
    assert commands.get_client("a") is commands.get_client("b", write=True)


def test_a_hung_broker_costs_a_page_seconds_only(hung: str) -> None:
    doorbell = Celery("hung", broker=hung, set_as_current=False)
    doorbell.config_from_object("django.conf:settings", namespace="CELERY")
    doorbell.conf.update(broker_url=hung)
    began = time.monotonic()
    with pytest.raises(OperationalError):
        doorbell.send_task(bell.TASK)
    assert time.monotonic() - began < 30
