"""What the tests of follow-ups have in common: a session that took place, and its outcome."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.models import Case, Client
from followups.models import FollowUp
from sessions_app.models import Participant, TherapySession

# A Monday, noon in Chicago: sessions at ten are over.
NOON = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


def participant_of(session: TherapySession, client: Client) -> Participant:
    return session.participants.select_related("session", "client").get(client=client)


def record(
    session: TherapySession,
    client: Client,
    outcome: str = Outcome.NO_SHOW,
    *,
    now: datetime = NOON,
    actor: User | None = None,
) -> Participant:
    """Write an outcome as the board does."""
    participant = participant_of(session, client)
    record_outcome(
        participant=participant, seen=Seen(outcome=outcome, source=Source.BOARD), actor=actor, now=now
    )
    return participant


@pytest.fixture
def missed(book: Callable[..., TherapySession]) -> Callable[..., Participant]:
    """`missed(case, client, on=…)`: a session at ten that was not kept, recorded that noon."""

    def one(case: Case, client: Client, *, on: date = date(2026, 11, 16), at: str = "10:00") -> Participant:
        noon = NOON + (on - date(2026, 11, 16))
        session = book(case, on=on, at=at, now=noon - timedelta(days=7))
        return record(session, client, now=noon)

    return one


def only_follow_up() -> FollowUp:
    return FollowUp.objects.with_people().get()
