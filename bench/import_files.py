"""Writes the files of an invented practice: so many clients, so many past appointments."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

_STATUSES = ("attended", "no_show", "cancelled", "cancelled_late", "attended_late")
_WEIGHTS = (72, 9, 12, 5, 2)
_GIVEN = ("Ada", "Ben", "Cleo", "Dev", "Elsa", "Finn", "Gia", "Hugo", "Iris", "Jon", "Kira", "Leo")
_FAMILY = ("Abbot", "Birch", "Croft", "Dale", "Ember", "Frost", "Glen", "Heath", "Ives", "Jarvis")
_AREAS = (202, 212, 303, 312, 404, 415, 512, 602, 617, 702, 713, 801)
# One in twenty appointments is a couple's, with two rows.
_COUPLE_EVERY = 20

_CLIENT_COLUMNS = (
    "client_id",
    "given_name",
    "family_name",
    "born_on",
    "phone",
    "phone_consent",
    "email",
    "email_consent",
    "consent_on",
    "consent_how",
    "case_id",
    "case_kind",
    "case_clinician",
    "since_on",
)
_APPOINTMENT_COLUMNS = (
    "session_id",
    "client_id",
    "clinician",
    "service",
    "date",
    "time",
    "status",
    "booked_at",
)


def write_files(
    folder: Path, *, clients: int, appointments: int, clinicians: Sequence[str], service: str, today: date
) -> None:
    """Write `clients.csv` and `appointments.csv`; names are invented, numbers from the reserved range.

    `appointments` counts rows; all lie before `today`. The same arguments write the same files.
    """
    chance = random.Random(20)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "clients.csv", _CLIENT_COLUMNS, _clients(chance, clients, clinicians, today))
    _write(
        folder / "appointments.csv",
        _APPOINTMENT_COLUMNS,
        _appointments(chance, clients, appointments, clinicians, service, today),
    )


def _write(path: Path, columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _clients(
    chance: random.Random, clients: int, clinicians: Sequence[str], today: date
) -> Iterator[tuple[object, ...]]:
    for number in range(clients):
        agreed = chance.random() < 0.8
        is_couple = number % _COUPLE_EVERY < 2
        yield (
            f"C{number:06}",
            chance.choice(_GIVEN),
            f"{chance.choice(_FAMILY)} {number % 997}",
            today - timedelta(days=chance.randrange(19 * 365, 80 * 365)),
            f"({chance.choice(_AREAS)}) 555-01{number % 100:02}",
            "appointments|outreach" if agreed else "",
            f"client{number}@example.com",
            "appointments" if agreed else "",
            today - timedelta(days=chance.randrange(1, 900)) if agreed else "",
            "signed" if agreed else "",
            f"K{number // _COUPLE_EVERY:06}" if is_couple else "",
            "couple" if is_couple else "individual",
            clinicians[number // 2 % len(clinicians)],
            today - timedelta(days=1_000),
        )


def _appointments(
    chance: random.Random,
    clients: int,
    appointments: int,
    clinicians: Sequence[str],
    service: str,
    today: date,
) -> Iterator[tuple[object, ...]]:
    for number in range(appointments):
        client = number % clients
        is_couple = client % _COUPLE_EVERY < 2
        # Both rows of a couple are drawn from the same numbers.
        meeting = number - client % _COUPLE_EVERY if is_couple else number
        day = today - timedelta(days=1 + meeting * 7 % 900)
        booked = day - timedelta(days=1 + meeting % 20)
        yield (
            f"S{meeting:07}",
            f"C{client:06}",
            clinicians[client // 2 % len(clinicians)],
            service,
            day,
            f"{8 + meeting % 10:02}:{meeting % 2 * 30:02}" if meeting % 7 else "",
            chance.choices(_STATUSES, _WEIGHTS)[0],
            booked,
        )
