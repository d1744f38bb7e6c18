"""Workers killed and frozen at every step against a provider that misbehaves: nothing lost, nothing doubled.

The short form of `python -m bench chaos`, without engines that fail; and for each rule its worst moment, brought
about with the rule, and without it to see that the harness would notice.
"""

import time as clock
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from bench.chaos.crowd import BEGINS, gather
from bench.chaos.judge import Verdict
from bench.chaos.perform import FAULTS, Performance, Told, perform
from bench.chaos.scenes import SCENES, perform_scene
from bench.chaos.shifted import Shift
from bench.chaos.steps import MUTATIONS, ONE_UNRESOLVED
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox, launched
from tests.plugins.database import owner_connection
from tests.plugins.processes import environment_of_children

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SPEED = 40.0


@pytest.fixture
def company(settings: Settings, transactional_db: None) -> Iterator[Sandbox]:
    """A provider that calls nobody back."""
    with launched("--auth-token", django_settings.TWILIO_AUTH_TOKEN, "--fast") as sandbox:
        settings.TWILIO_API_BASE_URL = sandbox.url
        yield sandbox


def _around(settings: Settings, shift: Shift, rule_left_out: str = "") -> dict[str, str]:
    around = environment_of_children(settings) | shift.environment()
    around |= {"DJANGO_SETTINGS_MODULE": "config.settings.local", "KEPT_LOG_LEVEL": "ERROR"}
    return around | {"KEPT_CHAOS_MUTATION": rule_left_out}


def test_nothing_is_lost_and_nothing_doubled_whenever_a_process_dies(
    company: Sandbox, settings: Settings
) -> None:
    company.misbehave(seed=7, **FAULTS | {"rate_timeout_before": 0, "rate_timeout_after": 0})
    crowd = gather(messages=160, races=12, minutes=4)
    reconcile(now=BEGINS)
    shift, told = Shift(clock.time(), BEGINS, SPEED), Told()
    verdict = perform(Performance(crowd, shift, company, _around(settings, shift), kills=20), told)
    assert verdict.is_kept, verdict
    assert told.deaths.total() >= 20
    assert told.failures == 0


def _play(rule: str, company: Sandbox, settings: Settings, *, left_out: str = "") -> Verdict:
    """The scene in which this rule is what protects, from the minute in which everybody's text is due."""
    scene = SCENES[rule]
    # Two of them share a telephone; the four sessions that change are read by the version check alone.
    crowd = gather(messages=4, races=4 if rule == "the version check" else 0, minutes=1)
    reconcile(now=BEGINS)
    shift = Shift(clock.time(), BEGINS + timedelta(minutes=1), scene.speed)
    performance = Performance(crowd, shift, company, _around(settings, shift, left_out), kills=0)
    told = Told()
    verdict = perform_scene(scene, performance, told)
    assert told.failures == 0
    return verdict


@pytest.mark.parametrize("rule", MUTATIONS)
def test_the_worst_moment_of_each_rule_harms_nobody_while_it_is_kept(
    company: Sandbox, settings: Settings, rule: str
) -> None:
    verdict = _play(rule, company, settings)
    assert verdict.is_kept, verdict


def test_without_the_quiet_period_the_harness_sees_doubling(company: Sandbox, settings: Settings) -> None:
    verdict = _play("the quiet period", company, settings, left_out="the quiet period")
    assert verdict.doubled > 0


def test_without_the_re_read_the_harness_sees_doubling(company: Sandbox, settings: Settings) -> None:
    verdict = _play("the re-read", company, settings, left_out="the re-read")
    assert verdict.doubled > 0


def test_without_the_version_check_the_harness_sees_old_times(company: Sandbox, settings: Settings) -> None:
    verdict = _play("the version check", company, settings, left_out="the version check")
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


@pytest.mark.usefixtures("many_questions_about_one_number")
def test_with_two_open_questions_about_one_number_the_harness_sees_what_cannot_be_decided(
    company: Sandbox, settings: Settings
) -> None:
    verdict = _play(ONE_UNRESOLVED, company, settings)
    assert verdict.held > 0
