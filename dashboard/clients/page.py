"""Everything that one person's page shows, gathered for its reader in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.access import supervisors_of
from accounts.models import Practice, User
from accounts.roles import May
from accounts.services import get_practice
from attendance.board import participant_status
from attendance.in_part import held_in_part, held_with_somebody
from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES
from clients.access import cases_visible_to, may_read_words, suppressions_of
from clients.contingency import support_of
from clients.models import (
    Case,
    Channel,
    Client,
    Consent,
    ConsentPurpose,
    ContactPoint,
    Guardianship,
    SafeContact,
    Suppression,
    SuppressionReason,
)
from clients.screening import last_asked
from dashboard.check_ins.page import check_in_lines
from dashboard.clients.contingency import plan_lines
from dashboard.clients.marks import Mark, mark_of
from dashboard.clients.story import story_of
from dashboard.help.showing import help_for
from dashboard.messages.forms import OwnWordsForm
from dashboard.messages.threads import begun_words, conversation_of, writing_context
from dashboard.repeated.on_the_sheet import pictures_of
from followups.access import follow_ups_visible_to
from followups.presenting import Row, present_rows
from reminders.reasons import unfit_words
from sessions_app.access import participants_visible_to

# Two a week for a year.
MARKS = 104
MESSAGES = 12
TO_COME = 3
FOLLOW_UPS = 6
CANCELLED, CANCELLED_LATE, NOT_RECORDED = "cancelled", "cancelled_late", "not_recorded"


@dataclass(frozen=True)
class ConsentLine:
    """One purpose at one address: the yes in force, or none."""

    purpose: str
    label: str
    consent: Consent | None


@dataclass(frozen=True)
class ContactLine:
    """One address with its consents and with what stops it."""

    contact: ContactPoint
    consents: tuple[ConsentLine, ...]
    suppressions: tuple["Stop", ...]

    @property
    def unfit(self) -> str:
        """What is wrong with it, in words."""
        return unfit_words(self.contact.unfit_reason)


@dataclass(frozen=True)
class Stop:
    """Why nothing goes to an address on a channel, and whether staff can lift it."""

    suppression: Suppression
    wrote_stop: bool

    @property
    def channel_label(self) -> str:
        return str(Channel(self.suppression.channel).label)


@dataclass(frozen=True)
class Counts:
    """How often, each with its denominator."""

    attended: int
    held_in_part: int
    missed: int
    recorded: int
    cancelled: int
    cancelled_late: int
    not_recorded: int


def client_context(user: User, client: Client, *, now: datetime) -> dict[str, Any]:
    """The template's context; what the reader may not see is not in it."""
    practice = get_practice()
    today = practice.today(now)
    reads_words = may_read_words(user, client)
    follow_ups = follow_ups_of(user, client, now=now)
    past = past_of(user, client, now=now)
    return {
        "client": client,
        "today": today,
        "practice": practice,
        "reads_words": reads_words,
        "is_away": client.is_away(today),
        "is_back": not client.is_away(today) and (client.away_from or today) <= today,
        "is_minor": client.is_minor(today),
        "contacts": contact_lines(client),
        "safe_contact": safe_contact_of(client),
        "may_set_safe_contact": reads_words and user.may(May.SEE_CLINICAL_WORDS),
        **_safety(user, client),
        "guardianships": guardianships_of(client),
        "wards": wards_of(client),
        **_cases(user, client, practice, today),
        "away_support": support_of(client) if reads_words else None,
        "upcoming": upcoming_of(user, client, now=now),
        **past,
        "story": story_of(user, client, past["marks"], today=today),
        **_conversation(user, client, practice, now=now),
        "follow_ups": follow_ups,
        "patterns": pictures_of(user, follow_ups, now=now),
        "called": client.called,
        **help_for(user, client, practice=practice, now=now),
    }


def _cases(user: User, client: Client, practice: Practice, today: date) -> dict[str, Any]:
    """The cases they are in, and what was agreed in each for when they cannot come."""
    cases = cases_of(user, client)
    members = [one for case in cases for one in case.members.all() if one.client_id == client.pk]
    standing = [one for one in members if one.left_on is None and one.case.closed_on is None]
    return {
        "cases": cases,
        "readers": readers_of(cases),
        "plans": plan_lines(user, standing),
        "check_ins": check_in_lines(user, standing, practice=practice, today=today),
    }


def readers_of(cases: Iterable[Case]) -> list[User]:
    """Who reads everything on the page: who treats them, and who supervises those. One query."""
    leads = [one for case in cases for one in case.case_clinicians.all() if one.until_on is None]
    treating = {one.clinician.pk: one.clinician for one in leads}
    supervising = {person.pk: person for person in supervisors_of(treating.values())}
    return list((treating | supervising).values())


def _safety(user: User, client: Client) -> dict[str, Any]:
    """When they were last asked alone, for who treats them; nobody else learns that they were asked.

    What they answered is one page further: somebody may look over a shoulder.
    """
    asked = last_asked(user, client)
    return {"may_screen": True, "asked_alone_at": asked[0]} if asked else {}


def contact_lines(client: Client) -> list[ContactLine]:
    """The addresses in use, each purpose with its yes or its lack of one."""
    in_use = client.contact_points.filter(ended_at=None)
    contacts = list(in_use.prefetch_related("consents__recorded_by"))
    stops = list(suppressions_of(contacts))
    return [ContactLine(contact, _consents(contact), _stops(contact, stops)) for contact in contacts]


def _consents(contact: ContactPoint) -> tuple[ConsentLine, ...]:
    standing = {consent.purpose: consent for consent in contact.consents.all() if not consent.withdrawn_at}
    return tuple(
        ConsentLine(purpose.value, str(purpose.label), standing.get(purpose)) for purpose in ConsentPurpose
    )


def _stops(contact: ContactPoint, stops: Iterable[Suppression]) -> tuple[Stop, ...]:
    return tuple(
        Stop(stop, stop.reason == SuppressionReason.OPTED_OUT and stop.channel == Channel.SMS)
        for stop in stops
        if stop.address == contact.address
    )


def safe_contact_of(client: Client) -> SafeContact | None:
    """What limits how this person is reached; of several the strictest."""
    standing = client.safe_contacts.filter(contact_point=None, ended_at=None)
    return max(standing, key=lambda limit: list(SafeContact.Level.values).index(limit.level), default=None)


def guardianships_of(client: Client) -> list[Guardianship]:
    return list(client.guardianships.filter(until=None).select_related("guardian"))


def wards_of(client: Client) -> list[Guardianship]:
    return list(client.wards.filter(until=None).select_related("minor"))


def cases_of(user: User, client: Client) -> list[Case]:
    """The cases with this person that the reader may see, the open ones first."""
    cases = cases_visible_to(user).filter(members__client=client).distinct().with_people()
    return sorted(cases, key=lambda case: (case.closed_on is not None, -case.pk))


def upcoming_of(user: User, client: Client, *, now: datetime) -> list[Mark]:
    """What lies ahead, soonest first."""
    ahead = participants_visible_to(user).upcoming_for(client, now)
    loaded = ahead.select_related("session__room", "session__location", "session__case").prefetch_related(
        "session__session_clinicians__clinician"
    )
    return [
        Mark(participant, participant_status(participant, outcome="", now=now), "")
        for participant in loaded[:10]
    ]


def past_of(user: User, client: Client, *, now: datetime) -> dict[str, Any]:
    """The attendance timeline: marks, newest first, and counts over all that is over."""
    past = participants_visible_to(user).filter(client=client, starts_at__lte=now)
    loaded = past.select_related("session__case", "attendance").prefetch_related(
        "session__session_clinicians__clinician"
    )
    marks = [mark_of(participant, now=now) for participant in loaded.order_by("-starts_at")[:MARKS]]
    over = past.filter(Q(attendance__isnull=False) | Q(session__ends_at__lte=now) | ~Q(cancelled_at=None))
    held = {
        "held": held_with_somebody("session_id", case="session__case"),
        "in_part": held_in_part("session_id", case="session__case"),
    }
    outcomes = over.annotate(**held).values_list(
        "attendance__outcome", "cancelled_late", "cancelled_at", "session__cancelled_at", *held
    )
    return {"marks": marks, "counts": _counts(outcomes)}


def _counts(rows: Iterable[tuple[str | None, bool, datetime | None, datetime | None, bool, bool]]) -> Counts:
    found: Counter[str] = Counter()
    held: Counter[str] = Counter()
    in_part = 0
    for outcome, late, cancelled_at, called_off_at, is_held, is_in_part in rows:
        found[outcome or _without_outcome(cancelled_at or called_off_at, late=late)] += 1
        held[outcome or ""] += is_held
        in_part += is_in_part
    late_ones = found.pop(CANCELLED_LATE, 0)
    cancelled = found.pop(CANCELLED, 0) + late_ones
    not_recorded = found.pop(NOT_RECORDED, 0)
    return Counts(
        attended=sum(found[outcome] for outcome in ATTENDED_OUTCOMES),
        held_in_part=in_part,
        # A session that the other came to is not a missed one (row 1.17).
        missed=sum(found[outcome] - held[outcome] for outcome in MISSED_OUTCOMES),
        recorded=found.total(),
        cancelled=cancelled,
        cancelled_late=late_ones,
        not_recorded=not_recorded,
    )


def _without_outcome(cancelled_at: datetime | None, *, late: bool) -> str:
    if cancelled_at is None:
        return NOT_RECORDED
    return CANCELLED_LATE if late else CANCELLED


def _conversation(user: User, client: Client, practice: Practice, *, now: datetime) -> dict[str, Any]:
    """The latest of what was said, what comes next, and the form to write to them."""
    conversation = conversation_of(user, client, now=now, most=MESSAGES)
    return {
        "said": conversation.said[-MESSAGES:],
        "to_come": conversation.to_come[:TO_COME],
        **writing_context(OwnWordsForm(initial=begun_words(practice))),
    }


def follow_ups_of(user: User, client: Client, *, now: datetime) -> list[Row]:
    """The latest follow-ups, as far as this reader may read them; the open ones first."""
    latest = follow_ups_visible_to(user).of(client).with_people()[:FOLLOW_UPS]
    return sorted(present_rows(user, latest, now=now), key=lambda row: row.state != "open")
