"""A partner who does not come yet: who takes part, what comes before every word that invites, what keeps two apart."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.engagement import changes_of, set_engagement
from clients.models import Case, CaseMember, Client, Engagement
from clients.protection import ASK_THE_CLINICIAN, end_order, note_order
from clients.screening import is_safe_for_each, not_to_be_invited, take_screen
from followups.access import follow_ups_visible_to
from followups.models import FollowUp
from followups.presenting import present
from followups.services import complete_step, open_follow_up
from sessions_app.models import TherapySession
from sessions_app.services import (
    NewTime,
    add_walk_in,
    cancel_participant,
    cancel_session,
    reschedule_session,
    undo_cancellation,
    undo_session_cancellation,
)
from tests.conftest import NOW, TODAY, person

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]
JOINT_WORDS = ("sessions together", "Book a session together", "unsettles both", "invit")


def safe(*clients: Client, actor: User, result: str = "safe", hours: int = 0) -> None:
    at = NOW + timedelta(hours=hours)
    for client in clients:
        take_screen(client=client, result=result, words="", was_alone=True, actor=actor, now=at)


def member_of(case: Case, client: Client) -> CaseMember:
    return case.members.get(client=client)


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]  # of the test client


def test_engagement_is_set_by_the_cases_clinicians_and_what_was_before_is_kept(
    browser_of: SignIn, field_case: Case, jonah: Client, amara: User, dana: User, luis: User, desk: User
) -> None:
    member = member_of(field_case, jonah)
    page = reverse("dashboard:engagement", args=[member.public_id])
    for engagement in ("resists", "resists", "hesitant"):
        assert browser_of(amara).post(page, {"engagement": engagement}).status_code == 302
    assert [one.engagement for one in changes_of(member)] == ["hesitant", "resists"]
    assert "Resists" in words(browser_of(amara).get(page))
    case = reverse("dashboard:case", args=[field_case.public_id])
    assert "Hesitant" in words(browser_of(amara).get(case))
    assert "Hesitant" in words(browser_of(dana).get(case))
    assert "Hesitant" not in words(browser_of(desk).get(case))
    assert "does not take part yet" in words(browser_of(desk).get(case))
    for user in (dana, luis, desk):
        with pytest.raises(PermissionDenied):
            set_engagement(member=member, engagement="joined", actor=user, now=NOW)


def test_who_does_not_take_part_yet_is_neither_booked_nor_asked_for_consent_by_the_desk(
    field_case: Case, amara: User, book: Book
) -> None:
    """The partner whom the client speaks of: a name in the case, no address, no prompt to anybody."""
    newcomer = Client.objects.create(given_name="Ines", family_name="Vale")
    member = CaseMember.objects.create(
        case=field_case, client=newcomer, role="partner", engagement=Engagement.HESITANT, joined_on=TODAY
    )
    assert newcomer not in [one.client for one in book(field_case).participants.all()]
    assert not Client.objects.without_consent(TODAY).exists()
    set_engagement(member=member, engagement="joined", actor=amara, now=NOW)
    assert list(Client.objects.without_consent(TODAY)) == [newcomer]


@pytest.mark.parametrize("result", ["", "unsure", "unsafe"])
def test_until_each_said_it_is_safe_nothing_invites_them_and_no_page_says_who(
    result: str,
    browser_of: SignIn,
    field_case: Case,
    maya: Client,
    jonah: Client,
    amara: User,
) -> None:
    safe(maya, actor=amara)
    if result:
        safe(jonah, actor=amara, result=result)
    shown = words(browser_of(amara).get(reverse("dashboard:together", args=[field_case.public_id])))
    assert "First: ask each of them, alone" in shown
    assert not [told for told in JOINT_WORDS if told in shown]
    assert not [told for told in ("Not safe<", "Not sure", "unsafe") if told in shown]


def test_joint_sessions_are_recommended_first_and_with_the_reason_once_each_is_safe(
    browser_of: SignIn, field_case: Case, maya: Client, jonah: Client, amara: User
) -> None:
    safe(maya, jonah, actor=amara)
    shown = words(browser_of(amara).get(reverse("dashboard:together", args=[field_case.public_id])))
    assert "First: sessions together, on the relationship" in shown
    assert "One person&#x27;s change unsettles both" in shown or "One person's change unsettles both" in shown
    safe(jonah, actor=amara, result="unsafe", hours=1)
    later = words(browser_of(amara).get(reverse("dashboard:together", args=[field_case.public_id])))
    assert not [told for told in JOINT_WORDS if told in later]


def test_a_family_is_safe_only_once_each_of_them_was_asked(quinn_case: Case, luis: User) -> None:
    nora, pete, ella = quinn_case.clients.order_by("pk")
    safe(nora, pete, actor=luis)
    assert not is_safe_for_each(quinn_case)
    safe(ella, actor=luis)
    assert is_safe_for_each(quinn_case)
    note_order(client=ella, other=pete, reference="", actor=luis, now=NOW)
    assert not is_safe_for_each(quinn_case)


def test_the_offer_of_sessions_together_shows_no_word_that_invites_while_it_is_locked(
    field_case: Case, maya: Client, jonah: Client, amara: User, desk: User
) -> None:
    opened = open_follow_up(
        client=jonah, case=field_case, protocol_code="reluctant_partner", actor=amara, now=NOW
    )
    complete_step(follow_up=opened, actor=amara, now=NOW)

    def told() -> str:
        found = FollowUp.objects.with_people().with_attempts().get(pk=opened.pk)
        presented = present(amara, found, now=NOW)
        return f"{presented.row.heading} {presented.steps} {presented.script}"

    assert "together" not in told()
    with pytest.raises(ValidationError, match="asked alone"):
        complete_step(follow_up=opened, actor=amara, now=NOW)
    assert not follow_ups_visible_to(desk).exists()  # nobody at the desk calls a reluctant partner
    safe(maya, jonah, actor=amara)
    assert "sessions together" in told()


def test_a_protective_order_is_in_one_record_and_nowhere_on_the_others_page(
    browser_of: SignIn, field_case: Case, maya: Client, jonah: Client, amara: User, dana: User, desk: User
) -> None:
    page = reverse("dashboard:protective-order-new", args=[maya.public_id])
    posted = browser_of(amara).post(page, {"other": jonah.public_id, "reference": "26-PO-3"})
    assert posted.status_code == 302
    assert "26-PO-3" in words(browser_of(amara).get(reverse("dashboard:safety", args=[maya.public_id])))
    others = [
        reverse("dashboard:safety", args=[jonah.public_id]),
        *(reverse("dashboard:client", args=[one.public_id]) for one in (maya, jonah)),
        reverse("dashboard:case", args=[field_case.public_id]),
        reverse("dashboard:together", args=[field_case.public_id]),
    ]
    for other in others:
        assert "26-PO-3" not in words(browser_of(amara).get(other))
    for user in (dana, desk):
        assert browser_of(user).get(page).status_code == 403


def test_a_protective_order_refuses_every_way_to_book_the_two_and_says_only_whom_to_ask(
    browser_of: SignIn, field_case: Case, maya: Client, jonah: Client, amara: User, desk: User, book: Book
) -> None:
    booked = book(field_case, on=TODAY + timedelta(days=3))
    called_off = book(field_case, on=TODAY + timedelta(days=4))
    cancel_session(session=called_off, by="practice", actor=None, now=NOW)
    in_part = book(field_case, on=TODAY + timedelta(days=5))
    his = in_part.participants.get(client=jonah)
    cancel_participant(participant=his, by="client", actor=None, now=NOW)
    alone = book(field_case, on=TODAY, clients=(maya,))
    order = note_order(client=maya, other=jonah, reference="26-PO-3", actor=amara, now=NOW)
    to = NewTime(on=TODAY + timedelta(days=6), at=time(11))
    ways: list[Callable[[], object]] = [
        lambda: book(field_case, on=TODAY + timedelta(days=7)),
        lambda: book(field_case, on=TODAY + timedelta(days=7), clients=(jonah, maya)),
        lambda: reschedule_session(session=booked, to=to, actor=None, now=NOW),
        lambda: add_walk_in(session=alone, client=jonah, actor=None, now=NOW),
        lambda: undo_cancellation(participant=his, actor=None, now=NOW),
        lambda: undo_session_cancellation(session=called_off, actor=None, now=NOW),
    ]
    for way in ways:
        with pytest.raises(ValidationError) as refused:
            way()
        assert refused.value.messages == [ASK_THE_CLINICIAN]
    assert not_to_be_invited([field_case.pk]) == {field_case.pk}
    with time_machine.travel(NOW, tick=False):
        listed = words(browser_of(amara).get(reverse("dashboard:safety", args=[maya.public_id])))
    assert "They are still booked together" in listed
    book(field_case, on=TODAY + timedelta(days=8), clients=(jonah,))  # alone each of them is welcome
    end_order(order=order, actor=amara, now=NOW)
    assert book(field_case, on=TODAY + timedelta(days=9)).participants.count() == 2


def test_only_who_shares_a_case_with_them_can_be_kept_away(
    field_case: Case, maya: Client, amara: User, luis: User, jonah: Client
) -> None:
    stranger = person("Gus", "Gone", 196)
    with pytest.raises(ValidationError, match="in a case with them"):
        note_order(client=maya, other=stranger, reference="", actor=amara, now=NOW)
    with pytest.raises(PermissionDenied):
        note_order(client=maya, other=jonah, reference="", actor=luis, now=NOW)
