"""Workers killed and frozen at every step against a provider that misbehaves: nothing lost, nothing doubled.

The short form of `python -m bench chaos`, without engines that fail; and each rule left out once, to see
that the harness would notice.
"""

import os
import time as clock
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from bench.chaos.crowd import BEGINS, gather
from bench.chaos.judge import Verdict
from bench.chaos.perform import FAULTS, Performance, Told, perform
from bench.chaos.shifted import Shift
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox, launched
from tests.plugins.database import owner_connection
from tests.plugins.processes import environment_of_children

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

SPEED = 40.0
# What these wait for happens by chance: nearly every time, which is not enough for each change to depend on.
BY_CHANCE = pytest.mark.skipif(
    not os.environ.get("KEPT_CHAOS_BY_CHANCE"), reason="depends on chance; set KEPT_CHAOS_BY_CHANCE=1"
)


@pytest.fixture
def company(settings: Settings, transactional_db: None) -> Iterator[Sandbox]:
    """A provider that calls nobody back."""
    with launched("--auth-token", django_settings.TWILIO_AUTH_TOKEN, "--fast") as sandbox:
        settings.TWILIO_API_BASE_URL = sandbox.url
        yield sandbox


def _run(
    sandbox: Sandbox, settings: Settings, *, messages: int, kills: int = 0, races: int = 0, **environment: str
) -> tuple[Verdict, Told]:
    crowd = gather(messages=messages, races=races, minutes=4)
    reconcile(now=BEGINS)
    shift, told = Shift(clock.time(), BEGINS, SPEED), Told()
    around = environment_of_children(settings) | shift.environment() | environment
    around |= {"DJANGO_SETTINGS_MODULE": "config.settings.local", "KEPT_LOG_LEVEL": "ERROR"}
    return perform(Performance(crowd, shift, sandbox, around, kills), told), told


def test_nothing_is_lost_and_nothing_doubled_whenever_a_process_dies(
    company: Sandbox, settings: Settings
) -> None:
    company.misbehave(seed=7, **FAULTS | {"rate_timeout_before": 0, "rate_timeout_after": 0})
    verdict, told = _run(company, settings, messages=160, kills=20, races=12)
    assert verdict.is_kept, verdict
    assert told.deaths.total() >= 20
    assert told.failures == 0


def test_without_the_quiet_period_the_harness_sees_doubling(company: Sandbox, settings: Settings) -> None:
    company.misbehave(seed=7, rate_5xx_after=0.3, listing_lag_seconds=3)
    verdict, _ = _run(company, settings, messages=60, KEPT_CHAOS_MUTATION="the quiet period")
    assert verdict.doubled > 0


@BY_CHANCE
def test_without_the_re_read_the_harness_sees_doubling(company: Sandbox, settings: Settings) -> None:
    company.misbehave(seed=7, rate_5xx_before=0.6)
    verdict, _ = _run(
        company,
        settings,
        messages=60,
        KEPT_CHAOS_MUTATION="the re-read",
        KEPT_CHAOS_FREEZE="before the answer is written",
    )
    assert verdict.doubled > 0


@BY_CHANCE
def test_without_the_version_check_the_harness_sees_old_times(company: Sandbox, settings: Settings) -> None:
    verdict, _ = _run(
        company,
        settings,
        messages=40,
        races=40,
        KEPT_CHAOS_MUTATION="the version check",
        KEPT_CHAOS_FREEZE="after the claim",
    )
    assert verdict.begun_after_a_change > 0


@pytest.fixture
def many_questions_about_one_number() -> Iterator[None]:
    """A database that allows two unresolved attempts for one destination."""
    with owner_connection(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('one_unresolved_attempt_per_destination'::regclass)")
        (made,) = cursor.fetchone() or ("",)
        cursor.execute("DROP INDEX one_unresolved_attempt_per_destination")
    yield
    with owner_connection(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE reminders_attempt CASCADE")
        cursor.execute(made)


@BY_CHANCE
@pytest.mark.usefixtures("many_questions_about_one_number")
def test_with_two_open_questions_about_one_number_the_harness_sees_what_cannot_be_decided(
    company: Sandbox, settings: Settings
) -> None:
    company.misbehave(seed=7, rate_5xx_after=0.6)
    verdict, _ = _run(company, settings, messages=60)
    assert verdict.held > 0
