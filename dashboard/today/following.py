"""What is left to do for others, beside a clinician's day: worries, follow-ups, what is not recorded yet."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from accounts.models import Practice, User
from accounts.roles import May
from dashboard.board.day import not_recorded
from dashboard.follow_ups.words import due_words
from dashboard.repeated.on_the_sheet import Worry, worries_of
from followups.access import follow_ups_visible_to
from followups.presenting import Row, present_rows
from followups.querysets import FollowUpQuerySet
from followups.wellbeing import open_concerns_of

FOLLOW_UPS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """All of it, each row with by when."""

    worries: list[Worry]
    unrecorded: int
    overdue: list[tuple[Row, str]]
    follow_ups: list[tuple[Row, str]]
    follow_up_count: int


def following_of(user: User, practice: Practice, now: datetime) -> Following:
    """What this person is to do next, what matters first on top, as in the queue."""
    mine, in_team = _to_follow_up(user, practice, now), _waiting_in_team(user, practice, now)
    return Following(
        worries=worries_of(user, practice=practice, now=now),
        unrecorded=left_unrecorded(user, now),
        overdue=_first_of(in_team, user, practice, now) if user.may(May.SEE_SUPERVISED) else [],
        follow_ups=_first_of(mine, user, practice, now),
        follow_up_count=mine.count(),
    )


def digest_of_following(user: User, practice: Practice, now: datetime) -> str:
    """Changes when any of it does, so that a poll need not read it; three statements.

    What moves with the clock alone is not in it: a poll looks anew with each minute.
    """
    follow_ups = _everything(user, practice, now).order_by("pk")
    worries = open_concerns_of(user).order_by("pk")
    facts = (
        list(follow_ups.values_list("pk", "due_at", "owner_id", "handed_at", "last_cause_at")),
        list(worries.values_list("pk", "due_at", "taken_by_id", "escalated_at")),
        left_unrecorded(user, now),
    )
    return blake2b(repr(facts).encode(), digest_size=6).hexdigest()


def left_unrecorded(user: User, now: datetime) -> int:
    """How many people of this person's sessions wait for a word on how it went."""
    return not_recorded(user, now)[0]


def _first_of(
    found: FollowUpQuerySet, user: User, practice: Practice, now: datetime
) -> list[tuple[Row, str]]:
    ordered = found.in_order_for(user, now=now, zone=practice.zone).with_people()
    rows = present_rows(user, ordered[:FOLLOW_UPS_SHOWN], now=now)
    return [(row, due_words(row.due_at, now, practice.zone)) for row in rows]


def _everything(user: User, practice: Practice, now: datetime) -> FollowUpQuerySet:
    """One's own; of who supervises, the whole team's."""
    today = practice.today(now)
    found = follow_ups_visible_to(user).to_do(today)
    if user.may(May.SEE_SUPERVISED):
        return found
    return found.owned_by(user, today=today, zone=practice.zone)


def _to_follow_up(user: User, practice: Practice, now: datetime) -> FollowUpQuerySet:
    """Without what waits for so long in a team that it has a place of its own."""
    waiting = _waiting_in_team(user, practice, now).order_by()
    return _everything(user, practice, now).exclude(pk__in=waiting.values("pk"))


def _waiting_in_team(user: User, practice: Practice, now: datetime) -> FollowUpQuerySet:
    waiting = follow_ups_visible_to(user).to_do(practice.today(now))
    return waiting.overdue_in_team(user, now=now, hours=practice.overdue_hours)
