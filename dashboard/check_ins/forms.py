"""What is filled in about check-ins between sessions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.check_ins import CheckInTerms, Stress
from clients.models import Cadence, Caller, CheckInPlan, CheckInWay
from dashboard.clients.forms import DateInput
from followups.models import CheckInResult


class CheckInForm(forms.Form):
    """What was agreed on with one member of a case."""

    way = forms.ChoiceField(label=_("How"), choices=CheckInWay, widget=forms.RadioSelect)
    every_days = forms.TypedChoiceField(
        label=_("How often"), choices=Cadence, coerce=int, initial=Cadence.WEEKLY
    )
    starts_on = forms.DateField(label=_("First on"), widget=DateInput)
    at = forms.TimeField(
        label=_("At"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clock where they are. Never at night."),
    )
    until_on = forms.DateField(
        label=_("Until"), widget=DateInput, required=False, help_text=_("Empty: until you stop them.")
    )
    caller = forms.ChoiceField(
        label=_("Who calls"),
        choices=Caller,
        initial=Caller.CLINICIAN,
        help_text=_("For check-ins by a call."),
    )
    consents = forms.BooleanField(
        label=_("They said yes to being written to for this"),
        required=False,
        help_text=_("Noted with your name at their first address. STOP ends it at any time."),
    )
    agreed_on = forms.DateField(label=_("Agreed on"), widget=DateInput)

    @property
    def terms(self) -> CheckInTerms:
        """What was filled in."""
        return CheckInTerms(**self.cleaned_data)


def begun_with(plan: CheckInPlan) -> dict[str, Any]:
    """The form as the agreement stands."""
    names = ("way", "every_days", "starts_on", "at", "until_on", "caller", "agreed_on")
    return {name: getattr(plan, name) for name in names}


class StressForm(forms.Form):
    """A stretch of days in which to ask more often."""

    from_on = forms.DateField(label=_("From"), widget=DateInput)
    until_on = forms.DateField(label=_("Last day"), widget=DateInput)
    every_days = forms.TypedChoiceField(
        label=_("How often"), choices=Cadence, coerce=int, initial=Cadence.EVERY_OTHER_DAY
    )
    words = forms.CharField(
        label=_("What makes it hard"),
        required=False,
        max_length=200,
        help_text=_("Read by their clinicians only. It is in no message."),
    )

    @property
    def stress(self) -> Stress:
        """What was filled in."""
        return Stress(**self.cleaned_data)


class CallForm(forms.Form):
    """What became of a call."""

    result = forms.ChoiceField(choices=CheckInResult)
    words = forms.CharField(required=False, max_length=500)
