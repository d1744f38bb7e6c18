"""Moves a person's rows from one record to another, and back: each room says which are its own."""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from clients.models import (
    AgreedStrategy,
    AwaySupport,
    CaseMember,
    CheckInPlan,
    Client,
    CoercionScreen,
    Consequence,
    ContactPoint,
    ContingencyPlan,
    Guardianship,
    Mandate,
    PlanAgreement,
    ProtectiveOrder,
    RecordRequest,
    Referral,
    SafeContact,
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows that belong to a person by this field.

    `case` leads to the case that they speak of; `address` to the number or mail by which they came or went.
    """

    model: type[models.Model]
    field: str = "client"
    case: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def latest_of(self, client: Client) -> int:
        """The key of the last row that was added for them; 0 where there is none."""
        return int(self.of(client).aggregate(last=models.Max("pk"))["last"] or 0)

    def of(self, client: Client) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.field: client}).order_by("pk")


# Those of this room. An address that both have is settled before (clients/merging.py).
BELONGINGS = (
    Belonging(CaseMember, case="case"),
    Belonging(ContactPoint),
    Belonging(SafeContact, address="contact_point__address"),
    Belonging(Guardianship, "guardian"),
    Belonging(Guardianship, "minor"),
    Belonging(Mandate, case="case"),
    Belonging(CheckInPlan, case="case"),
    Belonging(ContingencyPlan, case="case"),
    Belonging(PlanAgreement, case="plan__case"),
    Belonging(AwaySupport),
    Belonging(Referral, case="case"),
    Belonging(AgreedStrategy, case="case"),
    Belonging(Consequence, case="case"),
    Belonging(RecordRequest, case="case"),
    Belonging(CoercionScreen),
    Belonging(ProtectiveOrder, "client"),
    Belonging(ProtectiveOrder, "other"),
)


@dataclass
class Journal:
    """What moved, by field, and what changed, in order: enough to take it back.

    Once it is taken back: how many rows that were added meanwhile `stayed`, and how many `went` along.
    """

    moved: dict[str, list[int]] = field(default_factory=dict)
    left: dict[str, list[int]] = field(default_factory=dict)
    changes: list[list[Any]] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)  # the last row that both had, by field
    stayed: dict[str, int] = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)
    corrected: list[str] = field(default_factory=list)  # facts of the person that keep the later word

    @classmethod
    def of(cls, saved: dict[str, Any]) -> "Journal":
        return cls(**saved)

    def saved(self) -> dict[str, Any]:
        return {**vars(self)}

    def added_since(self, one: Belonging, client: Client) -> set[int]:
        """Rows that were added since the merge; none for a merge that did not note where it stood."""
        if one.key not in self.last:
            return set()
        return set(one.of(client).filter(pk__gt=self.last[one.key]).values_list("pk", flat=True))

    def change(self, row: models.Model, **values: Any) -> None:
        """Change fields of a row, remembering what stood there."""
        for name, value in values.items():
            before = _as_text(row, name)
            setattr(row, name, value)
            after = _as_text(row, name)
            if before != after:
                self.changes.append([row._meta.label_lower, row.pk, name, before, after])
        row.save(update_fields=list(values))

    def take_changes_back(self) -> None:
        """Each field that still says what was written there says again what it said before."""
        for label, pk, name, before, after in reversed(self.changes):
            row = apps.get_model(label)._default_manager.filter(pk=pk).first()
            if row is not None and _as_text(row, name) != after and isinstance(row, Client):
                self.corrected.append(name)
            elif row is not None and _as_text(row, name) == after:
                found = row._meta.get_field(name)
                setattr(row, found.attname, found.to_python(before))
                _restore(row, name)


def _restore(row: models.Model, name: str) -> None:
    """Unless something newer stands in its place: that was said later, and holds."""
    with contextlib.suppress(IntegrityError), transaction.atomic():
        row.save(update_fields=[name])


def _as_text(row: models.Model, name: str) -> Any:
    """A value as JSON holds it."""
    found = row._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101 - for the type checker
    value = getattr(row, found.attname)
    return value if value is None or isinstance(value, (bool, int)) else found.value_to_string(row)


def move_rows(belongings: Iterable[Belonging], *, gone: Client, kept: Client, journal: Journal) -> None:
    """Give them to the kept record; one that is there already, word for word unique, stays where it was."""
    for one in belongings:
        rows = list(one.of(gone).values_list("pk", flat=True))
        moved, left = _move(one, rows, kept)
        if moved:
            journal.moved[one.key] = moved
        if left:
            journal.left[one.key] = left
        journal.last[one.key] = one.latest_of(kept)


def _move(one: Belonging, rows: list[int], client: Client) -> tuple[list[int], list[int]]:
    """All at once; where the database refuses that, one by one."""
    if not rows or _moves(one, rows, client):
        return rows, []
    moved = [pk for pk in rows if _moves(one, [pk], client)]
    return moved, [pk for pk in rows if pk not in moved]


def _moves(one: Belonging, rows: list[int], client: Client) -> bool:
    try:
        with transaction.atomic():
            one.model._default_manager.filter(pk__in=rows).update(**{one.field: client})
    except IntegrityError:
        return False
    return True


def move_rows_back(
    belongings: Iterable[Belonging], *, gone: Client, kept: Client, journal: Journal, cases: Collection[int]
) -> None:
    """What moved goes back, and with it what was added meanwhile to a case, or came by an address, that does."""
    for one in belongings:
        rows = set(one.of(kept).filter(pk__in=journal.moved.get(one.key, ())).values_list("pk", flat=True))
        if one.case and cases:
            added = one.of(kept).filter(**{f"{one.case}__in": cases})
            rows |= set(added.values_list("pk", flat=True))
        since = journal.added_since(one, kept)
        if one.address and since:
            rows |= _by_their_address(one, since, gone, kept)
        moved, _left = _move(one, sorted(rows), gone)
        _count(journal, one, since, set(moved))


def _by_their_address(one: Belonging, rows: set[int], gone: Client, kept: Client) -> set[int]:
    """Of these rows, those that came or went by an address which is the other person's alone."""
    theirs, ours = (set(who.contact_points.values_list("address", flat=True)) for who in (gone, kept))
    found = one.of(kept).filter(pk__in=rows, **{f"{one.address}__in": theirs - ours})
    return set(found.values_list("pk", flat=True))


def _count(journal: Journal, one: Belonging, since: set[int], moved: set[int]) -> None:
    for counts, rows in ((journal.went, since & moved), (journal.stayed, since - moved)):
        if rows:
            counts[one.key] = len(rows)
