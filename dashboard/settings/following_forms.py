"""What is typed about patterns of missed sessions, and about worries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from followups.models import Counted, PatternKind
from followups.patterns import PatternDetails


class PatternForm(forms.Form):
    """One pattern; only what its kind needs is read."""

    kind = forms.ChoiceField(
        choices=PatternKind.choices,
        widget=forms.RadioSelect,
        initial=PatternKind.IN_DAYS,
        label=_("How it is counted"),
    )
    counted = forms.ChoiceField(
        choices=Counted.choices,
        widget=forms.RadioSelect,
        initial=Counted.WITHOUT_NOTICE,
        label=_("What is counted"),
    )
    times = forms.IntegerField(
        min_value=1, max_value=50, label=_("How many"), help_text=_("Of a share: at least so many.")
    )
    days = forms.IntegerField(
        required=False, min_value=1, max_value=365, label=_("Within how many days"),
        help_text=_("Only for so many within a number of days."),
    )  # fmt: skip
    percent = forms.IntegerField(
        required=False, min_value=1, max_value=100, label=_("Percent"), help_text=_("Only for a share.")
    )
    of_last = forms.IntegerField(
        required=False, min_value=2, max_value=50, label=_("Of the last … sessions"),
        help_text=_("Only for a share."),
    )  # fmt: skip

    def details(self) -> PatternDetails:
        return PatternDetails(**self.cleaned_data)


class WellbeingForm(forms.Form):
    """How soon somebody takes a worry, and when a supervisor sees what is overdue."""

    wellbeing_hours = forms.IntegerField(
        min_value=1,
        max_value=72,
        label=_("Hours until a worry about somebody's wellbeing is taken"),
        help_text=_("Day and night. If nobody has taken it by then, the supervisor is asked."),
    )
    overdue_hours = forms.IntegerField(
        min_value=1,
        max_value=336,
        label=_("Hours after which the supervisor sees what is overdue"),
        help_text=_("Counted from when it was due, or was given to somebody."),
    )
