"""What reminders do, counted: by which way they went, what people answered, and how those sessions went."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from accounts.models import User
from clients.models import Case, Client
from reminders.measures import Answer, Way, answers, ways
from reminders.models import Attempt, Message
from sessions_app.access import sessions_counted_for
from sessions_app.models import TherapySession
from tests.conftest import NOW

Lay = Callable[..., TherapySession]
FIRST = date(2026, 10, 5)


def _reminder(
    session: TherapySession, *, state: str = "delivered", channel: str = "sms", **more: object
) -> Message:
    [participant] = session.participants.all()
    at = session.starts_at - timedelta(days=2)
    message = Message.objects.create(
        purpose="reminder",
        subject_id=participant.public_id,
        recipient=participant.client,
        participant=participant,
        session=session,
        state=state,
        priority=1,
        due_at=at,
        not_before=at,
        expires_at=session.starts_at,
        **more,
    )
    if channel:
        Attempt.objects.create(
            id=uuid.uuid4(),
            message=message,
            channel=channel,
            address="+13125550101",
            state="refused" if state == "failed" else "accepted",
            owner=1,
            committed_at=at,
            resolved_at=at,
            delivered_at=at if state == "delivered" else None,
        )
    return message


def _answered(session: TherapySession, response: str, *, by: str = "sms", moved: bool = False) -> None:
    session.participants.update(
        response=response, responded_at=NOW, responded_by=by, responded_version=session.version
    )
    if moved:
        TherapySession.objects.filter(pk=session.pk).update(version=session.version + 1)


def test_each_session_is_counted_by_what_its_reminder_brought(
    amara: User, rosa: Client, rosa_case: Case, lay: Lay
) -> None:
    def one(week: int, end: str) -> TherapySession:
        return lay(rosa_case, ends={rosa: end}, on=FIRST + timedelta(weeks=week))

    confirmed, moved, asked, staff, silent, none = (
        one(week, end)
        for week, end in enumerate(("attended", "attended", "no_show", "attended", "no_show", "no_show"))
    )
    combined, too_old = one(6, "attended"), one(7, "in time")
    for session in (confirmed, moved, asked, staff, silent):
        carrier = _reminder(session)
    _reminder(combined, state="cancelled", channel="", reason="combined", carried_by=carrier)
    _reminder(none, state="suppressed", channel="")
    _reminder(too_old, state="failed")
    _answered(confirmed, "confirmed")
    _answered(moved, "asks_to_move", by="link", moved=True)
    _answered(asked, "asks_to_move")
    _answered(staff, "confirmed", by="staff")
    _answered(too_old, "confirmed", moved=True)  # said of another time

    told = answers(sessions_counted_for(amara).over(NOW + timedelta(weeks=9)))
    assert {answer: (tally.everything, tally.missed) for answer, tally in told.items()} == {
        Answer.CONFIRMED: (1, 0),
        Answer.MOVED: (1, 0),
        Answer.ASKED: (1, 1),
        Answer.STAFF: (1, 0),
        Answer.SILENT: (2, 1),  # the one named in another's text was reminded by it
        Answer.NONE: (2, 1),
    }
    assert told[Answer.NONE].cancelled_in_time == 1
    assert ways(sessions_counted_for(amara).over(NOW + timedelta(weeks=9))) == [
        Way(channel="sms", sent=5, delivered=5, refused=1, clients=1),
        Way(channel="", sent=0, delivered=0, refused=1, clients=1),
    ]
