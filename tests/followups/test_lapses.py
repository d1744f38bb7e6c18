"""Re-engagement after a lapse: days from the miss to being reached, and to being back."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case, Client, Mandate
from followups.lapses import lapsed_since, lapses_of
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from sessions_app.models import Participant, TherapySession
from tests.followups.conftest import NOON, only_follow_up, record

Missed = Callable[..., Participant]
DAY = timedelta(days=1)


def test_days_are_counted_from_the_first_miss_to_reached_and_to_back(
    missed: Missed,
    book: Callable[..., TherapySession],
    rosa_case: Case,
    rosa: Client,
    amara: User,
    practice: Practice,
) -> None:
    missed(rosa_case, rosa)
    missed(rosa_case, rosa, on=date(2026, 11, 18))
    reconcile(now=NOON + 2 * DAY)
    talk = AttemptDetails(channel="call", result="reached", client_words="Nerves")
    log_attempt(follow_up=only_follow_up(), attempt=talk, actor=amara, now=NOON + 3 * DAY)
    [lapse] = lapses_of(rosa, rosa_case, practice.zone)
    assert (lapse.misses, lapse.days_to_reached, lapse.days_to_back) == (2, 3, None)
    back = NOON + 7 * DAY
    record(book(rosa_case, on=back.date(), now=back - DAY), rosa, "attended_late", now=back)
    [lapse] = lapses_of(rosa, rosa_case, practice.zone)
    assert (lapse.days_to_reached, lapse.days_to_back) == (3, 7)
    assert lapsed_since(rosa, rosa_case) is None


def test_excused_absence_neither_begins_nor_ends_a_lapse(
    missed: Missed,
    book: Callable[..., TherapySession],
    rosa_case: Case,
    rosa: Client,
    practice: Practice,
) -> None:
    record(book(rosa_case, on=NOON.date(), now=NOON - DAY), rosa, "excused")
    assert lapses_of(rosa, rosa_case, practice.zone) == []
    first = missed(rosa_case, rosa, on=date(2026, 11, 17))
    wednesday = NOON + 2 * DAY
    record(book(rosa_case, on=wednesday.date(), now=wednesday - DAY), rosa, "excused", now=wednesday)
    assert lapsed_since(rosa, rosa_case) == first.starts_at


def test_case_page_shows_the_count_and_the_days(
    missed: Missed,
    book: Callable[..., TherapySession],
    rosa_case: Case,
    rosa: Client,
    amara: User,
    client: Browser,
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="26-CF-7")
    missed(rosa_case, rosa)
    back = NOON + 7 * DAY
    record(book(rosa_case, on=back.date(), now=back - DAY), rosa, "attended", now=back)
    client.force_login(amara)
    page = client.get(reverse("dashboard:case", args=[rosa_case.public_id])).content.decode()
    shown = " ".join(page.split())
    assert 'After a miss <span class="muted small tabular">1 time</span>' in shown
    assert "not reached, back after 7 days" in shown
