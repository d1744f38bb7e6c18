"""The gates before the ways out: one trial through a breaker, and who goes first."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from clients.models import Case, Client, ContactPoint, Suppression
from reminders.claiming import claim
from reminders.dispatch import dispatch
from reminders.models import Message, ProviderState, State
from reminders.providers import channel_states
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from sessions_app.services import cancel_session
from tests.conftest import NOW, ZONE, case_of, person
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def crowd(amara: User, book: Book) -> list[Client]:
    """Five people who are reminded on Tuesday at three."""
    people = [person(f"Client{n}", "Crowd", 200 + n) for n in range(5)]
    group = case_of(amara, Case.Kind.GROUP, *people, title="Thursday group")
    book(group, on=FRIDAY, at="15:00")
    return people


def test_half_open_lets_exactly_one_try(sandbox: Sandbox, crowd: list[Client]) -> None:
    ContactPoint.objects.filter(kind="email").delete()
    reconcile(now=NOW)
    ProviderState.objects.create(channel="sms", failures_running=12, open_until=TUESDAY)
    sandbox.misbehave(next=[{"kind": "5xx_before"}])
    dispatch(now=TUESDAY)
    tried = Message.objects.filter(tries__gt=0)
    assert tried.count() == 1
    waiting = Message.objects.filter(rule__lead_days=3, tries=0)
    assert set(waiting.values_list("state", "reason")) == {("planned", "provider_down")}
    # The trial failed: it stays shut for another while. The next one is answered, and it opens.
    shut_until = channel_states()["sms"].open_until
    assert shut_until is not None
    assert shut_until > TUESDAY
    dispatch(now=shut_until)
    assert channel_states()["sms"].open_until is None
    dispatch(now=shut_until + timedelta(minutes=3))
    assert Message.objects.filter(state=State.SENT).count() == 4


def test_a_cancellation_today_goes_before_everything_else(
    sandbox: Sandbox, crowd: list[Client], rosa_case: Case, book: Book
) -> None:
    today = book(rosa_case, on=date(2026, 11, 17), at="18:00")
    reconcile(now=NOW)
    cancel_session(session=today, by="practice", actor=None, now=TUESDAY - timedelta(minutes=5))
    reconcile(now=TUESDAY)
    [first] = claim(owner_key=1, now=TUESDAY, limit=1)
    assert Message.objects.get(pk=first.message_id).purpose == "cancelled"


def test_who_opted_out_at_the_carrier_is_written_to_in_no_other_way(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    ContactPoint.objects.filter(kind="phone").update(call_position=2)
    sandbox.arrange("+13125550101", code=21610)
    pass_at(TUESDAY)
    dispatch(now=TUESDAY + timedelta(minutes=5))
    message = Message.objects.get(rule__lead_days=3)
    assert (message.state, message.reason) == (State.SUPPRESSED, "opted_out")
    assert Suppression.objects.get().reason == "opted_out"
    assert sandbox.mails() == []
    assert sandbox.calls() == []
