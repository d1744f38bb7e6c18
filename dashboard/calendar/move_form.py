"""What moving a session asks: when, how long, with whom, where; how much of its series; and who is told."""

from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from dashboard.calendar.forms import ClinicianChoice, Places, TimeInput, choose, refuse_far_day
from dashboard.calendar.slot_picker import INSTANT, Wish, instant_of
from dashboard.clients.forms import DateInput
from sessions_app.models import Modality, TherapySession
from sessions_app.services import Scope, Shift, of_scope, series_ahead


class MoveForm(forms.Form):
    """Another day, hour, length, clinician or room for a session, or for its series as well."""

    on = forms.DateField(label=_("Day"), widget=DateInput, validators=[refuse_far_day])
    at = forms.TimeField(label=_("From"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720)
    leader = ClinicianChoice(label=_("With"), required=False)
    instead_of = forms.CharField(required=False, widget=forms.HiddenInput)
    where = forms.ChoiceField(label=_("Where"), required=False)
    scope = forms.ChoiceField(label=_("How much of the series"), required=False, widget=forms.RadioSelect)
    tell = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    overlap_ok = forms.BooleanField(label=_("Move it all the same"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, session: TherapySession, typed: QueryDict, *, actor: User, now: datetime) -> None:
        super().__init__(typed)
        # Who had a box, and whose was ticked by itself: where it differs now, staff have chosen.
        self.offered, self.usual = typed.getlist("offered"), set(typed.getlist("usual"))
        self.session, self.actor, self.now, self.places = session, actor, now, Places()
        self.leaders = list(session.clinicians.all())
        self.series = series_ahead(session, actor=actor, now=now)
        self.people = {str(one.public_id): one for one in self._people()}
        choose(self, "where", self.places.choices)
        scopes = self._scopes()
        choose(self, "scope", scopes)
        if not scopes:
            del self.fields["scope"]
        choose(self, "tell", [(key, client.display_name) for key, client in self.people.items()])
        if session.modality != Modality.IN_PERSON:
            del self.fields["where"]

    def _people(self) -> list[Client]:
        """Everybody who is still expected at any of them, once each."""
        every = {self.session.pk: self.session, **{one.pk: one for one in self.series}}.values()
        expected = [person for one in every for person in one.participants.all() if not person.cancelled_at]
        return list({person.client_id: person.client for person in expected}.values())

    def _scopes(self) -> list[tuple[str, Any]]:
        """What can be chosen; where it is the only one ahead, nothing."""
        later = len(of_scope(self.session, self.series, Scope.LATER)) + 1
        every = len(of_scope(self.session, self.series, Scope.ALL)) + 1
        if every == 1:
            return []
        offered: list[tuple[str, Any]] = [(Scope.THIS.value, _("Only this one"))]
        if later > 1:
            offered.append((Scope.LATER.value, _("This one and the later ones: %(n)d") % {"n": later}))
        return [*offered, (Scope.ALL.value, _("All that lie ahead: %(n)d") % {"n": every})]

    def forgiven(self) -> Self:
        """What was typed, read but not judged: only a wish changed."""
        self.full_clean()
        self.errors.clear()
        return self

    def suggesting(self) -> Self:
        """Whom this wish tells by itself; whose box staff have ticked or cleared stays as they left it."""
        ticked = set(self.cleaned_data.get("tell", []))
        chosen = {key for key in self.offered if (key in ticked) != (key in self.usual)}
        told = (self.told_by_itself - chosen) | (ticked & chosen)
        self.cleaned_data["tell"] = [key for key in self.people if key in told]
        return self

    @property
    def told_by_itself(self) -> set[str]:
        """Everybody; of a longer session nobody, since it begins when they know it does."""
        return set() if self._is_longer_only else set(self.people)

    @property
    def _is_longer_only(self) -> bool:
        session, shift = self.session, self.shift
        if shift is None or shift.minutes == session.minutes:
            return False
        return (shift.on, shift.at) == (session.on, session.at) and not (shift.instead or shift.where)

    @property
    def zone(self) -> ZoneInfo:
        return self.session.zone

    @cached_property
    def instead(self) -> tuple[User, User] | None:
        """Whose place is taken, and by whom; nothing where nobody's is."""
        after = self.cleaned_data.get("leader")
        before = next((one for one in self.leaders if str(one.public_id) == self._named), None)
        return (before, after) if before and after and before != after else None

    @property
    def _named(self) -> str:
        named: str = self.cleaned_data.get("instead_of") or ""
        return named or (str(self.leaders[0].public_id) if self.leaders else "")

    @property
    def scope_chosen(self) -> str:
        return self.cleaned_data.get("scope") or Scope.THIS.value

    @property
    def shift(self) -> Shift | None:
        """What is asked for; nothing while the day, the hour or the length cannot be read."""
        facts = self.cleaned_data
        if not all(facts.get(name) for name in ("on", "at", "minutes")):
            return None
        chosen = facts.get("where", "")
        moves_room = "where" in self.fields and chosen and chosen != self.places.value_of(self.session)
        return Shift(
            on=facts["on"],
            at=facts["at"],
            minutes=facts["minutes"],
            instead=self.instead,
            where=self.places.chosen(chosen) if moves_room else None,
        )

    @property
    def not_told(self) -> tuple[Client, ...]:
        return tuple(client for key, client in self.people.items() if key not in self.cleaned_data["tell"])

    @property
    def tells_somebody(self) -> bool:
        return bool(self.cleaned_data["tell"])

    def wish(self, shift: Shift) -> Wish:
        """The next times that would do instead."""
        before, after = shift.instead or (None, None)
        leaders = tuple(after if one == before and after else one for one in self.leaders)
        today = self.now.astimezone(self.zone).date()
        return Wish(
            clinicians=leaders,
            minutes=shift.minutes,
            first=max(shift.on, today),
            zone=self.zone,
            room=shift.where[1] if shift.where else self.session.room,
            besides=self.session,
        )


class SeenForm(forms.Form):
    """Which version of a session somebody saw."""

    seen_version = forms.IntegerField()


def as_asked(asked: QueryDict, session: TherapySession) -> QueryDict:
    """The session as it stands, with what the calendar or a link asks for: a drag fills in the form."""
    typed = QueryDict(mutable=True)
    leaders = list(session.clinicians.all())
    known = {
        "on": session.on.isoformat(),
        "at": f"{session.at:%H:%M}" if session.at else "",
        "minutes": str(session.minutes),
        "leader": str(leaders[0].public_id) if leaders else "",
        "instead_of": str(leaders[0].public_id) if leaders else "",
        "where": _place_of(session),
        "scope": Scope.THIS.value,
        "seen_version": str(session.version),
    }
    wished = {name: str(asked.get(name, usual)) for name, usual in known.items()}
    typed.update({**wished, **_begins(asked, session)})
    return typed


def _place_of(session: TherapySession) -> str:
    place = session.room or session.location
    return str(place.public_id) if place else ""


def _begins(asked: QueryDict, session: TherapySession) -> dict[str, str]:
    """Where it was dropped, on the clock of the page: in the session's own it may read otherwise."""
    try:
        clock = ZoneInfo(asked.get("zone", session.timezone))
        shown = datetime.fromisoformat(asked.get("begins", "")).replace(tzinfo=clock)
        begins = shown.astimezone(session.zone)
    except (ValueError, OverflowError, OSError, ZoneInfoNotFoundError):
        return {}
    return {"on": begins.date().isoformat(), "at": f"{begins:%H:%M}"}


def with_slot(typed: QueryDict, zone: ZoneInfo) -> QueryDict:
    """What was typed, at the free time that "show" names."""
    chosen = typed.copy()
    try:
        begins = instant_of(typed.get("show", "")).astimezone(zone)
    except (ValueError, OverflowError):
        return chosen
    chosen["on"], chosen["at"] = begins.date().isoformat(), f"{begins:%H:%M}"
    return chosen


def value_of(on: date, at: time, zone: ZoneInfo) -> str:
    """A time as a free one is named."""
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC).strftime(INSTANT)
