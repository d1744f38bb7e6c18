"""Who may do what: one policy table, tested as a matrix."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the practice; one person may hold several."""

    CLINICIAN = "clinician", _("Clinician")
    FRONT_DESK = "front_desk", _("Front desk")
    SUPERVISOR = "supervisor", _("Supervisor")
    PRACTICE_ADMIN = "practice_admin", _("Practice admin")


class May(StrEnum):
    """A permission that a page, an API view or a service asks for."""

    SEE_ALL_SESSIONS = "see_all_sessions"  # every session, contact and attendance mark
    SEE_OWN_CASELOAD = "see_own_caseload"  # the cases that one leads oneself
    SEE_SUPERVISED = "see_supervised"  # the caseloads of the clinicians under one
    SEE_CLINICAL_WORDS = "see_clinical_words"  # concerns, notes, mandates, risk, clients' own words
    BOOK = "book"  # book, move, cancel
    CLOSE_PLACES = "close_places"  # shut a place for a day, whosever sessions that calls off
    RECORD_ATTENDANCE = "record_attendance"
    EDIT_CLIENTS = "edit_clients"  # contacts, consent, guardians, away, left
    FOLLOW_UP = "follow_up"  # log attempts, move a step
    ANSWER_MESSAGES = "answer_messages"  # the inbox and the outbox
    CLOSE_SENSITIVE = "close_sensitive"  # close follow-ups for risk, mandates and partners
    SEE_HEALTH = "see_health"  # whether messages get out: sweeps, breakers, queues; about no person
    SEE_NUMBERS = "see_numbers"  # reports on attendance, reminders and freed times, of what one leads
    SEE_PRACTICE_NUMBERS = "see_practice_numbers"  # the same of the whole practice
    SEE_FOLLOWING_NUMBERS = "see_following_numbers"  # how soon who was missed was reached
    SEE_CLINICIANS_APART = "see_clinicians_apart"  # figures of one colleague beside another's
    SEE_COSTS = "see_costs"  # hours and money lost, fees charged and waived
    MANAGE_STAFF = "manage_staff"
    MANAGE_SETTINGS = "manage_settings"


_EVERYDAY = {
    May.BOOK,
    May.RECORD_ATTENDANCE,
    May.EDIT_CLIENTS,
    May.FOLLOW_UP,
    May.ANSWER_MESSAGES,
    May.SEE_NUMBERS,
}
_OVERSEES = {May.SEE_HEALTH, May.SEE_FOLLOWING_NUMBERS, May.SEE_CLINICIANS_APART, May.SEE_COSTS}

POLICY: dict[Role, frozenset[May]] = {
    Role.CLINICIAN: frozenset(
        _EVERYDAY
        | {
            May.SEE_OWN_CASELOAD,
            May.SEE_CLINICAL_WORDS,
            May.CLOSE_SENSITIVE,
            May.SEE_FOLLOWING_NUMBERS,
        }
    ),
    Role.FRONT_DESK: frozenset(
        _EVERYDAY | {May.SEE_ALL_SESSIONS, May.CLOSE_PLACES, May.SEE_PRACTICE_NUMBERS}
    ),
    Role.SUPERVISOR: frozenset(
        _EVERYDAY | _OVERSEES | {May.SEE_SUPERVISED, May.SEE_CLINICAL_WORDS, May.CLOSE_SENSITIVE}
    ),
    Role.PRACTICE_ADMIN: frozenset(
        _OVERSEES
        | {
            May.MANAGE_STAFF,
            May.MANAGE_SETTINGS,
            May.CLOSE_PLACES,
            May.SEE_NUMBERS,
            May.SEE_PRACTICE_NUMBERS,
        }
    ),
}


def permissions_of(roles: list[str]) -> frozenset[May]:
    """Everything that a person with these roles may do."""
    return frozenset(may for role in roles for may in POLICY[Role(role)])
