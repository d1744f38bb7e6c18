"""Sending, through the real client to the pretend provider."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction

from accounts.models import Practice, User
from accounts.services import pause_sending, resume_sending
from clients.models import Case, Client, Consent, ContactPoint, Guardianship, SafeContact, Suppression
from reminders.dispatch import dispatch
from reminders.hearing import hear_status
from reminders.models import Attempt, AttemptState, Message, ProviderState, State
from reminders.providers import channel_states
from reminders.reconcile import reconcile
from reminders.services import (
    Reply,
    change_template,
    decide_held,
    hold_gap,
    mark_call_done,
    receive_inbound,
    resend_message,
    resume_channel,
    set_sender_rate,
)
from reminders.transports import Parcel, send
from reminders.transports.sms import _client
from reminders.unknown import poll_unknown
from sandbox.launch import Sandbox
from sessions_app.models import Service, TherapySession
from sessions_app.services import NewTime, cancel_session, reschedule_session
from tests.conftest import NOW, ZONE, person
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
ROSA = "+13125550101"
# Tuesday at three in Chicago: the reminder of three days before is due.
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
MONDAY_AT_ELEVEN = NewTime(on=date(2026, 11, 23), at=time(11))


def _texts(sandbox: Sandbox, to: str = ROSA) -> list[str]:
    return [text["body"] for text in sandbox.messages(to=to, direction="outbound-api")]


def _reminder(lead_days: int = 3) -> Message:
    return Message.objects.get(rule__lead_days=lead_days, purpose="reminder")


def test_a_due_reminder_reaches_the_phone_and_is_delivered(
    talking_sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(TUESDAY)
    [text] = _texts(talking_sandbox)
    assert text == (
        "Lakeside: Fri Nov 20, 3:00 PM. C to confirm, R for another time, or call (312) 555-0100. "
        "STOP to end texts."
    )
    talking_sandbox.wait_until_settled()
    message = _reminder()
    assert message.state == State.DELIVERED
    assert message.attempts.get().provider_id


@pytest.mark.parametrize(
    ("offered", "hers", "before", "named"),
    [
        (True, "https://meet.example/amara", "", True),
        (True, "", "https://meet.example/last", True),
        (True, "", "", False),
        (False, "https://meet.example/amara", "", False),
    ],
)
def test_a_reminder_names_v_where_a_v_would_be_obeyed(
    sandbox: Sandbox, friday: TherapySession, book: Book, offered: bool, hers: str, before: str, named: bool
) -> None:
    Service.objects.update(video_offered=offered)
    User.objects.update(video_link=hers)
    if before:
        book(
            friday.case,
            on=FRIDAY - timedelta(days=14),
            at="15:00",
            video_link=before,
            now=NOW - timedelta(days=30),
        )
    pass_at(TUESDAY)
    assert ("V for video" in _texts(sandbox)[0]) is named


def test_a_couples_reminder_names_no_v(sandbox: Sandbox, field_case: Case, book: Book) -> None:
    book(field_case, on=FRIDAY, at="15:00", video_link="https://meet.example/field")
    Service.objects.update(video_offered=True)
    pass_at(TUESDAY)
    assert "V for video" not in _texts(sandbox, "+13125550111")[0]


def test_a_second_pass_sends_nothing_more(sandbox: Sandbox, friday: TherapySession) -> None:
    pass_at(TUESDAY)
    pass_at(TUESDAY + timedelta(minutes=1))
    assert len(_texts(sandbox)) == 1


def test_a_session_moved_after_planning_is_never_told_at_its_old_time(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(NOW)
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=TUESDAY)
    dispatch(now=TUESDAY)
    assert _texts(sandbox) == []
    assert (_old().state, _old().reason) == (State.CANCELLED, "session_changed")
    pass_at(TUESDAY + timedelta(minutes=4))
    [told] = _texts(sandbox)
    assert "now Mon Nov 23, 11:00 AM" in told


def _old() -> Message:
    return Message.objects.get(rule__lead_days=3, subject_version=1)


def test_a_cancelled_session_is_told_after_the_undo_time(sandbox: Sandbox, friday: TherapySession) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=NOW)
    pass_at(NOW + timedelta(minutes=2))
    assert _texts(sandbox) == []
    pass_at(NOW + timedelta(minutes=3))
    assert "cannot keep Fri Nov 20, 3:00 PM" in _texts(sandbox)[0]


def test_nothing_goes_out_at_night(sandbox: Sandbox, friday: TherapySession) -> None:
    night = datetime(2026, 11, 17, 23, 30, tzinfo=ZoneInfo(ZONE))
    pass_at(NOW)
    dispatch(now=night)
    assert _texts(sandbox) == []
    message = _reminder()
    assert (message.state, message.reason) == (State.PLANNED, "quiet_hours")
    assert message.not_before == datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
    dispatch(now=message.not_before)
    assert len(_texts(sandbox)) == 1


def test_an_early_session_called_off_at_night_becomes_a_call(
    sandbox: Sandbox, rosa_case: Case, book: Book
) -> None:
    session = book(rosa_case, on=FRIDAY, at="07:30")
    late = datetime(2026, 11, 19, 22, 0, tzinfo=ZoneInfo(ZONE))
    cancel_session(session=session, by="practice", actor=None, now=late)
    pass_at(late + timedelta(minutes=5))
    [call] = Message.objects.calls_to_make()
    assert call.reason == "quiet_hours"
    mark_call_done(message=call, actor=session.clinicians.get(), now=late)
    assert not Message.objects.calls_to_make().exists()


def test_without_consent_nothing_is_sent_and_the_desk_calls_about_a_change(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    Consent.objects.all().delete()
    pass_at(TUESDAY)
    assert (_reminder().state, _reminder().reason) == (State.SUPPRESSED, "no_consent")
    assert not Message.objects.calls_to_make().exists()
    cancel_session(session=friday, by="practice", actor=None, now=TUESDAY)
    pass_at(TUESDAY + timedelta(minutes=3))
    assert [m.purpose for m in Message.objects.calls_to_make()] == ["cancelled"]
    assert _texts(sandbox) == []


def test_who_opted_out_gets_no_mail_instead(sandbox: Sandbox, friday: TherapySession) -> None:
    Suppression.objects.create(address=ROSA, channel="sms", reason="opted_out")
    pass_at(TUESDAY)
    assert _reminder().reason == "opted_out"
    assert sandbox.mails() == []


@pytest.mark.parametrize("level", ["discreet", "call_only", "do_not_contact"])
def test_whom_it_is_not_safe_to_write_to_is_not_written_to(
    sandbox: Sandbox, friday: TherapySession, rosa: Client, level: str
) -> None:
    SafeContact.objects.create(client=rosa, level=level)
    pass_at(TUESDAY)
    assert (_reminder().state, _reminder().reason) == (State.SUPPRESSED, level)
    assert _texts(sandbox) == []


def test_who_is_away_is_not_reminded(sandbox: Sandbox, friday: TherapySession, rosa: Client) -> None:
    Client.objects.filter(pk=rosa.pk).update(away_from=TUESDAY.date())
    pass_at(TUESDAY)
    assert _reminder().reason == "away"


def test_a_guardian_who_may_no_longer_receive_is_not_told(
    sandbox: Sandbox, quinn_case: Case, book: Book
) -> None:
    ella = Client.objects.get(given_name="Ella")
    aunt = person("Zoe", "Quinn", 131)
    bond = Guardianship.objects.create(guardian=aunt, minor=ella, may_receive=True)
    book(quinn_case, on=FRIDAY, at="15:00", clients=(ella,))
    pass_at(NOW)
    Guardianship.objects.filter(pk=bond.pk).update(may_receive=False)
    dispatch(now=TUESDAY)
    assert _texts(sandbox, "+13125550131") == []
    pass_at(TUESDAY)
    assert Message.objects.get(recipient=ella, rule__lead_days=3).reason == "no_guardian"


def test_a_paused_practice_sends_nothing_and_catches_up_with_what_still_helps(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(NOW)
    pause_sending(actor=None, reason="restored", now=NOW)
    dispatch(now=TUESDAY)
    assert _texts(sandbox) == []
    resume_sending(actor=friday.clinicians.get())
    pass_at(TUESDAY + timedelta(hours=1))
    assert len(_texts(sandbox)) == 1


def test_a_number_that_is_no_mobile_is_marked_and_the_mail_takes_over(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    sandbox.misbehave(next=[{"kind": "error", "status": 400, "code": 21614}])
    pass_at(TUESDAY)
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert ContactPoint.objects.get(address=ROSA).unfit_at is not None
    [mail] = sandbox.mails(to="rosa@example.org")
    assert mail["subject"] == "Lakeside: Fri Nov 20, 3:00 PM"
    assert _reminder().state == State.SENT
    assert _reminder().attempts.count() == 2


def test_an_opt_out_that_the_carrier_knows_of_is_stored(sandbox: Sandbox, friday: TherapySession) -> None:
    sandbox.misbehave(next=[{"kind": "error", "status": 400, "code": 21610}])
    pass_at(TUESDAY)
    assert (_reminder().state, _reminder().reason) == (State.SUPPRESSED, "opted_out")
    assert Suppression.objects.get(address=ROSA, lifted_at=None).reason == "opted_out"


def test_a_throttled_text_goes_a_little_later(sandbox: Sandbox, friday: TherapySession) -> None:
    sandbox.misbehave(next=[{"kind": "429"}])
    pass_at(TUESDAY)
    message = _reminder()
    assert (message.state, message.reason) == (State.PLANNED, "back_off")
    assert message.not_before > TUESDAY
    dispatch(now=message.not_before)
    assert len(_texts(sandbox)) == 1
    assert [a.state for a in message.attempts.all()] == [AttemptState.REFUSED, AttemptState.ACCEPTED]


def test_a_wrong_key_pauses_the_channel_until_a_person_resumes_it(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    sandbox.misbehave(next=[{"kind": "error", "status": 401, "code": 20003}])
    pass_at(TUESDAY)
    dispatch(now=TUESDAY + timedelta(minutes=6))
    assert channel_states()["sms"].paused_at is not None
    assert (_reminder().state, _reminder().reason) == (State.PLANNED, "provider_paused")
    resumed_at = TUESDAY + timedelta(minutes=7)
    resume_channel(channel="sms", actor=friday.clinicians.get(), now=resumed_at)
    dispatch(now=resumed_at)
    assert len(_texts(sandbox)) == 1


def test_a_text_lost_by_the_carrier_is_tried_once_more_then_failed(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(TUESDAY)
    _lost(_reminder(), at=TUESDAY)
    message = _reminder()
    assert (message.state, message.reason) == (State.PLANNED, "try_again")
    dispatch(now=message.not_before)
    assert len(_texts(sandbox)) == 2
    _lost(_reminder(), at=message.not_before)
    dispatch(now=message.not_before + timedelta(minutes=1))
    # Twice in vain: the next way takes over, and there the matter ends.
    assert len(_texts(sandbox)) == 2
    assert len(sandbox.mails(to="rosa@example.org")) == 1
    assert _reminder().state == State.SENT


def test_what_is_lost_twice_with_no_other_way_is_for_staff(sandbox: Sandbox, friday: TherapySession) -> None:
    ContactPoint.objects.filter(kind="email").delete()
    pass_at(TUESDAY)
    _lost(_reminder(), at=TUESDAY)
    again = _reminder().not_before
    dispatch(now=again)
    _lost(_reminder(), at=again)
    dispatch(now=again + timedelta(minutes=1))
    assert (_reminder().state, _reminder().reason) == (State.FAILED, "not_delivered")


def _lost(message: Message, *, at: datetime) -> None:
    """The carrier says that it lost the newest attempt."""
    newest = message.attempts.order_by("-committed_at")[0]
    hear_status(
        attempt_id=newest.pk,
        provider_id=str(newest.provider_id),
        status="undelivered",
        code="30008",
        now=at,
    )


@pytest.mark.parametrize("kind", ["5xx_after", "drop_after"])
def test_an_unknown_end_is_found_in_the_list_and_not_sent_again(
    sandbox: Sandbox, friday: TherapySession, kind: str
) -> None:
    sandbox.misbehave(next=[{"kind": kind}])
    pass_at(TUESDAY)
    assert _reminder().state == State.UNKNOWN
    since = Attempt.objects.get().unknown_at
    assert since is not None
    poll_unknown(now=since + timedelta(seconds=119))
    assert _reminder().state == State.UNKNOWN
    poll_unknown(now=since + timedelta(seconds=120))
    assert _reminder().state == State.SENT
    pass_at(since + timedelta(seconds=121))
    assert len(_texts(sandbox)) == 1


@pytest.mark.parametrize("kind", ["5xx_before", "drop_before"])
def test_an_unknown_end_that_is_not_in_the_list_is_sent_again(
    sandbox: Sandbox, friday: TherapySession, kind: str
) -> None:
    sandbox.misbehave(next=[{"kind": kind}])
    pass_at(TUESDAY)
    later = TUESDAY + timedelta(minutes=5)
    poll_unknown(now=later)
    assert _reminder().attempts.get().state == AttemptState.NOT_FOUND
    dispatch(now=later)
    assert len(_texts(sandbox)) == 1
    assert _reminder().state in (State.SENT, State.DELIVERED)


def test_a_late_callback_settles_what_was_unknown(talking_sandbox: Sandbox, friday: TherapySession) -> None:
    talking_sandbox.misbehave(next=[{"kind": "5xx_after"}], callback_delay_min_seconds=0.5)
    pass_at(TUESDAY)
    assert _reminder().state == State.UNKNOWN
    talking_sandbox.wait_until_settled()
    message = _reminder()
    assert message.state == State.DELIVERED
    assert message.attempts.get().state == AttemptState.ACCEPTED


def test_while_an_address_is_being_asked_about_nothing_else_goes_there(
    sandbox: Sandbox, friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    later = book(rosa_case, on=date(2026, 11, 27))
    sandbox.misbehave(next=[{"kind": "5xx_after"}])
    pass_at(TUESDAY)
    cancel_session(session=later, by="practice", actor=None, now=TUESDAY)
    pass_at(TUESDAY + timedelta(minutes=4))
    waiting = Message.objects.get(purpose="cancelled")
    assert (waiting.state, waiting.reason) == (State.PLANNED, "destination_busy")
    poll_unknown(now=TUESDAY + timedelta(minutes=5))
    dispatch(now=TUESDAY + timedelta(minutes=6))
    assert len(_texts(sandbox)) == 2


def test_the_attempt_of_a_dead_owner_becomes_unknown_from_the_first_proof_on(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(NOW)
    message = _reminder()
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, tries=1)
    Attempt.objects.create(
        message=message, channel="sms", address=ROSA, body="…", owner=4_000_000_007, committed_at=TUESDAY
    )
    seen_at = TUESDAY + timedelta(hours=1)
    poll_unknown(now=seen_at)
    assert Attempt.objects.get().unknown_at == seen_at
    poll_unknown(now=seen_at + timedelta(seconds=60))
    assert _reminder().state == State.UNKNOWN
    poll_unknown(now=seen_at + timedelta(seconds=120))
    assert _reminder().state == State.PLANNED


def test_a_claim_of_a_dead_owner_goes_back(sandbox: Sandbox, friday: TherapySession) -> None:
    pass_at(NOW)
    Message.objects.filter(rule__lead_days=3).update(state=State.CLAIMED, claimed_by=4_000_000_007)
    poll_unknown(now=TUESDAY)
    dispatch(now=TUESDAY)
    assert len(_texts(sandbox)) == 1


def test_a_correction_follows_an_old_truth_once_it_is_known_as_sent(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    sandbox.misbehave(next=[{"kind": "5xx_after"}])
    pass_at(TUESDAY)
    moved_at = TUESDAY + timedelta(seconds=30)
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=moved_at)
    poll_unknown(now=TUESDAY + timedelta(minutes=5))
    pass_at(TUESDAY + timedelta(minutes=5))
    old, new = _texts(sandbox)
    assert "Fri Nov 20" in old
    assert "now Mon Nov 23, 11:00 AM" in new
    pass_at(TUESDAY + timedelta(minutes=10))
    assert len(_texts(sandbox)) == 2


def test_ten_failures_in_a_row_open_the_breaker_and_one_trial_closes_it(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    ProviderState.objects.create(channel="sms", failures_running=9)
    sandbox.misbehave(next=[{"kind": "5xx_before"}])
    pass_at(TUESDAY)
    assert channel_states()["sms"].open_until is not None
    poll_unknown(now=TUESDAY + timedelta(minutes=5))
    dispatch(now=TUESDAY + timedelta(minutes=5))
    assert len(_texts(sandbox)) == 1
    assert channel_states()["sms"].open_until is None


def test_a_rate_holds_back_what_is_too_much_at_once(sandbox: Sandbox, field_case: Case, book: Book) -> None:
    session = book(field_case, on=FRIDAY, at="15:00")
    reconcile(now=NOW)
    _allow(0.5, burst=1, session=session)
    # One pass goes on as the bucket fills: a token every two seconds.
    dispatch(now=TUESDAY, seconds=10)
    first, second = Attempt.objects.order_by("committed_at")
    assert second.committed_at - first.committed_at >= timedelta(seconds=1.9)


def test_what_the_rate_holds_back_stays_planned_and_says_why(
    sandbox: Sandbox, field_case: Case, book: Book
) -> None:
    session = book(field_case, on=FRIDAY, at="15:00")
    reconcile(now=NOW)
    _allow(0.001, burst=1, session=session)
    dispatch(now=TUESDAY, seconds=3)
    assert Attempt.objects.count() == 1
    assert Message.objects.get(due_at__lte=TUESDAY, tries=0).reason == "sender_rate"
    _allow(None, burst=1, session=session)
    dispatch(now=TUESDAY + timedelta(minutes=1))
    assert Attempt.objects.count() == 2


def test_a_token_of_what_does_not_go_is_given_back(sandbox: Sandbox, friday: TherapySession) -> None:
    reconcile(now=NOW)
    _allow(1, burst=5, session=friday)
    Consent.objects.update(withdrawn_at=NOW)
    dispatch(now=TUESDAY)
    assert (_reminder().state, _reminder().reason) == (State.SUPPRESSED, "no_consent")
    assert ProviderState.objects.get().tokens == 5


def _allow(rate_per_second: float | None, *, burst: int, session: TherapySession) -> None:
    actor = session.clinicians.all()[0]
    set_sender_rate(channel="sms", rate_per_second=rate_per_second, burst=burst, actor=actor)


def test_an_answer_to_a_number_that_takes_none_is_not_tried_for_ever(
    sandbox: Sandbox, practice: Practice
) -> None:
    reply = Reply(provider_id="SM1", from_address="+13125550199", to_address="+12125550100", body="hello")
    receive_inbound(reply=reply, now=NOW)
    sandbox.misbehave(next=[{"kind": "error", "status": 400, "code": 21614}])
    dispatch(now=NOW)
    assert Message.objects.get().state == State.FAILED


def test_what_fell_due_while_a_backup_was_restored_waits_for_a_person(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    pass_at(NOW)
    actor = friday.clinicians.get()
    assert hold_gap(actor=actor, now=TUESDAY + timedelta(hours=1)) == 1
    pass_at(TUESDAY + timedelta(hours=1))
    assert _texts(sandbox) == []
    decide_held(message=_reminder(), was_sent=False, actor=actor, now=TUESDAY + timedelta(hours=2))
    dispatch(now=TUESDAY + timedelta(hours=2))
    assert len(_texts(sandbox)) == 1


def test_the_calendar_file_goes_to_private_addresses_only(sandbox: Sandbox, friday: TherapySession) -> None:
    ContactPoint.objects.filter(kind="phone").update(unfit_at=NOW)
    pass_at(TUESDAY)
    ContactPoint.objects.filter(kind="email").update(is_private=True)
    pass_at(TUESDAY + timedelta(days=2))
    shared, private = sandbox.mails(to="rosa@example.org")
    assert shared["attachments"] == []
    assert len(private["attachments"]) == 1


def test_a_spanish_speaker_is_written_to_in_spanish(
    sandbox: Sandbox, friday: TherapySession, rosa: Client
) -> None:
    Client.objects.filter(pk=rosa.pk).update(language="es")
    pass_at(TUESDAY)
    assert _texts(sandbox)[0].startswith("Lakeside: vie 20 nov, 15:00. C confirma")


def test_the_practices_own_words_are_used(sandbox: Sandbox, friday: TherapySession) -> None:
    actor = friday.clinicians.get()
    body = "{practice}: see you {when}{video}. {phone}"
    change_template(key="reminder", language="en", channel="sms", body=body, actor=actor)
    pass_at(TUESDAY)
    assert _texts(sandbox) == ["Lakeside: see you Fri Nov 20, 3:00 PM. (312) 555-0100"]


def test_no_reminder_for_a_video_session_without_its_link(
    sandbox: Sandbox, rosa_case: Case, book: Book
) -> None:
    book(rosa_case, on=FRIDAY, at="15:00", modality="video", room=None, location=None)
    pass_at(TUESDAY)
    assert _reminder().reason == "no_video_link"
    TherapySession.objects.update(video_link="https://video.example/4711")
    pass_at(TUESDAY + timedelta(minutes=1))
    assert ", by video: https://video.example/4711. C to confirm" in _texts(sandbox)[0]


def test_what_certainly_did_not_arrive_can_be_sent_again(sandbox: Sandbox, friday: TherapySession) -> None:
    sandbox.misbehave(next=[{"kind": "error", "status": 400, "code": 21999}])
    pass_at(TUESDAY)
    assert _reminder().state == State.FAILED
    resend_message(message=_reminder(), actor=friday.clinicians.get(), now=TUESDAY)
    dispatch(now=TUESDAY)
    assert len(_texts(sandbox)) == 1


def test_a_message_is_never_carried_inside_a_transaction(practice: Practice) -> None:
    parcel = Parcel(
        attempt_id=uuid4(),
        message_id=1,
        channel="sms",
        address=ROSA,
        subject="",
        body="x",
        validity_seconds=60,
    )
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        send(parcel)


def test_a_forked_process_does_not_speak_on_its_parents_connection(sandbox: Sandbox) -> None:
    account = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, sandbox.url)
    parents = _client(*account)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"other" if _client(*account) is not parents else b"same")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 5) == b"other"
    assert _client(*account) is parents


def test_two_alike_in_the_providers_list_are_kept_for_the_person_who_decides(
    sandbox: Sandbox, friday: TherapySession
) -> None:
    sandbox.misbehave(next=[{"kind": "5xx_after"}])
    pass_at(TUESDAY)
    attempt = Attempt.objects.get()
    twin = Parcel(
        attempt_id=uuid4(),
        message_id=attempt.message_id,
        channel="sms",
        address=attempt.address,
        subject="",
        body=attempt.body,
        validity_seconds=600,
    )
    # On a thread of its own, as a crew's: outside of this test's transaction.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(send, twin).result()
    asked_at = TUESDAY + timedelta(minutes=5)
    poll_unknown(now=asked_at)
    assert _reminder().state == State.HELD
    attempt.refresh_from_db()
    assert attempt.listed
    assert attempt.listed["asked_at"] == asked_at.isoformat()
    ids = {entry["id"] for entry in attempt.listed["found"]}
    assert ids == {text["sid"] for text in sandbox.messages(to=ROSA, direction="outbound-api")}
    assert len(ids) == 2
