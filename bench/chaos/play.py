"""The proof as a command: tables and people of its own, engines that fail, a real worker beside the doomed ones."""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from kombu.exceptions import OperationalError as BrokerError

from bench.chaos.crowd import BEGINS, Crowd, gather
from bench.chaos.perform import FAULTS, Performance, Told, perform
from bench.chaos.shifted import Shift
from bench.chaos.stage import Engines, Processes, processes
from bench.chaos.steps import ONE_UNRESOLVED
from bench.report import figure
from config.celery import app
from config.children import free_port
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox, launched

# About so many die in a second, and so often something larger fails.
KILLS_A_SECOND = 1.5
ENGINE_FAILS_EVERY_SECONDS = 20.0
CELERY_DIES_EVERY_SECONDS = 45.0
# Seldom enough to leave work to those who are to die at it.
RINGS_EVERY_SECONDS = 4.0
LEAST_SECONDS = 15.0


@dataclass
class Trouble:
    """Lets the larger things fail in turn, and rings meanwhile."""

    engines: Engines
    parts: Processes
    engine_at: float
    celery_at: float
    rung_at: float

    def __call__(self) -> None:
        if time.monotonic() - self.engine_at > ENGINE_FAILS_EVERY_SECONDS:
            self.engines.fail(len(self.engines.failures))
            self.engine_at = time.monotonic()
        if time.monotonic() - self.celery_at > CELERY_DIES_EVERY_SECONDS:
            self.parts.kill_celery()
            self.celery_at = time.monotonic()
        if time.monotonic() - self.rung_at > RINGS_EVERY_SECONDS:
            # Best effort, as a verb rings: a lost ring harms nothing.
            with suppress(BrokerError):
                app.send_task("reminders.tasks.dispatch")
            self.rung_at = time.monotonic()


def play(engines: Engines, wishes: argparse.Namespace) -> bool:
    """Run once, print the figure; returns whether the promise was kept."""
    began = time.monotonic()
    seconds = max(LEAST_SECONDS, wishes.kills / KILLS_A_SECOND)
    crowd = _prepare(wishes, minutes=max(1, int(seconds * wishes.speed / 60)))
    told = Told()
    with _provider(wishes) as (sandbox, parts, shift):
        began_at = time.monotonic()
        trouble = Trouble(engines, parts, began_at, began_at, began_at)
        performance = Performance(crowd, shift, sandbox, dict(os.environ), wishes.kills, trouble)
        verdict = perform(performance, told)
    figure(
        "chaos",
        verdict.lost + verdict.doubled,
        "texts lost or doubled",
        **asdict(verdict),
        mutation=wishes.mutation,
        races=len(crowd.raced),
        kills=told.deaths.total(),
        freezes=told.freezes.total(),
        kills_of_celery=parts.deaths_of_celery,
        workers_failed=told.failures,
        engines_failed=dict(Counter(engines.failures)),
        deaths=dict(told.deaths),
        seconds=round(time.monotonic() - began),
    )
    return verdict.is_kept


def _prepare(wishes: argparse.Namespace, *, minutes: int) -> Crowd:
    """Tables and people; the first as their owner, the second as the program."""
    with _as_owner():
        call_command("migrate", verbosity=0)
        call_command("grant_roles", verbosity=0)
        if wishes.mutation == ONE_UNRESOLVED:
            with connection.cursor() as cursor:
                cursor.execute("DROP INDEX one_unresolved_attempt_per_destination")
    crowd = gather(messages=wishes.messages, races=wishes.races, minutes=minutes)
    reconcile(now=BEGINS)
    return crowd


@contextmanager
def _as_owner() -> Iterator[None]:
    program = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    owner = urlsplit(os.environ["KEPT_DATABASE_OWNER_URL"])
    connection.settings_dict.update(USER=owner.username, PASSWORD=owner.password)
    yield
    connection.close()
    connection.settings_dict.update(program)


@contextmanager
def _provider(wishes: argparse.Namespace) -> Iterator[tuple[Sandbox, Processes, Shift]]:
    """The provider, misbehaving, the processes that it calls back, and the clock of all, just begun."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with launched("--auth-token", settings.TWILIO_AUTH_TOKEN, "--webhook-base", base) as sandbox:
        shift = Shift(time.time(), BEGINS, wishes.speed)
        os.environ |= {"TWILIO_API_BASE_URL": sandbox.url, "PUBLIC_BASE_URL": base} | shift.environment()
        with processes(dict(os.environ), port) as parts:
            parts.start_web()
            parts.start_celery()
            sandbox.misbehave(seed=wishes.seed, **FAULTS)
            yield sandbox, parts, shift
