"""A pass looks at whom it heard of, in the order in which facts are committed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from attendance.models import Outcome
from attendance.services import undo_outcome
from clients.models import Case, Client, Mandate
from clients.services import come_back, set_away
from followups.closing import NEW_TIME
from followups.models import FollowUp, News, ProtocolCode, ReconcilePass
from followups.reconcile import Mended, reconcile
from followups.services import close_follow_up
from sessions_app.models import Participant, TherapySession
from sessions_app.services import cancel_participant
from tests.followups.conftest import NOON, only_follow_up, participant_of, record
from tests.side_by_side import under_way

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
SOON = NOON + timedelta(seconds=2)


@pytest.fixture
def looked(practice: object) -> None:
    """Everything was looked at a minute ago: the next pass hears of nothing but news."""
    reconcile(now=NOON - timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
def test_what_began_earlier_and_is_committed_later_is_seen_by_the_next_pass(
    looked: None, book: Book, rosa_case: Case, rosa: Client, field_case: Case, jonah: Client
) -> None:
    slow, quick = book(rosa_case), book(field_case, at="11:00")
    reconcile(now=NOON)
    with under_way(lambda: record(slow, rosa, now=NOON - timedelta(hours=2))):
        record(quick, jonah, now=NOON)
        assert reconcile(now=NOON) == Mended(opened=1, added=1)
        assert reconcile(now=SOON) == Mended()
    assert reconcile(now=SOON + timedelta(seconds=1)) == Mended(opened=1, added=1)
    assert set(FollowUp.objects.values_list("client", flat=True)) == {rosa.pk, jonah.pk}


@pytest.mark.django_db(transaction=True)
def test_verbs_on_one_client_do_not_wait_for_one_anothers_news(
    looked: None, book: Book, rosa_case: Case, rosa: Client
) -> None:
    session, other = book(rosa_case), book(rosa_case, at="12:00")
    with under_way(lambda: record(session, rosa)):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        record(other, rosa)
        reconcile(now=NOON)
    assert reconcile(now=SOON).added >= 1


@pytest.mark.django_db(transaction=True)
def test_news_of_a_pass_that_broke_off_is_news_again(
    looked: None, missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    with transaction.atomic():
        reconcile(now=NOON)
        transaction.set_rollback(True)
    assert not FollowUp.objects.exists()
    assert reconcile(now=SOON) == Mended(opened=1, added=1)


def test_taken_news_is_gone(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    assert News.objects.filter(client=rosa).exists()
    reconcile(now=NOON)
    assert not News.objects.exists()


def test_what_nobody_told_is_found_when_everything_is_looked_at(
    looked: None, missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    News.objects.all().delete()
    assert reconcile(now=SOON) == Mended()
    assert reconcile(now=NOON + timedelta(minutes=10)) == Mended(opened=1, added=1)


def test_clock_that_went_back_makes_everything_looked_at(
    looked: None, missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    News.objects.all().delete()
    ReconcilePass.objects.update(full_at=NOON + timedelta(hours=1))
    assert reconcile(now=SOON) == Mended(opened=1, added=1)


@pytest.mark.parametrize("outcome", [Outcome.ATTENDED, Outcome.EXCUSED])
def test_correction_is_news(
    looked: None, missed: Missed, rosa_case: Case, rosa: Client, outcome: Outcome
) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=NOON)
    record(participant.session, rosa, outcome, now=NOON + timedelta(minutes=1))
    assert reconcile(now=NOON + timedelta(minutes=2)) == Mended(withdrawn=1, closed=1)


def test_undoing_is_news(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=NOON)
    undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=1))
    assert reconcile(now=NOON + timedelta(minutes=2)) == Mended(withdrawn=1, closed=1)


def test_partner_who_came_is_news_of_the_one_who_did_not(
    looked: None, book: Book, field_case: Case, maya: Client, jonah: Client
) -> None:
    session = book(field_case)
    record(session, jonah)
    reconcile(now=NOON)
    record(session, maya, Outcome.ATTENDED, now=SOON)
    assert reconcile(now=SOON) == Mended(added=1)
    assert only_follow_up().client == jonah


def test_booking_cancelling_leaving_and_coming_are_news(
    looked: None, missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    News.objects.all().delete()
    session = book(rosa_case, on=NOON.date() + timedelta(days=7))
    assert News.objects.get().client == rosa
    News.objects.all().delete()
    cancel_participant(participant=participant_of(session, rosa), by="practice", actor=None, now=NOON)
    assert News.objects.get().client == rosa
    News.objects.all().delete()
    Client.objects.filter(pk=rosa.pk).update(left_on=NOON.date())
    assert News.objects.get().client == rosa
    assert reconcile(now=SOON) == Mended(closed=1)


def test_what_touches_nobody_followed_is_no_work(
    looked: None,
    book: Book,
    rosa_case: Case,
    rosa: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    record(book(rosa_case), rosa, Outcome.ATTENDED)
    with django_assert_max_num_queries(5):
        assert reconcile(now=SOON) == Mended()


def test_coming_back_from_away_is_news(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    set_away(
        client=rosa, away_from=NOON.date() + timedelta(days=1), away_until=None, reason="travel", actor=None
    )
    tomorrow = NOON + timedelta(days=1)
    reconcile(now=tomorrow, full=True)
    assert not FollowUp.objects.exists()
    come_back(client=rosa, actor=None)
    assert reconcile(now=tomorrow + timedelta(seconds=2)) == Mended(opened=1, added=1)


def test_new_mandate_is_news(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="26-CR-1", misses_before_alert=1)
    assert reconcile(now=SOON) == Mended(added=1)
    assert only_follow_up().protocol.code == ProtocolCode.COURT_MANDATED


def test_mandate_that_ends_is_news(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    mandate = Mandate.objects.create(
        case=rosa_case, client=rosa, order_reference="26-CR-1", misses_before_alert=1
    )
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    mandate.ended_on = NOON.date() - timedelta(days=1)
    mandate.save()
    assert reconcile(now=SOON) == Mended(withdrawn=1)


def test_gentle_follow_up_taken_up_again_is_seen_at_once(
    looked: None, missed: Missed, book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    closed = close_follow_up(follow_up=only_follow_up(), because="They rang.", actor=amara, now=SOON)
    book(rosa_case, on=NOON.date() + timedelta(days=7), now=SOON)
    reconcile(now=SOON)
    # The page refuses by now; whoever was opening it while she was booked could not know.
    still = {"state": FollowUp.State.OPEN, "closed_at": None, "closed_by": None, "closed_because": ""}
    FollowUp.objects.filter(pk=closed.pk).update(**still)
    assert reconcile(now=SOON + timedelta(seconds=2)) == Mended(closed=1)
    assert only_follow_up().closed_because == NEW_TIME


def test_case_opened_again_is_news(looked: None, missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    Case.objects.filter(pk=rosa_case.pk).update(closed_on=NOON.date(), closed_because="Done.")
    assert reconcile(now=NOON) == Mended()
    Case.objects.filter(pk=rosa_case.pk).update(closed_on=None, closed_because="")
    assert reconcile(now=SOON) == Mended(opened=1, added=1)
