"""What Kept already knows while a file is read: people, cases, staff, places."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from django.utils.translation import gettext_noop as _

from accounts.models import Practice, User
from accounts.services import get_practice
from clients.merging import lasting
from clients.models import Barrier, Case, CaseMember, Client
from clients.protection import orders_in_force
from importing.refusals import RowRefused
from sessions_app.models import Closure, Location, Room, Service


@dataclass(eq=False, slots=True)
class KnownCase:
    """A case, in the database or about to be; `pk` is None until it is written."""

    kind: str
    external_id: str | None = None
    pk: int | None = None
    is_closed: bool = False

    @property
    def key(self) -> int:
        """Its key in the database, once it is written."""
        if self.pk is None:
            raise RuntimeError("This case is not written yet.")
        return self.pk

    @property
    def is_joint(self) -> bool:
        return self.kind != Case.Kind.INDIVIDUAL


@dataclass(eq=False, slots=True)
class KnownClient:
    """A person with an id from outside; `pk` is None until they are written."""

    pk: int | None = None
    born_on: date | None = None
    birth_year: int | None = None
    is_silent: bool = False
    cases: list[KnownCase] = field(default_factory=list)

    @property
    def key(self) -> int:
        """Their key in the database, once they are written."""
        if self.pk is None:
            raise RuntimeError("This person is not written yet.")
        return self.pk

    def is_minor(self, day: date) -> bool:
        """By the rule of `Client`."""
        return Client(born_on=self.born_on, birth_year=self.birth_year).is_minor(day)


@dataclass
class Known:
    """Everything that rows may name, looked up once; grows while rows are accepted."""

    practice: Practice
    now: datetime
    staff: dict[str, User]
    services: dict[str, Service]
    locations: dict[str, Location]
    rooms: dict[tuple[int, str], Room]
    barriers: dict[str, Barrier]
    closures: set[tuple[int, date]]
    clients: dict[str, KnownClient]
    cases: dict[str, KnownCase]
    birth_years: dict[tuple[str, str], list[int | None]]
    apart: list[set[int]]  # by their keys: two whom a court order keeps apart

    @property
    def today(self) -> date:
        return self.practice.today(self.now)

    @classmethod
    def load(cls, *, now: datetime) -> Self:
        practice = get_practice()
        barriers = Barrier.objects.filter(is_active=True)
        clients, cases = _people()
        return cls(
            practice=practice,
            now=now,
            staff={user.email.lower(): user for user in User.objects.all()},
            services={service.name.lower(): service for service in Service.objects.all()},
            locations={location.name.lower(): location for location in Location.objects.all()},
            rooms={(room.location_id, room.name.lower()): room for room in Room.objects.all()},
            barriers={barrier.code: barrier for barrier in barriers},
            closures=set(
                Closure.objects.filter(on__gte=practice.today(now)).values_list("location_id", "on")
            ),
            clients=clients,
            cases=cases,
            birth_years=_birth_years(),
            apart=orders_in_force(),
        )

    def refuse_namesake(self, given_name: str, family_name: str, birth_year: int | None) -> None:
        """Two people of one name need a birth year each, as when they are entered by hand."""
        years = self.birth_years.get((given_name.lower(), family_name.lower()), [])
        if years and (birth_year is None or None in years):
            raise RowRefused(_("Somebody else has the same name. Add the birth year of both."))

    def clinician(self, email: str, column: str) -> User | None:
        """The clinician with this e-mail; None where empty."""
        if not email:
            return None
        user = self.staff.get(email.lower())
        if user is None or not user.is_clinician:
            raise RowRefused(
                _("%(column)s “%(email)s” is not a clinician here. Invite them, or leave it empty."),
                column=column,
                email=email[:80],
            )
        return user


def _birth_years() -> dict[tuple[str, str], list[int | None]]:
    found: dict[tuple[str, str], list[int | None]] = {}
    names = (
        Client.objects.filter(merged_into=None)
        .order_by()
        .values_list("given_name", "family_name", "birth_year")
    )
    for given_name, family_name, year in names.iterator():
        found.setdefault((given_name.lower(), family_name.lower()), []).append(year)
    return found


def _people() -> tuple[dict[str, KnownClient], dict[str, KnownCase]]:
    by_pk: dict[int, KnownClient] = {}
    clients: dict[str, KnownClient] = {}
    fields = ("pk", "external_id", "public_id", "born_on", "birth_year", "left_on", "died_on")
    everybody = Client.objects.filter(merged_into=None).order_by().values_list(*fields)
    for pk, external_id, public_id, born_on, year, left_on, died_on in everybody.iterator():
        silent = left_on is not None or died_on is not None
        # Who was entered by hand has no id from outside; a file that names them by name finds them so.
        known_as = external_id or f"kept:{public_id}"
        by_pk[pk] = clients[known_as] = KnownClient(pk, born_on, year, silent)
    # The old system's other number of one person leads to the record that stands.
    for merged in Client.objects.exclude(merged_into=None).exclude(external_id=None):
        if kept := by_pk.get(lasting(merged).pk):
            clients[str(merged.external_id)] = kept
    return clients, _cases(by_pk)


def _cases(by_pk: dict[int, KnownClient]) -> dict[str, KnownCase]:
    """Every case that has an outside id, or a member that has one; fills the members' lists."""
    cases: dict[int, KnownCase] = {}
    for pk, external_id, kind, closed_on in (
        Case.objects.order_by().values_list("pk", "external_id", "kind", "closed_on").iterator()
    ):
        cases[pk] = KnownCase(kind, external_id, pk, closed_on is not None)
    members = CaseMember.objects.order_by("pk").values_list("client_id", "case_id")
    for client_pk, case_pk in members.iterator():
        if client_pk in by_pk and cases[case_pk] not in by_pk[client_pk].cases:
            by_pk[client_pk].cases.append(cases[case_pk])
    return {case.external_id: case for case in cases.values() if case.external_id}
