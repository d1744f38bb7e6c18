"""A court's order, lived through: its clinician, the supervisor, and a notice that waits for the call."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Practice, User
from attendance.services import Seen, record_outcome
from clients.disclosing import BasisDetails, record_basis
from clients.mandates import MandateDetails, record_mandate
from clients.models import Case, Client, Mandate
from followups.court_reports import suggested_words, write_report
from followups.models import Disclosure, FollowUp
from followups.reconcile import reconcile
from sessions_app.models import Response, TherapySession
from tests.plugins.desks import PhoneOf, until_heard
from tests.plugins.everybody import IsForEverybody
from tests.reminders.conftest import pass_at

OpenPage = Callable[..., Page]


@pytest.fixture
def ordered(
    transactional_db: None,
    midday: str,
    rosa_case: Case,
    rosa: Client,
    amara: User,
    booked: Callable[..., TherapySession],
) -> Mandate:
    """Rosa's order expects a report in three days; an hour ago she was missed. She is booked for tomorrow."""
    now = datetime.now(UTC)
    today = Practice.objects.get().today(now)
    Client.objects.update(timezone=midday)
    mandate = record_mandate(
        case=rosa_case,
        client=rosa,
        details=MandateDetails(
            order_reference="26-CF-7",
            terms="Weekly sessions for six months; attendance is reported once a month.",
            contact_name="Officer Pat Lowell",
            misses_before_alert=1,
        ),
        due_on=(today + timedelta(days=3), today + timedelta(days=33)),
        actor=amara,
    )
    missed = booked(rosa_case, minutes_ago=60).participants.get()
    record_outcome(participant=missed, seen=Seen(outcome="no_show", source="board"), actor=amara, now=now)
    booked(rosa_case, minutes_ago=-22 * 60)
    reconcile(now=now)
    return mandate


def put_consent_on_file(mandate: Mandate, actor: User, covers: tuple[str, ...] = ("attendance",)) -> None:
    now = datetime.now(UTC)
    today = Practice.objects.get().today(now)
    details = BasisDetails(
        kind="consent",
        discloser="Lakeside Counseling",
        recipient="Officer Pat Lowell",
        purpose="Monthly reports",
        covers=covers,
        signed_on=today - timedelta(days=20),
        expires_on=today + timedelta(days=160),
    )
    record_basis(mandate=mandate, details=details, actor=actor, now=now)


def test_notice_waits_for_consent_and_for_the_clients_account(
    open_page: OpenPage,
    phone_of: PhoneOf,
    ordered: Mandate,
    amara: User,
    rosa: Client,
    complaints: list[str],
) -> None:
    page = open_page(amara, "/")
    deadlines = page.get_by_role("region", name="A court expects a report")
    deadlines.get_by_role("link", name="Rosa Mendes").first.click()
    expect(page.get_by_text("There is no signed consent on file")).to_be_visible()

    # The consent is put on file.
    page.get_by_role("link", name="Put a consent on file").click()
    today = Practice.objects.get().today(datetime.now(UTC))
    page.get_by_label("What for").fill("Monthly reports")
    page.get_by_label("Signed on").fill(today.isoformat())
    page.get_by_label("Ends on").fill((today + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Put it on file").click()
    expect(page.get_by_text("Attendance may be reported to Officer Pat Lowell.")).to_be_visible()

    # A notice is locked, and the lock says what opens it.
    page.get_by_role("link", name="Something else goes to the court").click()
    page.get_by_label("A notice of non-compliance").check()
    page.get_by_role("button", name="Note that it goes").click()
    expect(page.get_by_role("alert")).to_contain_text("Opens once you've noted Rosa's account")
    assert not Disclosure.objects.exists()
    complaints.clear()  # of the 422

    # The call: the deadline stands above it; her own words are noted.
    page.goto(page.url.split("/court/")[0] + f"/follow-ups/{FollowUp.objects.get().public_id}/")
    expect(page.get_by_text("The court expects a report by")).to_be_visible()
    page.get_by_role("checkbox", name="We first spoke of what goes to the court").check()
    page.get_by_label("In their words").fill("The bus line was cut; I am ashamed to say it.")
    page.get_by_label("What they want the court to know").fill("The bus line was cut. I want to go on.")
    page.get_by_role("checkbox", name="They approved these words").check()
    page.get_by_label("What help did you offer?").fill("A bus pass for a month")
    page.get_by_label("What did you plan together?").fill("Thursdays at nine")
    page.get_by_role("button", name="We talked").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: we talked.")
    expect(page.get_by_text("For the court, approved: The bus line was cut.")).to_be_visible()

    # Now it may go; she sends it, Kept notes it.
    page.get_by_role("link", name="Open the order").click()
    expect(page.get_by_text("the further steps are open")).to_be_visible()
    page.get_by_role("link", name="Something else goes to the court").click()
    page.get_by_label("A notice of non-compliance").check()
    page.get_by_role("button", name="Note that it goes").click()
    expect(page.get_by_role("heading", name="What went to the court")).to_be_visible()
    assert Disclosure.objects.get().disclosed_by == amara

    # On her phone: her next time, and no word of a court. She confirms it, and their page says so.
    pass_at(datetime.now(UTC))
    hers = phone_of(rosa)
    expect(hers.get_by_role("log").get_by_text(re.compile("C (to confirm|confirms)"))).to_be_visible()
    for word in ("court", "order", "26-CF-7", "Lowell", "missed"):
        expect(hers.get_by_role("log").get_by_text(word)).to_have_count(0)
    hers.get_by_role("button", name="C confirm").click()
    until_heard(hers)
    pass_at(datetime.now(UTC))
    expect(hers.get_by_role("log").get_by_text("Thank you. See you")).to_be_visible()
    assert TherapySession.objects.latest("starts_at").participants.get().response == Response.CONFIRMED


def test_report_is_written_approved_signed_and_taken_along(
    open_page: OpenPage, ordered: Mandate, amara: User, complaints: list[str]
) -> None:
    put_consent_on_file(ordered, amara, covers=("attendance", "plan"))
    page = open_page(amara, f"/court/orders/{ordered.public_id}/")
    page.get_by_role("link", name="Write a report").click()
    page.get_by_role("checkbox", name="The plan").check()
    page.get_by_role("textbox", name="The plan").fill("Thursdays at nine, by video when the bus fails.")
    page.get_by_role("button", name="See the paper").click()
    expect(page.get_by_role("heading", name="Attendance report")).to_be_visible()
    page.get_by_role("button", name="Rosa approved these words").click()
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("heading", name="Signed by Dr. Amara Okafor")).to_be_visible()
    page.get_by_role("button", name="Note that it goes").click()
    page.get_by_role("dialog").get_by_role("button", name="It goes").click()
    expect(page.get_by_role("heading", name="to Officer Pat Lowell")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="The PDF").click()
    assert download.value.suggested_filename == "report.pdf"
    assert Disclosure.objects.get().parts == ["attendance", "plan"]


def test_supervisor_answers_for_a_deadline_and_still_cannot_send_without_consent(
    open_page: OpenPage, ordered: Mandate, dana: User, complaints: list[str]
) -> None:
    day = ordered.reporting_dates.first()
    assert day
    page = open_page(dana, f"/court/orders/{ordered.public_id}/")
    page.get_by_role("link", name="cannot wait").first.click()
    page.get_by_label("Why can it not wait").fill("The hearing is on that day.")
    page.get_by_role("button", name="I answer for it").click()
    expect(page.get_by_text("Dana Reyes answers for the notice")).to_be_visible()
    page.get_by_role("link", name="Something else goes to the court").click()
    page.get_by_label("A notice of non-compliance").check()
    page.get_by_label("Due on").select_option(str(day.public_id))
    page.get_by_role("button", name="Note that it goes").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no signed consent on file")
    assert not Disclosure.objects.exists()
    complaints.clear()  # of the 422


def test_pages_of_an_order_are_for_everybody(
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    ordered: Mandate,
    rosa_case: Case,
    amara: User,
) -> None:
    put_consent_on_file(ordered, amara)
    now = datetime.now(UTC)
    words = replace(suggested_words(ordered, now=now), parts=("plan",), plan="Thursdays at nine")
    report = write_report(mandate=ordered, words=words, actor=amara, now=now)
    order = f"/court/orders/{ordered.public_id}/"
    for address in (
        "/",
        order,
        f"{order}details/",
        f"{order}consents/new/",
        f"{order}disclosures/new/",
        f"{order}reports/new/",
        f"/court/reports/{report.public_id}/",
        f"/clients/cases/{rosa_case.public_id}/",
        f"/follow-ups/{FollowUp.objects.get().public_id}/",
    ):
        is_for_everybody(look_at(amara, address))


def test_order_is_reached_by_keyboard_alone(open_page: OpenPage, ordered: Mandate, amara: User) -> None:
    page = open_page(amara, f"/court/orders/{ordered.public_id}/")
    link = page.get_by_role("link", name="Put a consent on file")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A signed consent")).to_be_visible()
