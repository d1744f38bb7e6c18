"""What the pages about a court's order ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.mandates import MOST_MISSES, MandateDetails
from clients.models import Case, Client, Mandate
from dashboard.clients.forms import DateInput


class MandateForm(forms.Form):
    """What an order says."""

    order_reference = forms.CharField(
        label=_("Reference"), max_length=80, help_text=_("The number on the order.")
    )
    terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it asks for, in its own words: how often, how long, what is reported."),
    )
    contact_name = forms.CharField(label=_("Contact at the court"), required=False, max_length=120)
    contact_details = forms.CharField(
        label=_("How to reach them"),
        required=False,
        max_length=200,
        help_text=_("Telephone, e-mail, address."),
    )
    misses_before_alert = forms.IntegerField(
        label=_("Misses before its own follow-up begins"),
        min_value=1,
        max_value=MOST_MISSES,
        initial=2,
        help_text=_("Counted over 90 days. The first step is always a call."),
    )

    def details(self) -> MandateDetails:
        return MandateDetails(**{name: self.cleaned_data[name] for name in MandateForm.base_fields})

    @staticmethod
    def facts_of(mandate: Mandate) -> dict[str, Any]:
        return {name: getattr(mandate, name) for name in MandateForm.base_fields}


class NewMandateForm(MandateForm):
    """A new order: for whom in the case, and the first days on which a report is due."""

    client: forms.ModelChoiceField[Client] = forms.ModelChoiceField(
        label=_("Whose treatment is ordered"),
        queryset=None,
        to_field_name="public_id",
        empty_label=_("Choose…"),
    )
    first_due_on = forms.DateField(label=_("First report due"), required=False, widget=DateInput())
    second_due_on = forms.DateField(
        label=_("Next report due"),
        required=False,
        widget=DateInput(),
        help_text=_("Further days are added on the order's own page."),
    )
    field_order = ("client",)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = case.clients.filter(memberships__case=case, memberships__left_on=None).distinct()
        field = self.fields["client"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = members
        if len(only := list(members[:2])) == 1:
            self.initial.setdefault("client", only[0].public_id)

    def due_on(self) -> tuple[date, ...]:
        days = (self.cleaned_data["first_due_on"], self.cleaned_data["second_due_on"])
        return tuple(day for day in days if day)


class ReportingDateForm(forms.Form):
    """One more day on which the court expects a report."""

    due_on = forms.DateField(label=_("Another report due"), widget=DateInput())


class SettlingForm(forms.Form):
    """Why a day needs no report any more."""

    because = forms.CharField(
        label=_("How was it settled?"),
        max_length=200,
        error_messages={"required": _("Say in a few words how it was settled.")},
    )
