"""What the pages about a court's order ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clients.disclosing import BasisDetails
from clients.mandates import MOST_MISSES, MandateDetails
from clients.models import Case, Client, DisclosureBasis, DisclosurePart, Mandate, ReportingDate
from dashboard.clients.forms import DateInput
from followups.court import Report
from followups.models import ReportKind


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


class BasisForm(forms.Form):
    """What a signed consent says, element by element."""

    discloser = forms.CharField(label=_("Who may disclose"), max_length=120)
    recipient = forms.CharField(label=_("To whom"), max_length=200, help_text=_("A name and an office."))
    covers = forms.MultipleChoiceField(
        label=_("What may be said"),
        choices=DisclosurePart.choices,
        initial=[DisclosurePart.ATTENDANCE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Attendance always. Anything more goes only where the client has approved it, too."),
    )
    purpose = forms.CharField(label=_("What for"), max_length=200)
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput())
    expires_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=DateInput(),
        help_text=_("A day or an event: one of the two."),
    )
    expires_when = forms.CharField(
        label=_("Or ends when"),
        required=False,
        max_length=200,
        help_text=_("An event, such as the end of probation."),
    )
    reference = forms.CharField(
        label=_("Where the paper is"), required=False, max_length=80, help_text=_("Folder, scan or number.")
    )

    kind: str = DisclosureBasis.Kind.CONSENT

    def details(self) -> BasisDetails:
        typed = {**self.cleaned_data, "covers": tuple(self.cleaned_data["covers"])}
        return BasisDetails(kind=self.kind, **typed)


class Part2ConsentForm(BasisForm):
    """What a consent says besides where the case is addiction counselling."""

    says_how_to_revoke = forms.BooleanField(
        label=_("It says that it can be revoked, and how"), required=False
    )
    says_redisclosure = forms.BooleanField(
        label=_("It says that it may be passed on, and what protects it then"), required=False
    )
    names_substance_use = forms.BooleanField(
        label=_("It says that it is about substance use treatment"), required=False
    )


class OrderForm(BasisForm):
    """What a court's order to disclose says."""

    kind = DisclosureBasis.Kind.ORDER


class Part2OrderForm(OrderForm):
    """What such an order says besides where the case is addiction counselling."""

    is_under_part_2 = forms.BooleanField(
        label=_("It was made under 42 CFR 2.61 to 2.67"),
        required=False,
        help_text=_("An ordinary subpoena or court order is not sufficient for these records."),
    )


class BasisEndingForm(forms.Form):
    """How a consent or an order came to its end."""

    how = forms.ChoiceField(
        label=_("What has happened?"), choices=DisclosureBasis.Ending, widget=forms.RadioSelect
    )

    def __init__(self, basis: DisclosureBasis, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not basis.is_consent:
            field = self.fields["how"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = [choice for choice in DisclosureBasis.Ending.choices if choice[0] != "revoked"]


class DayOfOrder(forms.Form):
    """A form with one of an order's open days, or none."""

    reporting_date = forms.ChoiceField(label=_("Due on"), required=False)

    def __init__(self, mandate: Mandate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {str(day.public_id): day for day in mandate.reporting_dates.filter(settled_at=None)}
        field = self.fields["reporting_date"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        days = [(key, date_format(day.due_on, "j F Y")) for key, day in self.days.items()]
        field.choices = [("", _("No date of the order")), *days]

    def chosen_day(self) -> ReportingDate | None:
        return self.days.get(self.cleaned_data["reporting_date"])


class DisclosureForm(DayOfOrder):
    """What goes to the court, and for which day."""

    kind = forms.ChoiceField(
        label=_("What goes"), choices=ReportKind, widget=forms.RadioSelect, initial=ReportKind.ROUTINE
    )
    parts = forms.MultipleChoiceField(
        label=_("What it holds"),
        choices=DisclosurePart.choices,
        initial=[DisclosurePart.ATTENDANCE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Attendance alone, unless the consent covers more and the client has approved it."),
    )
    is_approved = forms.BooleanField(
        label=_("The client has read and approved what goes beyond attendance"), required=False
    )
    field_order = ("kind", "parts", "is_approved", "reporting_date")

    def report(self) -> Report:
        typed = self.cleaned_data
        return Report(
            kind=typed["kind"],
            parts=tuple({DisclosurePart.ATTENDANCE.value, *typed["parts"]}),
            reporting_date=self.chosen_day(),
            is_approved=typed["is_approved"],
        )


class ExceptionForm(forms.Form):
    """Why a notice cannot wait."""

    because = forms.CharField(
        label=_("Why can it not wait until they were heard?"),
        max_length=300,
        error_messages={"required": _("Say why it cannot wait until they were heard.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
