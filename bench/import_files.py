"""Writes the files of an invented practice: so many clients, so many past appointments."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_STATUSES = ("attended", "no_show", "cancelled", "cancelled_late", "attended_late")
_WEIGHTS = (72, 9, 12, 5, 2)
_GIVEN = ("Ada", "Ben", "Cleo", "Dev", "Elsa", "Finn", "Gia", "Hugo", "Iris", "Jon", "Kira", "Leo")
_FAMILY = ("Abbot", "Birch", "Croft", "Dale", "Ember", "Frost", "Glen", "Heath", "Ives", "Jarvis")
_AREAS = (202, 212, 303, 312, 404, 415, 512, 602, 617, 702, 713, 801)
_COUPLE_EVERY = 20
# Some have never been asked.
_AGREEING = 0.8

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


@dataclass(frozen=True, kw_only=True)
class InventedPractice:
    """So many people and past appointments; names are invented, numbers from the reserved range.

    `appointments` counts rows; all lie before `today`. The same practice is always the same files.
    """

    clients: int
    appointments: int
    clinicians: Sequence[str]
    service: str
    today: date
    # Before every id, so that two practices can go into one database.
    prefix: str = ""

    def write(self, folder: Path) -> None:
        """Write `clients.csv` and `appointments.csv`."""
        chance = random.Random(20)
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "clients.csv", _CLIENT_COLUMNS, self._people(chance))
        _write(folder / "appointments.csv", _APPOINTMENT_COLUMNS, self._rows(chance))

    def _people(self, chance: random.Random) -> Iterator[tuple[object, ...]]:
        for number in range(self.clients):
            agreed = chance.random() < _AGREEING
            yield (
                f"{self.prefix}C{number:06}",
                chance.choice(_GIVEN),
                f"{chance.choice(_FAMILY)} {number % 997}",
                self.today - timedelta(days=chance.randrange(19 * 365, 80 * 365)),
                f"({chance.choice(_AREAS)}) 555-01{number % 100:02}",
                "appointments|outreach" if agreed else "",
                f"client{number}@example.com",
                "appointments" if agreed else "",
                self.today - timedelta(days=chance.randrange(1, 900)) if agreed else "",
                "signed" if agreed else "",
                f"{self.prefix}K{number // _COUPLE_EVERY:06}" if _is_partner(number) else "",
                "couple" if _is_partner(number) else "individual",
                self._clinician(number),
                self.today - timedelta(days=1_000),
            )

    def _rows(self, chance: random.Random) -> Iterator[tuple[object, ...]]:
        for number in range(self.appointments):
            client = number % self.clients
            # Both rows of a couple are drawn from the same number.
            meeting = number - client % _COUPLE_EVERY if _is_partner(client) else number
            day = self.today - timedelta(days=1 + meeting * 7 % 900)
            yield (
                f"{self.prefix}S{meeting:07}",
                f"{self.prefix}C{client:06}",
                self._clinician(client),
                self.service,
                day,
                f"{8 + meeting % 10:02}:{meeting % 2 * 30:02}" if meeting % 7 else "",
                chance.choices(_STATUSES, _WEIGHTS)[0],
                day - timedelta(days=1 + meeting % 20),
            )

    def _clinician(self, client: int) -> str:
        return self.clinicians[client // 2 % len(self.clinicians)]


def _is_partner(client: int) -> bool:
    """The first two of every twenty are a couple."""
    return client % _COUPLE_EVERY < 2


def _write(path: Path, columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
