"""Signed links: short, for one person and purpose, and nothing once they have done their work."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser
from pytest_django import Settings

from accounts.models import Practice
from clients.models import Client, ContactPoint, Guardianship, SafeContact
from config.logs import hide_links
from reminders.links import Link, LinkFor, LinkInvalid, address_of, read_token, tag_of, token_of
from sessions_app.models import TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, person
from tests.portal.conftest import FRIDAY_MORNING, link_of, path

LINK = Link(
    purpose=LinkFor.SESSION,
    subject_id=uuid4(),
    recipient_tag=b"\x01\x02",
    version=3,
    expires_at=datetime(2026, 11, 27, 22, tzinfo=UTC),
    is_private=True,
)


def test_a_link_says_what_was_put_into_it() -> None:
    assert read_token(token_of(LINK)) == LINK


def test_a_link_is_short_enough_for_a_text() -> None:
    assert len(token_of(LINK)) == 55


def test_a_link_ends_at_the_full_hour_after_its_time() -> None:
    ends = replace(LINK, expires_at=LINK.expires_at + timedelta(minutes=1))
    assert read_token(token_of(ends)).expires_at == LINK.expires_at + timedelta(hours=1)


@pytest.mark.parametrize("at", range(55))
def test_a_link_with_any_letter_changed_is_no_link(at: int) -> None:
    token = token_of(LINK)
    other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    # The last letter of the packed part holds bits that no byte needs; the signature covers them.
    with pytest.raises(LinkInvalid):
        read_token(other)


def test_a_link_stays_good_while_the_key_is_turned(settings: Settings) -> None:
    token, old = token_of(LINK), settings.SECRET_KEY
    settings.SECRET_KEY = "another key, fifty letters long, as production asks for it"
    with pytest.raises(LinkInvalid):
        read_token(token)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_token(token) == LINK
    assert token_of(LINK) != token


def test_a_link_stands_under_the_practice_s_own_domain(settings: Settings) -> None:
    settings.KEPT_LINK_BASE_URL = "https://lake.example"
    assert address_of("abc") == "https://lake.example/t/abc/"


# What a link opens

SECRETS = ("Rosa", "Mendes", "November", "noviembre", "3:00", "15:00", "Okafor", "Individual")


def refused(phone: Browser, token: str, *, status: int) -> str:
    """The kind no, which names the number to call and nothing of anybody."""
    answer = phone.get(path("time", token))
    words = answer.content.decode()
    assert answer.status_code == status
    assert "(312) 555-0100" in words
    assert not [secret for secret in SECRETS if secret in words]
    for act in ("confirmation", "mode", "cancellation", "stop", "worry", "move-request", "another-time"):
        assert phone.post(path(act, token)).status_code == status
    return words


def test_an_open_link_shows_the_time(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    answer = phone.get(path("time", link_of(friday)))
    assert answer.status_code == 200
    assert "Friday, November 27" in answer.content.decode()


def test_a_forged_link_opens_nothing(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    assert "does not open anything" in refused(phone, link_of(friday)[:-1] + "!", status=404)


def test_a_link_that_lost_its_end_opens_nothing(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    refused(phone, link_of(friday)[:34], status=404)


def test_a_link_for_another_purpose_opens_nothing(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    receipt = link_of(friday, purpose=LinkFor.CONFIRMED)
    refused(phone, receipt, status=404)
    assert phone.get(path("done", link_of(friday))).status_code == 404


def test_an_expired_link_says_so(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    with time_machine.travel(friday.ends_at + timedelta(hours=1), tick=False):
        assert "a time that is past" in refused(phone, token, status=410)


def test_a_link_about_an_old_time_points_to_the_newest_message(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    to = NewTime(on=date(2026, 12, 1), at=time(10))
    reschedule_session(session=friday, to=to, actor=None, now=FRIDAY_MORNING)
    assert "newest message" in refused(phone, token, status=410)
    friday.refresh_from_db()
    assert friday.participants.get().response == "none"
    assert not friday.is_cancelled


def test_a_link_to_what_is_cancelled_is_settled(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=FRIDAY_MORNING)
    assert "is settled" in refused(phone, link_of(friday), status=410)


def test_a_link_opens_nothing_for_somebody_who_has_left(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    Client.objects.filter(pk=rosa.pk).update(left_on=date(2026, 11, 1))
    refused(phone, link_of(friday), status=410)


def test_a_link_opens_nothing_once_contact_is_not_safe(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    SafeContact.objects.create(client=rosa, level="do_not_contact")
    refused(phone, link_of(friday), status=410)


def test_a_link_is_nobody_else_s(at_nine: None, friday: TherapySession, maya: Client, phone: Browser) -> None:
    """Signed by us, for somebody who is neither the participant nor their guardian."""
    refused(phone, link_of(friday, recipient_tag=tag_of(maya.public_id)), status=404)


def test_a_guardian_s_link_works_while_they_receive(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    mother = person("Gina", "Mendes", 198, language="es")
    standing = Guardianship.objects.create(minor=rosa, guardian=mother, may_receive=True)
    token = link_of(friday, recipient_tag=tag_of(mother.public_id))
    assert "viernes 27 de noviembre" in phone.get(path("time", token)).content.decode()
    standing.until = date(2026, 11, 20)
    standing.save()
    refused(phone, token, status=404)


def test_a_refusal_speaks_the_reader_s_language(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=FRIDAY_MORNING)
    Client.objects.filter(pk=rosa.pk).update(language="es")
    assert "Su asunto está resuelto" in refused(phone, link_of(friday), status=410)
    unknown = phone.get(path("time", "x"), headers={"accept-language": "es-MX,es;q=0.9"})
    assert "Este enlace no abre nada" in unknown.content.decode()


def test_a_link_is_kept_nowhere_and_told_to_nobody(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    for token in (link_of(friday), "x"):
        answer = phone.get(path("time", token))
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies
        assert not phone.cookies


def test_looking_changes_nothing_however_often(
    at_nine: None, friday: TherapySession, phone: Browser, practice: Practice
) -> None:
    """Mail scanners follow every link that they find."""
    ContactPoint.objects.update(is_private=True)
    token = link_of(friday, is_private=True)
    before = friday.participants.values().get()
    names = ("time", "another-time", "move-request", "cancellation", "worry", "reach", "stop", "calendar")
    for name in names:
        assert phone.get(path(name, token)).status_code == 200
    for name in ("confirmation", "mode"):
        assert phone.get(path(name, token)).status_code == 405
    assert friday.participants.values().get() == before
    friday.refresh_from_db()
    assert friday.version == 1


def test_pressing_without_end_is_slowed_down(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    codes = [phone.post(path("confirmation", token)).status_code for _ in range(25)]
    assert set(codes[:20]) == {303}
    assert codes[-1] == 429


def test_guessing_without_end_is_slowed_down(practice: Practice, phone: Browser) -> None:
    with time_machine.travel(NOW, tick=False):
        codes = [phone.get(path("time", f"guess{n}")).status_code for n in range(25)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_no_log_carries_a_link() -> None:
    """Django writes the path of what it refused; whoever reads it there could cancel for them."""
    written = hide_links(None, "warning", {"event": f"Gone: /t/{token_of(LINK)}/confirmation/"})
    assert written == {"event": "Gone: /t/-/confirmation/"}
