"""In a group only who was missed is followed; the others learn nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from attendance.models import Outcome
from clients.models import Case, Client
from followups.models import FollowUp
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from reminders.models import Message
from reminders.reconcile import reconcile as plan_messages
from sessions_app.models import TherapySession
from tests.conftest import case_of
from tests.followups.conftest import NOON, record

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def circle(luis: User, rosa: Client, maya: Client, jonah: Client) -> Case:
    """Three people who know one another from a group only."""
    return case_of(luis, Case.Kind.GROUP, rosa, maya, jonah, title="Thursday circle")


@pytest.fixture
def met(circle: Case, book: Callable[..., TherapySession], maya: Client, jonah: Client) -> TherapySession:
    """The group met without Rosa."""
    session = book(circle, on=NOON.date(), at="10:00", now=NOON - timedelta(days=7))
    for client in (maya, jonah):
        record(session, client, Outcome.ATTENDED)
    return session


def test_only_who_was_missed_is_followed(met: TherapySession, rosa: Client) -> None:
    record(met, rosa)
    reconcile(now=NOON)
    follow_up = FollowUp.objects.get()
    assert follow_up.client == rosa
    assert follow_up.protocol.code == "single_missed"  # no partner came: these are not a couple


def test_others_are_written_nothing_whatever_is_logged(
    met: TherapySession, circle: Case, rosa: Client, luis: User, book: Callable[..., TherapySession]
) -> None:
    book(circle, on=NOON.date() + timedelta(days=7), at="10:00", now=NOON - timedelta(days=7))
    plan_messages(now=NOON)
    others = Message.objects.exclude(recipient=rosa)
    before = set(others.values_list("public_id", "purpose", "state", "due_at"))
    record(met, rosa)
    reconcile(now=NOON)
    tried = AttemptDetails(channel="call", result="left_word", client_words="The bus.")
    log_attempt(follow_up=FollowUp.objects.get(), attempt=tried, actor=luis, now=LATER)
    reconcile(now=LATER, full=True)
    plan_messages(now=LATER)
    assert set(others.values_list("public_id", "purpose", "state", "due_at")) == before
    assert not FollowUp.objects.exclude(client=rosa).exists()


def test_two_who_are_missed_have_one_each_and_neither_names_the_other(
    met: TherapySession, rosa: Client, jonah: Client
) -> None:
    record(met, rosa)
    record(met, jonah)
    reconcile(now=NOON)
    followed = {follow_up.client: follow_up for follow_up in FollowUp.objects.with_people()}
    assert set(followed) == {rosa, jonah}
    for client, follow_up in followed.items():
        absent = {cause.participant.client_id for cause in follow_up.causes.all() if cause.participant}
        assert absent == {client.pk}
