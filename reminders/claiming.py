"""Takes due rows, and commits an attempt for each that may go, before any call is made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from accounts.models import Practice
from reminders.calendar_file import calendar_file
from reminders.facts import Claim, Facts, read_locked
from reminders.judging import End, Go, Judgement, Wait, judge
from reminders.models import Purpose, State
from reminders.providers import LOOK_AGAIN, Gate
from reminders.rendering import SessionFacts, Wordings, fill, practice_fields, session_fields
from reminders.transports import Parcel

BATCH = 25
MOST_VALIDITY_SECONDS = 36_000  # Twilio's own limit
BUSY_FOR = timedelta(seconds=2)

# A cancellation today comes first, then what is today, tomorrow, later.
_CLAIM = """
    UPDATE reminders_message SET state = 'claimed', claimed_by = %(owner)s, claimed_at = %(now)s
    WHERE id IN (
        SELECT id FROM reminders_message WHERE state = 'planned' AND not_before <= %(now)s
        ORDER BY CASE WHEN priority = 0 AND expires_at < %(now)s + interval '1 day' THEN 0
                      WHEN expires_at < %(now)s + interval '1 day' THEN 1
                      WHEN expires_at < %(now)s + interval '2 days' THEN 2 ELSE 3 END, expires_at
        LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING id, session_id, participant_id
"""
_INSERT_ATTEMPTS = """
    INSERT INTO reminders_attempt (id, message_id, channel, address, contact_point_id, subject, body,
                                   state, owner, committed_at)
    SELECT * FROM (VALUES {rows}) AS attempt
    ON CONFLICT DO NOTHING RETURNING id
"""
_ROW = "(%s::uuid, %s::bigint, %s, %s, %s::bigint, %s, %s, 'pending', %s::bigint, %s::timestamptz)"
_SET_SENDING = """
    UPDATE reminders_message SET state = 'sending', tries = tries + 1, reason = '' WHERE id = ANY(%s)
"""
_PUT_ASIDE = """
    UPDATE reminders_message m SET state = v.state, reason = v.reason, needs_call = v.needs_call,
        not_before = coalesce(greatest(v.not_before, m.due_at), m.not_before), settled_at = v.settled_at,
        claimed_by = NULL, claimed_at = NULL
    FROM (VALUES {rows}) AS v (id, state, reason, needs_call, not_before, settled_at) WHERE m.id = v.id
"""
_ASIDE_ROW = "(%s::bigint, %s, %s, %s::boolean, %s::timestamptz, %s::timestamptz)"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one claim came to: the parcels to carry now."""

    parcels: list[Parcel]
    # The bucket is empty: claiming more before this would only push rows about.
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    facts: Facts
    contact_id: int | None
    parcel: Parcel


def claim(*, owner_key: int, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Take the most urgent due rows that nobody else is taking."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"owner": owner_key, "now": now, "limit": limit})
        return [Claim(*row) for row in cursor.fetchall()]


def begin(claims: list[Claim], *, owner_key: int, now: datetime, wordings: Wordings) -> Batch:
    """Judge claimed rows under lock and commit an attempt for each that goes, in one transaction.

    Raises RuntimeError inside another transaction: then nothing would be committed before the call.
    """
    with transaction.atomic(durable=True):
        practice = Practice.objects.get(pk=1)
        gate = Gate.read(now)
        facts = read_locked(claims, owner_key=owner_key, today=practice.today(now))
        judged = [(row, _judge(row, practice, gate, now)) for row in facts]
        drafts = [
            draft
            for row, judgement in judged
            if isinstance(judgement, Go) and (draft := _draft(row, judgement, practice, wordings, now))
        ]
        taken = _insert_attempts(drafts, owner_key=owner_key, now=now)
        aside = _aside(judged, drafts, taken, now)
        _put_aside(aside, now)
    return Batch([draft.parcel for draft in drafts if draft.parcel.attempt_id in taken], _rest(aside))


def _judge(facts: Facts, practice: Practice, gate: Gate, now: datetime) -> Judgement:
    if practice.sending_paused_at:
        return Wait(now + LOOK_AGAIN, "paused")
    judgement = judge(facts, now=now, practice_zone=practice.timezone)
    if isinstance(judgement, Go):
        return gate.pass_through(judgement)
    return judgement


def _draft(
    facts: Facts, judgement: Go, practice: Practice, wordings: Wordings, now: datetime
) -> _Draft | None:
    contact = judgement.contact
    rendered = _render(facts, contact.channel, practice, wordings)
    if rendered is None:
        return None
    subject, body = rendered
    seconds = int((facts.expires_at - now).total_seconds())
    file, method = _calendar(facts, practice) if contact.is_private else (None, "")
    parcel = Parcel(
        attempt_id=uuid4(),
        message_id=facts.message_id,
        channel=contact.channel,
        address=contact.address,
        subject=subject,
        body=body,
        validity_seconds=max(1, min(MOST_VALIDITY_SECONDS, seconds)),
        calendar_file=file,
        calendar_method=method,
    )
    return _Draft(facts, contact.id, parcel)


def _render(facts: Facts, channel: str, practice: Practice, wordings: Wordings) -> tuple[str, str] | None:
    if facts.purpose == Purpose.STAFF:
        return practice.display_name, facts.words
    words = wordings.find(facts.template_key, facts.language, channel)
    if words is None:
        return None
    fields = practice_fields(practice)
    if facts.starts_at:
        link = facts.video_link if facts.modality == "video" else ""
        session = SessionFacts(
            facts.starts_at, facts.session_zone, facts.recipient_zone, facts.modality == "in_person", link
        )
        fields |= session_fields(session, facts.language)
    return fill(words.subject, fields), fill(words.body, fields)


def _calendar(facts: Facts, practice: Practice) -> tuple[bytes | None, str]:
    if facts.starts_at is None or facts.ends_at is None or facts.version is None:
        return None, ""
    return calendar_file(
        subject_id=facts.subject_id,
        version=facts.version,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        summary=practice.display_name,
        cancelled=facts.purpose == Purpose.CANCELLED,
    )


def _insert_attempts(drafts: list[_Draft], *, owner_key: int, now: datetime) -> set[UUID]:
    """The attempts that stand; a destination with an unresolved one refuses another."""
    if not drafts:
        return set()
    values: list[Any] = []
    # By address, so that two dispatchers wait for one another in one order and never deadlock.
    for draft in sorted(drafts, key=lambda draft: draft.parcel.address):
        parcel = draft.parcel
        values += [parcel.attempt_id, parcel.message_id, parcel.channel, parcel.address]
        values += [draft.contact_id, parcel.subject, parcel.body, owner_key, now]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ATTEMPTS.format(rows=", ".join([_ROW] * len(drafts))), values)
        taken = {row[0] for row in cursor.fetchall()}
        begun = [draft.parcel.message_id for draft in drafts if draft.parcel.attempt_id in taken]
        cursor.execute(_SET_SENDING, [begun])
    return taken


def _aside(
    judged: list[tuple[Facts, Judgement]], drafts: list[_Draft], taken: set[UUID], now: datetime
) -> list[tuple[Facts, Wait | End]]:
    """Everything that does not go now, and why."""
    drafted = {draft.facts.message_id: draft.parcel.attempt_id for draft in drafts}
    aside: list[tuple[Facts, Wait | End]] = []
    for facts, judgement in judged:
        if not isinstance(judgement, Go):
            aside.append((facts, judgement))
        elif facts.message_id not in drafted:
            aside.append((facts, End(State.SUPPRESSED, "no_words")))
        elif drafted[facts.message_id] not in taken:
            aside.append((facts, Wait(now + BUSY_FOR, "destination_busy")))
    return aside


def _rest(aside: list[tuple[Facts, Wait | End]]) -> datetime | None:
    waits = (
        verdict.until for _, verdict in aside if isinstance(verdict, Wait) and verdict.reason == "back_off"
    )
    return min(waits, default=None)


def _put_aside(aside: list[tuple[Facts, Wait | End]], now: datetime) -> None:
    if not aside:
        return
    values: list[Any] = []
    for facts, verdict in aside:
        if isinstance(verdict, Wait):
            values += [facts.message_id, State.PLANNED.value, verdict.reason, False, verdict.until, None]
        else:
            values += [facts.message_id, verdict.state.value, verdict.reason, verdict.needs_call, None, now]
    with connection.cursor() as cursor:
        cursor.execute(_PUT_ASIDE.format(rows=", ".join([_ASIDE_ROW] * len(aside))), values)
