"""Inviting a partner who does not come yet, and the other ways (rows 5.3, 5.4, 5.11)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case, CaseMember, Client, Engagement
from clients.screening import take_screen
from clients.services import set_safe_contact
from followups.invitation_words import TEMPLATES, begin_words
from followups.invitations import (
    Wording,
    approve_invitation,
    change_invitation,
    give_invitation,
    write_invitation,
)
from followups.later_options import Noted, look_again, note_option, options_to_revisit, settle_option
from followups.models import ContactAttempt, Invitation, LaterOption
from reminders.models import Message
from reminders.wording_check import blaming_in, revealing_in
from tests.conftest import NOW, TODAY

WORDS = Wording(words="Maya asked me to invite you. It is fine to say no.")


def screened(*clients: Client, actor: User, result: str = "safe", hours: int = 0) -> None:
    at = NOW + timedelta(hours=hours)
    for client in clients:
        take_screen(client=client, result=result, words="", was_alone=True, actor=actor, now=at)


@pytest.fixture
def his(field_case: Case, maya: Client, jonah: Client, amara: User) -> CaseMember:
    """Jonah hesitates; each of the two, asked alone, said that it is safe."""
    screened(maya, jonah, actor=amara)
    member = field_case.members.get(client=jonah)
    member.engagement = Engagement.HESITANT
    member.save()
    return member


@pytest.fixture
def draft(his: CaseMember, maya: Client, amara: User) -> Invitation:
    return write_invitation(member=his, asker=maya, language="en", wording=WORDS, actor=amara, now=NOW)


def approved(invitation: Invitation, actor: User) -> Invitation:
    return approve_invitation(
        invitation=invitation, how="signed", approved_as="Maya Field", actor=actor, now=NOW
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_draft_is_kind_names_what_is_good_and_presses_nobody(
    language: str, his: CaseMember, maya: Client, amara: User, practice: Practice
) -> None:
    maya.language = language
    begun = begin_words(member=his, asker=maya, clinician=amara, practice=practice)
    assert begun.language == language
    assert begun.words.startswith("Dear Jonah" if language == "en" else "Hola, Jonah")
    assert ("fine to say no" if language == "en" else "está bien decir que no") in begun.words
    assert not revealing_in(begun.words)
    assert not blaming_in(begun.words)
    assert set(TEMPLATES) == {"en", "es"}


def test_words_that_press_or_tell_too_much_are_refused(his: CaseMember, maya: Client, amara: User) -> None:
    for words in ("You must come.", "Come to our couples therapy."):
        with pytest.raises(ValidationError):
            write_invitation(
                member=his, asker=maya, language="en", wording=Wording(words=words), actor=amara, now=NOW
            )


def test_approved_words_never_change_and_other_words_need_an_approval_of_their_own(
    draft: Invitation, amara: User
) -> None:
    once = approved(draft, amara)
    other = change_invitation(
        invitation=once, wording=Wording(words="Come along some day."), actor=amara, now=NOW
    )
    assert other.pk != once.pk
    assert not other.is_approved
    once.refresh_from_db()
    assert (once.words, bool(once.replaced_at)) == (WORDS.words, True)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Invitation.objects.filter(pk=once.pk).update(words="Other words")
    with pytest.raises(ValidationError, match="in writing"):
        give_invitation(invitation=other, actor=amara, now=NOW)


def test_the_client_hands_it_over_and_kept_sends_nothing(
    draft: Invitation, his: CaseMember, amara: User
) -> None:
    given = give_invitation(invitation=approved(draft, amara), actor=amara, now=NOW)
    assert (given.approved_as, given.given_by) == ("Maya Field", amara)
    his.refresh_from_db()
    assert his.engagement == Engagement.INVITED
    assert not Message.objects.exists()
    assert not ContactAttempt.objects.exists()  # nobody of the practice tried to reach him


def test_what_a_person_sends_to_the_approved_address_is_an_attempt_to_reach_him(
    draft: Invitation, jonah: Client, amara: User
) -> None:
    wording = Wording(words=WORDS.words, goes_to="letter", address="12 Lake Street")
    letter = approved(change_invitation(invitation=draft, wording=wording, actor=amara, now=NOW), amara)
    give_invitation(invitation=letter, actor=amara, now=NOW)
    give_invitation(invitation=letter, actor=amara, now=NOW)
    attempt = ContactAttempt.objects.get()
    assert (attempt.channel, attempt.follow_up.client, attempt.client_words) == ("letter", jonah, "")
    assert not Message.objects.exists()


def test_do_not_contact_wins_over_an_approved_address(draft: Invitation, jonah: Client, amara: User) -> None:
    wording = Wording(words=WORDS.words, goes_to="email", address="jonah@example.org")
    letter = approved(change_invitation(invitation=draft, wording=wording, actor=amara, now=NOW), amara)
    set_safe_contact(client=jonah, level="do_not_contact", reason="Asked so", actor=amara)
    with pytest.raises(ValidationError, match="do not contact"):
        give_invitation(invitation=letter, actor=amara, now=NOW)


def test_an_unsafe_answer_locks_every_step_of_an_invitation_and_hides_its_words(
    client: Browser, draft: Invitation, his: CaseMember, maya: Client, jonah: Client, amara: User
) -> None:
    screened(jonah, actor=amara, result="unsafe", hours=1)
    steps: list[Callable[[], object]] = [
        lambda: write_invitation(member=his, asker=maya, language="en", wording=WORDS, actor=amara, now=NOW),
        lambda: change_invitation(invitation=draft, wording=WORDS, actor=amara, now=NOW),
        lambda: approved(draft, amara),
        lambda: give_invitation(invitation=draft, actor=amara, now=NOW),
    ]
    for step in steps:
        with pytest.raises(ValidationError, match="asked alone"):
            step()
    client.force_login(amara)
    for name in (
        "joint-invitation",
        "joint-invitation-words",
        "joint-invitation-paper",
        "joint-invitation-print",
    ):
        answer = client.get(reverse(f"dashboard:{name}", args=[draft.public_id]))
        assert answer.headers["Location"] == reverse("dashboard:together", args=[his.case.public_id]), name
    page = client.get(reverse("dashboard:together", args=[his.case.public_id])).content.decode()
    assert "nvitation" not in page.partition("</header>")[2].replace("joint-invitation", "")


def test_only_the_cases_clinicians_write_one(
    his: CaseMember, maya: Client, jonah: Client, amara: User, dana: User, luis: User, desk: User
) -> None:
    for user in (dana, luis, desk):
        with pytest.raises(PermissionDenied):
            write_invitation(member=his, asker=maya, language="en", wording=WORDS, actor=user, now=NOW)
    with pytest.raises(ValidationError, match="takes part"):
        write_invitation(member=his, asker=jonah, language="en", wording=WORDS, actor=amara, now=NOW)


def test_from_draft_to_paper_on_the_pages(
    client: Browser, his: CaseMember, maya: Client, amara: User
) -> None:
    client.force_login(amara)
    begin = reverse("dashboard:joint-invitation-new", args=[his.public_id])
    assert "Dear Jonah" in client.get(begin).content.decode()
    posted = {"asker": maya.public_id, "words": "You must come.", "goes_to": "by_hand"}
    refused = client.post(begin, posted)
    assert (refused.status_code, "may sound like blame" in refused.content.decode()) == (422, True)
    client.post(begin, posted | {"words": WORDS.words})
    invitation = Invitation.objects.get()

    def at(name: str) -> str:
        return reverse(f"dashboard:joint-invitation{name}", args=[invitation.public_id])

    read = invitation.imprint
    assert f'name="read" value="{read}"' in client.get(at("")).content.decode()
    assert client.post(at("-approval"), {"how": "signed", "approved_as": "", "read": read}).status_code == 422
    approval = {"how": "in_the_room", "approved_as": "Maya Field"}
    theirs = posted | {"words": f"{WORDS.words} In your time."}
    assert f'name="read" value="{read}"' in client.get(at("-words")).content.decode()
    assert client.post(at("-words"), theirs | {"read": read}).status_code == 302
    mine = client.post(at("-words"), posted | {"words": "Come, if you like.", "read": read})
    assert (mine.status_code, "yours are still here" in mine.content.decode()) == (422, True)
    assert "Come, if you like." in mine.content.decode()
    stale = client.post(at("-approval"), approval | {"read": read})
    assert (stale.status_code, "changed meanwhile" in stale.content.decode()) == (422, True)
    invitation.refresh_from_db()
    client.post(at("-words"), posted | {"words": WORDS.words, "read": invitation.imprint})
    client.post(at("-approval"), approval | {"read": read})
    paper = client.get(at("-paper"))
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert WORDS.words in client.get(at("-print")).content.decode()
    client.post(at("-giving"))
    shown = client.get(at("")).content.decode()
    assert "It is on its way" in shown
    assert "Maya Field" in shown


def test_the_other_ways_are_in_order_never_locked_and_come_back_on_their_day(
    client: Browser, field_case: Case, maya: Client, jonah: Client, amara: User, luis: User
) -> None:
    """Nobody was asked alone yet: these are open all the same."""
    member = field_case.members.get(client=jonah)
    noted = Noted(revisit_on=TODAY + timedelta(days=7), words="He asked on the phone", was_asked_for=True)
    option = note_option(member=member, kind="own_therapy", noted=noted, today=TODAY, actor=amara, now=NOW)
    assert not options_to_revisit(amara, TODAY).exists()
    assert list(options_to_revisit(amara, noted.revisit_on)) == [option]
    assert not options_to_revisit(luis, noted.revisit_on).exists()
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        client.force_login(amara)
        today = client.get(reverse("dashboard:today")).content.decode()
    assert "To look at again" in today
    assert "He asked on the phone" not in today
    client.force_login(amara)
    page = client.get(reverse("dashboard:together", args=[field_case.public_id])).content.decode()
    assert page.index("Therapy of their own") < page.index("The client alone")
    assert "No long-term plan" not in page  # alone is right while nothing else is safe
    screened(maya, jonah, actor=amara)
    page = client.get(reverse("dashboard:together", args=[field_case.public_id])).content.decode()
    order = [
        page.index(way) for way in ("First: sessions", "Therapy of their own", "support group", "alone, for")
    ]
    assert order == sorted(order)
    assert "No long-term plan" in page
    again = Noted(revisit_on=TODAY + timedelta(days=40))
    look_again(option=option, noted=again, today=TODAY, actor=amara, now=NOW)
    assert not options_to_revisit(amara, noted.revisit_on).exists()
    settle_option(option=option, state=LaterOption.State.TAKEN_UP, actor=amara, now=NOW)
    assert not options_to_revisit(amara, again.revisit_on).exists()


def test_an_option_carries_a_day_ahead(field_case: Case, jonah: Client, amara: User) -> None:
    member = field_case.members.get(client=jonah)
    with pytest.raises(ValidationError, match="lies ahead"):
        note_option(
            member=member, kind="alone", noted=Noted(revisit_on=TODAY), today=TODAY, actor=amara, now=NOW
        )
