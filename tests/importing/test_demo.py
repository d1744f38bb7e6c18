"""The demonstration practice: invented throughout, under way at any hour, as real as its source."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import Practice, User
from attendance.costs import fees_by_group
from attendance.models import AttendanceRecord, JointPart, Outcome
from clients.disclosing import may_disclose
from clients.doubles import likely_doubles
from clients.models import (
    Barrier,
    Case,
    CaseMember,
    Client,
    ClientMerge,
    ConfidentialityPolicy,
    ContactPoint,
    Engagement,
    RecordRequest,
)
from clients.screening import is_safe_for_each
from followups.measures import HOW, after_misses
from followups.models import CourtReport, FollowUp, SuitabilityReview, WellbeingConcern
from importing.models import ImportRun
from reminders.measures import Answer, answers, ways
from reminders.models import Attempt, InboundMessage, Message, State, Trial
from sessions_app.models import Closure, Offer, OfferState, Participant, Response, TherapySession, TimeOff

NIGHT_IN_EUROPE = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def _assert_what_reminders_did() -> None:
    """They went out by text and by mail, nearly all arrived, people answered; none of the past asks for anybody."""
    over = TherapySession.objects.over(NIGHT_IN_EUROPE)
    told = answers(over)
    assert all(told[how].expected > 50 for how in (Answer.CONFIRMED, Answer.SILENT))
    came = {how: told[how].attended / told[how].expected for how in (Answer.CONFIRMED, Answer.SILENT)}
    assert came[Answer.CONFIRMED] > came[Answer.SILENT]
    sent = {way.channel: (way.sent, way.delivered) for way in ways(over) if way.sent}
    assert set(sent) == {"sms", "email"}
    assert all(0.9 < delivered / count <= 1 for count, delivered in sent.values())
    past = Message.objects.filter(session__in=over)
    assert not past.filter(state=State.FAILED, dismissed_at=None).exists()
    assert not Attempt.objects.filter(message__in=past, body__contains="{").exists()
    day_before = TherapySession.objects.over(NIGHT_IN_EUROPE - timedelta(days=1))
    confirmed = Participant.objects.filter(session__in=day_before, response=Response.CONFIRMED)
    assert not confirmed.exclude(messages__state=State.DELIVERED).exists()
    by_mail = Attempt.objects.filter(message__in=past, channel="email")
    assert not by_mail.filter(message__participant__responded_by="sms").exists()


@pytest.fixture
def seeded(db: None) -> None:
    with time_machine.travel(NIGHT_IN_EUROPE, tick=False):
        call_command("seed_demo", verbosity=0)


def _assert_what_is_under_way() -> None:
    """What a practice has begun and not finished: each of these leads to a page of its own."""
    assert TimeOff.objects.get().clinician.name == "Dr. Amara Okafor"
    shut = Closure.objects.get()
    at_this_place = TherapySession.objects.filter(location=shut.location, on=shut.on)
    assert at_this_place.exists()
    assert not at_this_place.filter(cancelled_at=None).exists()
    assert Offer.objects.get(state=OfferState.OPEN).recipient.given_name == "Bea"
    assert Barrier.objects.get(is_own=True).code == "childcare"
    assert RecordRequest.objects.get(decision="").case.kind == Case.Kind.COUPLE

    report = CourtReport.objects.get()
    assert (report.approved_at, report.signed_at) == (None, None)
    assert may_disclose(report.mandate, on=report.until_on, parts=report.parts)
    review = SuitabilityReview.objects.get(decided_at=None)
    assert review.clinician
    assert review.letter

    assert len(likely_doubles(User.objects.get(name="Fran Castillo"))) == 1
    assert ClientMerge.objects.filter(undone_at=None).count() == 1
    # Somebody took two for one, and an address that was noted meanwhile stayed with the one.
    parted = ClientMerge.objects.exclude(undone_at=None).get()
    assert parted.journal["stayed"] == {"clients.contactpoint.client": 1}
    assert InboundMessage.objects.get(client=None, resolved_at=None).answers.count() == 1
    assert Trial.objects.get().asked_by.name == "Ari Lindqvist"
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.CHECKED
    comes_in = {kind: (counts["imported"], counts["refused"]) for kind, counts in run.result.items()}
    assert comes_in == {"clients": (5, 3), "appointments": (6, 2)}


@pytest.mark.slow
def test_the_demonstration_is_a_practice_in_the_middle_of_its_day(seeded: None) -> None:
    sessions = TherapySession.objects.filter(cancelled_at=None)
    under_way = sessions.filter(starts_at__lte=NIGHT_IN_EUROPE, ends_at__gt=NIGHT_IN_EUROPE)
    assert under_way.count() >= 3
    assert sessions.filter(starts_at__gt=NIGHT_IN_EUROPE + timedelta(weeks=3)).exists()
    assert TherapySession.objects.needing_outcome(NIGHT_IN_EUROPE).exists()

    numbers = ContactPoint.objects.filter(kind="phone").values_list("address", flat=True)
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    # By their numbers alone it is night where they are, and no reminder would go out.
    assert not ContactPoint.objects.filter(client__timezone="").exists()

    # Only a mail carries the link to a client's page: somebody is written to by mail first, in either language.
    firsts = ContactPoint.objects.order_by("client_id", "position").distinct("client_id")
    assert {one.client.language for one in firsts if one.kind == "email"} == {"en", "es"}

    recorded = AttendanceRecord.objects.filter(starts_at__lt=NIGHT_IN_EUROPE - timedelta(days=1))
    missed = recorded.filter(outcome__in=[Outcome.NO_SHOW, Outcome.NOT_BROUGHT]).count()
    assert 0.06 < missed / recorded.count() < 0.14

    assert set(Case.objects.values_list("kind", flat=True)) == set(Case.Kind.values)
    assert Client.objects.filter(given_name="Sam", family_name="Ortega").count() == 2

    # A couple that may be reached and talks, one not asked yet, a partner who was invited.
    couples = Case.objects.filter(kind=Case.Kind.COUPLE)
    safe = [case for case in couples if is_safe_for_each(case)]
    assert 0 < len(safe) < couples.count()
    # What stays private is read to who comes alone, in the words they signed.
    assert ConfidentialityPolicy.objects.get().case in safe
    assert JointPart.objects.filter(understanding__isnull=False).count() == 8
    assert CaseMember.objects.filter(engagement=Engagement.INVITED).count() == 1
    # Somebody has stayed away, and somebody is worried about: Today has something to say.
    assert FollowUp.objects.open().filter(client__given_name="Daniel").get().pattern_talks.exists()
    assert WellbeingConcern.objects.get().asked.name == "Dr. Amara Okafor"

    # What was missed was followed up, and little of it waits: the reports have something to say.
    told = after_misses(TherapySession.objects.over(NIGHT_IN_EUROPE), now=NIGHT_IN_EUROPE)
    assert 0.6 < told.total.called / told.total.missed < 1
    assert 0 < (told.total.hours_to_call or 0) < 30
    assert {name: how.missed > 9 for name, how in told.by_how.items()} == dict.fromkeys(HOW, True)
    assert 0 < FollowUp.objects.open().count() <= 15
    _groups, fees = fees_by_group(TherapySession.objects.over(NIGHT_IN_EUROPE))
    assert min(fees.charged, fees.waived) >= 10
    _assert_what_reminders_did()

    _assert_what_is_under_way()

    before = TherapySession.objects.count(), AttendanceRecord.objects.count()
    call_command("seed_demo", verbosity=0)
    assert before == (TherapySession.objects.count(), AttendanceRecord.objects.count())
    assert Practice.objects.get().timezone == "Australia/Sydney"
