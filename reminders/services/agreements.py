"""Verbs on the agreements with the providers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from reminders.models import AgreementKind, ProviderAgreement


def record_agreement(
    *, kind: str, reference: str, signed_on: date, actor: User, now: datetime
) -> ProviderAgreement:
    """Note that an agreement is signed; a later one of the same kind takes its place."""
    if kind not in AgreementKind.values:
        raise ValidationError({"kind": _("Choose which agreement it is.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Say with whom, and where the paper is.")})
    if signed_on > get_practice().today(now):
        raise ValidationError({"signed_on": _("It is recorded once it is signed.")})
    with acting("record_agreement", actor=actor, kind=kind):
        ProviderAgreement.objects.select_for_update().filter(kind=kind, ended_at=None).update(ended_at=now)
        return ProviderAgreement.objects.create(
            kind=kind, reference=reference.strip(), signed_on=signed_on, recorded_at=now, recorded_by=actor
        )


def end_agreement(*, agreement: ProviderAgreement, actor: User, now: datetime) -> None:
    """It is in force no longer: sending over a provider rests until there is another."""
    with acting("end_agreement", actor=actor, kind=agreement.kind):
        ProviderAgreement.objects.filter(pk=agreement.pk, ended_at=None).update(ended_at=now)
