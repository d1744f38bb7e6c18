"""What kind of time somebody waits for."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.access import clinicians
from accounts.clock import clock
from accounts.models import User
from clients.access import cases_visible_to
from clients.models import Case, Client
from dashboard.clients.forms import DateInput
from dashboard.weeks import days_of_the_week
from sessions_app.access import participants_visible_to, sessions_visible_to
from sessions_app.models import TherapySession, WaitlistEntry
from sessions_app.services import Wish


class _CaseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    def label_from_instance(self, case: Case) -> str:
        led = ", ".join(one.clinician.name for one in case.case_clinicians.all())
        return f"{case} · {led}"


class _SessionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # likewise
    def label_from_instance(self, session: TherapySession) -> str:
        at = clock(session.starts_at.astimezone(session.zone))
        return f"{date_format(session.on, 'l j F')}, {at}"


class WaitForm(forms.Form):
    """Case, the session they would move, with whom, which days and hours, until when."""

    case = _CaseChoice(
        queryset=Case.objects.none(),
        to_field_name="public_id",
        label=_("Which case"),
        empty_label=_("Choose…"),
    )
    session = _SessionChoice(
        queryset=TherapySession.objects.none(),
        to_field_name="public_id",
        required=False,
        label=_("Instead of"),
        empty_label=_("Nothing: one more session"),
    )
    clinicians = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("With"),
        help_text=_("Nobody ticked: whoever leads the case."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        choices=days_of_the_week,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Days"),
        help_text=_("None ticked: any day."),
    )
    from_time = forms.TimeField(
        required=False, label=_("Not before"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_time = forms.TimeField(
        required=False, label=_("Over by"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_on = forms.DateField(required=False, label=_("Last day that helps"), widget=DateInput)
    wishes = forms.CharField(max_length=200, required=False, label=_("Note for staff"))
    agreed = forms.BooleanField(
        required=False,
        label=_("They agree to be written to about times that become free"),
        help_text=_("Where they get their reminders. Without it they are asked by telephone."),
    )

    OPTIONAL = (
        "session",
        "clinicians",
        "weekdays",
        "from_time",
        "until_time",
        "until_on",
        "wishes",
        "agreed",
    )

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        user: User,
        client: Client,
        standing: WaitlistEntry | None,
        now: datetime,
    ) -> None:
        self.client = client
        super().__init__(posted, initial=_as_it_stands(standing))
        cases = cases_visible_to(user).open().filter(members__client=client, members__left_on=None)
        ahead = participants_visible_to(user).upcoming_for(client, now).values("session")
        self._offer("case", cases.distinct().with_people())
        self._offer("session", sessions_visible_to(user).filter(pk__in=ahead).order_by("starts_at"))
        self._offer("clinicians", clinicians())
        only = list(cases.distinct()[:2])
        if len(only) == 1 and not self.initial.get("case"):
            self.initial["case"] = only[0].public_id

    def _offer(self, field: str, found: Any) -> None:
        choice = self.fields[field]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        session, case = typed.get("session"), typed.get("case")
        if session and case and session.case_id != case.pk:
            raise ValidationError({"session": _("That session belongs to another case.")})
        return typed

    def wish(self) -> Wish:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        typed["clinicians"], typed["weekdays"] = tuple(typed["clinicians"]), tuple(typed["weekdays"])
        return Wish(client=self.client, **typed)


def _as_it_stands(entry: WaitlistEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "case": entry.case.public_id,
        "session": entry.session.public_id if entry.session else None,
        "clinicians": [one.public_id for one in entry.clinicians.all()],
        "weekdays": entry.weekdays,
        "from_time": entry.from_time,
        "until_time": entry.until_time,
        "until_on": entry.until_on,
        "wishes": entry.wishes,
    }
