"""Sessions that are over, laid as facts: for tests that count many of them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from attendance.models import AttendanceRecord
from clients.models import Case, Client
from sessions_app.models import Location, Participant, SessionClinician, TherapySession
from tests.conftest import ZONE

FIRST = date(2026, 10, 5)  # a Monday
Lay = Callable[..., TherapySession]


@pytest.fixture
def lay(place: Location) -> Lay:
    """One session with its people and how it ended for each: `lay(case, on=…, at=…, ends={rosa: "no_show"})`."""

    def laid(
        case: Case,
        *,
        ends: dict[Client, str],
        on: date = FIRST,
        at: int = 9,
        mode: str = "in_person",
        lead: int = 3,
        by: tuple[User, ...] = (),
    ) -> TherapySession:
        starts_at = datetime.combine(on, time(at), tzinfo=ZoneInfo(ZONE))
        session = TherapySession.objects.create(
            case=case,
            location=place if mode == "in_person" else None,
            modality=mode,
            on=on,
            at=time(at),
            timezone=ZONE,
            minutes=50,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=50),
            late_cancellation_hours=24,
            booked_at=starts_at - timedelta(days=lead),
        )
        for leader in by or tuple(case.clinicians.all()):
            SessionClinician.objects.create(session=session, clinician=leader, starts_at=starts_at)
        for client, end in ends.items():
            _end(session, client, end)
        return session

    return laid


def _end(session: TherapySession, client: Client, end: str) -> None:
    called_off = end in ("late", "in time", "practice")
    seen = bool(end) and not called_off
    participant = Participant.objects.create(
        session=session,
        client=client,
        starts_at=session.starts_at,
        cancelled_at=session.starts_at if called_off else None,
        cancelled_by={"practice": "practice"}.get(end, "client") if called_off else "",
        cancelled_late=end == "late",
        recorded_at=session.ends_at if seen else None,
    )
    if seen:
        AttendanceRecord.objects.create(
            participant=participant,
            client=client,
            starts_at=session.starts_at,
            outcome=end,
            source="board",
            recorded_at=session.ends_at,
        )
