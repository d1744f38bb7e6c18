"""Verbs on people, their addresses and the cases they are in."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from accounts.audit import acting
from accounts.models import User
from clients.models import (
    Case,
    CaseClinician,
    CaseMember,
    Channel,
    Client,
    Consent,
    ContactPoint,
    Guardianship,
    MemberRole,
    SafeContact,
    Suppression,
)


@dataclass(frozen=True, kw_only=True)
class ClientDetails:
    """What is known of a person."""

    given_name: str
    family_name: str = ""
    name_used: str = ""
    pronouns: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    language: str = "en"
    timezone: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """An address and what may be done with it."""

    kind: str
    address: str
    label: str = ""
    position: int = 0
    may_text: bool = True
    may_call: bool = True
    may_leave_word: bool = False
    is_private: bool = False
    is_discreet: bool = False


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """How treatment begins with somebody new: a case of this kind, led by this clinician, from this day."""

    kind: str
    clinician: User
    on: date


def create_client(
    *, details: ClientDetails, actor: User | None, now: datetime, namesake_is_other: bool = False
) -> Client:
    """Add a person.

    Raises ValidationError (code "namesake") if somebody of the same name is known and the two
    cannot be told apart by birth year, or nobody has said that they are two people.
    """
    client = Client(**_facts(details))
    client.full_clean(exclude=["search_text"])
    _tell_apart(client, namesake_is_other=namesake_is_other)
    with acting("create_client", actor=actor):
        client.save()
    return client


def take_on_client(
    *,
    details: ClientDetails,
    beginning: Beginning,
    actor: User | None,
    now: datetime,
    namesake_is_other: bool = False,
) -> Client:
    """Add a person and open the case that begins with them, both or neither.

    For those who see only people in treatment: whom they add, they must be able to see.
    Raises ValidationError as `create_client` and `open_case` do.
    """
    with acting("take_on_client", actor=actor):
        client = create_client(details=details, actor=actor, now=now, namesake_is_other=namesake_is_other)
        case = CaseDetails(
            kind=beginning.kind,
            clinicians=(beginning.clinician,),
            members=((client, MemberRole.CLIENT),),
        )
        open_case(details=case, on=beginning.on, actor=actor)
    return client


def change_client(*, client: Client, details: ClientDetails, actor: User | None) -> Client:
    """Correct what is known of a person."""
    with acting("change_client", actor=actor):
        locked = _lock(client)
        for field, value in _facts(details).items():
            setattr(locked, field, value)
        locked.full_clean(exclude=["search_text"])
        _tell_apart(locked, namesake_is_other=True)
        locked.save()
    return locked


def mark_for_more_reminders(*, client: Client, more: bool, actor: User | None) -> Client:
    """Say that somebody is helped by being reminded more often, or no longer is."""
    with acting("mark_for_more_reminders", actor=actor):
        locked = _lock(client)
        locked.needs_more_reminders = more
        locked.save(update_fields=["needs_more_reminders"])
    return locked


def add_contact_point(*, client: Client, details: ContactDetails, actor: User | None) -> ContactPoint:
    """Add an address; raises ValidationError for one that cannot be dialled or mailed."""
    contact = ContactPoint(client=client, **_contact_facts(details))
    with acting("add_contact_point", actor=actor):
        _lock(client)
        _refuse_double(contact)
        contact.save()
    return contact


def change_contact_point(
    *, contact: ContactPoint, details: ContactDetails, actor: User | None
) -> ContactPoint:
    """Change an address or what may be done with it.

    Another address is another agreement: consent stays with the old one, and is asked for anew.
    """
    facts = _contact_facts(details)
    with acting("change_contact_point", actor=actor):
        _lock(contact.client)
        locked = ContactPoint.objects.select_for_update().get(pk=contact.pk)
        is_new_address = locked.address != facts["address"]
        for field, value in facts.items():
            setattr(locked, field, value)
        _refuse_double(locked)
        if is_new_address:
            locked.unfit_at, locked.unfit_reason, locked.call_position = None, "", None
            locked.consents.filter(withdrawn_at=None).delete()
        locked.save()
    return locked


def end_contact_point(*, contact: ContactPoint, actor: User | None, now: datetime) -> None:
    """The address is no longer theirs: nothing goes there any more."""
    with acting("end_contact_point", actor=actor):
        ContactPoint.objects.filter(pk=contact.pk, ended_at=None).update(ended_at=now)


def change_language(*, client: Client, language: str, actor: User | None) -> Client:
    """In which language they are written to; raises ValidationError for one that we do not have."""
    with acting("change_language", actor=actor):
        locked = _lock(client)
        locked.language = language
        locked.clean_fields()
        locked.save()
    return locked


def put_first(*, contact: ContactPoint, actor: User | None) -> None:
    """They would rather be reached here; the other addresses follow in the order they had."""
    with acting("put_first", actor=actor):
        _lock(contact.client)
        others = contact.client.contact_points.filter(ended_at=None).exclude(pk=contact.pk)
        for position, one in enumerate([contact, *others.order_by("position", "pk")]):
            if one.position != position:
                one.position = position
                one.save(update_fields=["position"])


def mark_unfit(*, address: str, reason: str, now: datetime) -> int:
    """A provider says that an address cannot be used; returns how many people have it."""
    with acting("mark_unfit", actor=None):
        held = ContactPoint.objects.filter(address=address, ended_at=None).exclude(unfit_reason=reason)
        # A number that takes no texts may turn out to take no calls either: the later word holds.
        return held.update(unfit_at=Coalesce("unfit_at", Value(now)), unfit_reason=reason)


def mark_fit(*, contact: ContactPoint, actor: User) -> None:
    """Somebody has checked an address that a provider refused: it is tried again."""
    with acting("mark_fit", actor=actor):
        ContactPoint.objects.filter(pk=contact.pk).update(unfit_at=None, unfit_reason="")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody by machine: an address, and the channel that is used there."""

    contact: ContactPoint
    channel: str

    @property
    def key(self) -> str:
        """What a form names it by."""
        return f"{self.contact.public_id}:{self.channel}"


def ways_of(client: Client) -> list[Way]:
    """The ways in the order in which they are tried; a call only where it was asked for."""
    placed: list[tuple[int, int, Way]] = []
    for contact in client.contact_points.filter(ended_at=None):
        written = Channel.SMS if contact.kind == ContactPoint.Kind.PHONE else Channel.EMAIL
        placed.append((contact.position, contact.pk, Way(contact, written)))
        if contact.call_position is not None:
            placed.append((contact.call_position, contact.pk, Way(contact, Channel.VOICE)))
    return [way for _, _, way in sorted(placed, key=lambda place: place[:2])]


def order_ways(*, client: Client, order: list[str], actor: User) -> None:
    """Try the ways in this order (keys of `Way`); a call that it does not name is made no more.

    A call may be named for any number in use; what is written keeps its place behind, unless named.
    Raises ValidationError for a way that this person does not have.
    """
    with acting("order_ways", actor=actor):
        _lock(client)
        contacts = {str(one.public_id): one for one in client.contact_points.filter(ended_at=None)}
        missing = [
            way.key for way in ways_of(client) if way.channel != Channel.VOICE and way.key not in order
        ]
        for contact in contacts.values():
            contact.call_position = None
        for place, key in enumerate([*dict.fromkeys(order), *missing]):
            public_id, _, channel = key.partition(":")
            if public_id not in contacts:
                raise ValidationError(gettext("This way to reach them has changed. Please look again."))
            _place(contacts[public_id], channel, place)
        for contact in contacts.values():
            contact.save(update_fields=["position", "call_position"])


def _place(contact: ContactPoint, channel: str, place: int) -> None:
    is_phone = contact.kind == ContactPoint.Kind.PHONE
    if channel == Channel.VOICE and is_phone:
        contact.call_position = place
    elif channel == (Channel.SMS if is_phone else Channel.EMAIL):
        contact.position = place
    else:
        raise ValidationError(gettext("This way to reach them has changed. Please look again."))


def give_consent(
    *, contact: ContactPoint, purpose: str, how: str, actor: User | None, given_at: datetime
) -> Consent:
    """Record that somebody agreed to be written to; a consent in force stays as it is."""
    with acting("give_consent", actor=actor):
        consent, _ = Consent.objects.get_or_create(
            contact_point=contact,
            purpose=purpose,
            withdrawn_at=None,
            defaults={"given_at": given_at, "how": how, "recorded_by": actor},
        )
    return consent


def withdraw_consent(*, contact: ContactPoint, purpose: str, actor: User | None, now: datetime) -> None:
    """They no longer agree; what was planned for this address is not sent."""
    with acting("withdraw_consent", actor=actor):
        contact.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)


def stop_messages(*, client: Client, actor: User | None, now: datetime) -> None:
    """Nothing is written to this person any more; others who share an address still are."""
    with acting("stop_messages", actor=actor):
        _lock(client)
        agreed = Consent.objects.filter(contact_point__client=client, withdrawn_at=None)
        agreed.update(withdrawn_at=now)


def suppress(*, address: str, channel: str, reason: str, actor: User | None, now: datetime) -> Suppression:
    """Nothing goes to this address on this channel any more, whoever it belongs to."""
    with acting("suppress", actor=actor):
        suppression, _ = Suppression.objects.get_or_create(
            address=address,
            channel=channel,
            lifted_at=None,
            defaults={"reason": reason, "since_at": now},
        )
    return suppression


def lift_suppression(*, address: str, channel: str, reason: str, actor: User | None, now: datetime) -> int:
    """What stood for this reason holds no more; returns how many suppressions ended."""
    with acting("lift_suppression", actor=actor):
        standing = Suppression.objects.filter(address=address, channel=channel, reason=reason, lifted_at=None)
        return standing.update(lifted_at=now)


def is_suppressed(*, address: str, channel: str) -> bool:
    """Whether nothing goes to this address on this channel."""
    return Suppression.objects.filter(address=address, channel=channel, lifted_at=None).exists()


def set_safe_contact(
    *,
    client: Client,
    level: str,
    reason: str,
    actor: User,
    contact: ContactPoint | None = None,
) -> SafeContact:
    """This person, or one address of theirs, is reached only so; the reason is walled off."""
    with acting("set_safe_contact", actor=actor):
        return SafeContact.objects.create(client=client, contact_point=contact, level=level, reason=reason)


def settle_safe_contact(
    *, client: Client, level: str, reason: str, actor: User, now: datetime
) -> SafeContact | None:
    """How this person is reached from now on, in place of what held before; "" is without limits."""
    with acting("settle_safe_contact", actor=actor):
        _lock(client)
        client.safe_contacts.filter(contact_point=None, ended_at=None).update(ended_at=now)
        if not level:
            return None
        return SafeContact.objects.create(client=client, level=level, reason=reason, since_at=now)


def end_safe_contact(*, safe_contact: SafeContact, actor: User, now: datetime) -> None:
    """The reason is gone; ordinary settings hold again."""
    with acting("end_safe_contact", actor=actor):
        SafeContact.objects.filter(pk=safe_contact.pk, ended_at=None).update(ended_at=now)


def add_guardian(
    *,
    minor: Client,
    guardian: Client,
    relation: str,
    may_receive: bool,
    may_consent: bool,
    actor: User | None,
) -> Guardianship:
    """Somebody stands in for a minor."""
    with acting("add_guardian", actor=actor):
        guardianship, _ = Guardianship.objects.update_or_create(
            minor=minor,
            guardian=guardian,
            defaults={
                "relation": relation,
                "may_receive": may_receive,
                "may_consent": may_consent,
                "until": None,
            },
        )
    return guardianship


def end_guardianship(*, guardianship: Guardianship, until: date, actor: User | None) -> None:
    """They stand in no longer from this day on."""
    with acting("end_guardianship", actor=actor):
        Guardianship.objects.filter(pk=guardianship.pk).update(until=until)


def set_away(
    *,
    client: Client,
    away_from: date,
    away_until: date | None,
    reason: str,
    actor: User | None,
) -> Client:
    """Away for a while: reminders, follow-ups and check-ins rest; sessions stay."""
    with acting("set_away", actor=actor):
        locked = _lock(client)
        locked.away_from, locked.away_until, locked.away_reason = away_from, away_until, reason
        locked.clean_fields()
        if away_until and away_until < away_from:
            raise ValidationError({"away_until": gettext("The day back is before the day they leave.")})
        locked.save()
    return locked


def come_back(*, client: Client, actor: User | None) -> Client:
    """They are back."""
    with acting("come_back", actor=actor):
        locked = _lock(client)
        locked.away_from, locked.away_until, locked.away_reason = None, None, ""
        locked.save()
    return locked


@dataclass(frozen=True, kw_only=True)
class CaseDetails:
    """A case to be opened; the first member of an individual case is its client."""

    kind: str
    clinicians: tuple[User, ...]
    members: tuple[tuple[Client, str], ...]  # (person, role in the case)
    title: str = ""
    is_addiction: bool = False


def open_case(*, details: CaseDetails, on: date, actor: User | None) -> Case:
    """Begin treatment together; raises ValidationError if nobody leads it or nobody is in it."""
    _check_case(details)
    with acting("open_case", actor=actor):
        case = Case.objects.create(
            kind=details.kind, title=details.title, is_addiction=details.is_addiction, opened_on=on
        )
        CaseClinician.objects.bulk_create(
            CaseClinician(case=case, clinician=clinician, is_lead=n == 0)
            for n, clinician in enumerate(details.clinicians)
        )
        CaseMember.objects.bulk_create(
            CaseMember(case=case, client=client, role=role, joined_on=on) for client, role in details.members
        )
    return case


def note_presenting_issues(*, case: Case, words: str, goals: str = "", actor: User) -> Case:
    """What brings them and where they want to get, in their clinician's words; the page asked who may read them."""
    with acting("note_presenting_issues", actor=actor):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        locked.presenting_issues, locked.goals = words, goals
        locked.save()
    return locked


def add_member(
    *, case: Case, client: Client, role: str, engagement: str, on: date, actor: User | None
) -> CaseMember:
    """Somebody joins, or is invited to join, the treatment."""
    with acting("add_member", actor=actor):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.members.filter(client=client, left_on=None).exists():
            raise ValidationError(
                gettext("%(name)s is already in this case.") % {"name": client.display_name}
            )
        return CaseMember.objects.create(
            case=locked, client=client, role=role, engagement=engagement, joined_on=on
        )


def end_membership(*, member: CaseMember, on: date, actor: User | None) -> None:
    """They leave this case; their other cases stay."""
    with acting("end_membership", actor=actor):
        CaseMember.objects.filter(pk=member.pk, left_on=None).update(left_on=on)


def _lock(client: Client) -> Client:
    return Client.objects.select_for_update().get(pk=client.pk)


def _facts(details: ClientDetails) -> dict[str, object]:
    facts = asdict(details)
    if details.born_on:
        facts["birth_year"] = details.born_on.year
    return facts


def _tell_apart(client: Client, *, namesake_is_other: bool) -> None:
    """Two people of one name need a birth year each before anything is logged."""
    namesakes = list(Client.objects.namesakes_of(client))
    if not namesakes:
        return
    if client.birth_year is None or any(other.birth_year is None for other in namesakes):
        raise ValidationError(
            {"birth_year": gettext("Someone of this name is already here. Add the birth year of both.")},
            code="namesake",
        )
    if not namesake_is_other and any(o.birth_year == client.birth_year for o in namesakes):
        raise ValidationError(
            gettext("Someone of this name and birth year is already here. Is this the same person?"),
            code="namesake",
        )


def _contact_facts(details: ContactDetails) -> dict[str, object]:
    facts = asdict(details)
    facts["address"] = normal_address(kind=details.kind, address=details.address)
    return facts


def normal_address(*, kind: str, address: str, region: str = "US") -> str:
    """E.164 for a phone, lower case for an e-mail; raises ValidationError saying what is wrong."""
    if kind == ContactPoint.Kind.EMAIL:
        mail = address.strip().lower()
        validate_email(mail)
        return mail
    try:
        number = phonenumbers.parse(address, region)
    except phonenumbers.NumberParseException as error:
        raise ValidationError({"address": gettext("Write the number with its area code.")}) from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError({"address": gettext("This number has too few or too many digits.")})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _refuse_double(contact: ContactPoint) -> None:
    held = ContactPoint.objects.filter(client=contact.client, address=contact.address, ended_at=None).exclude(
        pk=contact.pk
    )
    if held.exists():
        raise ValidationError({"address": gettext("This address is already on the list.")})


def _check_case(details: CaseDetails) -> None:
    if not details.clinicians:
        raise ValidationError({"clinicians": gettext("Choose who leads the treatment.")})
    if not details.members:
        raise ValidationError({"members": gettext("Choose who is in treatment.")})
    if details.kind == Case.Kind.GROUP and not details.title:
        raise ValidationError({"title": gettext("Give the group a name for staff.")})
    if details.kind == Case.Kind.INDIVIDUAL and len(details.members) != 1:
        raise ValidationError({"members": gettext("An individual case has one client.")})
