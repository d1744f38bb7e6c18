"""What a follow-up's sheet and a client's page show of somebody who has missed several times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Practice, User
from dashboard.follow_ups.words import due_words
from dashboard.repeated.picture import Picture, picture_of
from followups.models import FollowUp, ProtocolCode, StepKind, WellbeingConcern
from followups.presenting import Presented, Row
from followups.repeated import consultations_waiting
from followups.reviews import reviews_waiting
from followups.timeline import timeline_of
from followups.wellbeing import open_concerns_of

MOST_WORRIES = 20


def repeated_context(user: User, presented: Presented, *, now: datetime) -> dict[str, Any]:
    """The picture, for who may read it and where misses have made a pattern; else nothing."""
    row = presented.row
    if not row.is_clinical or not has_pattern(row.follow_up):
        return {}
    follow_up = row.follow_up
    timeline = timeline_of(user, follow_up.client, follow_up.case, now=now)
    return {
        "picture": picture_of(timeline),
        "called": follow_up.client.called,
        "review": follow_up.reviews.first(),
        "agreed": follow_up.agreed_changes.first(),
        "review_lock": next((step.lock for step in presented.steps if step.kind == StepKind.REVIEW), ""),
    }


def asked_of(user: User) -> dict[str, Any]:
    """What colleagues ask of this person, for Today: questions, answers, reviews that lack their name."""
    return {
        "consultations": list(consultations_waiting(user)[:MOST_WORRIES]),
        "reviews": list(reviews_waiting(user)[:MOST_WORRIES]),
    }


@dataclass(frozen=True, kw_only=True)
class OfCase:
    """The picture of one case on its client's page."""

    follow_up: FollowUp
    picture: Picture


def pictures_of(user: User, rows: Iterable[Row], *, now: datetime) -> list[OfCase]:
    """One for each case in which this person stands in an open follow-up by a pattern."""
    theirs = [row.follow_up for row in rows if row.is_clinical and row.follow_up.is_open]
    found = []
    for follow_up in filter(has_pattern, theirs):
        picture = picture_of(timeline_of(user, follow_up.client, follow_up.case, now=now))
        if picture:
            found.append(OfCase(follow_up=follow_up, picture=picture))
    return found


def has_pattern(follow_up: FollowUp) -> bool:
    """Whether repeated misses are among its causes, whatever leads it; causes are prefetched."""
    return any(
        cause.protocol.code == ProtocolCode.REPEATED_NO_SHOWS and cause.withdrawn_at is None
        for cause in follow_up.causes.all()
    )


@dataclass(frozen=True, kw_only=True)
class Worry:
    """A worry that nobody has seen to yet, with by when."""

    concern: WellbeingConcern
    due: str


def worries_of(user: User, *, practice: Practice, now: datetime) -> list[Worry]:
    """What stands on top of Today and of the queue; one query."""
    return [
        Worry(concern=concern, due=due_words(concern.due_at, now, practice.zone))
        for concern in open_concerns_of(user)[:MOST_WORRIES]
    ]
