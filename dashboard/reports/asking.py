"""What somebody asks a report for: it stands in the address, and goes along from one report to the next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import clinicians_apart
from accounts.models import Practice, User
from accounts.roles import May, Role
from clients.models import Case
from sessions_app.access import (
    locations,
    services,
    sessions_counted_for,
    sessions_of_the_practice,
    vacancies_counted_for,
)
from sessions_app.models import Location, Modality, Service
from sessions_app.querysets import TherapySessionQuerySet, VacancyQuerySet, day_bounds

PERIODS = (
    ("", gettext_lazy("Last 12 months")),
    ("3", gettext_lazy("Last 3 months")),
    ("1", gettext_lazy("This month")),
    ("days", gettext_lazy("Chosen days")),
)
# No table is longer than its reader's patience.
LONGEST_DAYS = 5 * 366
# Nobody kept a calendar before; and a day has an end only where another follows.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_NAMES = {"place": "location", "service": "service", "mode": "modality"}


class Filters(forms.Form):
    """Which sessions are counted. Everything may stay empty: the last twelve months of everything one may see."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=PERIODS, required=False)
    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    place: "forms.ModelChoiceField[Location]" = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("All places"),
    )
    service: "forms.ModelChoiceField[Service]" = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("All services"),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        required=False,
        choices=[("", gettext_lazy("In any way")), *Modality.choices],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of case"),
        required=False,
        choices=[("", gettext_lazy("All kinds")), *Case.Kind.choices],
    )
    clinician: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=gettext_lazy("Clinician"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose_from("place", locations())
        self._choose_from("service", services())
        if user.may(May.SEE_CLINICIANS_APART):
            self._choose_from(
                "clinician",
                clinicians_apart(user)
                .filter(is_active=True, roles__contains=[Role.CLINICIAN])
                .order_by("name"),
            )
        else:
            del self.fields["clinician"]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        first, last = asked.get("first"), asked.get("last")
        if asked.get("period") != "days" or self.errors:
            return asked
        if not first or not last:
            raise forms.ValidationError(_("Say from which day to which day."))
        if first < EARLIEST or last > LATEST:
            raise forms.ValidationError(_("Choose days between 1900 and 2199."))
        if not timedelta(0) <= last - first <= timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("The first day comes before the last, by five years at most."))
        return asked

    def _choose_from(self, name: str, found: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # this form's own fields
        field.queryset = found


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose figures, of which days, and of which of their sessions."""

    user: User
    practice: Practice
    now: datetime
    first: date
    last: date
    chosen: dict[str, Any]

    @property
    def sessions(self) -> TherapySessionQuerySet:
        """What is counted: over by now."""
        return self.narrowed(sessions_counted_for(self.user))

    @property
    def clinical_sessions(self) -> TherapySessionQuerySet:
        """The same, no wider than what one leads or supervises."""
        return self.narrowed(sessions_counted_for(self.user, clinically=True))

    @property
    def everybodys_sessions(self) -> TherapySessionQuerySet:
        """Of the practice as a whole, to stand beside one's own."""
        return self.narrowed(sessions_of_the_practice(self.user))

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """When the first day begins, and the last one ends."""
        zone = self.practice.zone
        return day_bounds(self.first, zone)[0], day_bounds(self.last, zone)[1]

    @property
    def vacancies(self) -> VacancyQuerySet:
        """Freed times of these days that are past."""
        found = vacancies_counted_for(self.user).filter(
            starts_at__lte=self.now, on__gte=self.first, on__lte=self.last
        )
        names = _NAMES | {"kind": "session__case__kind", "clinician": "clinicians"}
        return found.filter(**self._which(names))

    @property
    def is_of_everything(self) -> bool:
        """Of one of the usual periods, and narrowed by nothing else."""
        return not any(value for name, value in self.chosen.items() if name != "period") and (
            self.chosen.get("period") != "days"
        )

    @property
    def is_of_the_practice(self) -> bool:
        return self.user.may(May.SEE_PRACTICE_NUMBERS)

    def narrowed(self, sessions: TherapySessionQuerySet) -> TherapySessionQuerySet:
        found = sessions.over(self.now).between(self.first, self.last, self.practice.zone)
        which = self._which(_NAMES | {"kind": "case__kind"})
        clinician = self.chosen.get("clinician")
        return found.filter(**which).led_by(clinician) if clinician else found.filter(**which)

    def _which(self, names: dict[str, str]) -> dict[str, Any]:
        return {names[name]: value for name, value in self.chosen.items() if name in names and value}


def asked_by(filters: Filters, *, user: User, practice: Practice, now: datetime) -> Asked:
    """What a valid form asks for."""
    chosen, today = filters.cleaned_data, practice.today(now)
    first, last = _days(chosen, today)
    return Asked(user=user, practice=practice, now=now, first=first, last=last, chosen=chosen)


def address_of(filters: Filters) -> str:
    """The question as it stands in an address; nothing that was left open or is not valid."""
    given = getattr(filters, "cleaned_data", {})
    return urlencode({name: _written(value) for name, value in given.items() if value})


def _written(value: object) -> str:
    if isinstance(value, Model):
        key: UUID = value.public_id  # type: ignore[attr-defined]  # of all three that can be chosen
        return str(key)
    return value.isoformat() if isinstance(value, date) else str(value)


def _days(chosen: dict[str, Any], today: date) -> tuple[date, date]:
    if chosen.get("period") == "days":
        return chosen["first"], chosen["last"]
    months = int(chosen.get("period") or 12)
    return _months_ago(today, months - 1), today


def _months_ago(today: date, months: int) -> date:
    """The first day of the month so many months ago."""
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
