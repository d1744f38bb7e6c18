"""What a column of somebody else's file may hold, in our words and in those of other systems."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importing import columns

CLIENTS = "clients"
APPOINTMENTS = "appointments"
ASIDE = ""

_OTHER = re.compile(r"[^a-z0-9]+")


_MARK = re.compile(r"[\u0300-\u036f]")
# How headers shorten what they name.
_SHORT = {
    "num": "number", "nr": "number", "appt": "appointment", "appts": "appointment",
    "pt": "patient", "pref": "preferred", "prov": "provider", "svc": "service", "serv": "service", "loc": "location",
    "dur": "duration", "tel": "telephone", "ph": "phone",
}  # fmt: skip


def plain(words: str) -> str:
    """A name as it is compared: small letters without accents, and digits, whatever stood between them."""
    letters = _MARK.sub("", unicodedata.normalize("NFKD", words.lower()))
    return " ".join(_OTHER.sub(" ", letters).split())


def in_full(column: str) -> str:
    """A column's name with its short words written out: “Appt #” is “appointment number”."""
    words = plain(column.replace("#", " number ")).split()
    return " ".join(_SHORT.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column may hold; `names` are what other systems call it."""

    key: str
    label: str | Promise
    names: tuple[str, ...] = ()


def _known_as(key: str, label: str | Promise, *names: str) -> Target:
    return Target(key, label, (plain(key), *names))


# Beside the columns of our own format: what other systems write in another shape.
FULL_NAME = "full_name"
STANDING = "standing"
STARTS, ENDS, END_TIME = "starts", "ends", "end_time"
CLIENT_NAME, CLIENT_GIVEN, CLIENT_FAMILY = "client_name", "client_given_name", "client_family_name"
CLIENT_BORN, CLIENT_EMAIL = "client_born_on", "client_email"

_FOR_CLIENTS = (
    _known_as(
        "client_id", _("Their number in the old system"),
        "id", "client number", "client no", "client guid", "patient id", "patient number", "patient no",
        "patient guid", "patient account number", "account number", "chart number", "mrn", "record number",
        "medical record number", "guid", "external id", "unique id", "contact id",
    ),
    _known_as(
        FULL_NAME, _("Whole name"),
        "name", "client", "client name", "patient", "patient name", "legal name", "contact name", "customer",
    ),
    _known_as(
        "given_name", _("First name"),
        "first name", "first", "firstname", "legal first name", "client first name", "patient first name",
        "forename", "given names", "nombre",
    ),
    _known_as(
        "family_name", _("Last name"),
        "last name", "last", "lastname", "surname", "legal last name", "client last name",
        "patient last name", "apellido", "apellidos",
    ),
    _known_as(
        "name_used", _("Name that they go by"),
        "preferred name", "preferred first name", "goes by", "nickname", "known as", "chosen name",
        "what name do they go by", "name they go by",
    ),
    _known_as("pronouns", _("Pronouns"), "preferred pronouns", "gender pronouns", "pronoun"),
    _known_as(
        "born_on", _("Date of birth"),
        "date of birth", "dob", "birth date", "birthdate", "birthday", "client dob", "patient dob",
        "client date of birth", "fecha de nacimiento",
    ),
    _known_as("birth_year", _("Year of birth"), "year of birth", "birth year"),
    _known_as(
        "phone", _("Telephone, first"),
        "mobile", "mobile phone", "mobile number", "cell", "cell phone", "cellphone", "cell number",
        "phone number", "primary phone", "phone 1", "telephone", "telephone number", "contact number",
        "phone mobile", "client phone", "telefono",
    ),
    _known_as(
        "phone_2", _("Telephone, second"),
        "home phone", "home", "work phone", "phone home", "phone work", "other phone", "secondary phone",
        "alternate phone", "landline", "home phone number",
    ),
    _known_as(
        "email", _("E-mail, first"),
        "email address", "e mail", "e mail address", "primary email", "client email", "patient email",
        "email 1", "correo", "correo electronico",
    ),
    _known_as("email_2", _("E-mail, second"), "secondary email", "other email", "alternate email", "email 2"),
    _known_as("phone_may_text", _("May be sent texts (yes, no)"), "text ok", "ok to text", "can text"),
    _known_as("phone_may_call", _("May be telephoned (yes, no)"), "call ok", "ok to call", "can call"),
    _known_as(
        "phone_may_leave_word", _("May be left a voicemail (yes, no)"),
        "voicemail ok", "ok to leave voicemail", "ok to leave message", "leave message",
    ),
    _known_as("phone_opted_out", _("Has stopped texts (yes, no)"), "text opt out", "sms opt out", "opted out"),
    _known_as(
        "safe_contact", _("How to reach them safely (discreet, call_only, do_not_contact)"),
        "contact preference", "do not contact",
    ),
    _known_as("language", _("Language"), "preferred language", "primary language", "idioma"),
    _known_as("timezone", _("Time zone"), "time zone"),
    _known_as(
        "case_clinician", _("Their clinician"),
        "clinician", "primary clinician", "therapist", "primary therapist", "provider", "primary provider",
        "practitioner", "assigned clinician", "assigned to", "counselor", "staff member", "primary staff",
        "rendering provider", "clinician name", "psychologist",
    ),
    _known_as(
        "since_on", _("Client since"),
        "date added", "created", "created at", "date created", "created on", "intake date", "start date",
        "client since", "first appointment", "registration date", "admission date", "first visit",
    ),
    _known_as("left_on", _("Left on"), "discharge date", "discharged", "end date", "termination date"),
    _known_as("died_on", _("Died on"), "date of death", "deceased on"),
    _known_as(
        STANDING, _("Whether they are still here (active, inactive)"),
        "status", "client status", "patient status", "active", "is active", "record status",
    ),
)  # fmt: skip
_FOR_APPOINTMENTS = (
    _known_as(
        "session_id", _("The appointment's number in the old system"),
        "id", "appointment id", "appointment number", "booking id", "visit id", "event id", "encounter id",
        "appointment guid", "appt id", "session number",
    ),
    _known_as(
        "client_id", _("The client's number in the old system"),
        "client number", "client guid", "patient id", "patient number", "patient guid", "mrn",
        "chart number", "account number", "patient account number", "contact id",
    ),
    _known_as(
        CLIENT_NAME, _("The client's whole name"),
        "client", "name", "patient", "patient name", "customer", "attendee", "clients", "client s",
        "contact name", "full name",
    ),
    _known_as(
        CLIENT_GIVEN, _("The client's first name"),
        "first name", "client first name", "patient first name", "given name", "legal first name", "first",
    ),
    _known_as(
        CLIENT_FAMILY, _("The client's last name"),
        "last name", "client last name", "patient last name", "family name", "surname", "last",
        "legal last name",
    ),
    _known_as(
        CLIENT_BORN, _("The client's date of birth"),
        "date of birth", "dob", "client dob", "patient dob", "birth date", "birthdate",
    ),
    _known_as(CLIENT_EMAIL, _("The client's e-mail"), "email", "email address", "patient email"),
    _known_as(
        "date", _("Day"),
        "appointment date", "date of service", "service date", "dos", "session date", "visit date", "day",
        "appt date", "start date", "event date", "fecha",
    ),
    _known_as(
        "time", _("Time of day it begins"),
        "start time", "appointment time", "appointment start", "start", "begin time", "time start", "appt time", "session time",
        "hora", "time of appointment",
    ),
    _known_as(
        STARTS, _("Day and time it begins"),
        "start at", "starts at", "start datetime", "start date time", "date time", "datetime",
        "date and time", "appointment date time", "scheduled at", "start date and time", "begins at",
    ),
    _known_as(END_TIME, _("Time of day it ends"), "end time", "end", "time end", "finish time"),
    _known_as(ENDS, _("Day and time it ends"), "end at", "ends at", "end datetime", "end date time"),
    _known_as(
        "minutes", _("Length in minutes"),
        "duration", "length", "duration minutes", "duration min", "duration mins", "time spent", "mins",
    ),
    _known_as(
        "clinician", _("Clinician"),
        "therapist", "provider", "practitioner", "staff member", "staff", "clinician name", "provider name",
        "rendering provider", "rendering clinician", "calendar", "counselor", "with", "resource",
        "staff member name", "therapist name",
    ),
    _known_as("co_clinician", _("Second clinician"), "co therapist", "co clinician", "second clinician"),
    _known_as(
        "service", _("Service"),
        "treatment", "appointment type", "type", "service name", "service type", "session type",
        "treatment name", "visit type", "service description", "event type", "procedure", "reason",
    ),
    _known_as("place", _("Place"), "location", "office", "clinic", "site", "office location", "location name"),
    _known_as("room", _("Room")),
    _known_as(
        "modality", _("In person, by video or by telephone"),
        "mode", "format", "session format", "telehealth", "meeting type", "how", "delivery method",
    ),
    _known_as("video_link", _("Video link"), "video url", "meeting link", "telehealth link", "zoom link"),
    _known_as(
        "status", _("How it went, or stands"),
        "appointment status", "state", "attendance", "outcome", "attendance status", "appt status",
        "visit status", "session status", "show status", "estado",
    ),
    _known_as("booked_at", _("When it was booked"), "created", "created at", "date created", "booked on"),
    _known_as(
        "cancelled_at", _("When it was cancelled"),
        "cancelled", "canceled at", "cancellation date", "cancelled on", "date cancelled", "canceled on",
    ),
    _known_as("late_minutes", _("Minutes late"), "minutes late", "late by"),
    _known_as("timezone", _("Time zone"), "time zone"),
)  # fmt: skip


def _with_the_rest(named: tuple[Target, ...], all_of_ours: tuple[str, ...]) -> tuple[Target, ...]:
    """Those with words of their own first, then every other column of our format under its own name."""
    spoken_of = {target.key for target in named}
    return (*named, *(Target(key, key, (plain(key),)) for key in all_of_ours if key not in spoken_of))


TARGETS: dict[str, tuple[Target, ...]] = {
    CLIENTS: _with_the_rest(_FOR_CLIENTS, columns.CLIENTS),
    APPOINTMENTS: _with_the_rest(_FOR_APPOINTMENTS, columns.APPOINTMENTS),
}
# Columns whose few different values are words that somebody says the meaning of.
WORD_TARGETS: dict[str, tuple[str, ...]] = {
    CLIENTS: (STANDING, "language", "case_clinician", "case_2_clinician"),
    APPOINTMENTS: ("status", "clinician", "co_clinician", "service", "place", "modality"),
}
DATE_TARGETS: dict[str, tuple[str, ...]] = {
    CLIENTS: ("born_on", "since_on", "left_on", "died_on", "consent_on"),
    APPOINTMENTS: ("date", STARTS, ENDS, CLIENT_BORN, "booked_at", "cancelled_at"),
}
TIME_TARGETS: dict[str, tuple[str, ...]] = {
    CLIENTS: (),
    APPOINTMENTS: ("time", END_TIME, STARTS, ENDS, "booked_at", "cancelled_at"),
}
