"""The list of people, one person's page and a case's: who sees what, and at what cost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User, ViewLog
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.models import Case, CaseMember, Client, Consent, ContactPoint, Mandate, SafeContact
from clients.services import set_away, set_safe_contact, suppress
from sessions_app.models import TherapySession
from tests.conftest import NOW, case_of, person

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]


def page_of(client: Client) -> str:
    return reverse("dashboard:client", args=[client.public_id])


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["rosa mendes", "rsoa mendez", "0101", "1990-05-31"])
def test_a_person_is_found_by_what_the_desk_types(
    words: str, rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    Client.objects.filter(pk=rosa.pk).update(born_on=date(1990, 5, 31))
    found = browser_of(desk).post(reverse("dashboard:clients"), {"q": words})
    assert rosa.display_name in text(found)


def test_typing_swaps_the_list_alone(rosa_case: Case, desk: User, browser_of: SignIn) -> None:
    found = browser_of(desk).post(reverse("dashboard:clients"), {"q": "rosa"}, headers={"hx-request": "true"})
    assert text(found).startswith('<div id="client-list">')


def test_a_name_in_the_address_finds_nobody(
    rosa_case: Case, quinn_case: Case, desk: User, browser_of: SignIn
) -> None:
    listed = text(browser_of(desk).get(f"{reverse('dashboard:clients')}?q=rosa"))
    assert "Nora Quinn" in listed
    assert 'value="rosa"' not in listed


def test_a_search_shows_the_closest_and_no_further_page(desk: User, browser_of: SignIn) -> None:
    for number in range(51):
        person("Rosa", f"Mendes{number}", number, birth_year=1990)
    browser, url = browser_of(desk), reverse("dashboard:clients")
    found = text(browser.post(url, {"q": "rosa"}))
    assert found.count("data-row") == 50
    assert "These are the 50 closest" in found
    assert "page=2" not in found
    assert "page=2" in text(browser.get(f"{url}?show=everyone"))


def test_whom_nobody_found_is_added_with_what_was_typed(desk: User, browser_of: SignIn) -> None:
    browser, url = browser_of(desk), reverse("dashboard:client-new")
    nobody = text(browser.post(reverse("dashboard:clients"), {"q": "ines prado"}))
    assert '<input type="hidden" name="name" value="ines prado">' in nobody
    begun = browser.post(url, {"name": "ines prado", "start": "1"})
    assert begun.status_code == 200
    assert begun.context["form"].initial == {"given_name": "Ines", "family_name": "Prado"}
    assert not Client.objects.filter(given_name="Ines").exists()
    by_number = browser.post(url, {"name": "555 0177", "start": "1"})
    assert by_number.context["form"].initial == {}


def test_finding_a_guardian_is_not_yet_an_answer(rosa: Client, desk: User, browser_of: SignIn) -> None:
    ella = person("Ella", "Quinn", 123, born_on=date(2014, 5, 2))
    url = reverse("dashboard:guardian-new", args=[ella.public_id])
    found = browser_of(desk).post(url, {"q": "rosa", "find": "1"})
    assert found.status_code == 200
    assert str(rosa.public_id) in text(found)
    assert 'role="alert"' not in text(found)
    assert not ella.guardianships.exists()


def test_a_clinician_finds_only_their_own_people(
    rosa_case: Case, quinn_case: Case, luis: User, browser_of: SignIn
) -> None:
    shown = text(browser_of(luis).get(reverse("dashboard:clients")))
    assert "Nora Quinn" in shown
    assert "Rosa Mendes" not in shown


def test_a_practice_admin_sees_no_client(rosa: Client, admin_user: User, browser_of: SignIn) -> None:
    browser = browser_of(admin_user)
    assert browser.get(reverse("dashboard:clients")).status_code == 403
    assert browser.get(page_of(rosa)).status_code == 403


def test_somebody_elses_client_is_nobody(
    rosa: Client, rosa_case: Case, luis: User, browser_of: SignIn
) -> None:
    assert browser_of(luis).get(page_of(rosa)).status_code == 404


def test_the_list_names_those_who_never_agreed(
    rosa_case: Case, quinn_case: Case, desk: User, browser_of: SignIn
) -> None:
    Consent.objects.filter(contact_point__client__family_name="Mendes").delete()
    shown = text(browser_of(desk).get(reverse("dashboard:clients"), {"show": "without-consent"}))
    assert "Rosa Mendes" in shown
    assert "Nora Quinn" not in shown


def test_in_treatment_leaves_guardians_out(rosa_case: Case, desk: User, browser_of: SignIn) -> None:
    person("Gina", "Guardian", 190)
    browser = browser_of(desk)
    assert "Gina Guardian" not in text(browser.get(reverse("dashboard:clients")))
    assert "Gina Guardian" in text(browser.get(reverse("dashboard:clients"), {"show": "everyone"}))


@pytest.mark.parametrize("people", [2, 25])
def test_the_list_costs_the_same_whatever_its_length(
    people: int,
    rosa_case: Case,
    amara: User,
    desk: User,
    book: Book,
    browser_of: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(people):
        someone = person(f"Person{n}", "Many", 200 + n)
        day = timezone.now().date() + timedelta(days=2 + n)
        book(case_of(amara, "individual", someone), on=day, now=timezone.now())
    browser = browser_of(desk)
    # Room for the frame's own counts, and less than one query for each row.
    with django_assert_max_num_queries(18):
        browser.get(reverse("dashboard:clients"))


@pytest.mark.parametrize("sessions", [2, 12])
def test_a_page_costs_the_same_whatever_its_history(
    sessions: int,
    rosa: Client,
    rosa_case: Case,
    amara: User,
    book: Book,
    browser_of: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(sessions):
        made = book(rosa_case, on=date(2026, 2, 3) + timedelta(weeks=n), now=NOW - timedelta(days=300))
        record_outcome(
            participant=made.participants.get(),
            seen=Seen(outcome=Outcome.ATTENDED, source=Source.BOARD),
            actor=amara,
            now=made.ends_at,
        )
        book(rosa_case, on=timezone.now().date() + timedelta(days=2 + n), now=timezone.now())
    browser = browser_of(amara)
    # Room for the frame's own counts, and less than one query for each row.
    with django_assert_max_num_queries(46):
        browser.get(page_of(rosa))


def test_opening_a_page_is_written_down(
    rosa: Client, rosa_case: Case, amara: User, browser_of: SignIn
) -> None:
    browser_of(amara).get(page_of(rosa))
    seen = ViewLog.objects.get(kind="client")
    assert (seen.user, seen.object_ids) == (amara, [rosa.public_id])


def test_counts_name_what_they_are_of(
    rosa: Client, rosa_case: Case, amara: User, book: Book, browser_of: SignIn
) -> None:
    for n, outcome in enumerate([Outcome.ATTENDED, Outcome.ATTENDED, Outcome.NO_SHOW]):
        made = book(rosa_case, on=date(2026, 2, 3) + timedelta(weeks=n), now=NOW - timedelta(days=300))
        seen = Seen(outcome=outcome, source=Source.BOARD)
        record_outcome(participant=made.participants.get(), seen=seen, actor=amara, now=made.ends_at)
    shown = text(browser_of(amara).get(page_of(rosa)))
    assert "2 of 3 attended" in shown
    assert "1 of 3 missed" in shown


def test_a_stopped_number_says_kindly_why_and_how_to_resume(
    rosa: Client, desk: User, browser_of: SignIn
) -> None:
    suppress(address="+13125550101", channel="sms", reason="opted_out", actor=None, now=NOW)
    shown = text(browser_of(desk).get(page_of(rosa)))
    assert "No texts reach this number: they wrote STOP on 16 November 2026." in shown
    assert "they send START to (312) 555-0100" in shown


def test_the_desk_sees_the_level_and_never_the_reason(
    rosa: Client, rosa_case: Case, amara: User, desk: User, client: Browser
) -> None:
    set_safe_contact(client=rosa, level="call_only", reason="He reads her phone", actor=amara)
    client.force_login(desk)
    shown = text(client.get(page_of(rosa)))
    assert "Telephone only, nothing in writing" in shown
    assert "He reads her phone" not in shown
    assert client.get(reverse("dashboard:safe-contact", args=[rosa.public_id])).status_code == 403
    client.force_login(amara)
    assert "He reads her phone" in text(client.get(page_of(rosa)))


def test_a_clinician_sets_how_somebody_may_be_reached(
    rosa: Client, rosa_case: Case, amara: User, browser_of: SignIn
) -> None:
    browser, url = browser_of(amara), reverse("dashboard:safe-contact", args=[rosa.public_id])
    browser.post(url, {"level": "do_not_contact", "reason": "Order of 3 May"})
    browser.post(url, {"level": "discreet", "reason": ""})
    standing = SafeContact.objects.get(client=rosa, ended_at=None)
    assert standing.level == "discreet"


def test_only_clinicians_read_why_somebody_is_away(
    rosa: Client, rosa_case: Case, amara: User, desk: User, client: Browser
) -> None:
    today = timezone.now().date()
    set_away(client=rosa, away_from=today - timedelta(days=2), away_until=None, reason="jail", actor=amara)
    client.force_login(desk)
    assert "In custody" not in text(client.get(page_of(rosa)))
    client.force_login(amara)
    assert "In custody" in text(client.get(page_of(rosa)))


def test_a_client_is_added(desk: User, browser_of: SignIn) -> None:
    facts = {"given_name": "Ines", "family_name": "Prado", "birth_year": "1988", "language": "es"}
    answer = browser_of(desk).post(reverse("dashboard:client-new"), facts)
    added = Client.objects.get(given_name="Ines")
    assert answer.status_code == 302
    assert (added.birth_year, added.language) == (1988, "es")


def test_a_namesake_is_told_apart_before_anything_is_logged(desk: User, browser_of: SignIn) -> None:
    person("Ana", "Silva", 150, birth_year=1990)
    browser, url = browser_of(desk), reverse("dashboard:client-new")
    facts = {"given_name": "Ana", "family_name": "Silva", "birth_year": "", "language": "en"}
    refused = browser.post(url, facts)
    assert refused.status_code == 422
    assert "Add the birth year of both" in text(refused)
    refused = browser.post(url, {**facts, "birth_year": "1990"})
    assert refused.status_code == 422
    assert "This is another person of the same name" in text(refused)
    assert 'value="1990"' in text(refused)
    assert browser.post(url, {**facts, "birth_year": "1990", "namesake_is_other": "on"}).status_code == 302
    assert Client.objects.filter(given_name="Ana").count() == 2


def test_an_address_is_added_and_agreed_to(rosa: Client, desk: User, browser_of: SignIn) -> None:
    browser = browser_of(desk)
    new = reverse("dashboard:contact-new", args=[rosa.public_id])
    refused = browser.post(new, {"kind": "phone", "address": "12"})
    assert refused.status_code == 422
    browser.post(new, {"kind": "phone", "address": "(312) 555-0177", "may_text": "on"})
    contact = ContactPoint.objects.get(address="+13125550177")
    url = reverse("dashboard:consents", args=[contact.public_id])
    browser.post(url, {"purpose": "appointments", "how": "verbal"})
    given = contact.consents.get()
    assert (given.how, given.recorded_by, given.withdrawn_at) == ("verbal", desk, None)
    browser.post(url, {"purpose": "appointments", "withdrawn": "on"})
    assert contact.consents.get().withdrawn_at is not None


def test_an_address_ends(rosa: Client, desk: User, browser_of: SignIn) -> None:
    contact = rosa.contact_points.get(kind="phone")
    browser_of(desk).post(reverse("dashboard:contact-ending", args=[contact.public_id]))
    contact.refresh_from_db()
    assert contact.ended_at is not None


def test_a_new_guardian_is_added_with_their_number(desk: User, browser_of: SignIn) -> None:
    ella = person("Ella", "Quinn", 123, born_on=date(2014, 5, 2))
    url = reverse("dashboard:guardian-new", args=[ella.public_id])
    browser = browser_of(desk)
    assert browser.post(url, {"relation": "Mother"}).status_code == 422
    new = {"person": "new", "new-given_name": "Nora", "new-phone": "312 555 0178"}
    browser.post(url, {**new, "relation": "Mother", "may_receive": "on"})
    guardianship = ella.guardianships.get()
    assert (guardianship.relation, guardianship.may_receive) == ("Mother", True)
    assert guardianship.guardian.contact_points.get().address == "+13125550178"


def test_leaving_lists_what_it_frees_and_then_frees_it(
    rosa: Client, rosa_case: Case, amara: User, book: Book, browser_of: SignIn
) -> None:
    ahead = book(rosa_case, on=timezone.now().date() + timedelta(days=3), now=timezone.now())
    browser, url = browser_of(amara), reverse("dashboard:leaving", args=[rosa.public_id])
    assert "1 time is freed" in text(browser.get(url))
    today = timezone.now().astimezone(ahead.zone).date()
    browser.post(url, {"on": today.isoformat()})
    rosa.refresh_from_db()
    ahead.refresh_from_db()
    assert rosa.left_on == today
    assert ahead.is_cancelled


def test_a_death_is_recorded_quietly(rosa: Client, amara: User, rosa_case: Case, browser_of: SignIn) -> None:
    browser, url = browser_of(amara), reverse("dashboard:death", args=[rosa.public_id])
    assert "falls silent" in text(browser.get(url))
    tomorrow = timezone.now().date() + timedelta(days=2)
    assert browser.post(url, {"on": tomorrow.isoformat()}).status_code == 422
    browser.post(url, {"on": "2026-11-10"})
    rosa.refresh_from_db()
    assert rosa.died_on == date(2026, 11, 10)


def test_a_case_is_opened_and_a_partner_added(
    rosa: Client, amara: User, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    url = reverse("dashboard:case-new", args=[rosa.public_id])
    answer = browser.post(url, {"kind": "couple", "clinician": str(amara.public_id)})
    case = Case.objects.get(kind="couple")
    assert answer["Location"] == reverse("dashboard:case", args=[case.public_id])
    marc = person("Marc", "Mendes", 160)
    member = {"person": str(marc.public_id), "role": "partner", "engagement": "invited"}
    browser.post(reverse("dashboard:member-new", args=[case.public_id]), member)
    assert CaseMember.objects.get(client=marc).engagement == "invited"


def test_a_mandate_is_never_the_desks_to_read(
    rosa: Client, rosa_case: Case, amara: User, desk: User, dana: User, client: Browser
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="26-CR-118")
    Case.objects.filter(pk=rosa_case.pk).update(presenting_issues="Sleepless")
    url = reverse("dashboard:case", args=[rosa_case.public_id])
    client.force_login(desk)
    shown = text(client.get(url))
    assert "26-CR-118" not in shown
    assert "Sleepless" not in shown
    for reader in (amara, dana):
        client.force_login(reader)
        shown = text(client.get(url))
        assert "26-CR-118" in shown
        assert "Sleepless" in shown


def test_a_stranger_cannot_be_named_as_guardian_or_member(
    rosa: Client, quinn_case: Case, luis: User, browser_of: SignIn
) -> None:
    browser = browser_of(luis)
    ella = Client.objects.get(given_name="Ella")
    foreign = {"person": str(rosa.public_id), "relation": "Mother", "role": "family", "engagement": "joined"}
    as_guardian = browser.post(reverse("dashboard:guardian-new", args=[ella.public_id]), foreign)
    as_member = browser.post(reverse("dashboard:member-new", args=[quinn_case.public_id]), foreign)
    assert (as_guardian.status_code, as_member.status_code) == (404, 404)


def test_what_brings_them_is_written_by_clinicians_only(
    rosa_case: Case, amara: User, desk: User, client: Browser
) -> None:
    url = reverse("dashboard:presenting-issues", args=[rosa_case.public_id])
    client.force_login(desk)
    assert client.post(url, {"presenting_issues": "x"}).status_code == 403
    client.force_login(amara)
    client.post(url, {"presenting_issues": "Sleepless since June"})
    rosa_case.refresh_from_db()
    assert rosa_case.presenting_issues == "Sleepless since June"


def test_a_clinician_sees_whom_they_add(amara: User, luis: User, browser_of: SignIn) -> None:
    browser = browser_of(amara)
    facts = {"given_name": "Theo", "language": "en", "kind": "couple", "clinician": str(amara.public_id)}
    added = browser.post(reverse("dashboard:client-new"), facts)
    theo = Client.objects.get(given_name="Theo")
    assert added.headers["Location"] == page_of(theo)
    assert browser.get(page_of(theo)).status_code == 200
    case = Case.objects.get(members__client=theo)
    assert (case.kind, [one.clinician for one in case.case_clinicians.all()]) == ("couple", [amara])


def test_nobody_is_added_where_treatment_cannot_begin(amara: User, luis: User, browser_of: SignIn) -> None:
    facts = {"given_name": "Theo", "language": "en", "kind": "couple", "clinician": str(luis.public_id)}
    refused = browser_of(amara).post(reverse("dashboard:client-new"), facts)
    assert refused.status_code == 422
    assert not Client.objects.filter(given_name="Theo").exists()


def test_a_supervisor_says_who_treats_whom_they_add(
    dana: User, amara: User, luis: User, browser_of: SignIn
) -> None:
    browser = browser_of(dana)
    assert amara.name in text(browser.get(reverse("dashboard:client-new")))
    facts = {"given_name": "Theo", "language": "en", "kind": "individual", "clinician": str(luis.public_id)}
    browser.post(reverse("dashboard:client-new"), facts)
    assert browser.get(page_of(Client.objects.get(given_name="Theo"))).status_code == 200


def test_the_desk_adds_a_person_alone(desk: User, browser_of: SignIn) -> None:
    browser_of(desk).post(reverse("dashboard:client-new"), {"given_name": "Theo", "language": "en"})
    assert not Case.objects.filter(members__client__given_name="Theo").exists()


def test_the_desk_marks_who_is_helped_by_more_reminders_and_takes_it_back(
    rosa: Client, desk: User, browser_of: SignIn
) -> None:
    page = reverse("dashboard:client", args=[rosa.public_id])
    mark = reverse("dashboard:more-reminders", args=[rosa.public_id])
    browser = browser_of(desk)
    assert "Remind more often" in browser.get(page).content.decode()
    html = browser.post(mark, {"more": "yes"}, follow=True).content.decode()
    assert "Rosa is reminded more often." in html
    assert "Reminded more often, where the practice has such a reminder." in html
    rosa.refresh_from_db()
    assert rosa.needs_more_reminders
    html = browser.post(mark, {"more": "no"}, follow=True).content.decode()
    assert "Rosa is reminded as everybody is." in html
    rosa.refresh_from_db()
    assert not rosa.needs_more_reminders


def shown_by(browser: Browser, page: str) -> dict[str, str]:
    """What a browser would send of a form that was opened and left as it is."""
    form = browser.get(page).context["form"]
    fields = [field for field in form if field.value() not in (None, False)]
    told = {field.html_initial_name: "" if field.initial is None else str(field.initial) for field in form}
    return told | {field.html_name: str(field.value()) for field in fields}


def test_two_desks_change_a_person_and_neither_takes_the_others_words_back(
    rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    page = reverse("dashboard:client-details", args=[rosa.public_id])
    browser = browser_of(desk)
    opened = shown_by(browser, page)
    browser.post(page, opened | {"pronouns": "she/her"})
    browser.post(page, opened | {"name_used": "Rosie"})
    rosa.refresh_from_db()
    assert (rosa.pronouns, rosa.name_used) == ("she/her", "Rosie")
    browser.post(page, shown_by(browser, page) | {"pronouns": ""})
    rosa.refresh_from_db()
    assert (rosa.pronouns, rosa.name_used) == ("", "Rosie")


def test_a_form_that_stood_open_allows_no_text_that_a_colleague_forbade(
    rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    contact = rosa.contact_points.filter(kind="phone").get()
    page = reverse("dashboard:contact", args=[contact.public_id])
    browser = browser_of(desk)
    opened = shown_by(browser, page)
    browser.post(page, {name: value for name, value in opened.items() if name != "may_text"})
    browser.post(page, opened | {"label": "Work"})
    contact.refresh_from_db()
    assert (contact.may_text, contact.label) == (False, "Work")


def test_the_page_itself_says_what_it_showed(
    rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    contact = rosa.contact_points.filter(kind="phone").get()
    html = text(browser_of(desk).get(reverse("dashboard:contact", args=[contact.public_id])))
    assert '<input type="hidden" name="initial-may_text" value="True"' in html
