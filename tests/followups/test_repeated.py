"""Missed several times: the talk, a private word, the supervisor's answer, what is agreed, and the review by two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import override

from accounts.models import User
from attendance.models import Outcome
from clients.models import Case, Client, Mandate
from followups.agreeing import agree_on_change
from followups.ending import close_case
from followups.models import (
    AgreedChange,
    AttemptChannel,
    AttemptResult,
    ContactAttempt,
    FollowUp,
    PatternTalk,
    PrivateNote,
    SuitabilityReview,
)
from followups.reconcile import reconcile
from followups.repeated import (
    CostDetails,
    TalkDetails,
    answer_consultation,
    ask_supervisor,
    consultations_waiting,
    note_cost,
    note_pattern_talk,
    private_words_of,
    read_answer,
    write_private_words,
)
from followups.reviews import (
    Consulted,
    Judgement,
    evidence_of,
    open_review,
    reviews_waiting,
    sign_review,
)
from followups.services import AttemptDetails, close_follow_up, complete_step, log_attempt
from followups.taking_back import take_back_attempt
from followups.wellbeing import finish_wellbeing_concern, raise_wellbeing_concern
from reminders.models import Message
from sessions_app.models import Modality, Participant, TherapySession
from sessions_app.services import Rhythm, apply_rhythm, cancel_participant, plan_rhythm, sessions_ahead
from tests.conftest import TODAY
from tests.followups.conftest import NOON, record

Book = Callable[..., TherapySession]
Missed = Callable[..., Participant]
SOON = NOON + timedelta(seconds=2)
LATER = NOON + timedelta(hours=4)
SAID = "The bus takes two hours"


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed last week and today."""
    for weeks in (1, 0):
        missed(rosa_case, rosa, on=TODAY - timedelta(weeks=weeks))
    reconcile(now=SOON)
    return FollowUp.objects.with_people().with_attempts().get()


def fresh(follow_up: FollowUp) -> FollowUp:
    return FollowUp.objects.with_people().with_attempts().get(pk=follow_up.pk)


def unreached(follow_up: FollowUp, actor: User) -> FollowUp:
    for hours in range(3):
        attempt = AttemptDetails(channel=AttemptChannel.CALL, result=AttemptResult.NO_ANSWER)
        log_attempt(follow_up=follow_up, attempt=attempt, actor=actor, now=SOON + timedelta(hours=hours))
    return fresh(follow_up)


# ---- the talk, its cost, and a word for oneself


def test_what_they_say_is_kept_by_theme_for_their_clinicians(
    rosas: FollowUp, amara: User, desk: User, luis: User
) -> None:
    with pytest.raises(ValidationError, match="at least one"):
        note_pattern_talk(follow_up=rosas, details=TalkDetails(), actor=amara, now=NOON)
    note_pattern_talk(follow_up=rosas, details=TalkDetails(scheduling=SAID), actor=amara, now=NOON)
    assert PatternTalk.objects.get().scheduling == SAID
    for other in (desk, luis):
        with pytest.raises(PermissionDenied):
            note_pattern_talk(follow_up=rosas, details=TalkDetails(personal="x"), actor=other, now=NOON)


def test_what_it_costs_the_client_is_noted_with_its_history(rosas: FollowUp, amara: User) -> None:
    note_cost(follow_up=rosas, details=CostDetails(unresolved="Grief", concern="some"), actor=amara, now=NOON)
    noted = note_cost(
        follow_up=rosas, details=CostDetails(unresolved="Sleep", concern="much"), actor=amara, now=SOON
    )
    assert (noted.unresolved, noted.concern) == ("Sleep", "much")
    events: Any = noted._meta.get_field("events").related_model
    before = events.objects.order_by("pgh_id").values_list("unresolved", flat=True)
    assert list(before) == ["Grief", "Sleep"]


def test_a_word_for_oneself_is_read_by_nobody_else_and_leaves_no_history(
    rosas: FollowUp, amara: User, dana: User
) -> None:
    write_private_words(follow_up=rosas, feeling="frustrated", words="Xolotl again", actor=amara, now=NOON)
    mine = private_words_of(amara, rosas)
    assert mine
    assert (mine.words, mine.feeling_label) == ("Xolotl again", "Frustrated")
    assert private_words_of(dana, rosas) is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'followups%%'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM \"{table}\" t WHERE t::text ILIKE '%xolotl%'")
            assert cursor.fetchone() == (0,), table
    assert not any(field.name == "events" for field in PrivateNote._meta.get_fields())
    write_private_words(follow_up=rosas, feeling="", words="", actor=amara, now=SOON)
    assert private_words_of(amara, rosas) is None


# ---- asking the supervisor


def test_a_question_reaches_the_supervisor_and_the_answer_comes_back(
    rosas: FollowUp, amara: User, dana: User, luis: User
) -> None:
    with pytest.raises(ValidationError, match="Write what"):
        ask_supervisor(follow_up=rosas, question=" ", actor=amara, now=NOON)
    asked = ask_supervisor(follow_up=rosas, question="What now?", actor=amara, now=NOON)
    assert list(consultations_waiting(dana)) == [asked]
    assert not consultations_waiting(amara).exists()
    for other in (amara, luis):
        with pytest.raises(PermissionDenied):
            answer_consultation(consultation=asked, answer="Wait", actor=other, now=NOON)
    answer_consultation(consultation=asked, answer="Ask about the hour", actor=dana, now=SOON)
    assert not consultations_waiting(dana).exists()
    assert list(consultations_waiting(amara)) == [asked]
    read_answer(consultation=asked, actor=dana, now=SOON)
    assert consultations_waiting(amara).exists()
    read_answer(consultation=asked, actor=amara, now=SOON)
    assert not consultations_waiting(amara).exists()


def test_who_has_no_supervisor_is_told_so(rosas: FollowUp, amara: User) -> None:
    amara.supervisor = None
    with pytest.raises(ValidationError, match="Nobody is named as your supervisor"):
        ask_supervisor(follow_up=rosas, question="What now?", actor=amara, now=NOON)


# ---- what is agreed


@pytest.fixture
def ahead(book: Book, rosa_case: Case, rosas: FollowUp) -> list[TherapySession]:
    """Six Mondays at ten, in person."""
    return [book(rosa_case, on=TODAY + timedelta(weeks=n), now=NOON - timedelta(days=1)) for n in range(1, 7)]


BIWEEKLY = Rhythm(
    every_weeks=2, weekday=2, at=time(15), modality=Modality.VIDEO, video_link="https://video.example.org/a"
)


def test_biweekly_by_video_changes_the_sessions_ahead_in_one_step(
    ahead: list[TherapySession], rosas: FollowUp, amara: User
) -> None:
    agreed = agree_on_change(
        follow_up=rosas,
        rhythm=BIWEEKLY,
        support="Her sister drives",
        words="Lakeside: As agreed, every 2 weeks by video.",
        actor=amara,
        now=NOON,
    )
    found = sessions_ahead(rosas.case, NOON)
    assert [one.on for one in found] == [date(2026, 11, 25), date(2026, 12, 9), date(2026, 12, 23)]
    assert {(one.at, one.modality, one.video_link) for one in found} == {
        (time(15), "video", "https://video.example.org/a")
    }
    assert len({one.series for one in found}) == 1
    kept = AgreedChange.objects.get()
    assert (kept.agreed_on, kept.agreed_by, kept.support) == (TODAY, amara, "Her sister drives")
    assert (kept.changed, kept.called_off, kept.booked, kept.stayed) == (3, 3, 0, 0)
    assert agreed.untold == ()
    assert Message.objects.get(purpose="staff").words.startswith("Lakeside: As agreed")
    reconcile(now=SOON)


def test_a_look_changes_nothing(ahead: list[TherapySession], rosas: FollowUp) -> None:
    planned = plan_rhythm(case=rosas.case, rhythm=BIWEEKLY, now=NOON)
    assert [step.kind for step in planned.steps] == [
        "changes", "calls_off", "changes", "calls_off", "changes", "calls_off",
    ]  # fmt: skip
    assert [one.on for one in sessions_ahead(rosas.case, NOON)] == [one.on for one in ahead]


def test_the_same_rhythm_leaves_everything_as_it_is(
    ahead: list[TherapySession], rosas: FollowUp, amara: User
) -> None:
    first = ahead[0]
    same = Rhythm(
        every_weeks=1, weekday=0, at=time(10), modality="in_person", location=first.location, room=first.room
    )
    agree_on_change(follow_up=rosas, rhythm=same, support="", words="", actor=amara, now=NOON)
    assert {one.version for one in sessions_ahead(rosas.case, NOON)} == {1}


def test_a_day_that_is_taken_stays_as_it_was_and_is_said(
    ahead: list[TherapySession], rosas: FollowUp, field_case: Case, amara: User, book: Book
) -> None:
    book(field_case, on=date(2026, 12, 9), at="15:00", room=None)
    agreed = agree_on_change(follow_up=rosas, rhythm=BIWEEKLY, support="", words="", actor=amara, now=NOON)
    [refused] = agreed.rearranged.refused
    assert "already has a session" in refused.because
    first, kept, last = sessions_ahead(rosas.case, NOON)
    assert (kept.on, kept.modality, kept.version) == (date(2026, 12, 7), "in_person", 1)
    assert first.series == last.series != kept.series


def test_words_that_blame_leave_everything_as_it_was(
    ahead: list[TherapySession], rosas: FollowUp, amara: User
) -> None:
    with pytest.raises(ValidationError):
        agree_on_change(
            follow_up=rosas, rhythm=BIWEEKLY, support="", words="You failed to attend.", actor=amara, now=NOON
        )
    assert [one.on for one in sessions_ahead(rosas.case, NOON)] == [one.on for one in ahead]
    assert not AgreedChange.objects.exists()


def test_who_called_off_the_next_time_alone_is_expected_at_the_new_ones(
    book: Book, field_case: Case, maya: Client, jonah: Client, amara: User
) -> None:
    first = book(field_case, on=date(2026, 11, 23), now=NOON - timedelta(days=1))
    cancel_participant(participant=first.participants.get(client=maya), by="client", actor=None, now=NOON)
    weekly = replace(BIWEEKLY, every_weeks=1, count=2)
    apply_rhythm(case=field_case, rhythm=weekly, actor=amara, now=NOON)
    added = sessions_ahead(field_case, NOON)[-1]
    assert added.pk != first.pk
    assert {one.client for one in added.participants.all()} == {maya, jonah}


def test_without_anything_booked_there_is_nothing_to_change(rosas: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError, match="Nothing is booked ahead"):
        agree_on_change(follow_up=rosas, rhythm=BIWEEKLY, support="", words="", actor=amara, now=NOON)


# ---- the review


END = Judgement(
    serves="A place nearer to her home",
    considered="Video, evenings, a lift",
    outcome="end",
    letter="Dear Rosa, you are welcome back at any time.",
    referrals="Harbor House, (312) 555-0199",
)


def test_a_review_opens_only_where_both_conditions_hold(
    rosas: FollowUp, amara: User, book: Book, rosa: Client
) -> None:
    with pytest.raises(ValidationError, match="3 calls"):
        open_review(follow_up=rosas, actor=amara, now=NOON)
    follow_up = unreached(rosas, amara)
    record(book(rosas.case, on=TODAY, at="11:00"), rosa, Outcome.ATTENDED)
    with pytest.raises(ValidationError, match="stays away"):
        open_review(follow_up=follow_up, actor=amara, now=NOON)


def test_a_review_is_decided_by_two_under_the_same_words(
    rosas: FollowUp, amara: User, dana: User, luis: User, desk: User
) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    assert open_review(follow_up=fresh(rosas), actor=dana, now=NOON) == review
    assert list(reviews_waiting(amara)) == list(reviews_waiting(dana)) == [review]
    for other in (luis, desk):
        with pytest.raises(PermissionDenied):
            sign_review(review=review, judgement=END, actor=other, now=NOON)
    adjust = Judgement(serves="Evenings", considered="A pause", outcome="adjust")
    signed = sign_review(review=review, judgement=adjust, actor=amara, now=NOON)
    assert not signed.is_decided
    assert not reviews_waiting(amara).exists()
    other_words = sign_review(review=review, judgement=END, actor=dana, now=NOON)
    assert (other_words.clinician, other_words.supervisor, other_words.is_decided) == (None, dana, False)
    decided = sign_review(review=review, judgement=END, actor=amara, now=SOON)
    assert (decided.clinician, decided.supervisor, decided.decided_at) == (amara, dana, SOON)
    assert decided.evidence
    assert decided.evidence["without_notice"] == 2
    assert len(decided.evidence["attempts"]) == 3
    rosas.refresh_from_db()
    rosas.case.refresh_from_db()
    assert (rosas.is_open, rosas.case.closed_on) == (True, None)  # nothing follows by itself
    with pytest.raises(ValidationError, match="is decided"):
        sign_review(review=review, judgement=adjust, actor=amara, now=SOON)


def test_what_was_offered_is_said_in_the_readers_language(rosas: FollowUp, amara: User) -> None:
    complete_step(follow_up=unreached(rosas, amara), actor=amara, now=LATER)
    with override("es"):
        [offer] = evidence_of(amara, fresh(rosas), now=LATER).offers
    assert offer.endswith(": Ver qué facilitaría venir")


def test_a_name_goes_with_who_left_before_the_other_decided(
    rosas: FollowUp, amara: User, dana: User, luis: User
) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    sign_review(review=review, judgement=END, actor=amara, now=NOON)
    User.objects.filter(pk=amara.pk).update(is_active=False)
    hers = sign_review(review=review, judgement=END, actor=dana, now=SOON)
    assert (hers.clinician, hers.supervisor, hers.is_decided) == (None, dana, False)
    # Who takes over decides anew; and nobody stands on both sides, whatever they were before.
    rosas.case.case_clinicians.filter(clinician=amara).update(clinician=dana)
    both = sign_review(review=review, judgement=END, actor=dana, now=SOON)
    assert (both.clinician, both.supervisor, both.is_decided) == (dana, None, False)


OUTSIDE = Consulted(name="Ana Ruiz", role="licensed supervisor", on=TODAY)


def test_who_treats_alone_decides_with_somebody_from_outside(rosas: FollowUp, amara: User) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    User.objects.exclude(pk=amara.pk).update(is_active=False)
    signed = sign_review(review=review, judgement=END, actor=amara, now=NOON)
    assert not signed.is_decided
    assert list(reviews_waiting(amara)) == [review]
    decided = sign_review(review=review, judgement=END, consulted=OUTSIDE, actor=amara, now=SOON)
    assert (decided.clinician, decided.consultant, decided.decided_at) == (amara, "Ana Ruiz", SOON)
    assert decided.consulted_on == TODAY
    close_follow_up(follow_up=rosas, because="Not reached", actor=amara, now=SOON)
    assert close_case(case=rosas.case, because="Decided", actor=amara, now=SOON).closed_on == TODAY


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " dr. amara OKAFOR "}, "consultant"),
        ({"name": " "}, "consultant"),
        ({"role": ""}, "consultant_as"),
        ({"on": None}, "consulted_on"),
        ({"on": TODAY + timedelta(days=1)}, "consulted_on"),
        ({"on": TODAY - timedelta(days=1)}, "consulted_on"),
    ],
)
def test_the_second_name_is_somebody_elses_and_of_a_talk_that_was(
    changed: dict[str, Any], field: str, rosas: FollowUp, amara: User
) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    User.objects.exclude(pk=amara.pk).update(is_active=False)
    with pytest.raises(ValidationError) as refusal:
        sign_review(
            review=review, judgement=END, consulted=replace(OUTSIDE, **changed), actor=amara, now=SOON
        )
    assert set(refusal.value.error_dict) == {field}
    review.refresh_from_db()
    assert review.clinician is None


def test_nobody_from_outside_decides_where_a_colleague_could(
    rosas: FollowUp, amara: User, dana: User, luis: User
) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    User.objects.filter(pk=dana.pk).update(is_active=False)  # Luis could be asked still
    for somebody in (amara, luis):
        with pytest.raises((ValidationError, PermissionDenied)):
            sign_review(review=review, judgement=END, consulted=OUTSIDE, actor=somebody, now=SOON)


def test_a_call_on_which_a_review_rests_is_not_taken_back(rosas: FollowUp, amara: User) -> None:
    last = SOON + timedelta(hours=2, minutes=1)
    open_review(follow_up=unreached(rosas, amara), actor=amara, now=last)
    with pytest.raises(ValidationError, match="decided on it since"):
        take_back_attempt(attempt=rosas.attempts.latest("at"), actor=amara, now=last)
    assert ContactAttempt.objects.count() == 3


def test_an_end_needs_its_letter_and_referrals(rosas: FollowUp, amara: User) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    bare = Judgement(serves="x", considered="x", outcome="end")
    with pytest.raises(ValidationError) as refusal:
        sign_review(review=review, judgement=bare, actor=amara, now=NOON)
    assert set(refusal.value.error_dict) == {"letter", "referrals"}


def test_an_open_worry_blocks_the_end(rosas: FollowUp, rosa: Client, amara: User, desk: User) -> None:
    review = open_review(follow_up=unreached(rosas, amara), actor=amara, now=NOON)
    worry = raise_wellbeing_concern(client=rosa, case=rosas.case, words="Low", actor=desk, now=NOON)
    with pytest.raises(ValidationError, match="somebody worries"):
        sign_review(review=review, judgement=END, actor=amara, now=NOON)
    finish_wellbeing_concern(concern=worry, outcome="Safe", actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="Ending is locked again"):
        sign_review(review=review, judgement=END, actor=amara, now=NOON)


def test_the_review_step_is_no_tick(rosas: FollowUp, amara: User) -> None:
    follow_up = unreached(rosas, amara)
    while (step := follow_up.current_step) and step.kind != "review":
        if step.kind in ("call", "text"):
            attempt = AttemptDetails(channel=step.kind, result="no_answer")
            log_attempt(follow_up=follow_up, attempt=attempt, actor=amara, now=SOON)
        else:
            complete_step(follow_up=follow_up, actor=amara, now=SOON)
        follow_up = fresh(rosas)
    with pytest.raises(ValidationError, match="by clinician and supervisor together"):
        complete_step(follow_up=follow_up, actor=amara, now=SOON)


# ---- the end of a case


def test_nobody_who_could_not_be_reached_is_let_go_without_two_names(
    rosas: FollowUp, amara: User, dana: User
) -> None:
    follow_up = unreached(rosas, amara)
    review = open_review(follow_up=follow_up, actor=amara, now=NOON)
    close_follow_up(follow_up=follow_up, because="Not reached", actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="Ending goes through a review"):
        close_case(case=rosas.case, because="Gone", actor=amara, now=SOON)
    for one in (amara, dana):
        sign_review(review=review, judgement=END, actor=one, now=SOON)
    assert close_case(case=rosas.case, because="Decided", actor=amara, now=SOON).closed_on == TODAY


def test_nobody_is_let_go_unasked(rosas: FollowUp, amara: User) -> None:
    close_follow_up(follow_up=rosas, because="Let it rest", actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="would be abandoning them"):
        close_case(case=rosas.case, because="Gone", actor=amara, now=SOON)


def test_who_was_heard_may_end_without_a_review(rosas: FollowUp, amara: User) -> None:
    heard = AttemptDetails(channel="call", result="reached", client_words="I have what I came for")
    log_attempt(follow_up=rosas, attempt=heard, actor=amara, now=SOON)
    close_follow_up(follow_up=rosas, because="She ends it", actor=amara, now=SOON)
    assert close_case(case=rosas.case, because="Her wish", actor=amara, now=SOON).closed_on == TODAY


def test_under_an_order_one_miss_and_silence_end_only_by_review(
    missed: Missed, rosa: Client, rosa_case: Case, amara: User, dana: User
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="26-1", misses_before_alert=1)
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    follow_up = unreached(fresh(FollowUp.objects.get()), amara)
    review = open_review(follow_up=follow_up, actor=amara, now=SOON)
    close_follow_up(follow_up=follow_up, because="Not reached", actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="Ending goes through a review"):
        close_case(case=rosa_case, because="Gone", actor=amara, now=SOON)
    for one in (amara, dana):
        sign_review(review=review, judgement=END, actor=one, now=SOON)
    assert close_case(case=rosa_case, because="Decided", actor=amara, now=SOON).closed_on == TODAY


def test_nothing_decides_alone_not_even_the_database(rosas: FollowUp, amara: User) -> None:
    review = SuitabilityReview(follow_up=rosas, opened_at=NOON, opened_by=amara, decided_at=NOON)
    review.clinician = review.supervisor = amara
    review.serves = review.considered = "x"
    review.outcome = "continue"
    with pytest.raises(ValidationError, match="review_is_decided_by_two"):
        review.validate_constraints()
