"""The page of a court's order: whose it is to read, and that its dates are always in sight."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.mandates import (
    MandateDetails,
    add_reporting_date,
    change_mandate,
    end_mandate,
    record_mandate,
    settle_reporting_date,
    take_up_mandate,
)
from clients.models import Case, Client, Mandate
from followups.services import open_follow_up
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]  # of the test client


@pytest.fixture
def mandate(rosa_case: Case, rosa: Client, amara: User) -> Mandate:
    return record_mandate(
        case=rosa_case,
        client=rosa,
        details=MandateDetails(order_reference="26-CF-7", terms="Weekly", contact_name="Pat Lowell"),
        due_on=(TODAY + timedelta(days=3), TODAY + timedelta(days=40)),
        actor=amara,
    )


def page_of(mandate: Mandate) -> str:
    return reverse("dashboard:mandate", args=[mandate.public_id])


def test_clinician_notes_an_order_with_several_dates(
    rosa_case: Case, rosa: Client, amara: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    url = reverse("dashboard:mandate-new", args=[rosa_case.public_id])
    assert url in text(browser.get(reverse("dashboard:case", args=[rosa_case.public_id])))
    typed = {
        "client": str(rosa.public_id), "order_reference": "26-CF-9", "misses_before_alert": "3",
        "terms": "Weekly for six months", "contact_name": "Pat Lowell", "contact_details": "555-0100",
        "first_due_on": "2026-12-01", "second_due_on": "2027-01-04",
    }  # fmt: skip
    assert browser.post(url, typed | {"order_reference": ""}).status_code == 422
    answer = browser.post(url, typed)
    order = Mandate.objects.get()
    assert answer["Location"] == page_of(order)
    shown = text(browser.get(page_of(order)))
    for fact in ("26-CF-9", "Weekly for six months", "Pat Lowell", "555-0100", "after 3 misses"):
        assert fact in shown
    assert "1 December 2026" in shown
    assert "4 January 2027" in shown


def test_words_of_a_report_that_may_blame_are_asked_about_once(
    mandate: Mandate, amara: User, browser_of: SignIn
) -> None:
    url = reverse("dashboard:court-report-new", args=[mandate.public_id])
    sent = {
        "kind": "routine", "since_on": "2026-10-01", "until_on": "2026-11-01", "parts": ["plan"],
        "plan": "She failed to attend; now she comes on Thursdays",
    }  # fmt: skip
    asked = browser_of(amara).post(url, sent)
    assert asked.status_code == 422
    assert "Write it in these words all the same" in text(asked)
    assert "She failed to attend" in text(asked)
    assert browser_of(amara).post(url, sent | {"keep_flagged": "on"}).status_code == 302


def test_order_is_for_somebody_in_the_case(rosa_case: Case, maya: Client, amara: User) -> None:
    with pytest.raises(ValidationError, match="not in treatment in this case"):
        record_mandate(case=rosa_case, client=maya, details=MandateDetails(order_reference="x"), actor=amara)


def test_desk_and_strangers_cannot_touch_an_order(
    mandate: Mandate, rosa_case: Case, rosa: Client, desk: User, luis: User, admin_user: User
) -> None:
    details = MandateDetails(order_reference="changed")
    for actor in (desk, luis, admin_user):
        for verb in (
            lambda by: record_mandate(case=rosa_case, client=rosa, details=details, actor=by),
            lambda by: change_mandate(mandate=mandate, details=details, actor=by),
            lambda by: end_mandate(mandate=mandate, on=TODAY, actor=by),
            lambda by: add_reporting_date(mandate=mandate, due_on=TODAY, actor=by),
        ):
            with pytest.raises(PermissionDenied):
                verb(actor)
    mandate.refresh_from_db()
    assert (mandate.order_reference, mandate.ended_on) == ("26-CF-7", None)


def test_desk_reads_nothing_of_an_order_anywhere(
    mandate: Mandate, rosa: Client, rosa_case: Case, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    assert browser.get(page_of(mandate)).status_code == 403
    for url in (
        reverse("dashboard:case", args=[rosa_case.public_id]),
        reverse("dashboard:client", args=[rosa.public_id]),
        reverse("dashboard:follow-ups"),
        reverse("dashboard:board"),
    ):
        shown = text(browser.get(url))
        assert "26-CF-7" not in shown
        assert "court" not in shown.lower()


def test_history_keeps_who_changed_an_order(mandate: Mandate, dana: User) -> None:
    change_mandate(mandate=mandate, details=MandateDetails(order_reference="26-CF-8"), actor=dana)
    written = mandate.events.order_by("pgh_id")  # type: ignore[attr-defined]  # of the history
    assert [one.order_reference for one in written] == ["26-CF-7", "26-CF-8"]
    assert written.last().pgh_context == {"verb": "change_mandate", "actor": str(dana.public_id)}


@pytest.fixture
def near(mandate: Mandate) -> Mandate:
    """An order whose next report is due in three days, counted from the day of the test."""
    mandate.reporting_dates.all().delete()
    mandate.reporting_dates.create(due_on=timezone.now().date() + timedelta(days=3))
    return mandate


def test_deadline_is_on_today_of_its_clinician_and_supervisor_alone(
    near: Mandate, amara: User, dana: User, luis: User, client: Browser
) -> None:
    for reader, sees in ((amara, True), (dana, True), (luis, False)):
        client.force_login(reader)
        shown = text(client.get(reverse("dashboard:today")))
        assert ("A court expects a report" in shown) is sees
        assert (page_of(near) in shown) is sees


def test_deadline_stands_on_top_of_the_follow_up(
    near: Mandate, rosa: Client, rosa_case: Case, amara: User, desk: User, client: Browser
) -> None:
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="court_mandated", actor=amara, now=NOW
    )
    url = reverse("dashboard:follow-up", args=[follow_up.public_id])
    client.force_login(amara)
    shown = text(client.get(url))
    assert shown.index("The court expects a report by") < shown.index("Open with concern")
    client.force_login(desk)
    assert "court" not in text(client.get(url)).lower()


def test_settled_date_and_ended_order_ask_for_nothing(near: Mandate, amara: User, browser_of: SignIn) -> None:
    browser, today = browser_of(amara), reverse("dashboard:today")
    end_mandate(mandate=near, on=TODAY, actor=amara)
    assert "A court expects" not in text(browser.get(today))
    take_up_mandate(mandate=near, actor=amara)
    assert "A court expects" in text(browser.get(today))
    day = near.reporting_dates.get()
    settling = reverse("dashboard:reporting-date-settling", args=[day.public_id])
    assert browser.post(settling, {"because": ""}).status_code == 422
    browser.post(settling, {"because": "The hearing was moved"})
    assert "A court expects" not in text(browser.get(today))
    assert "The hearing was moved" in text(browser.get(page_of(near)))
    browser.post(reverse("dashboard:reporting-date-reopening", args=[day.public_id]))
    assert "A court expects" in text(browser.get(today))


def test_same_date_is_noted_once(mandate: Mandate, amara: User, browser_of: SignIn) -> None:
    url = reverse("dashboard:reporting-dates", args=[mandate.public_id])
    browser = browser_of(amara)
    refused = browser.post(url, {"due_on": str(TODAY + timedelta(days=3))})
    assert refused.status_code == 422
    assert "noted already" in text(refused)
    assert browser.post(url, {"due_on": "2027-03-01"}).status_code == 302
    assert mandate.reporting_dates.filter(due_on=date(2027, 3, 1)).exists()


def test_settling_twice_keeps_the_first_word(mandate: Mandate, amara: User, dana: User) -> None:
    day = mandate.reporting_dates.first()
    assert day
    settle_reporting_date(reporting_date=day, because="Sent by post", actor=amara, now=NOW)
    settle_reporting_date(reporting_date=day, because="Something else", actor=dana, now=NOW)
    day.refresh_from_db()
    assert (day.settled_because, day.settled_by) == ("Sent by post", amara)
