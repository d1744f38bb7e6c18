"""Rules: when, for whom, which way, in which words; and what follows when one is edited."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from attendance.models import AttendanceRecord
from clients.models import Case, Client
from clients.services import mark_for_more_reminders
from reminders.concerned import Concerned, sessions_concerned
from reminders.models import Message, ReminderRule
from reminders.reconcile import reconcile
from reminders.services import RuleDetails, add_rule, change_rule
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from tests.conftest import NOW
from tests.reminders.conftest import FRIDAY, pass_at
from tests.reminders.test_planning import _local, _planned

Book = Callable[..., TherapySession]
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def only(admin_user: User) -> Callable[..., ReminderRule]:
    """One rule and no other: `only(lead_days=2, audience="telehealth")`."""

    def rule(**details: object) -> ReminderRule:
        ReminderRule.objects.all().delete()
        asked = RuleDetails(**{"name": "The rule", "lead_days": 1, **details})  # type: ignore[arg-type]
        return add_rule(details=asked, actor=admin_user, now=NOW)

    return rule


def edit(rule: ReminderRule, actor: User, **changes: object) -> ReminderRule:
    names = ("name", "lead_days", "lead_hours", "audience", "template_key", "is_active")
    typed = {name: getattr(rule, name) for name in names} | {"channels": tuple(rule.channels)} | changes
    return change_rule(rule=rule, details=RuleDetails(**typed), actor=actor, now=LATER)


def missed(client: Client, book: Book, case: Case, *, on: date, outcome: str = "no_show") -> None:
    """An absence, as the desk recorded it."""
    session = book(case, on=on, now=datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=3))
    participant = session.participants.get(client=client)
    AttendanceRecord.objects.create(
        participant=participant, outcome=outcome, source="board", recorded_at=session.ends_at,
        client=client, starts_at=session.starts_at,
    )  # fmt: skip


def test_hours_count_back_from_the_session_or_from_the_day(
    only: Callable[..., ReminderRule], friday: TherapySession, admin_user: User
) -> None:
    rule = only(lead_days=0, lead_hours=4)
    reconcile(now=NOW)
    assert [_local(message.due_at) for message in _planned()] == ["Fri 11:00"]
    edit(rule, admin_user, lead_days=2, lead_hours=5)
    reconcile(now=LATER)
    assert [_local(message.due_at) for message in _planned()] == ["Wed 10:00"]


def test_a_rule_for_video_and_telephone_leaves_the_others_alone(
    only: Callable[..., ReminderRule], friday: TherapySession, field_case: Case, book: Book
) -> None:
    only(audience="telehealth")
    video = book(
        field_case, on=FRIDAY, modality="video", video_link="https://meet.example/a", location=None, room=None
    )
    reconcile(now=NOW)
    assert {message.session_id for message in _planned()} == {video.pk}


def test_a_rule_for_the_first_time_is_for_the_first_time_only(
    only: Callable[..., ReminderRule], friday: TherapySession, rosa_case: Case, book: Book
) -> None:
    only(audience="first_session", template_key="reminder_first")
    book(rosa_case, on=FRIDAY + timedelta(days=5))
    reconcile(now=NOW)
    [message] = _planned()
    assert (message.session_id, message.template_key) == (friday.pk, "reminder_first")


def test_a_rule_after_a_miss_ends_with_the_next_time_kept(
    only: Callable[..., ReminderRule], friday: TherapySession, rosa: Client, rosa_case: Case, book: Book
) -> None:
    only(audience="after_miss")
    missed(rosa, book, rosa_case, on=date(2026, 11, 10))
    reconcile(now=NOW)
    assert len(_planned()) == 1
    missed(rosa, book, rosa_case, on=date(2026, 11, 12), outcome="attended")
    reconcile(now=LATER)
    assert _planned() == []
    assert Message.objects.get().reason == "rule_changed"


def test_high_need_is_what_staff_say_or_two_misses_in_three_months(
    only: Callable[..., ReminderRule],
    friday: TherapySession,
    rosa: Client,
    rosa_case: Case,
    book: Book,
    desk: User,
) -> None:
    only(audience="high_need")
    missed(rosa, book, rosa_case, on=date(2026, 11, 10))
    missed(rosa, book, rosa_case, on=date(2026, 7, 10))
    reconcile(now=NOW)
    assert _planned() == []
    mark_for_more_reminders(client=rosa, more=True, actor=desk)
    reconcile(now=NOW)
    assert len(_planned()) == 1
    mark_for_more_reminders(client=rosa, more=False, actor=desk)
    reconcile(now=NOW)
    assert _planned() == []
    missed(rosa, book, rosa_case, on=date(2026, 11, 3))
    reconcile(now=NOW)
    assert len(_planned()) == 1


def test_of_two_rules_for_one_hour_the_narrower_one_speaks(
    only: Callable[..., ReminderRule], friday: TherapySession, admin_user: User
) -> None:
    only()
    reconcile(now=NOW)
    narrow = RuleDetails(name="First", lead_days=1, audience="first_session", template_key="reminder_first")
    add_rule(details=narrow, actor=admin_user, now=LATER)
    reconcile(now=LATER)
    assert reconcile(now=LATER).total == 0
    due_at = _planned()[0].due_at
    reconcile(now=due_at)
    assert [message.template_key for message in _planned()] == ["reminder_first"]
    assert Message.objects.get(state="expired").reason == "overtaken"


def test_planned_rows_follow_an_edited_rule_and_tried_ones_never(
    only: Callable[..., ReminderRule],
    friday: TherapySession,
    field_case: Case,
    maya: Client,
    book: Book,
    admin_user: User,
) -> None:
    rule = only()
    book(field_case, on=FRIDAY, room=None)
    reconcile(now=NOW)
    tried = Message.objects.get(recipient=maya)
    Message.objects.filter(pk=tried.pk).update(tries=1)
    edit(rule, admin_user, lead_days=2, template_key="reminder_again")
    reconcile(now=LATER)
    followed = [message for message in _planned() if message.pk != tried.pk]
    assert {(_local(m.due_at)[:3], m.template_key) for m in followed} == {("Wed", "reminder_again")}
    assert len(followed) == 2
    kept = Message.objects.get(pk=tried.pk)
    assert (kept.due_at, kept.expires_at, kept.template_key) == (
        tried.due_at,
        tried.expires_at,
        "reminder",
    )


def test_rows_go_with_the_people_whom_a_rule_is_for_no_longer_and_tried_ones_stay(
    only: Callable[..., ReminderRule],
    friday: TherapySession,
    rosa: Client,
    field_case: Case,
    book: Book,
    admin_user: User,
) -> None:
    rule = only()
    book(field_case, on=FRIDAY, room=None)
    reconcile(now=NOW)
    Message.objects.filter(recipient=rosa).update(tries=1)
    edit(rule, admin_user, audience="high_need")
    reconcile(now=LATER)
    assert [message.recipient_id for message in _planned()] == [rosa.pk]
    assert set(Message.objects.filter(state="cancelled").values_list("reason", flat=True)) == {"rule_changed"}
    edit(rule, admin_user, audience="all")
    reconcile(now=LATER)
    assert len(_planned()) == 3


def test_a_new_rule_does_not_make_up_for_hours_that_are_past(
    friday: TherapySession, rosa_case: Case, book: Book, admin_user: User
) -> None:
    book(rosa_case, on=date(2026, 11, 26), at="15:00")
    now = NOW + timedelta(days=1)
    add_rule(details=RuleDetails(name="Six days", lead_days=6), actor=admin_user, now=now)
    reconcile(now=now)
    assert [message.session_id == friday.pk for message in _planned(rule__lead_days=6)] == [False]


def test_what_was_planned_follows_a_rule_into_the_past_and_goes_at_once(
    only: Callable[..., ReminderRule], friday: TherapySession, admin_user: User
) -> None:
    rule = only(lead_days=1)
    reconcile(now=NOW + timedelta(days=2))
    later = NOW + timedelta(days=2, minutes=1)
    change_rule(rule=rule, details=RuleDetails(name="The rule", lead_days=3), actor=admin_user, now=later)
    reconcile(now=later)
    assert [_local(message.due_at) for message in _planned()] == ["Tue 15:00"]


def test_a_rules_way_comes_before_the_persons_own_order(
    only: Callable[..., ReminderRule], sandbox: Sandbox, friday: TherapySession
) -> None:
    only(channels=("email", "sms"))
    pass_at(NOW)
    pass_at(friday.starts_at - timedelta(days=1))
    assert sandbox.messages() == []
    [mail] = sandbox.mails(to="rosa@example.org")
    assert mail["headers"]["From"].startswith("Lakeside <")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"lead_days": 0, "lead_hours": 2}, "lead_hours"),
        ({"lead_days": 14}, "lead_days"),
        ({"lead_hours": 24}, "lead_days"),
        ({"audience": "strangers"}, "audience"),
        ({"template_key": "missed"}, "template_key"),
        ({"channels": ("pigeon",)}, "channels"),
    ],
)
def test_a_rule_that_cannot_be_names_its_field(
    admin_user: User, details: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_rule(
            details=RuleDetails(**{"name": "The rule", "lead_days": 2, **details}),  # type: ignore[arg-type]
            actor=admin_user,
            now=NOW,
        )
    assert set(refused.value.error_dict) == {field}


def test_reach_is_counted_in_sessions_and_in_few_questions(
    friday: TherapySession, field_case: Case, book: Book
) -> None:
    book(field_case, on=date(2026, 11, 17), room=None)
    book(field_case, on=date(2026, 12, 24), room=None)
    with CaptureQueriesContext(connection) as queries:
        reach = sessions_concerned(audience="first_session", lead_days=2, lead_hours=0, now=NOW)
    assert reach == Concerned(of_all=2, count=2, ahead=1)
    assert len(queries) <= 3
