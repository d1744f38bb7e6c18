"""Reads, under lock, everything that decides whether and where a message may go now."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.prepared import Prepared
from reminders.codes import AGAIN_AFTER, LANDLINES


@dataclass(frozen=True, slots=True)
class Contact:
    """One address of the recipient, in the order in which they are tried."""

    id: int | None
    channel: str
    address: str
    is_usable: bool  # in use, fit, and texts are welcome there
    is_private: bool
    consented: bool
    suppressed: str  # the reason, or empty
    unsafe: bool
    is_spent: bool = False  # this message was tried here in vain, and goes on to the next


@dataclass(frozen=True, slots=True)
class Facts:
    """One claimed message with its session and its recipient, as they stand under lock."""

    message_id: int
    recipient_id: int | None
    purpose: str
    reason: str  # why it waited, the last time that it did
    template_key: str
    words: str
    subject_version: int
    tries: int
    expires_at: datetime
    rule_active: bool
    any_hour: bool  # a colleague said why it cannot wait for the morning
    version: int | None
    session_cancelled: bool
    participant_cancelled: bool
    subject_id: UUID
    starts_at: datetime | None
    ends_at: datetime | None
    session_zone: str
    modality: str
    video_link: str
    could_be_video: bool  # in person, for one person alone, and a V could move it to a screen
    participant_public_id: UUID | None
    recipient_public_id: UUID | None
    offer_is_open: bool
    offer_until: datetime | None
    check_in_way: str  # how a check-in goes out; empty where it no longer holds, and for all else
    language: str
    recipient_zone: str
    silent: bool
    away: bool
    stands_for: bool  # the recipient is the participant, or may still receive for them
    lacks_guardian: bool
    safety: str  # the strictest level set on the person, or empty
    contacts: tuple[Contact, ...]
    # Not due yet: claimed to be named in the text of another one, and otherwise let go again.
    is_companion: bool


_LOCK_SESSIONS = "SELECT id FROM sessions_app_therapysession WHERE id = ANY(%s) ORDER BY id FOR SHARE"
_LOCK_PARTICIPANTS = "SELECT id FROM sessions_app_participant WHERE id = ANY(%s) ORDER BY id FOR SHARE"
_LOCK_MESSAGES = """
    SELECT id FROM reminders_message
    WHERE id = ANY(%s) AND state = 'claimed' AND claimed_by = %s ORDER BY id FOR UPDATE
"""

# Of the messages ($1) on the practice's day ($2); after $3 an address is not tried again; the codes $4
# mark numbers that can still be called. Prepared, since planning it takes eight times as
# long as reading 25 messages.
_READ = Prepared(
    "claimed_facts",
    """
    SELECT m.id, m.recipient_id, m.purpose, m.reason, m.template_key, m.words, m.subject_version, m.tries, m.expires_at,
        coalesce(r.is_active, true), m.any_hour_because <> '', s.version, s.cancelled_at IS NOT NULL,
        p.cancelled_at IS NOT NULL,
        m.subject_id, coalesce(v.starts_at, s.starts_at), coalesce(v.ends_at, s.ends_at),
        coalesce(v.timezone, s.timezone, ''), coalesce(v.modality, s.modality, ''),
        coalesce(s.video_link, ''),
        -- As services/by_video.py asks when the V comes: offered, alone, and a link is known.
        coalesce(s.modality = 'in_person' AND m.purpose IN ('reminder', 'moved') AND k.kind = 'individual'
            AND (SELECT offered.video_offered FROM sessions_app_service offered WHERE offered.id = s.service_id)
            AND (SELECT count(*) FROM sessions_app_participant others WHERE others.session_id = s.id) = 1
            AND (s.video_link <> '' OR EXISTS (
                SELECT FROM sessions_app_sessionclinician lead JOIN accounts_user u ON u.id = lead.clinician_id
                WHERE lead.session_id = s.id AND (u.video_link <> '' OR EXISTS (
                    SELECT FROM sessions_app_therapysession before
                    JOIN sessions_app_sessionclinician led ON led.session_id = before.id
                    WHERE before.case_id = s.case_id AND before.id <> s.id AND before.video_link <> ''
                      AND led.clinician_id = lead.clinician_id)))), false),
        p.public_id, who.public_id,
        coalesce(o.state = 'open', true), o.expires_at,
        CASE WHEN m.purpose = 'check_in' THEN coalesce((
            SELECT agreed.way FROM clients_checkinplan agreed
            JOIN clients_case its ON its.id = agreed.case_id AND its.closed_on IS NULL
            JOIN clients_casemember theirs ON theirs.case_id = its.id AND theirs.client_id = agreed.client_id
                AND theirs.left_on IS NULL
            WHERE agreed.public_id = m.subject_id AND agreed.ended_at IS NULL AND agreed.paused_at IS NULL
              AND (agreed.until_on IS NULL OR agreed.until_on >= $2 - 2) LIMIT 1), '') ELSE '' END,
        coalesce(who.language, 'en'), coalesce(who.timezone, ''),
        coalesce(who.died_on IS NOT NULL OR who.left_on IS NOT NULL, false)
            OR coalesce(about.died_on IS NOT NULL OR about.left_on IS NOT NULL, false),
        coalesce(who.away_from <= $2 AND (who.away_until IS NULL OR who.away_until > $2), false)
            OR coalesce(about.away_from <= $2
                AND (about.away_until IS NULL OR about.away_until > $2), false),
        about.id IS NULL OR about.id = m.recipient_id OR EXISTS (
            SELECT FROM clients_guardianship g WHERE g.minor_id = about.id AND g.guardian_id = m.recipient_id
            AND g.may_receive AND (g.until IS NULL OR g.until > $2)),
        about.id = m.recipient_id AND CASE
            WHEN about.born_on IS NOT NULL THEN about.born_on > $2 - interval '18 years'
            ELSE coalesce(about.birth_year >= extract(year FROM $2) - 18, false) END,
        (SELECT array_agg(safe.level) FROM clients_safecontact safe WHERE safe.contact_point_id IS NULL
            AND safe.ended_at IS NULL AND safe.client_id IN (who.id, about.id)),
        CASE WHEN i.id IS NOT NULL THEN (
            SELECT json_build_array(json_build_array(NULL, 'sms', i.from_address, true, false, true, (
                SELECT stop.reason FROM clients_suppression stop
                WHERE stop.address = i.from_address AND stop.channel = 'sms' AND stop.lifted_at IS NULL
            ), false)))
        ELSE (
            SELECT json_agg(json_build_array(
                cp.id, via.channel, cp.address, via.is_usable,
                cp.is_private,
                EXISTS (SELECT FROM clients_consent ok WHERE ok.contact_point_id = cp.id
                    AND ok.withdrawn_at IS NULL
                    AND ok.purpose = CASE m.purpose WHEN 'outreach' THEN 'outreach'
                        WHEN 'check_in' THEN 'check_ins'
                        WHEN 'offer' THEN 'offers' ELSE 'appointments' END),
                (SELECT stop.reason FROM clients_suppression stop WHERE stop.address = cp.address
                    AND stop.channel = via.channel AND stop.lifted_at IS NULL),
                EXISTS (SELECT FROM clients_safecontact safe WHERE safe.contact_point_id = cp.id
                    AND safe.ended_at IS NULL),
                m.tries > 0 AND (SELECT count(*) FILTER (WHERE tried.provider_status = 'machine') >= 1
                        OR count(*) >= CASE WHEN m.expires_at <= $3 THEN 1 ELSE 2 END
                    FROM reminders_attempt tried
                    WHERE tried.message_id = m.id AND tried.address = cp.address
                      AND tried.channel = via.channel AND tried.state = 'refused'
                      AND tried.provider_status <> '')
            ) ORDER BY array_position(r.channels, via.channel::varchar), via.place, cp.id)
            FROM clients_contactpoint cp
            CROSS JOIN LATERAL (
                SELECT CASE cp.kind WHEN 'phone' THEN 'sms' ELSE 'email' END, cp.position,
                    cp.unfit_at IS NULL AND (cp.kind = 'email' OR cp.may_text)
                UNION ALL
                SELECT 'voice', cp.call_position, cp.may_call AND NOT cp.is_discreet
                    AND (cp.unfit_at IS NULL OR cp.unfit_reason = ANY($4))
                WHERE cp.call_position IS NOT NULL AND cp.kind = 'phone'
            ) via(channel, place, is_usable)
            WHERE cp.client_id = who.id AND cp.ended_at IS NULL
        ) END
    FROM reminders_message m
    LEFT JOIN sessions_app_offer o ON m.purpose = 'offer' AND o.public_id = m.subject_id
    LEFT JOIN sessions_app_vacancy v ON v.id = o.vacancy_id
    LEFT JOIN sessions_app_therapysession s ON s.id = m.session_id
    LEFT JOIN clients_case k ON k.id = s.case_id
    LEFT JOIN sessions_app_participant p ON p.id = m.participant_id
    LEFT JOIN reminders_reminderrule r ON r.id = m.rule_id
    LEFT JOIN reminders_inboundmessage i ON i.id = m.inbound_id
    LEFT JOIN clients_client about ON about.id = p.client_id
    LEFT JOIN clients_client who ON who.id = m.recipient_id
    WHERE m.id = ANY($1)
""",
    values=4,
    types="bigint[], date, timestamptz, text[]",
)

_STRICTEST = ("do_not_contact", "call_only", "discreet")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that an owner has taken, and what must be locked before it."""

    message_id: int
    session_id: int | None
    participant_id: int | None
    is_companion: bool = False


def read_locked(claims: list[Claim], *, owner_key: int, today: date, now: datetime) -> list[Facts]:
    """Lock session, participant and message, in that order, and read what is true under the locks.

    Must run in a transaction. Rows that this owner no longer holds are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_SESSIONS, [[c.session_id for c in claims if c.session_id]])
        cursor.execute(_LOCK_PARTICIPANTS, [[c.participant_id for c in claims if c.participant_id]])
        cursor.execute(_LOCK_MESSAGES, [[c.message_id for c in claims], owner_key])
        ours = [row[0] for row in cursor.fetchall()]
    # A statement of its own, so that its snapshot is younger than the locks.
    rows = _READ.rows(ours, today, now + AGAIN_AFTER, LANDLINES)
    companions = {c.message_id for c in claims if c.is_companion}
    return [_facts(row, is_companion=row[0] in companions) for row in rows]


def read_unlocked(message_id: int, *, today: date, now: datetime) -> Facts:
    """The same of a message just written, for who wants to know what would become of it."""
    [row] = _READ.rows([message_id], today, now + AGAIN_AFTER, LANDLINES)
    return _facts(row, is_companion=False)


def _facts(row: tuple[Any, ...], *, is_companion: bool) -> Facts:
    *plain, levels, contacts = row
    rows = json.loads(contacts) if isinstance(contacts, str) else contacts or []
    known = tuple(_contact(*contact) for contact in rows)
    columns: list[Any] = [*plain, _strictest(levels or []), known, is_companion]
    return Facts(*columns)


def _strictest(levels: list[str]) -> str:
    return next((level for level in _STRICTEST if level in levels), "")


def _contact(*columns: Any) -> Contact:
    number, channel, address, is_usable, is_private, consented, suppressed, unsafe, *spent = columns
    return Contact(
        number, channel, address, is_usable, is_private, consented, suppressed or "", unsafe, any(spent)
    )
