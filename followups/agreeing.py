"""What was agreed with somebody about coming: applied to their sessions in one step, and said in one text (row 3.10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from django.core.exceptions import ValidationError

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.models import Client
from followups.models import AgreedChange, FollowUp
from followups.repeated import refuse_others
from reminders.services import Leave, write_to_client
from sessions_app.services import Rearranged, Rhythm, apply_rhythm, sessions_ahead

# Nobody agrees on the same twice within minutes.
PRESSED_TWICE = timedelta(minutes=5)
# The codes of refusals that are about the person, not about the words.
NOT_WRITTEN_TO = ("stopped", "for_guardians")


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The agreement, what it made of the sessions, and who could not be told by text."""

    change: AgreedChange
    rearranged: Rearranged
    untold: tuple[Client, ...]


def agree_on_change(
    *, follow_up: FollowUp, rhythm: Rhythm, support: str, words: str, actor: User, now: datetime
) -> Agreed:
    """Apply a rhythm to the sessions ahead and keep it as the agreement, with its day.

    `words` go as one text to everybody expected at the next session; without words nobody is told. Who
    may not be written to is named. Pressed twice it is one agreement, and one text. Raises ValidationError
    as `apply_rhythm` and `write_to_client` do: then nothing has changed.
    """
    refuse_others(actor, follow_up.case)
    with acting("agree_on_change", actor=actor):
        FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
        pressed = _pressed_already(follow_up, rhythm, support, actor=actor, now=now)
        if pressed:
            return Agreed(change=pressed, rearranged=Rearranged(steps=()), untold=())
        rearranged = apply_rhythm(case=follow_up.case, rhythm=rhythm, actor=actor, now=now)
        change = AgreedChange.objects.create(
            follow_up=follow_up,
            agreed_on=get_practice().today(now),
            agreed_by=actor,
            applied_at=now,
            every_weeks=rhythm.every_weeks,
            weekday=rhythm.weekday,
            at=rhythm.at,
            modality=rhythm.modality,
            support=support.strip(),
            stayed=len(rearranged.of("stays")),
            changed=_count(rearranged, "changes"),
            booked=_count(rearranged, "books"),
            called_off=_count(rearranged, "calls_off"),
        )
        untold = _tell(change, words, actor=actor, now=now) if words.strip() else ()
    return Agreed(change=change, rearranged=rearranged, untold=untold)


def expected_next(follow_up: FollowUp, now: datetime) -> list[Client]:
    """Whom a text about the new rhythm goes to: everybody expected at the next session of the case."""
    ahead = sessions_ahead(follow_up.case, now)[:1]
    return [
        one.client
        for session in ahead
        for one in session.participants.filter(cancelled_at=None).select_related("client")
    ]


def _pressed_already(
    follow_up: FollowUp, rhythm: Rhythm, support: str, *, actor: User, now: datetime
) -> AgreedChange | None:
    """The same agreed on by the same person minutes ago: a button pressed twice, not a second agreement."""
    return follow_up.agreed_changes.filter(
        agreed_by=actor,
        every_weeks=rhythm.every_weeks,
        weekday=rhythm.weekday,
        at=rhythm.at,
        modality=rhythm.modality,
        support=support.strip(),
        applied_at__gt=now - PRESSED_TWICE,
    ).first()


def _count(rearranged: Rearranged, kind: str) -> int:
    return sum(not step.because for step in rearranged.of(kind))


def _tell(change: AgreedChange, words: str, *, actor: User, now: datetime) -> tuple[Client, ...]:
    """One text to each; returns those to whom nothing may be written."""
    untold = []
    for client in expected_next(change.follow_up, now):
        leave = Leave(once_for=uuid5(change.public_id, str(client.public_id)))
        try:
            write_to_client(client=client, words=words, actor=actor, now=now, leave=leave)
        except ValidationError as refusal:
            if getattr(refusal, "code", "") not in NOT_WRITTEN_TO:
                raise
            untold.append(client)
    return tuple(untold)
