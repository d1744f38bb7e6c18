"""Passes and people at the same time."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier as Gate
from threading import Thread

import pytest
from django.db import connection

from accounts.models import User
from clients.models import Case, Client
from followups.models import ContactAttempt, FollowUp, FollowUpCause
from followups.protocols import install_shipped
from followups.reconcile import Mended, reconcile
from followups.services import AttemptDetails, log_attempt, open_follow_up
from sessions_app.models import Participant
from tests.followups.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these in threads with connections of their own; what one raises is its result."""
    gate = Gate(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            results[index] = act()
        except Exception as error:  # noqa: BLE001  # handed to the test
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_passes_at_once_open_one_follow_up(
    missed: Callable[..., Participant], rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    results = at_once(*[lambda: reconcile(now=NOON)] * 4)
    assert sorted(map(str, results)) == sorted(
        map(str, [Mended(), Mended(), Mended(), Mended(opened=1, added=1)])
    )
    assert FollowUp.objects.get().causes.count() == 1


def test_person_and_pass_at_once_open_one_follow_up(
    missed: Callable[..., Participant], rosa_case: Case, rosa: Client, amara: User
) -> None:
    install_shipped()
    missed(rosa_case, rosa)
    results = at_once(
        lambda: reconcile(now=NOON),
        lambda: open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOON),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert FollowUp.objects.get().protocol.code == "at_risk"
    assert FollowUpCause.objects.count() == 2


def test_attempt_and_closing_pass_do_not_deadlock(
    missed: Callable[..., Participant],
    book: Callable[..., object],
    rosa_case: Case,
    rosa: Client,
    amara: User,
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    follow_up = FollowUp.objects.get()
    book(rosa_case, on=NOON.date() + timedelta(days=2), now=NOON + timedelta(minutes=1))
    attempt = AttemptDetails(channel="call", result="no_answer")
    results = at_once(
        lambda: reconcile(now=NOON + timedelta(minutes=2)),
        lambda: log_attempt(follow_up=follow_up, attempt=attempt, actor=amara, now=NOON),
    )
    assert isinstance(results[0], Mended)
    follow_up.refresh_from_db()
    if isinstance(results[1], ContactAttempt):
        reconcile(now=NOON + timedelta(minutes=3))
        follow_up.refresh_from_db()
    assert follow_up.closed_because == "They have a new time."
    assert follow_up.current_step is None
