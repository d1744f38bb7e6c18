"""What the pages about a day off ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.access import clinicians
from accounts.models import User
from accounts.roles import May
from dashboard.calendar.forms import ClinicianChoice, offer, refuse_far_day
from dashboard.clients.forms import DateInput
from sessions_app.access import locations
from sessions_app.models import Location


class ClosureForm(forms.Form):
    """A place and the day on which it is shut."""

    place: forms.ModelChoiceField[Location] = forms.ModelChoiceField(
        label=_("Which place?"), queryset=None, to_field_name="public_id", empty_label=_("Choose…")
    )
    on = forms.DateField(label=_("Which day?"), widget=DateInput, validators=[refuse_far_day])
    reason = forms.CharField(
        label=_("Why"), max_length=80, required=False, help_text=_("For staff. It is never in a message.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", locations())


class AbsenceForm(forms.Form):
    """A clinician and the day on which they are not there."""

    clinician = ClinicianChoice(label=_("Who is not there?"))
    on = forms.DateField(label=_("Which day?"), widget=DateInput, validators=[refuse_far_day])
    reason = forms.CharField(
        label=_("Why"), max_length=80, required=False, help_text=_("For staff. It is never in a message.")
    )

    def offer_only(self, clinician: User) -> None:
        """A clinician says it for themselves; a supervisor for those under them too."""
        own = Q(pk=clinician.pk)
        if clinician.may(May.SEE_SUPERVISED):
            own |= Q(supervisor=clinician)
        offer(self, "clinician", clinicians().filter(own))

    def offered(self) -> QuerySet[User]:
        """Of whom it can be said."""
        field = self.fields["clinician"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        assert field.queryset is not None  # noqa: S101  # as declared
        return field.queryset
