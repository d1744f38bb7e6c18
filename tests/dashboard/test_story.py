"""The story of somebody's sessions: months of marks, with what was agreed on and harder times laid over them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.agreeing import Agreement, agree_on_strategy
from clients.check_ins import CheckInTerms, Stress, agree_on_check_ins, mark_stress
from clients.models import Case, CheckInPlan, Client
from dashboard.clients.marks import Mark, mark_of
from dashboard.clients.story import Story, story_of
from sessions_app.models import Participant, TherapySession
from tests.conftest import NOW, TODAY

BookSession = Callable[..., TherapySession]


def came(session: TherapySession, outcome: Outcome) -> None:
    for participant in session.participants.all():
        seen = Seen(outcome=outcome, source=Source.BOARD)
        record_outcome(participant=participant, seen=seen, actor=None, now=session.ends_at)


def marks_of(client: Client) -> list[Mark]:
    return [mark_of(one, now=NOW) for one in Participant.objects.filter(client=client, starts_at__lte=NOW)]


def drawn(story: Story) -> list[list[str]]:
    """Each month's lanes, as letters or kinds, with a bracket where they begin or end."""
    return [
        [
            f"{'(' if piece.begins else ''}{piece.span.letter or piece.span.kind}{')' if piece.ends else ''}"
            if piece
            else ""
            for piece in month.lanes
        ]
        for month in story.months
    ]


@pytest.fixture
def lasting(rosa: Client, rosa_case: Case, amara: User) -> CheckInPlan:
    """Thursdays at ten since September; calls, more of them in a harder time that ran over a month's end."""
    agreement = Agreement(timing="after", agreed_on=date(2026, 9, 10), what="Thursdays at ten")
    agree_on_strategy(case=rosa_case, client=rosa, agreement=agreement, actor=amara, now=NOW, today=TODAY)
    terms = CheckInTerms(way="call", every_days=7, starts_on=date(2026, 9, 2), agreed_on=date(2026, 9, 1))
    plan = agree_on_check_ins(
        member=rosa_case.members.get(), terms=terms, actor=amara, today=date(2026, 9, 1), now=NOW
    )
    stress = Stress(from_on=date(2026, 9, 20), until_on=date(2026, 10, 4), every_days=2)
    mark_stress(plan=plan, stress=stress, actor=amara)
    return plan


def test_months_begin_with_the_first_session_and_hold_their_marks(
    rosa: Client, rosa_case: Case, amara: User, book: BookSession
) -> None:
    for on, outcome in (
        (date(2026, 9, 8), Outcome.ATTENDED),
        (date(2026, 9, 22), Outcome.NO_SHOW),
        (date(2026, 11, 3), Outcome.ATTENDED_LATE),
    ):
        came(book(rosa_case, on=on, now=NOW - timedelta(days=100)), outcome)
    story = story_of(amara, rosa, marks_of(rosa), today=TODAY)
    assert [(month.first, [mark.status for mark in month.marks]) for month in story.months] == [
        (date(2026, 9, 1), ["attended", "no_show"]),
        (date(2026, 10, 1), []),
        (date(2026, 11, 1), ["attended_late"]),
    ]


def test_a_year_is_drawn_at_most(rosa: Client, rosa_case: Case, amara: User, book: BookSession) -> None:
    came(book(rosa_case, on=date(2025, 9, 9), now=NOW - timedelta(days=600)), Outcome.ATTENDED)
    came(book(rosa_case, on=date(2025, 12, 2), now=NOW - timedelta(days=600)), Outcome.ATTENDED)
    story = story_of(amara, rosa, marks_of(rosa), today=TODAY)
    assert [story.months[0].first, story.months[-1].first] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert len(story.months) == 12


@pytest.mark.usefixtures("lasting")
def test_what_lasted_lies_over_its_months_without_covering_anything_else(
    rosa: Client, rosa_case: Case, amara: User, book: BookSession
) -> None:
    came(book(rosa_case, on=date(2026, 8, 4), now=NOW - timedelta(days=200)), Outcome.ATTENDED)
    Client.objects.filter(pk=rosa.pk).update(away_from=date(2026, 11, 10), away_until=date(2026, 11, 20))
    rosa.refresh_from_db()
    story = story_of(amara, rosa, marks_of(rosa), today=TODAY)
    assert drawn(story) == [
        ["", ""],
        ["(A", "(stress"],
        ["A", "stress)"],
        ["A", "(away)"],
    ]
    assert [(span.words, span.from_on, span.until_on) for span in story.spans] == [
        ("Thursdays at ten", date(2026, 9, 10), None),
        ("A harder time", date(2026, 9, 20), date(2026, 10, 4)),
        ("Away", date(2026, 11, 10), date(2026, 11, 19)),
    ]


@pytest.mark.usefixtures("lasting")
def test_the_desk_sees_how_they_came_and_nothing_that_was_agreed(
    rosa: Client,
    rosa_case: Case,
    amara: User,
    desk: User,
    book: BookSession,
    browser_of: Callable[[User], Browser],
) -> None:
    came(book(rosa_case, on=date(2026, 9, 8), now=NOW - timedelta(days=100)), Outcome.NO_SHOW)
    url = reverse("dashboard:client", args=[rosa.public_id])
    with time_machine.travel(NOW, tick=False):
        told = {user: browser_of(user).get(url).content.decode() for user in (amara, desk)}
    for page in told.values():
        assert "8 Sep 2026: Missed" in page
    assert "A harder time" in told[amara]
    assert "A harder time" not in told[desk]
    assert "Thursdays at ten" not in told[desk]


def test_the_lines_of_a_couple_stand_under_one_another(
    jonah: Client, field_case: Case, amara: User, book: BookSession, browser_of: Callable[[User], Browser]
) -> None:
    together = book(field_case, on=date(2026, 11, 3), now=NOW - timedelta(days=60))
    alone = book(field_case, on=date(2026, 11, 10), now=NOW - timedelta(days=60))
    alone.participants.get(client=jonah).delete()
    came(together, Outcome.ATTENDED)
    came(alone, Outcome.ATTENDED)
    with time_machine.travel(NOW, tick=False):
        page = browser_of(amara).get(reverse("dashboard:case", args=[field_case.public_id])).content.decode()
    assert page.count("3 Nov 2026: Attended") >= 2
    assert page.count("10 Nov 2026: not expected") >= 1
