"""Writing down what a case's people signed about confidentiality, and reading back how it was changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.access import names_of
from accounts.audit import acting
from accounts.models import User
from clients.models import Case, ConfidentialityPolicy


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A policy as it was signed: what stays private, and each limit in its own words."""

    wording: str
    danger: str
    abuse: str
    court_order: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One wording of the past, with who entered it."""

    at: datetime
    by: str
    wording: str
    limits: tuple[str, str, str]
    signed_on: date


def enter_policy(
    *, case: Case, signed: Signed, actor: User, today: date, now: datetime
) -> ConfidentialityPolicy:
    """Hold what they signed; an earlier wording stays in the history.

    Raises ValidationError for a day ahead, or a case of one person: there is nobody to keep things from.
    """
    if not case.is_joint:
        raise ValidationError(_("This is for people who are in treatment together."))
    if signed.signed_on > today:
        raise ValidationError({"signed_on": _("This day is still ahead.")})
    with acting("enter_policy", actor=actor):
        Case.objects.select_for_update().get(pk=case.pk)
        policy = ConfidentialityPolicy.objects.filter(case=case).first() or ConfidentialityPolicy(case=case)
        for field in ("wording", "danger", "abuse", "court_order"):
            setattr(policy, field, getattr(signed, field).strip())
        policy.signed_on, policy.entered_by, policy.entered_at = signed.signed_on, actor, now
        policy.clean_fields()
        policy.save()
    return policy


def entries_of(policy: ConfidentialityPolicy) -> list[Entry]:
    """Every wording that was ever entered, newest first. Two queries."""
    rows: list[Any] = list(policy.events.order_by("-pgh_id"))  # type: ignore[attr-defined]  # by django-pghistory
    by = {row.pgh_id: (row.pgh_context or {}).get("actor") or "" for row in rows}
    names = names_of(actor for actor in by.values() if actor)
    return [
        Entry(
            at=row.entered_at,
            by=names.get(by[row.pgh_id], ""),
            wording=row.wording,
            limits=(row.danger, row.abuse, row.court_order),
            signed_on=row.signed_on,
        )
        for row in rows
    ]
