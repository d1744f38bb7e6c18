"""Sessions together: each one's own record, what the others may see, how well understood they felt, and the funnel."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from attendance.models import JointPart
from attendance.services import Seen, record_outcome
from attendance.together import Said, courses_of, joint_parts_of, note_joint_part, shared_of
from clients.engagement import set_engagement
from clients.models import Case, CaseMember, Client, Engagement
from clients.screening import take_screen
from dashboard.partners.picture import picture_of
from followups.funnel import Funnel, funnels_for
from sessions_app.models import Participant, TherapySession
from sessions_app.services import mark_arrived
from tests.conftest import NOW, TODAY, case_of, person

Book = Callable[..., TherapySession]
TEN = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)
HERS = Said(feelings="Afraid he stops talking", wishes="An evening a week", shareable=("wishes", "needs"))


def came(session: TherapySession, *clients: Client) -> TherapySession:
    for participant in session.participants.filter(client__in=clients):
        record_outcome(
            participant=participant,
            seen=Seen(outcome="attended", source="board"),
            actor=None,
            now=session.ends_at,
        )
    return session


def part_of(session: TherapySession, client: Client) -> Participant:
    return session.participants.get(client=client)


@pytest.fixture
def together(field_case: Case, maya: Client, jonah: Client, book: Book) -> TherapySession:
    session = book(field_case)
    for client in (maya, jonah):
        mark_arrived(participant=part_of(session, client), actor=None, now=TEN)
    return session


def test_each_has_a_record_of_their_own_and_only_chosen_parts_are_shown_to_the_others(
    client: Browser, together: TherapySession, maya: Client, jonah: Client, amara: User
) -> None:
    client.force_login(amara)
    hers = part_of(together, maya)
    record, shared = (
        reverse(f"dashboard:{name}", args=[together.public_id]) for name in ("joint-record", "joint-shared")
    )
    with time_machine.travel(AFTER, tick=False):
        posted = {"feelings": HERS.feelings, "wishes": HERS.wishes, "shareable": ["wishes", "needs"]}
        client.force_login(amara)
        answer = client.post(reverse("dashboard:joint-part", args=[hers.public_id]), posted)
        assert answer.headers["Location"] == record
        page = client.get(record).content.decode()
        assert HERS.feelings in page
        for guide in ("One frame for all", "Each is heard", "When it becomes tense"):
            assert guide in page
        both = client.get(shared).content.decode()
    assert HERS.wishes in both
    assert HERS.feelings not in both
    noted = JointPart.objects.get()
    assert noted.shareable == ["wishes"]  # what is empty is shown to nobody
    assert [one.name for one in shared_of(noted)] == ["wishes"]


def test_who_was_not_there_and_who_came_alone_have_no_part_in_it(
    field_case: Case, maya: Client, jonah: Client, amara: User, book: Book, rosa_case: Case
) -> None:
    alone = came(book(field_case), maya)
    for participant in (part_of(alone, maya), part_of(alone, jonah)):
        with pytest.raises(ValidationError, match="two or more"):
            note_joint_part(participant=participant, said=HERS, actor=amara, now=AFTER)
    with pytest.raises(ValidationError, match="two or more"):
        note_joint_part(
            participant=came(book(rosa_case, at="12:00")).participants.get(),
            said=HERS,
            actor=amara,
            now=AFTER,
        )


def test_a_family_of_three_is_together_with_two_and_nobody_else_writes(
    quinn_case: Case, luis: User, book: Book
) -> None:
    nora, pete, ella = quinn_case.clients.order_by("pk")
    session = came(book(quinn_case), nora, ella)
    for one in (nora, ella):
        note_joint_part(participant=part_of(session, one), said=HERS, actor=luis, now=AFTER)
    with pytest.raises(ValidationError, match="who was there"):
        note_joint_part(participant=part_of(session, pete), said=HERS, actor=luis, now=AFTER)


def test_understanding_stands_beside_ones_own_progress_session_by_session(
    client: Browser, field_case: Case, maya: Client, jonah: Client, amara: User, book: Book
) -> None:
    for week, (understanding, progress) in enumerate(((3, 4), (5, None), (8, 6))):
        session = came(book(field_case, on=TODAY - timedelta(weeks=3 - week)), maya, jonah)
        said = Said(understanding=understanding, progress=progress)
        note_joint_part(participant=part_of(session, maya), said=said, actor=amara, now=session.ends_at)
    [course] = courses_of(joint_parts_of(field_case))
    assert [(one.understanding, one.progress) for one in course.points] == [(3, 4), (5, None), (8, 6)]
    picture = picture_of(course)
    heights = [mark.y for mark in picture.understanding.marks]
    assert heights == sorted(heights, reverse=True)  # higher is better understood
    assert len(picture.progress.marks) == 2
    client.force_login(amara)
    page = client.get(reverse("dashboard:together", args=[field_case.public_id])).content.decode()
    assert page.count("<circle") == 3
    assert '<th scope="row">26 Oct 2026</th><td class="number">3</td><td class="number">4</td>' in page
    assert 'style="' not in page


@pytest.mark.parametrize("value", [-1, 11])
def test_a_scale_goes_from_0_to_10(
    value: int, client: Browser, together: TherapySession, amara: User
) -> None:
    client.force_login(amara)
    participant = together.participants.first()
    assert participant
    answer = client.post(
        reverse("dashboard:joint-part", args=[participant.public_id]), {"understanding": value}
    )
    assert answer.status_code == 422
    assert not JointPart.objects.exists()


def test_the_funnel_counts_invited_came_and_came_again_for_ones_own_cases(
    client: Browser,
    field_case: Case,
    quinn_case: Case,
    maya: Client,
    jonah: Client,
    amara: User,
    luis: User,
    dana: User,
    desk: User,
    book: Book,
) -> None:
    came(book(field_case, on=TODAY - timedelta(days=14)), maya, jonah)  # before he was invited: not counted
    member = field_case.members.get(client=jonah)
    set_engagement(member=member, engagement="resists", actor=amara, now=NOW - timedelta(days=10))
    set_engagement(member=member, engagement="invited", actor=amara, now=NOW - timedelta(days=9))
    assert funnels_for(amara) == [Funnel(clinician="Dr. Amara Okafor", invited=1, held=0, continued=0)]
    came(book(field_case, on=TODAY - timedelta(days=7), clients=(maya,)), maya)
    came(book(field_case, on=TODAY - timedelta(days=6), clients=(maya, jonah)), maya, jonah)
    assert funnels_for(amara)[0].held == 1
    came(book(field_case, on=TODAY - timedelta(days=2), clients=(maya, jonah)), maya, jonah)
    assert funnels_for(amara) == [Funnel(clinician="Dr. Amara Okafor", invited=1, held=1, continued=1)]
    assert funnels_for(luis) == [Funnel(clinician="Luis Herrera", invited=0, held=0, continued=0)]
    assert [one.clinician for one in funnels_for(dana)] == ["Dr. Amara Okafor", "Luis Herrera"]
    client.force_login(dana)
    page = client.get(reverse("dashboard:joint-funnel")).content.decode()
    assert "What is counted" in page
    assert "Jonah" not in page
    client.force_login(desk)
    assert client.get(reverse("dashboard:joint-funnel")).status_code == 403


def test_the_pages_cost_the_same_for_many(
    client: Browser, field_case: Case, maya: Client, jonah: Client, amara: User, book: Book
) -> None:
    for one in (maya, jonah):
        take_screen(client=one, result="safe", words="", was_alone=True, actor=amara, now=NOW)
    client.force_login(amara)
    pages = [reverse("dashboard:together", args=[field_case.public_id]), reverse("dashboard:joint-funnel")]

    def asked() -> list[int]:
        counts = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
        return counts

    def one_week(week: int) -> None:
        both = (maya, jonah)
        session = came(book(field_case, on=TODAY - timedelta(weeks=week), clients=both), *both)
        said = Said(understanding=week, progress=week)
        note_joint_part(participant=part_of(session, maya), said=said, actor=amara, now=session.ends_at)

    one_week(1)
    set_engagement(member=field_case.members.get(client=jonah), engagement="invited", actor=amara, now=NOW)
    few = asked()
    for week in range(2, 6):
        one_week(week)
        other = case_of(amara, Case.Kind.COUPLE, person("A", f"B{week}", 150 + week))
        CaseMember.objects.filter(case=other).update(engagement=Engagement.HESITANT)
        set_engagement(member=other.members.get(), engagement="invited", actor=amara, now=NOW)
    assert asked() == few
