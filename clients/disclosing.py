"""Whether anything may be said to a court: by a signed consent on file or a sufficient order, else by nobody.

No role, no reason and no deadline stands in for them (requirements, "Where rows meet a duty").
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.mandates import refuse_others
from clients.models import DisclosureBasis, DisclosurePart, Mandate

ATTENDANCE_ONLY = (DisclosurePart.ATTENDANCE,)
# The statements that 42 CFR 2.31 asks of a consent beside what every authorization says.
PART_2_CONSENT = {
    "says_how_to_revoke": gettext_lazy("that it can be revoked, and how"),
    "says_redisclosure": gettext_lazy("that it may be passed on, and what protects it then"),
    "names_substance_use": gettext_lazy("that it is about substance use treatment"),
}


@dataclass(frozen=True, kw_only=True)
class BasisDetails:
    """What a consent or an order says: who may disclose what, to whom, why and until when."""

    kind: str
    discloser: str
    recipient: str
    purpose: str
    signed_on: date
    covers: tuple[str, ...] = ATTENDANCE_ONLY
    reference: str = ""
    expires_on: date | None = None
    expires_when: str = ""
    says_how_to_revoke: bool = False
    says_redisclosure: bool = False
    names_substance_use: bool = False
    is_under_part_2: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Yes, on this basis; or no, and the sentence that says why not."""

    basis: DisclosureBasis | None
    why_not: str

    def __bool__(self) -> bool:
        return self.basis is not None


def may_disclose(mandate: Mandate, *, on: date, parts: Collection[str] = ATTENDANCE_ONLY) -> Word:
    """Whether these parts may go to the court on this day; free of queries where `bases` is prefetched."""
    bases = list(mandate.bases.all())
    if not bases:
        return Word(
            None,
            _(
                "There is no signed consent on file and no sufficient court order. "
                "Without one of them nothing goes to the court."
            ),
        )
    refusals = [why_not(basis, mandate, on=on, parts=parts) for basis in bases]
    for basis, refusal in zip(bases, refusals, strict=True):
        if not refusal:
            return Word(basis, "")
    return Word(None, _nearest(bases, refusals))


def why_not(basis: DisclosureBasis, mandate: Mandate, *, on: date, parts: Collection[str]) -> str:
    """Why this one does not permit it, in a sentence; empty where it does."""
    return (
        _out_of_force(basis, mandate.client.called, on)
        or _lacks_part_2(basis, mandate)
        or _does_not_cover(basis, parts)
    )


def record_basis(*, mandate: Mandate, details: BasisDetails, actor: User, now: datetime) -> DisclosureBasis:
    """Put a signed consent or a sufficient order on file; the same paper once more is that one.

    Raises ValidationError, by field, for what such a paper has to say and does not.
    """
    refuse_others(actor, mandate.case)
    problems = missing_elements(details, is_addiction=mandate.case.is_addiction)
    if details.signed_on > get_practice().today(now):
        problems["signed_on"] = _("A paper is put on file once it is signed.")
    if _was_revoked(mandate, details):
        problems["signed_on"] = _("The consent signed on this day was revoked. It takes a new one.")
    if problems:
        raise ValidationError({field: [sentence] for field, sentence in problems.items()})
    covers = [part for part in DisclosurePart if part in {*details.covers, DisclosurePart.ATTENDANCE}]
    says = {**vars(details), "covers": covers}
    with acting("record_disclosure_basis", actor=actor):
        Mandate.objects.select_for_update().get(pk=mandate.pk)
        # One paper is on file once: of two, one would go on permitting what was revoked on the other.
        same = DisclosureBasis.objects.filter(mandate=mandate, ended_on=None, **says).first()
        return same or DisclosureBasis.objects.create(mandate=mandate, recorded_by=actor, **says)


def _was_revoked(mandate: Mandate, details: BasisDetails) -> bool:
    """The very paper, put on file again after it was revoked; one signed anew is another."""
    revoked = DisclosureBasis.objects.filter(
        mandate=mandate,
        kind=details.kind,
        signed_on=details.signed_on,
        ended_how=DisclosureBasis.Ending.REVOKED,
        ended_on__gt=details.signed_on,
    )
    return revoked.exists()


def end_basis(*, basis: DisclosureBasis, how: str, on: date, actor: User) -> DisclosureBasis:
    """Revoked, come to its event, or set aside: nothing more goes on it. Ending twice keeps the first."""
    refuse_others(actor, basis.mandate.case)
    if how not in DisclosureBasis.Ending.values:
        raise ValidationError({"how": _("Choose how it ended.")})
    if how == DisclosureBasis.Ending.REVOKED and not basis.is_consent:
        raise ValidationError({"how": _("A consent is revoked; an order is set aside.")})
    with acting("end_disclosure_basis", actor=actor):
        locked = DisclosureBasis.objects.select_for_update().get(pk=basis.pk)
        if locked.ended_on is None:
            locked.ended_on, locked.ended_how = on, how
            locked.save()
    return locked


def missing_elements(details: BasisDetails, *, is_addiction: bool) -> dict[str, str]:
    """What the paper does not say and has to, by field (45 CFR 164.508(c), 42 CFR 2.31 and 2.61)."""
    problems = {
        name: sentence
        for name, sentence in {
            "discloser": _("Say who may disclose."),
            "recipient": _("Say to whom."),
            "purpose": _("Say what for."),
        }.items()
        if not getattr(details, name).strip()
    }
    if details.kind == DisclosureBasis.Kind.ORDER:
        if is_addiction and not details.is_under_part_2:
            problems["is_under_part_2"] = _("Addiction counselling needs an order under 42 CFR 2.61 to 2.67.")
        return problems
    if not details.expires_on and not details.expires_when.strip():
        problems["expires_on"] = _("A consent names the day or the event on which it ends.")
    if is_addiction:
        problems |= {
            name: _("42 CFR Part 2 asks that it says %(what)s.") % {"what": what}
            for name, what in PART_2_CONSENT.items()
            if not getattr(details, name)
        }
    return problems


def _out_of_force(basis: DisclosureBasis, name: str, on: date) -> str:
    if basis.ended_on and basis.ended_how == DisclosureBasis.Ending.REVOKED:
        return _("%(name)s revoked the consent on %(day)s. Nothing more goes to the court on it.") % {
            "name": name,
            "day": _day(basis.ended_on),
        }
    if basis.ended_on:
        return _ended(basis.is_consent) % {
            "day": _day(basis.ended_on),
            "how": basis.get_ended_how_display().lower(),
        }
    if basis.expires_on and basis.expires_on < on:
        return _expired(basis.is_consent) % {"day": _day(basis.expires_on)}
    if basis.signed_on > on:
        return _holds_from(basis.is_consent) % {"day": _day(basis.signed_on)}
    return ""


def _ended(is_consent: bool) -> str:  # noqa: FBT001 - the one thing it depends on
    if is_consent:
        return _("The consent ended on %(day)s: %(how)s.")
    return _("The order ended on %(day)s: %(how)s.")


def _expired(is_consent: bool) -> str:  # noqa: FBT001 - likewise
    if is_consent:
        return _("The consent expired on %(day)s. Ask for a new one before anything goes.")
    return _("The order expired on %(day)s. Ask for a new one before anything goes.")


def _holds_from(is_consent: bool) -> str:  # noqa: FBT001 - likewise
    return _("The consent holds from %(day)s on.") if is_consent else _("The order holds from %(day)s on.")


def _lacks_part_2(basis: DisclosureBasis, mandate: Mandate) -> str:
    if not mandate.case.is_addiction:
        return ""
    if not basis.is_consent:
        return "" if basis.is_under_part_2 else _("The order is not one under 42 CFR 2.61 to 2.67.")
    missing = [str(what) for name, what in PART_2_CONSENT.items() if not getattr(basis, name)]
    if not missing:
        return ""
    return _("The consent does not say %(what)s (42 CFR 2.31).") % {"what": _("; nor ").join(missing)}


def _does_not_cover(basis: DisclosureBasis, parts: Collection[str]) -> str:
    beyond = [part.label.lower() for part in DisclosurePart if part in parts and part not in basis.covers]
    if not beyond:
        return ""
    words = (
        _("The consent does not cover: %(what)s.")
        if basis.is_consent
        else _("The order does not cover: %(what)s.")
    )
    return words % {"what": ", ".join(beyond)}


def _nearest(bases: list[DisclosureBasis], refusals: list[str]) -> str:
    """What to say where none permits it: of those that stand, the newest; else of the newest."""
    standing = [refusal for basis, refusal in zip(bases, refusals, strict=True) if basis.ended_on is None]
    return (standing or refusals)[0]


def _day(day: date) -> str:
    return date_format(day, "j F Y")
