"""Missed several times, on the pages: the picture, the talk, what is agreed, and who reads what."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from attendance.models import BarrierNamed, Outcome
from clients.models import Barrier, Case, Client
from followups.agreeing import agree_on_change
from followups.models import Consultation, FollowUp, MissPattern, SuitabilityReview
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt
from followups.timeline import timeline_of
from reminders.dispatch import dispatch
from reminders.reconcile import reconcile as plan_messages
from sandbox.launch import Sandbox
from sessions_app.models import Participant, TherapySession
from sessions_app.services import NewTime, Rhythm, cancel_participant, reschedule_session
from tests.conftest import TODAY
from tests.followups.conftest import NOON, missed, participant_of, record
from tests.reminders.conftest import sandbox, silent_company

__all__ = ["missed", "sandbox", "silent_company"]  # the fixtures
Book = Callable[..., TherapySession]
Missed = Callable[..., Participant]
SignIn = Callable[[User], Browser]
SOON = NOON + timedelta(seconds=2)


@pytest.fixture
def rosas(missed: Missed, book: Book, rosa_case: Case, rosa: Client) -> FollowUp:
    """Five weeks: came, moved and came, cancelled late, missed twice; transport was named."""
    for weeks in (5, 4):
        session = book(rosa_case, on=TODAY - timedelta(weeks=weeks), now=NOON - timedelta(weeks=6))
        if weeks == 4:
            to = NewTime(on=session.on + timedelta(days=1), at=session.at)  # type: ignore[arg-type]
            session = reschedule_session(session=session, to=to, actor=None, now=NOON - timedelta(weeks=5))
        record(session, rosa, Outcome.ATTENDED, now=session.ends_at)
    late = book(rosa_case, on=TODAY - timedelta(weeks=2), now=NOON - timedelta(weeks=3))
    before = late.starts_at - timedelta(hours=2)
    cancel_participant(participant=participant_of(late, rosa), by="client", actor=None, now=before)
    missed(rosa_case, rosa, on=TODAY - timedelta(weeks=1))
    last = missed(rosa_case, rosa)
    BarrierNamed.objects.create(participant=last, barrier=Barrier.objects.get(code="transportation"))
    reconcile(now=SOON)
    return FollowUp.objects.get()


def test_the_timeline_tells_with_and_without_notice_apart(rosas: FollowUp, amara: User) -> None:
    timeline = timeline_of(amara, rosas.client, rosas.case, now=NOON)
    assert [mark.status for mark in timeline.marks] == [
        "attended", "attended", "cancelled_late", "no_show", "no_show",
    ]  # fmt: skip
    assert (timeline.kept, timeline.without_notice, timeline.with_notice, timeline.counted) == (2, 2, 1, 5)
    assert timeline.marks[1].moved_from == TODAY - timedelta(weeks=4)
    assert (timeline.longest_gap_days, timeline.days_since_kept) == (8, 27)
    assert [(barrier.code, times) for barrier, times in timeline.reasons] == [("transportation", 1)]
    assert timeline.pattern == MissPattern.objects.get()


def test_the_picture_is_on_the_sheet_and_the_clients_page_with_a_list_beside_it(
    rosas: FollowUp, rosa: Client, amara: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    with time_machine.travel(SOON, tick=False):
        for name, about in (("follow-up", rosas.public_id), ("client", rosa.public_id)):
            page = browser.get(reverse(f"dashboard:{name}", args=[about])).content.decode()
            assert "Came to 2 of 5." in page
            assert "2 missed without notice." in page
            assert "Once cancelled late." in page
            assert "27 days since the last one." in page
            assert page.count('data-shape="diamond"') == 2
            assert "moved from 19 Oct" in page
            assert Barrier.objects.get(code="transportation").label in page
            assert "style=" not in page.partition("pattern__picture")[2].partition("</section>")[0]


def test_the_desk_sees_no_picture(rosas: FollowUp, rosa: Client, desk: User, browser_of: SignIn) -> None:
    browser = browser_of(desk)
    with time_machine.travel(SOON, tick=False):
        for name, about in (("follow-up", rosas.public_id), ("client", rosa.public_id)):
            page = browser.get(reverse(f"dashboard:{name}", args=[about]))
            assert page.status_code == 200
            assert "pattern__picture" not in page.content.decode()


def test_an_admin_sets_what_counts_as_repeated(admin_user: User, rosas: FollowUp, browser_of: SignIn) -> None:
    browser = browser_of(admin_user)
    here = reverse("dashboard:following")
    assert "2 missed without notice within 30 days" in browser.get(here).content.decode()
    form = {"kind": "share", "counted": "both", "times": 3, "percent": 30, "of_last": ""}
    refused = browser.post(reverse("dashboard:new-pattern"), form)
    assert refused.status_code == 422
    assert 'value="30"' in refused.content.decode()
    browser.post(reverse("dashboard:new-pattern"), form | {"of_last": 10})
    page = browser.get(here).content.decode()
    assert "30 % of the last 10 missed or cancelled late, and at least 3" in page
    for pattern in MissPattern.objects.all():
        browser.post(reverse("dashboard:pattern-removal", args=[pattern.public_id]))
    assert MissPattern.objects.count() == 1
    browser.post(here, {"wellbeing_hours": 2, "overdue_hours": 12})
    practice = Practice.objects.get()
    assert (practice.wellbeing_hours, practice.overdue_hours) == (2, 12)


def test_the_talk_has_its_guide_their_reasons_and_room_for_their_words(
    rosas: FollowUp, amara: User, desk: User, browser_of: SignIn
) -> None:
    Case.objects.update(presenting_issues="Grief after her mother's death")
    browser = browser_of(amara)
    here = reverse("dashboard:pattern-talk", args=[rosas.public_id])
    with time_machine.travel(SOON, tick=False):
        page = browser.get(here).content.decode()
        for shown in (
            "Say it openly",
            "Grief after her mother",
            "27 days since the last one",
            "Without 3 sessions",
            "Charged for none of them",
        ):
            assert shown in page
        for blaming in ("no-show", "your fault", "hours lost", "wasted"):
            assert blaming not in page.lower()
        notes = reverse("dashboard:pattern-talk-notes", args=[rosas.public_id])
        assert browser.post(notes, {}).status_code == 422
        browser.post(notes, {"scheduling": "The bus takes two hours"})
        browser.post(
            reverse("dashboard:cost-of-misses", args=[rosas.public_id]),
            {"unresolved": "Sleep", "concern": "much"},
        )
        browser.post(reverse("dashboard:private-words", args=[rosas.public_id]), {"words": "I feel useless"})
        page = browser.get(here).content.decode()
        for kept in ("The bus takes two hours", "Sleep", "I feel useless"):
            assert kept in page
    browser.force_login(desk)
    assert browser.get(here).status_code == 403


def test_the_supervisor_answers_from_their_today_and_reads_no_private_word(
    rosas: FollowUp, amara: User, dana: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    here = reverse("dashboard:pattern-talk", args=[rosas.public_id])
    with time_machine.travel(SOON, tick=False):
        browser.post(reverse("dashboard:private-words", args=[rosas.public_id]), {"words": "I feel useless"})
        browser.post(reverse("dashboard:consultation-new", args=[rosas.public_id]), {"question": "What now?"})
        browser.force_login(dana)
        assert "Dr. Amara Okafor asks you" in browser.get(reverse("dashboard:today")).content.decode()
        assert "I feel useless" not in browser.get(here).content.decode()
        asked = reverse("dashboard:consultation", args=[Consultation.objects.get().public_id])
        assert browser.post(asked, {"answer": ""}).status_code == 422
        browser.post(asked, {"answer": "Ask her about the hour"})
        browser.force_login(amara)
        assert "Dana Reyes has answered you" in browser.get(reverse("dashboard:today")).content.decode()
        assert "Ask her about the hour" in browser.get(asked).content.decode()
        assert "has answered you" not in browser.get(reverse("dashboard:today")).content.decode()


def test_what_it_would_change_is_shown_before_it_is_done(
    rosas: FollowUp, amara: User, book: Book, browser_of: SignIn
) -> None:
    for weeks in (1, 2, 3):
        book(rosas.case, on=TODAY + timedelta(weeks=weeks), now=NOON - timedelta(days=1))
    browser = browser_of(amara)
    here = reverse("dashboard:rhythm", args=[rosas.public_id])
    form = {
        "every_weeks": 2, "weekday": 0, "at": "10:00", "modality": "video", "go": "look",
        "video_link": "https://video.example.org/a", "support": "", "words": "",
    }  # fmt: skip
    with time_machine.travel(SOON, tick=False):
        assert "Booked now" in browser.get(here).content.decode()
        page = browser.post(here, form).content.decode()
        assert page.count("in place of Mon") == 2
        assert page.count("is called off") == 1
        assert "As agreed, every 2 weeks by video. Next: Mon 23 Nov, 10:00." in page
        assert set(TherapySession.objects.filter(on__gt=TODAY).values_list("version", flat=True)) == {1}
        refused = browser.post(here, form | {"video_link": ""})
        assert refused.status_code == 422
        done = browser.post(here, form | {"go": "apply", "words": "As agreed, by video"}, follow=True)
        assert "2 changed, 0 booked, 1 called off" in done.content.decode()
        assert "Agreed on 16 November: every 2 weeks, by video." in done.content.decode()


def test_one_text_on_their_phone_says_all_of_it(
    sandbox: Sandbox, rosas: FollowUp, amara: User, book: Book
) -> None:
    for weeks in (1, 2, 3):
        book(rosas.case, on=TODAY + timedelta(weeks=weeks), now=NOON - timedelta(days=1))
    video = Rhythm(
        every_weeks=2, weekday=0, at=time(10), modality="video", video_link="https://video.example.org/a"
    )
    said = "Lakeside: As agreed, every 2 weeks by video. Next: Mon 23 Nov, 10:00."
    agree_on_change(follow_up=rosas, rhythm=video, support="", words=said, actor=amara, now=SOON)
    plan_messages(now=SOON + timedelta(minutes=10))
    dispatch(now=SOON + timedelta(minutes=10))
    [sent] = sandbox.messages(to="+13125550101", direction="outbound-api")
    assert said in f"{sent}"


def test_the_review_shows_its_evidence_and_takes_two_names(
    rosas: FollowUp, amara: User, dana: User, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    opening = reverse("dashboard:review-new", args=[rosas.public_id])
    with time_machine.travel(SOON, tick=False):
        assert "Talking comes first" in browser.post(opening, follow=True).content.decode()
        for minutes in range(3):
            attempt = AttemptDetails(channel="call", result="no_answer")
            at = SOON + timedelta(minutes=minutes)
            log_attempt(follow_up=rosas, attempt=attempt, actor=amara, now=at)
        browser.post(opening)
        review = SuitabilityReview.objects.get()
        here = reverse("dashboard:review", args=[review.public_id])
        page = browser.get(here).content.decode()
        assert "Nobody is at fault." in page
        assert page.count("no answer (Dr. Amara Okafor)") == 3
        judged = {"serves": "Nearer home", "considered": "Video", "outcome": "end"}
        assert browser.post(here, judged).status_code == 422
        judged |= {"letter": "Dear Rosa, the door stays open.", "referrals": "Harbor House"}
        browser.post(here, judged)
        browser.force_login(dana)
        assert "It lacks your name" in browser.get(reverse("dashboard:today")).content.decode()
        assert "Decided, by both of you." in browser.post(here, judged, follow=True).content.decode()
        letter = browser.get(reverse("dashboard:review-letter", args=[review.public_id])).content.decode()
        assert "Dear Rosa, the door stays open." in letter
        assert "Harbor House" in letter
        browser.force_login(desk)
        assert browser.get(here).status_code == 403


def test_who_treats_alone_names_whom_they_consulted_on_the_page(
    rosas: FollowUp, amara: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    for minutes in range(3):
        attempt = AttemptDetails(channel="call", result="no_answer")
        log_attempt(follow_up=rosas, attempt=attempt, actor=amara, now=SOON + timedelta(minutes=minutes))
    with time_machine.travel(SOON, tick=False):
        browser.post(reverse("dashboard:review-new", args=[rosas.public_id]))
        review = SuitabilityReview.objects.get()
        here = reverse("dashboard:review", args=[review.public_id])
        assert "Whom did you consult?" not in browser.get(here).content.decode()
        outside = {"consultant": "Ana Ruiz", "consultant_as": "Licensed supervisor", "consulted_on": TODAY}
        judged = {"serves": "Evenings", "considered": "Video", "outcome": "adjust", **outside}
        signing = reverse("api:review-signature", args=[review.public_id])
        refused = browser.post(signing, judged, content_type="application/json")
        assert "consultant" in refused.json()["errors"]
        User.objects.exclude(pk=amara.pk).update(is_active=False)
        half = browser.post(here, judged | {"consulted_on": ""})
        assert (half.status_code, "Ana Ruiz" in half.content.decode()) == (422, True)
        page = browser.post(here, judged, follow=True).content.decode()
    assert "Decided, with both names." in page
    assert "Ana Ruiz, Licensed supervisor, from outside" in page


def test_the_api_opens_reads_and_signs_a_review(
    rosas: FollowUp, amara: User, dana: User, browser_of: SignIn
) -> None:
    browser = browser_of(amara)
    with time_machine.travel(SOON, tick=False):
        timeline = browser.get(reverse("api:follow-up-timeline", args=[rosas.public_id])).json()
        assert (timeline["without_notice"], timeline["with_notice"]) == (2, 1)
        assert timeline["pattern"]["words"] == browser.get(reverse("api:patterns")).json()[0]["words"]
        opening = reverse("api:follow-up-review", args=[rosas.public_id])
        assert browser.post(opening).status_code == 422
        for minutes in range(3):
            attempt = AttemptDetails(channel="call", result="no_answer")
            at = SOON + timedelta(minutes=minutes)
            log_attempt(follow_up=rosas, attempt=attempt, actor=amara, now=at)
        opened = browser.post(opening).json()
        assert len(opened["evidence"]["attempts"]) == 3
        signing = reverse("api:review-signature", args=[opened["id"]])
        judged = {"serves": "Evenings", "considered": "A pause", "outcome": "adjust"}
        assert browser.post(signing, judged, content_type="application/json").json()["decided_at"] is None
        browser.force_login(dana)
        assert browser.post(signing, judged, content_type="application/json").json()["decided_at"]
