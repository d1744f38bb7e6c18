"""The documented format: which columns the two files have."""

ADDRESSES = ("phone", "phone_2", "email", "email_2")
GUARDIANS = ("guardian", "guardian_2")
CASES = ("case", "case_2")

_PHONE_PARTS = (
    "label",
    "may_text",
    "may_call",
    "may_leave_word",
    "discreet",
    "safe_contact",
    "opted_out",
    "consent",
)
_EMAIL_PARTS = ("label", "private", "safe_contact", "opted_out", "consent")


def _address_columns(name: str) -> tuple[str, ...]:
    parts = _EMAIL_PARTS if name.startswith("email") else _PHONE_PARTS
    return (name, *(f"{name}_{part}" for part in parts))


CLIENTS_REQUIRED = ("client_id", "given_name")
CLIENTS = (
    *CLIENTS_REQUIRED,
    "family_name",
    "name_used",
    "pronouns",
    "born_on",
    "birth_year",
    "language",
    "timezone",
    *(column for name in ADDRESSES for column in _address_columns(name)),
    "consent_on",
    "consent_how",
    "safe_contact",
    "safe_contact_reason",
    *(
        column
        for name in GUARDIANS
        for column in (f"{name}_id", f"{name}_relation", f"{name}_may_receive", f"{name}_may_consent")
    ),
    *(
        column
        for name in CASES
        for column in (
            f"{name}_id",
            f"{name}_kind",
            f"{name}_title",
            f"{name}_role",
            f"{name}_engagement",
            f"{name}_clinician",
            f"{name}_addiction",
        )
    ),
    "since_on",
    "left_on",
    "died_on",
)

APPOINTMENTS_REQUIRED = ("session_id", "client_id", "date")
APPOINTMENTS = (
    *APPOINTMENTS_REQUIRED,
    "time",
    "timezone",
    "minutes",
    "case_id",
    "clinician",
    "co_clinician",
    "service",
    "modality",
    "place",
    "room",
    "video_link",
    "status",
    "late_minutes",
    "left_early_minutes",
    "booked_at",
    "cancelled_at",
    "cancelled_by",
    "barriers",
)
