"""Takes due rows, and commits an attempt for each that may go, before any call is made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from accounts.models import Practice
from accounts.prepared import Prepared
from clients.models import Channel
from reminders.calendar_file import Entry, calendar_file
from reminders.caps import Allowance, too_late
from reminders.combining import Bundle, bundles_of
from reminders.facts import Claim, Contact, Facts, read_locked
from reminders.judging import End, Go, Judgement, Wait, judge
from reminders.links import Link, LinkFor, address_of, tag_of, token_of
from reminders.models import Purpose, State
from reminders.needs import EXPIRE
from reminders.providers import LOOK_AGAIN, SENDER_RATE, Gate, take_tokens
from reminders.rendering import (
    SessionFacts,
    Wordings,
    fill,
    in_speech,
    practice_fields,
    said_times,
    session_fields,
    until_words,
    without_links,
)
from reminders.transports import Parcel

Fields = Mapping[str, str]

BATCH = 25
MOST_VALIDITY_SECONDS = 36_000  # Twilio's own limit
BUSY_FOR = timedelta(seconds=2)

# A cancellation today comes first, then what is today, tomorrow, later: by when it expires. Both
# halves walk an index of what is planned, in its order, from now on: neither the backlog nor what
# has left the queue without being vacuumed away is ever read through.
_CLAIM = Prepared(
    "claim",
    """
    WITH urgent AS (
        SELECT id FROM reminders_message
        WHERE state = 'planned' AND priority = 0 AND not_before <= $2
          AND expires_at > $2 AND expires_at < $2 + interval '1 day'
        ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
    ), usual AS (
        SELECT id FROM reminders_message
        WHERE state = 'planned' AND not_before <= $2 AND expires_at > $2
          AND (priority > 0 OR expires_at >= $2 + interval '1 day')
        ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED
    )
    UPDATE reminders_message SET state = 'claimed', claimed_by = $1, claimed_at = $2
    WHERE id = ANY(ARRAY(SELECT id FROM urgent UNION ALL SELECT id FROM usual LIMIT $3))
    RETURNING id, session_id, participant_id
""",
    values=3,
    types="bigint, timestamptz, bigint",
    is_planned_once=True,
)
# What the text of a due reminder can say too: whatever else would be due before that person's day ends,
# their other times of the week that the same rule speaks of (the word of the day before stays with its
# own day), and what this text took along when it was tried before. A word of a new time has only the last.
# From the leads to each person's own messages, whatever the planner believes of tables it never counted.
_CLAIM_COMPANIONS = Prepared(
    "claim_companions",
    """
    WITH lead AS MATERIALIZED (
        SELECT m.id, m.purpose, m.recipient_id, m.session_id, m.rule_id, m.template_key,
               coalesce(nullif(who.timezone, ''), practice.timezone) AS zone
        FROM reminders_message m JOIN clients_client who ON who.id = m.recipient_id
        CROSS JOIN accounts_practice practice
        WHERE m.id = ANY($3) AND m.purpose IN ('reminder', 'moved')
    ), found AS MATERIALIZED (
        SELECT other.id FROM lead
        CROSS JOIN LATERAL (
            SELECT * FROM reminders_message theirs
            WHERE theirs.recipient_id = lead.recipient_id AND theirs.due_at > $2 - interval '14 days' OFFSET 0
        ) other
        JOIN sessions_app_therapysession s ON s.id = other.session_id
        LEFT JOIN reminders_reminderrule rule ON rule.id = other.rule_id
        WHERE other.purpose = lead.purpose AND other.session_id <> lead.session_id
          AND other.template_key = lead.template_key AND other.expires_at > $2
          AND (other.state = 'planned' AND lead.purpose = 'reminder' AND s.starts_at < $2 + interval '7 days'
               AND (other.rule_id = lead.rule_id AND rule.lead_days > 1
                    OR (other.due_at AT TIME ZONE lead.zone)::date <= ($2 AT TIME ZONE lead.zone)::date)
               OR other.state = 'cancelled' AND other.reason = 'combined' AND other.carried_by_id = lead.id)
    )
    UPDATE reminders_message SET state = 'claimed', claimed_by = $1, claimed_at = $2
    WHERE id = ANY(ARRAY(
        SELECT id FROM reminders_message
        WHERE id = ANY(ARRAY(SELECT id FROM found))
          AND (state = 'planned' OR state = 'cancelled' AND reason = 'combined')
        FOR UPDATE SKIP LOCKED))
    RETURNING id, session_id, participant_id
""",
    values=3,
    types="bigint, timestamptz, bigint[]",
    is_planned_once=True,
)
_CARRY = """
    UPDATE reminders_message m SET state = 'cancelled', reason = 'combined', carried_by_id = v.lead,
        tries = m.tries + 1, settled_at = %s, claimed_by = NULL, claimed_at = NULL
    FROM (VALUES {rows}) AS v (id, lead) WHERE m.id = v.id
"""
_LET_GO = """
    UPDATE reminders_message SET state = 'planned', claimed_by = NULL, claimed_at = NULL, carried_by_id = NULL,
        settled_at = NULL, reason = CASE WHEN reason = 'combined' THEN '' ELSE reason END
    WHERE id = ANY(%s)
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
    bundle: Bundle
    contact_id: int | None
    parcel: Parcel

    @property
    def facts(self) -> Facts:
        return self.bundle.lead


def end_overdue(now: datetime) -> None:
    """End what is too late to help: a claim begins with what is not."""
    with connection.cursor() as cursor:
        cursor.execute(EXPIRE, {"now": now})


def claim(*, owner_key: int, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Take the most urgent due rows that nobody else is taking, and what their texts can say too."""
    with transaction.atomic():
        due = [Claim(*row) for row in _CLAIM.rows(owner_key, now, limit)]
        if not due:
            return []
        leads = [row.message_id for row in due]
        others = _CLAIM_COMPANIONS.rows(owner_key, now, leads)
    return due + [Claim(number, session, seat, is_companion=True) for number, session, seat in others]


def begin(claims: list[Claim], *, owner_key: int, now: datetime, wordings: Wordings) -> Batch:
    """Judge claimed rows under lock and commit an attempt for each that goes, in one transaction.

    Raises RuntimeError inside another transaction: then nothing would be committed before the call.
    """
    tokens = take_tokens(len(claims), now)
    with transaction.atomic(durable=True):
        practice = Practice.objects.get(pk=1)
        gate = Gate.read(tokens, now)
        facts = read_locked(claims, owner_key=owner_key, today=practice.today(now), now=now)
        judged = [(row, _judge(row, practice, now)) for row in facts]
        allowance = Allowance.read(facts, practice, now)
        bundles, verdicts = _through_the_gates(bundles_of(judged), allowance, gate)
        fields = practice_fields(practice)
        drafts = [draft for bundle in bundles if (draft := _draft(bundle, fields, wordings, now))]
        taken = _insert_attempts(drafts, owner_key=owner_key, now=now)
        sent = [draft for draft in drafts if draft.parcel.attempt_id in taken]
        _carry([draft.bundle for draft in sent], now)
        aside = _aside(judged, verdicts, drafts, sent, now)
        _put_aside([(row, verdict) for row, verdict in aside if not row.is_companion], now)
        _let_go([row.message_id for row, _ in aside if row.is_companion])
    gate.give_back()
    return Batch([draft.parcel for draft in sent], _rest(aside))


def _judge(facts: Facts, practice: Practice, now: datetime) -> Judgement:
    if practice.sending_paused_at:
        return Wait(now + LOOK_AGAIN, "paused")
    return judge(facts, now=now, practice_zone=practice.timezone)


def _through_the_gates(
    bundles: list[Bundle], allowance: Allowance, gate: Gate
) -> tuple[list[Bundle], dict[int, Wait | End]]:
    """What passes, and why the rest does not go now: the person has had enough, or the provider."""
    passed: list[Bundle] = []
    full: list[tuple[Facts, Wait]] = []
    verdicts: dict[int, Wait | End] = {}
    for bundle in bundles:
        verdict = allowance.pass_through(bundle.lead, bundle.go)
        if isinstance(verdict, Wait):
            full += [(row, verdict) for row in bundle.times]
        elif isinstance(way := gate.pass_through(verdict, expires_at=bundle.lead.expires_at), Wait):
            verdicts |= {row.message_id: way for row in bundle.times}
        else:
            allowance.note(bundle.lead)
            passed.append(replace(bundle, go=way))
    return passed, verdicts | {row.message_id: wait for row, wait in full} | too_late(full)


def _draft(bundle: Bundle, fields: Fields, wordings: Wordings, now: datetime) -> _Draft | None:
    facts, contact = bundle.lead, bundle.go.contact
    rendered = _render(bundle, fields, wordings, now)
    if rendered is None:
        return None
    subject, body = rendered
    seconds = int((facts.expires_at - now).total_seconds())
    file, method = _calendar(bundle, contact, fields)
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
        sender=fields["practice"],
    )
    return _Draft(bundle, contact.id, parcel)


def _render(bundle: Bundle, fields: Fields, wordings: Wordings, now: datetime) -> tuple[str, str] | None:
    facts, channel = bundle.lead, bundle.go.contact.channel
    if facts.words and facts.purpose != Purpose.ANSWER:  # a colleague's own
        return fields["practice"], facts.words
    words = wordings.find(facts.template_key, facts.language, channel)
    if words is None:
        return None
    fields = {**fields, "times": facts.words}
    times = [time for row in bundle.times if (time := _time_of(row))]
    if channel == Channel.VOICE:
        return "", fill(words.body, {**in_speech(fields), "link": "", **said_times(times, facts.language)})
    if times:
        fields = {**fields, **session_fields(times, facts.language)}
    if facts.offer_until:
        zone = facts.recipient_zone or facts.session_zone
        fields = {**fields, "until": until_words(facts.offer_until, now, zone, facts.language)}
    if "{link}" in words.body:
        fields = {**fields, "link": _own_pages(bundle)}
    return fill(words.subject, {**fields, **without_links(times, facts.language)}), fill(words.body, fields)


def _time_of(facts: Facts) -> SessionFacts | None:
    if facts.starts_at is None:
        return None
    link = facts.video_link if facts.modality == "video" else ""
    is_in_person = facts.modality == "in_person"
    return SessionFacts(
        facts.starts_at, facts.session_zone, facts.recipient_zone, is_in_person, link, facts.could_be_video
    )


def _own_pages(bundle: Bundle) -> str:
    """The page of the time that it speaks of; of several each with its time."""
    is_private = bundle.go.contact.is_private
    pages = [(row, page) for row in bundle.times if (page := _own_page(row, is_private=is_private))]
    if len(pages) == 1:
        return pages[0][1]
    return "\n".join(f"{_when(row)}: {page}" for row, page in pages)


def _when(facts: Facts) -> str:
    time = _time_of(facts)
    return session_fields([time], facts.language)["when"] if time else ""


def _own_page(facts: Facts, *, is_private: bool) -> str:
    """The address of the page of whoever reads this; empty for what is about no session of theirs."""
    participant, reader = facts.participant_public_id, facts.recipient_public_id
    if facts.offer_until and reader:
        return _offer_page(facts.subject_id, reader, facts.offer_until)
    if not participant or not reader or facts.version is None or facts.ends_at is None:
        return ""
    link = Link(
        purpose=LinkFor.SESSION,
        subject_id=participant,
        recipient_tag=tag_of(reader),
        version=facts.version,
        expires_at=facts.ends_at,
        is_private=is_private,
    )
    return address_of(token_of(link))


def _offer_page(offer_id: UUID, recipient_id: UUID, until: datetime) -> str:
    link = Link(
        purpose=LinkFor.OFFER,
        subject_id=offer_id,
        recipient_tag=tag_of(recipient_id),
        version=1,
        expires_at=until,
    )
    return address_of(token_of(link), "portal:offer")


def _calendar(bundle: Bundle, contact: Contact, fields: Fields) -> tuple[bytes | None, str]:
    """For a mail to an address that nobody else reads."""
    if not contact.is_private or contact.channel != Channel.EMAIL:
        return None, ""
    entries = [
        Entry(row.subject_id, row.version, row.starts_at, row.ends_at)
        for row in bundle.times
        if row.starts_at and row.ends_at and row.version is not None and not row.offer_until
    ]
    if not entries:
        return None, ""
    cancelled = bundle.lead.purpose == Purpose.CANCELLED
    return calendar_file(entries=entries, summary=fields["practice"], cancelled=cancelled)


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


def _carry(bundles: list[Bundle], now: datetime) -> None:
    """Those that a text speaks for need none of their own, as long as that text gets through."""
    pairs = [(row.message_id, bundle.lead.message_id) for bundle in bundles for row in bundle.others]
    if not pairs:
        return
    with connection.cursor() as cursor:
        rows = ", ".join(["(%s::bigint, %s::bigint)"] * len(pairs))
        cursor.execute(_CARRY.format(rows=rows), [now, *(number for pair in pairs for number in pair)])


def _let_go(companions: list[int]) -> None:
    if companions:
        with connection.cursor() as cursor:
            cursor.execute(_LET_GO, [companions])


def _aside(
    judged: list[tuple[Facts, Judgement]],
    verdicts: dict[int, Wait | End],
    drafts: list[_Draft],
    sent: list[_Draft],
    now: datetime,
) -> list[tuple[Facts, Wait | End]]:
    """Everything that does not go now, and why."""
    gone = {row.message_id for draft in sent for row in draft.bundle.times}
    drafted = {row.message_id for draft in drafts for row in draft.bundle.times}
    aside: list[tuple[Facts, Wait | End]] = []
    for facts, judgement in judged:
        number = facts.message_id
        if not isinstance(judgement, Go):
            aside.append((facts, judgement))
        elif number in verdicts:
            aside.append((facts, verdicts[number]))
        elif number not in drafted:
            aside.append((facts, End(State.SUPPRESSED, "no_words")))
        elif number not in gone:
            aside.append((facts, Wait(now + BUSY_FOR, "destination_busy")))
    return aside


def _rest(aside: list[tuple[Facts, Wait | End]]) -> datetime | None:
    waits = (
        verdict.until for _, verdict in aside if isinstance(verdict, Wait) and verdict.reason == SENDER_RATE
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
