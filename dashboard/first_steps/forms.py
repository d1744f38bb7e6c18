"""What is asked in the first steps, where the settings' own forms ask too much at once."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from accounts.access import clinicians
from accounts.models import Practice, User
from accounts.roles import Role
from dashboard.settings.forms import PracticeForm
from dashboard.weeks import days_of_the_week
from sessions_app.access import locations, services
from sessions_app.models import Location
from sessions_app.services import Hours

_WORKDAYS = [0, 1, 2, 3, 4]
YES, LATER = "yes", "later"


class FirstPracticeForm(PracticeForm):
    """The few facts without which nothing else makes sense; the rest has its defaults."""

    class Meta(PracticeForm.Meta):
        fields: Any = (
            "name",
            "display_name",
            "phone",
            "email",
            "timezone",
            "opens_at",
            "closes_at",
            "live_from",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in set(self.fields) - set(self.Meta.fields):
            del self.fields[name]


class OwnWorkForm(forms.Form):
    """What the first admin does besides."""

    WORK: ClassVar[tuple[tuple[str, Any], ...]] = (
        (Role.CLINICIAN, gettext_lazy("I see clients")),
        (Role.FRONT_DESK, gettext_lazy("I am at the front desk")),
    )

    work = forms.MultipleChoiceField(
        choices=WORK,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=gettext_lazy("What do you do yourself?"),
    )


class WeekForm(forms.Form):
    """The same hours on several days of the week."""

    clinician = forms.ModelChoiceField(
        queryset=User.objects.none(),
        to_field_name="public_id",
        label=gettext_lazy("Whose hours"),
        empty_label=None,
    )
    weekdays = forms.TypedMultipleChoiceField(
        choices=days_of_the_week,
        coerce=int,
        initial=_WORKDAYS,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Days"),
    )
    starts = forms.TimeField(
        initial=time(9),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        label=gettext_lazy("From"),
    )
    ends = forms.TimeField(
        initial=time(17),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        label=gettext_lazy("Until"),
    )
    location = forms.ModelChoiceField(
        queryset=Location.objects.none(),
        to_field_name="public_id",
        required=False,
        label=gettext_lazy("Where"),
    )

    def __init__(self, *args: Any, practice: Practice, **options: Any) -> None:
        places = locations()
        first = places.first()
        options["initial"] = {"location": first.public_id if first else None}
        super().__init__(*args, **options)
        self.practice = practice
        _offer(self, "clinician", clinicians())
        _offer(self, "location", places, nothing=_("By video or telephone only"))

    def week(self) -> list[Hours]:
        place = self.cleaned_data["location"]
        return [
            Hours(
                weekday=weekday,
                starts=self.cleaned_data["starts"],
                ends=self.cleaned_data["ends"],
                location=place,
                timezone=place.timezone if place else self.practice.timezone,
            )
            for weekday in self.cleaned_data["weekdays"]
        ]


class GoOutForm(forms.Form):
    """Whether reminders may go out from now on."""

    go_out = forms.ChoiceField(
        choices=(
            (YES, gettext_lazy("They are right: let them go out")),
            (LATER, gettext_lazy("Not yet: keep sending paused")),
        ),
        widget=forms.RadioSelect,
        label=gettext_lazy("May reminders go out?"),
        error_messages={"required": gettext_lazy("Choose one; you can change it any time in the settings.")},
    )


class FirstClientForm(forms.Form):
    """Somebody and the first time that they come."""

    given_name = forms.CharField(max_length=80, label=gettext_lazy("First name"))
    family_name = forms.CharField(max_length=80, required=False, label=gettext_lazy("Last name"))
    phone = PhoneNumberField(
        required=False,
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Nothing is sent there before they have agreed to it."),
    )
    clinician = forms.ModelChoiceField(
        queryset=User.objects.none(),
        to_field_name="public_id",
        label=gettext_lazy("With whom"),
        empty_label=None,
    )
    service = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="public_id", label=gettext_lazy("What"), empty_label=None
    )
    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, user: User, practice: Practice, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.practice = practice
        _offer(self, "clinician", clinicians() if not user.is_clinician else clinicians().filter(pk=user.pk))
        _offer(self, "service", services())
        self.today: date = practice.today(now)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise ValidationError(_("Choose a day that is still to come."))
        return on


def _offer(form: forms.Form, name: str, queryset: Any, *, nothing: str | None = None) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
    field.queryset = queryset
    field.empty_label = nothing
