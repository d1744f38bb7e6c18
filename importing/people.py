"""What a row of clients.csv says of one person."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_noop as _

from clients.models import Case, Consent, ConsentPurpose, ContactPoint, Engagement, MemberRole, SafeContact
from importing import cells as cell
from importing.columns import ADDRESSES, CASES, GUARDIANS
from importing.files import Cells
from importing.known import Known
from importing.refusals import RowRefused


class CaseKind(StrEnum):
    """The kinds of case, and none for people who are here for somebody else only."""

    INDIVIDUAL = "individual"
    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"
    NONE = "none"


class Language(StrEnum):
    """Those in which Kept writes."""

    EN = "en"
    ES = "es"


_ROLES: dict[str, str] = {
    CaseKind.INDIVIDUAL: MemberRole.CLIENT,
    CaseKind.COUPLE: MemberRole.PARTNER,
    CaseKind.FAMILY: MemberRole.FAMILY,
    CaseKind.GROUP: MemberRole.GROUP,
}


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A number or an e-mail, what may be done with it, and what was agreed."""

    kind: str
    address: str
    settings: dict[str, Any]
    safe_contact: str
    is_opted_out: bool
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """Somebody who stands in for this person."""

    client_id: str
    relation: str
    may_receive: bool
    may_consent: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """This person's place in a case."""

    external_id: str | None
    kind: str
    title: str
    role: str
    engagement: str
    clinician_pk: int | None
    is_addiction: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One good row of clients.csv."""

    line: int
    client_id: str
    person: dict[str, Any]
    since_on: date
    addresses: tuple[AddressRow, ...]
    consent_at: datetime | None
    consent_how: str
    safe_contact: str
    safe_contact_reason: str
    guardians: tuple[GuardianRow, ...]
    cases: tuple[CaseRow, ...]


def read_person(line: int, cells: Cells, known: Known) -> PersonRow:
    """The row, if it holds together by itself; raises RowRefused."""
    client_id = cell.row_id(cells, "client_id")
    person = _person(cells, known.today)
    since_on = cell.past_day(cells, "since_on", known.today) or known.today
    _check_ends(person, since_on, is_since_given=bool(cells["since_on"]))
    addresses = _addresses(cells, known.practice.country)
    return PersonRow(
        line=line,
        client_id=client_id,
        person={**person, "external_id": client_id},
        since_on=since_on,
        addresses=addresses,
        consent_at=_consent_at(cells, known, addresses),
        consent_how=cell.choice(cells, "consent_how", Consent.How, Consent.How.IMPORTED),
        safe_contact=cell.choice(cells, "safe_contact", SafeContact.Level),
        safe_contact_reason=_safe_contact_reason(cells),
        guardians=_guardians(cells, client_id),
        cases=_cases(cells, known),
    )


def _person(cells: Cells, today: date) -> dict[str, Any]:
    given_name = cell.words(cells, "given_name", 80)
    if not given_name:
        raise RowRefused(_("given_name is empty."))
    born_on, birth_year = cell.birth(cells, today)
    return {
        "given_name": given_name,
        "family_name": cell.words(cells, "family_name", 80),
        "name_used": cell.words(cells, "name_used", 80),
        "pronouns": cell.words(cells, "pronouns", 30),
        "born_on": born_on,
        "birth_year": birth_year,
        "language": cell.choice(cells, "language", Language, Language.EN),
        "timezone": cell.timezone(cells, "timezone"),
        "left_on": cell.past_day(cells, "left_on", today),
        "died_on": cell.past_day(cells, "died_on", today),
    }


def _check_ends(person: dict[str, Any], since_on: date, *, is_since_given: bool) -> None:
    ended_on = person["left_on"] or person["died_on"]
    if ended_on and is_since_given and ended_on < since_on:
        raise RowRefused(_("left_on or died_on is before since_on."))
    if person["born_on"] and ended_on and ended_on < person["born_on"]:
        raise RowRefused(_("left_on or died_on is before born_on."))


def _addresses(cells: Cells, country: str) -> tuple[AddressRow, ...]:
    found = []
    for position, name in enumerate(ADDRESSES):
        if cells[name]:
            found.append(_address(cells, name, position, country))
        elif any(cells[f"{name}_{part}"] for part in ("consent", "opted_out", "safe_contact")):
            raise RowRefused(_("%(name)s is empty, but something is said about it."), name=name)
    cell.refuse_twice(
        (address.address for address in found), _("It names the same number or e-mail address twice.")
    )
    return tuple(found)


def _address(cells: Cells, name: str, position: int, country: str) -> AddressRow:
    is_email = name.startswith("email")
    settings = {
        "position": position,
        "label": cell.words(cells, f"{name}_label", 40),
        "may_text": not is_email and cell.yes_no(cells, f"{name}_may_text", default=True),
        "may_call": not is_email and cell.yes_no(cells, f"{name}_may_call", default=True),
        "may_leave_word": cell.yes_no(cells, f"{name}_may_leave_word"),
        "is_private": cell.yes_no(cells, f"{name}_private"),
        "is_discreet": cell.yes_no(cells, f"{name}_discreet"),
    }
    return AddressRow(
        kind=ContactPoint.Kind.EMAIL if is_email else ContactPoint.Kind.PHONE,
        address=cell.email(cells, name) if is_email else cell.phone(cells, name, country),
        settings=settings,
        safe_contact=cell.choice(cells, f"{name}_safe_contact", SafeContact.Level),
        is_opted_out=cell.yes_no(cells, f"{name}_opted_out"),
        consents=cell.choices(cells, f"{name}_consent", ConsentPurpose),
    )


def _consent_at(cells: Cells, known: Known, addresses: tuple[AddressRow, ...]) -> datetime | None:
    given_on = cell.past_day(cells, "consent_on", known.today)
    if any(address.consents for address in addresses) and given_on is None:
        raise RowRefused(_("It records a consent without the day it was given (consent_on)."))
    return datetime.combine(given_on, time.min, tzinfo=known.practice.zone) if given_on else None


def _safe_contact_reason(cells: Cells) -> str:
    reason = cell.words(cells, "safe_contact_reason", 2_000)
    levels = ("safe_contact", *(f"{name}_safe_contact" for name in ADDRESSES))
    if reason and not any(cells[column] for column in levels):
        raise RowRefused(_("safe_contact_reason is given, but nothing is said to be unsafe."))
    return reason


def _guardians(cells: Cells, client_id: str) -> tuple[GuardianRow, ...]:
    found = tuple(
        GuardianRow(
            client_id=cell.row_id(cells, f"{name}_id"),
            relation=cell.words(cells, f"{name}_relation", 40),
            may_receive=cell.yes_no(cells, f"{name}_may_receive"),
            may_consent=cell.yes_no(cells, f"{name}_may_consent"),
        )
        for name in GUARDIANS
        if cells[f"{name}_id"]
    )
    cell.refuse_twice(
        (client_id, *(guardian.client_id for guardian in found)),
        _("It names the same guardian, or itself, twice."),
    )
    return found


def _cases(cells: Cells, known: Known) -> tuple[CaseRow, ...]:
    """The first case is an individual one unless said; the second stands only where it is named."""
    first, second = CASES
    found = [_case(cells, first, known)]
    if cells[f"{second}_id"] or cells[f"{second}_kind"]:
        found.append(_case(cells, second, known))
    cases = tuple(case for case in found if case.kind != CaseKind.NONE)
    cell.refuse_twice((case.external_id or "" for case in cases), _("It names the same case twice."))
    return cases


def _case(cells: Cells, name: str, known: Known) -> CaseRow:
    external_id = cell.row_id(cells, f"{name}_id", required=False) or None
    kind = cell.choice(cells, f"{name}_kind", CaseKind) or _kind_of(external_id, name, known)
    if external_id is None and kind not in (CaseKind.INDIVIDUAL, CaseKind.NONE):
        raise RowRefused(
            _("A %(kind)s needs a %(name)s_id, the same in the rows of all its members."),
            kind=kind,
            name=name,
        )
    title = cell.words(cells, f"{name}_title", 80)
    clinician = known.clinician(cells[f"{name}_clinician"], f"{name}_clinician")
    return CaseRow(
        external_id=external_id,
        kind=kind,
        title=title or (f"Group {external_id}" if kind == Case.Kind.GROUP else ""),
        role=cell.choice(cells, f"{name}_role", MemberRole, _ROLES.get(kind, MemberRole.CLIENT)),
        engagement=cell.choice(cells, f"{name}_engagement", Engagement, Engagement.JOINED),
        clinician_pk=clinician.pk if clinician else None,
        is_addiction=cell.yes_no(cells, f"{name}_addiction"),
    )


def _kind_of(external_id: str | None, name: str, known: Known) -> str:
    """The kind of a case whose row leaves it out."""
    if external_id is None:
        return CaseKind.INDIVIDUAL
    if external_id not in known.cases:
        raise RowRefused(
            _("%(name)s_kind is empty. Say what kind of case %(external_id)s is."),
            name=name,
            external_id=external_id,
        )
    return known.cases[external_id].kind
