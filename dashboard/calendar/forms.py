"""What the pages about sessions ask for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.access import clinicians
from accounts.models import Practice, User
from clients.models import Case, Client
from dashboard.calendar.slot_picker import ANY, EVENINGS, WEEKENDS, Wish, instant_of
from dashboard.clients.forms import DateInput
from sessions_app.access import locations, rooms, services
from sessions_app.models import CancelledBy, Location, Modality, Room, Service, TherapySession
from sessions_app.services import Booking, NewSetting, NewTime
from sessions_app.wall_time import instants

OWN_TIME = "own"
OVER = _(
    "That time is over already. For somebody who came without an appointment, take Walk-in on the board."
)
NO_LINK = _(
    "Without a link no reminder or change can be written to them. Put it in here; "
    "or tick the box, and add it later under “How and where”."
)
WHEN = [(ANY, _("Any time")), (EVENINGS, _("Evenings")), (WEEKENDS, _("Weekends"))]
REPEATS = [("0", _("Once")), ("1", _("Every week")), ("2", _("Every two weeks"))]


def refuse_far_day(on: date) -> None:
    """A typing mistake in the year is caught here rather than booked."""
    if not 2000 <= on.year <= 2100:
        raise forms.ValidationError(_("Please check the year."))


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


if TYPE_CHECKING:
    UserChoice = forms.ModelChoiceField[User]
else:
    UserChoice = forms.ModelChoiceField


class ClinicianChoice(UserChoice):
    """One of the clinicians who see people now."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose…"))
        super().__init__(queryset=clinicians(), to_field_name="public_id", **kwargs)


class TimeForm(forms.Form):
    """A time from the picker, or one typed in; the first half of booking and of moving."""

    first = forms.DateField(label=_("From"), required=False, widget=DateInput, validators=[refuse_far_day])
    when = forms.ChoiceField(label=_("Times of day"), choices=WHEN, required=False)
    slot = forms.CharField(required=False, max_length=20)
    own_on = forms.DateField(label=_("Day"), required=False, widget=DateInput, validators=[refuse_far_day])
    own_at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def zone(self) -> ZoneInfo:
        """The zone of the wall times on this form."""
        raise NotImplementedError

    @property
    def minutes_wanted(self) -> int:
        """How long the session is to be."""
        raise NotImplementedError

    def forgiven(self) -> Self:
        """The form with what was typed, read but not judged: only a wish changed."""
        self.full_clean()
        self.errors.clear()
        return self

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, at = cleaned["on"], cleaned["at"] = self._chosen(cleaned)
        if on and at and self._is_over(on, at):
            self.add_error("own_at" if cleaned["slot"] == OWN_TIME else "slot", OVER)
        return cleaned

    def _is_over(self, on: date, at: time) -> bool:
        _begins, ends = instants(on=on, at=at, timezone=self.zone().key, minutes=self.minutes_wanted)
        return ends <= self.now

    def _chosen(self, cleaned: dict[str, Any]) -> tuple[date | None, time | None]:
        if cleaned.get("slot") == OWN_TIME:
            if not cleaned.get("own_on") or not cleaned.get("own_at"):
                self.add_error("own_at", _("Type the day and the time."))
            return cleaned.get("own_on"), cleaned.get("own_at")
        try:
            begins = instant_of(cleaned.get("slot", "")).astimezone(self.zone())
            refuse_far_day(begins.date())
        except (ValueError, OverflowError, forms.ValidationError):
            self.add_error("slot", _("Choose one of the times, or type your own."))
            return None, None
        return begins.date(), begins.time()


class VideoForm(forms.Form):
    """How a session is held; by video without a link is said before it is done, since nobody could be told."""

    modality = forms.ChoiceField(label=_("How"), choices=Modality, widget=forms.RadioSelect)
    where = forms.ChoiceField(label=_("Where"), required=False)
    video_link = forms.URLField(
        label=_("Video link"),
        required=False,
        assume_scheme="https",
        help_text=_("It is in their reminders. Without it none can go out."),
    )
    linkless_ok = forms.BooleanField(label=_("I will add the link later"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        by_video = cleaned.get("modality") == Modality.VIDEO
        # A link that was mistyped has its own sentence.
        if by_video and cleaned.get("video_link") == "" and not cleaned.get("linkless_ok"):
            self.add_error("video_link", NO_LINK)
        return cleaned


class BookingForm(TimeForm, VideoForm):
    """A session of one case: what, with whom, when, how, and how often."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        label=_("Kind of session"), queryset=None, to_field_name="public_id", empty_label=_("Choose…")
    )
    clinician = ClinicianChoice(label=_("With"))
    second = ClinicianChoice(label=_("And"), required=False, empty_label=_("Nobody else"))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=5,
        max_value=720,
        widget=forms.NumberInput(attrs={"placeholder": _("As usual")}),
    )
    clients = forms.MultipleChoiceField(label=_("Who is expected"), widget=forms.CheckboxSelectMultiple)
    repeat = forms.ChoiceField(label=_("How often"), choices=REPEATS, widget=forms.RadioSelect)
    count = forms.IntegerField(label=_("How many times"), required=False, min_value=2, max_value=52)
    overlap_ok = forms.BooleanField(label=_("Book it all the same"), required=False)

    def __init__(self, case: Case, practice: Practice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.practice = case, practice
        self.people = {str(member.client.public_id): member.client for member in current_members(case)}
        self.places = Places()
        offer(self, "service", services())
        choose(self, "where", self.places.choices)
        choose(self, "clients", [(key, client.display_name) for key, client in self.people.items()])

    def zone(self) -> ZoneInfo:
        location, _room = self.place
        return ZoneInfo(location.timezone) if location else self.practice.zone

    @property
    def place(self) -> tuple[Location | None, Room | None]:
        """Where it is held; by video or telephone it is nowhere."""
        if self.cleaned_data.get("modality") != Modality.IN_PERSON:
            return None, None
        return self.places.chosen(self.cleaned_data.get("where", ""))

    @property
    def clinicians(self) -> tuple[User, ...]:
        named = (self.cleaned_data.get("clinician"), self.cleaned_data.get("second"))
        return tuple(dict.fromkeys(one for one in named if one))

    @property
    def minutes_wanted(self) -> int:
        service = self.cleaned_data.get("service")
        typed: int | None = self.cleaned_data.get("minutes")
        return typed or (service.minutes if service else 50)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("repeat") != "0" and not cleaned.get("count"):
            self.add_error("count", _("Say how many times, up to 52."))
        return cleaned

    def wish(self, today: date) -> Wish | None:
        """What the picker should look for; nothing while no clinician is chosen."""
        if not self.clinicians:
            return None
        return Wish(
            clinicians=self.clinicians,
            minutes=self.minutes_wanted,
            first=max(self.cleaned_data.get("first") or today, today),
            zone=self.zone(),
            when=self.cleaned_data.get("when") or ANY,
            room=self.place[1],
        )

    @property
    def expected(self) -> tuple[Client, ...]:
        return tuple(self.people[key] for key in self.cleaned_data["clients"])

    def booking(self) -> Booking:
        location, room = self.place
        by_video = self.cleaned_data["modality"] == Modality.VIDEO
        return Booking(
            case=self.case,
            clinicians=self.clinicians,
            service=self.cleaned_data["service"],
            on=self.cleaned_data["on"],
            at=self.cleaned_data["at"],
            timezone=self.zone().key,
            minutes=self.minutes_wanted,
            modality=self.cleaned_data["modality"],
            location=location,
            room=room,
            video_link=self.cleaned_data["video_link"] if by_video else "",
            clients=self.expected,
        )


class RescheduleForm(TimeForm):
    """Another time for a session."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    tell_clients = forms.BooleanField(label=_("Tell them about the new time"), required=False, initial=True)
    overlap_ok = forms.BooleanField(label=_("Move it all the same"), required=False)

    def __init__(self, session: TherapySession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def zone(self) -> ZoneInfo:
        return self.session.zone

    @property
    def minutes_wanted(self) -> int:
        return self.session.minutes

    def wish(self, today: date) -> Wish:
        return Wish(
            clinicians=tuple(self.session.clinicians.all()),
            minutes=self.minutes_wanted,
            first=max(self.cleaned_data.get("first") or today, today),
            zone=self.zone(),
            when=self.cleaned_data.get("when") or ANY,
            room=self.session.room,
            besides=self.session,
        )

    def new_time(self) -> NewTime:
        return NewTime(on=self.cleaned_data["on"], at=self.cleaned_data["at"])


class SettingForm(VideoForm):
    """How and where a session is held, and by whom."""

    clinician = ClinicianChoice(label=_("With"))
    second = ClinicianChoice(label=_("And"), required=False, empty_label=_("Nobody else"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    tell_clients = forms.BooleanField(label=_("Tell them about the change"), required=False, initial=True)

    def __init__(self, session: TherapySession, posted: QueryDict | None) -> None:
        self.session, self.places = session, Places()
        led_by = list(session.clinicians.all())
        initial = {
            "modality": session.modality,
            "where": self.places.value_of(session),
            "video_link": session.video_link,
            "clinician": led_by[0].public_id if led_by else None,
            "second": led_by[1].public_id if len(led_by) > 1 else None,
            "seen_version": session.version,
            "tell_clients": True,
        }
        super().__init__(posted, initial=initial)
        choose(self, "where", self.places.choices)

    @property
    def changes_anything(self) -> bool:
        """Else nobody has to hear of it, and what they answered still counts."""
        return bool(set(self.changed_data) - {"seen_version", "tell_clients"})

    def new_setting(self) -> NewSetting:
        facts = self.cleaned_data
        in_person = facts["modality"] == Modality.IN_PERSON
        location, room = self.places.chosen(facts["where"]) if in_person else (None, None)
        return NewSetting(
            modality=facts["modality"],
            location=location,
            room=room,
            video_link=facts["video_link"] if facts["modality"] == Modality.VIDEO else "",
            clinicians=tuple(dict.fromkeys(filter(None, (facts["clinician"], facts["second"])))),
        )


EVERYBODY = "everybody"


class CancellationForm(forms.Form):
    """Who will not come, who called it off, and why."""

    who = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    by = forms.ChoiceField(label=_("Who calls it off?"), choices=CancelledBy, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("For staff. It is never in a message."),
    )
    tell_clients = forms.BooleanField(label=_("Tell them"), required=False, initial=True)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, session: TherapySession, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.initial["seen_version"] = session.version
        expected = session.participants.filter(cancelled_at=None).select_related("client")
        self.participants = {str(one.public_id): one for one in expected}
        people = [(key, one.client.display_name) for key, one in self.participants.items()]
        everybody = [(EVERYBODY, _("Everybody: the whole session"))] if len(people) != 1 else []
        choose(self, "who", [*everybody, *people])
        if len(people) == 1 and not self.initial.get("who"):
            self.initial["who"] = people[0][0]


class Places:
    """The places and rooms of the practice as one list of choices."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._locations = {str(place.public_id): place for place in locations()}
        for room in rooms():
            self._rooms[str(room.public_id)] = room

    @property
    def choices(self) -> list[Any]:
        """Grouped by place: the place itself, then its rooms."""
        return [
            (place.name, [(key, _("%(place)s, no room yet") % {"place": place.name}), *self._rooms_of(place)])
            for key, place in self._locations.items()
        ]

    def _rooms_of(self, place: Location) -> list[tuple[str, str]]:
        return [(key, room.name) for key, room in self._rooms.items() if room.location_id == place.pk]

    def chosen(self, value: str) -> tuple[Location | None, Room | None]:
        room = self._rooms.get(value)
        if room:
            return room.location, room
        return self._locations.get(value), None

    def value_of(self, session: TherapySession) -> str:
        if session.room:
            return str(session.room.public_id)
        return str(session.location.public_id) if session.location else ""


def looking_on(typed: QueryDict) -> QueryDict:
    """What was typed; where "show" names a day, times are looked for from that day."""
    wished = typed.copy()
    try:
        wished["first"] = date.fromisoformat(typed.get("show", "")).isoformat()
    except ValueError:
        return wished
    return wished


def current_members(case: Case) -> QuerySet[Any]:
    """Who is in this case now."""
    return case.members.filter(left_on=None).select_related("client")


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
    field.queryset = rows


def choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
    field.choices = choices


def times_of(booking: Booking, every_weeks: int, count: int) -> list[tuple[datetime, datetime]]:
    """When the sessions of a booking would be held."""
    step = timedelta(weeks=every_weeks)
    return [booking.times(booking.on + step * n) for n in range(count if every_weeks else 1)]
