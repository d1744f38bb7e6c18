"""Hours lost, fees by group, minutes used, barriers counted: worked out by hand beside what SQL says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from attendance.barriers_counted import BarrierCount, barriers_counted
from attendance.costs import Fees, fees_by_group, hours_lost
from attendance.in_part import held_measures, minutes_used, parts_of
from attendance.models import BarrierNamed, Fee, FeeTerms, HeldPart
from clients.models import Barrier, Case, Client
from sessions_app.access import sessions_counted_for, vacancies_counted_for
from sessions_app.measures import freed_by_month
from sessions_app.models import TherapySession, Vacancy
from tests.conftest import NOW, TODAY

Lay = Callable[..., TherapySession]
FIRST = date(2026, 10, 5)
WEEK = timedelta(weeks=1)


def called_off(session: TherapySession, *, end: str = "") -> TherapySession:
    """Everybody has cancelled, so the session is called off; its time perhaps had somebody else."""
    session.cancelled_at, session.cancelled_by = session.starts_at, "client"
    session.save()
    if end:
        copied = (
            "service",
            "location",
            "room",
            "modality",
            "on",
            "at",
            "timezone",
            "minutes",
            "starts_at",
            "ends_at",
        )
        times = {name: getattr(session, name) for name in copied}
        freed = Vacancy.objects.create(
            session=session,
            version=1,
            freed_at=session.starts_at,
            opened_at=NOW,
            closed_at=NOW,
            end=end,
            **times,
        )
        freed.clinicians.set(session.clinicians.all())
    return session


def test_only_hours_that_nobody_had_are_lost(
    amara: User, lay: Lay, rosa_case: Case, rosa: Client, field_case: Case, maya: Client, jonah: Client
) -> None:
    lay(rosa_case, ends={rosa: "attended"}, on=FIRST)
    lay(rosa_case, ends={rosa: "no_show"}, on=FIRST + WEEK)
    lay(field_case, ends={maya: "attended", jonah: "no_show"}, on=FIRST + WEEK, at=11)  # held with one of two
    called_off(lay(rosa_case, ends={rosa: "late"}, on=FIRST + 2 * WEEK))
    called_off(lay(rosa_case, ends={rosa: "late"}, on=FIRST + 3 * WEEK), end="taken")
    called_off(lay(rosa_case, ends={rosa: "in time"}, on=FIRST + 4 * WEEK), end="nobody")
    months, total = hours_lost(sessions_counted_for(amara).over(NOW))
    assert (total.kept, total.missed, total.late, total.refilled) == (100, 50, 50, 50)
    assert (total.lost, total.booked, total.lost_sessions, total.sessions) == (100, 250, 2, 5)
    assert months[FIRST.replace(day=1)] == total

    _months, freed = freed_by_month(vacancies_counted_for(amara))
    assert (freed.freed, freed.offered, freed.taken, freed.refilled, freed.freed_minutes) == (2, 2, 1, 1, 100)


def test_another_clinicians_freed_times_are_not_ones_own(
    amara: User, luis: User, dana: User, lay: Lay, rosa_case: Case, rosa: Client
) -> None:
    called_off(lay(rosa_case, ends={rosa: "late"}), end="taken")
    freed = [freed_by_month(vacancies_counted_for(user))[1].freed for user in (amara, luis, dana)]
    assert freed == [1, 0, 1]


def test_fees_are_counted_by_group_of_clients(
    amara: User, lay: Lay, rosa_case: Case, rosa: Client, field_case: Case, maya: Client, jonah: Client
) -> None:
    Client.objects.filter(pk=rosa.pk).update(language="es", born_on=date(2008, 10, 12))
    Client.objects.filter(pk=maya.pk).update(birth_year=1950)
    terms = FeeTerms.objects.create(
        missed_amount=Decimal(40),
        words="A missed hour is 40.",
        in_force_from=FIRST,
        written_at=NOW,
        written_by=amara,
    )
    still_minor = lay(rosa_case, ends={rosa: "no_show"}, on=FIRST)
    grown = lay(rosa_case, ends={rosa: "late"}, on=FIRST + WEEK)
    lay(rosa_case, ends={rosa: "in time"}, on=FIRST + 2 * WEEK)  # asks for nothing
    couple = lay(field_case, ends={maya: "no_show", jonah: "no_show"}, on=FIRST)
    for session, decision in ((still_minor, "waived"), (grown, "charged"), (couple, "charged")):
        charged = decision == "charged"
        Fee.objects.create(
            participant=session.participants.earliest("pk"),
            decision=decision,
            amount=Decimal(40) if charged else None,
            terms=terms if charged else None,
            because="" if charged else "Hard times",
            decided_at=NOW,
            decided_by=amara,
        )
    groups, total = fees_by_group(sessions_counted_for(amara).over(NOW))
    assert total == Fees(absences=4, charged=2, waived=1, amount=Decimal(80), clients=3)
    assert {key: (one.charged, one.waived) for key, one in groups["language"].items()} == {
        "es": (1, 1),
        "en": (1, 0),
    }
    assert {key: one.absences for key, one in groups["age"].items()} == {
        "minor": 1,
        "adult": 1,  # eighteen since that very day
        "older": 1,
        "unknown": 1,
    }
    assert {key: one.absences for key, one in groups["kind"].items()} == {"individual": 2, "couple": 2}


def test_booked_minutes_stand_against_used_ones(
    amara: User, lay: Lay, rosa_case: Case, rosa: Client, field_case: Case, maya: Client, jonah: Client
) -> None:
    late = lay(rosa_case, ends={rosa: "attended_late"})
    late.participants.get().attendance.__class__.objects.update(late_minutes=10)
    lay(rosa_case, ends={rosa: "no_show"}, on=FIRST + WEEK)
    held = lay(field_case, ends={maya: "attended", jonah: "no_show"}, at=11)
    HeldPart.objects.create(
        participant=held.participants.get(client=maya),
        used_minutes=30,
        heard="yes",
        answer_of="client",
        noted_at=NOW,
        noted_by=amara,
    )
    sessions = sessions_counted_for(amara).over(NOW)
    assert [(one.kind, one.sessions, one.booked, one.used) for one in minutes_used(sessions)] == [
        ("individual", 1, 50, 40),
        ("couple", 1, 50, 50),
    ]
    noted = held_measures(parts_of(sessions))
    assert (noted.noted, noted.used_minutes, noted.booked_minutes, noted.people) == (1, 30, 50, 1)
    assert (noted.heard.yes, noted.heard.asked) == (1, 1)


@pytest.mark.parametrize(("came_after", "back"), [(29, 1), (31, 0)])
def test_a_barrier_counts_who_came_again_within_thirty_days(
    amara: User, lay: Lay, rosa_case: Case, rosa: Client, came_after: int, back: int
) -> None:
    bus, nerves = Barrier.objects.get(code="transportation"), Barrier.objects.get(code="anxiety")
    missed = lay(rosa_case, ends={rosa: "no_show"}, on=FIRST)
    young = lay(rosa_case, ends={rosa: "no_show"}, on=TODAY - timedelta(days=2))
    lay(rosa_case, ends={rosa: "attended"}, on=FIRST + timedelta(days=came_after))
    for session, barrier in ((missed, bus), (missed, nerves), (young, bus)):
        BarrierNamed.objects.create(participant=session.participants.get(), barrier=barrier)
    counted = barriers_counted(sessions_counted_for(amara, clinically=True).over(NOW), now=NOW)
    assert counted == [
        BarrierCount(label=bus.label, group="logistical", absences=2, ripe=1, back=back, clients=1),
        BarrierCount(label=nerves.label, group="emotional", absences=1, ripe=1, back=back, clients=1),
    ]
