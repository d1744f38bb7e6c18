"""Whose messages are whose: a client may be in treatment elsewhere too."""

from collections.abc import Callable
from datetime import date

from accounts.models import User
from clients.models import Case, Client
from reminders.models import InboundMessage, Message
from reminders.reconcile import reconcile
from sessions_app.models import TherapySession
from tests.conftest import NOW, case_of

Book = Callable[..., TherapySession]


def test_a_clinician_reads_no_message_about_a_session_with_somebody_else(
    book: Book, rosa: Client, rosa_case: Case, amara: User, luis: User, desk: User, admin_user: User
) -> None:
    book(rosa_case, on=date(2026, 11, 20))
    other = case_of(luis, Case.Kind.INDIVIDUAL, rosa)
    elsewhere = book(other, on=date(2026, 11, 20), at="15:00")
    reconcile(now=NOW)
    about = {
        user: Message.objects.visible_to(user).filter(session=elsewhere).count()
        for user in (amara, luis, desk)
    }
    assert about[amara] == 0
    assert about[luis] == about[desk] > 0
    assert Message.objects.visible_to(amara).exists()
    assert not Message.objects.visible_to(admin_user).exists()


def test_an_answer_about_another_session_is_not_ones_own_and_a_free_text_is(
    book: Book, rosa: Client, rosa_case: Case, amara: User, luis: User, desk: User
) -> None:
    other = book(case_of(luis, Case.Kind.INDIVIDUAL, rosa), on=date(2026, 11, 20))
    told = {"from_address": "+13125550101", "client": rosa, "received_at": NOW}
    InboundMessage.objects.create(
        provider_id="1", kind="confirm", body="C", participant=other.participants.get(), **told
    )
    InboundMessage.objects.create(provider_id="2", kind="free", body="I am worried", **told)
    read = {
        user: set(InboundMessage.objects.visible_to(user).values_list("body", flat=True))
        for user in (amara, luis, desk)
    }
    assert read == {amara: {"I am worried"}, luis: {"C", "I am worried"}, desk: {"C", "I am worried"}}
