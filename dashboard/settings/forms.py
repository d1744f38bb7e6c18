"""What is typed about how the practice works."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, FollowUpOwner, Language, Practice
from clients.models import Case, Channel
from dashboard.settings.shipped_field import ShippedField, as_stored
from dashboard.weeks import MONDAY, days_of_the_week
from reminders.access import Wording
from reminders.concerned import Concerned, sessions_concerned
from reminders.models import AgreementKind, Audience, ReminderRule
from reminders.rehearsal import Draft
from reminders.segments import size_of, with_plain_characters
from reminders.services import RuleDetails
from reminders.wording_check import Names, blaming_in, revealing_in
from reminders.words import KEYS, REMINDERS
from sessions_app.models import Availability, Location, Service
from sessions_app.services import Hours, PlaceDetails, ServiceDetails

ZONES = tuple(
    (name, name.replace("_", " "))
    for name in sorted(available_timezones())
    if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
)


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class _ZoneField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=ZONES, label=_("Time zone"), **options)


class PracticeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The practice and its policies; written by `change_practice`, never by `save`."""

    timezone = _ZoneField()
    language = forms.ChoiceField(
        choices=[("", _("As each browser asks")), *Language.choices],
        required=False,
        label=_("Language of staff pages"),
        help_text=_("Each person may choose their own. Clients are written to in theirs."),
    )
    undo_minutes = forms.IntegerField(
        min_value=0,
        max_value=30,
        label=_("Minutes to undo"),
        help_text=_("For so long after a change nobody is told and no time is offered."),
    )
    late_cancellation_hours = forms.IntegerField(
        min_value=0,
        max_value=168,
        label=_("Late cancellation, hours before"),
        help_text=_("For sessions booked from now on; booked ones keep theirs."),
    )
    waiting_minutes = forms.IntegerField(
        min_value=0,
        max_value=60,
        label=_("Minutes that a session waits"),
        help_text=_("Then the clinician is offered the ways on."),
    )
    texts_per_day = forms.IntegerField(
        min_value=1,
        max_value=10,
        label=_("Reminders a day, at most"),
        help_text=_("For each person. What a change makes necessary is not counted."),
    )
    texts_per_week = forms.IntegerField(
        min_value=1,
        max_value=30,
        label=_("Reminders a week, at most"),
        help_text=_("Several sessions in a week are one text, which names each time."),
    )
    follow_up_owner = forms.ChoiceField(
        choices=FollowUpOwner.choices,
        widget=forms.RadioSelect,
        label=_("Who telephones first after a missed session"),
    )

    class Meta:
        model = Practice
        fields = (
            "name",
            "display_name",
            "phone",
            "email",
            "timezone",
            "language",
            "country",
            "emergency_number",
            "crisis_line",
            "opens_at",
            "closes_at",
            "live_from",
            "undo_minutes",
            "late_cancellation_hours",
            "late_policy",
            "late_policy_es",
            "offer_hold_minutes",
            "offer_batch",
            "offer_lead_hours",
            "waiting_minutes",
            "texts_per_day",
            "texts_per_week",
            "segment_price",
            "hour_value",
            "follow_up_owner",
            "mfa_required",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"),
            "display_name": _("What texts call the practice"),
            "phone": _("Telephone"),
            "email": _("E-mail"),
            "country": _("Country"),
            "emergency_number": _("Emergency number"),
            "crisis_line": _("Crisis line"),
            "opens_at": _("Opens"),
            "closes_at": _("Closes"),
            "live_from": _("Live since"),
            "segment_price": _("Price of a text, in dollars"),
            "hour_value": _("What an hour of sessions brings"),
            "late_policy": _("What clients read before they cancel late"),
            "late_policy_es": _("The same in Spanish"),
            "offer_hold_minutes": _("Waitlist: minutes that a freed time is held"),
            "offer_batch": _("Waitlist: how many are asked at once"),
            "offer_lead_hours": _("Waitlist: hours before which it is too near"),
            "mfa_required": _("Everybody needs a second step to sign in"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("For staff pages."),
            "display_name": _("Neutral, plain letters, at most 40: a text can be read over a shoulder."),
            "country": _("Two letters, such as US."),
            "opens_at": _("First hour that the board shows."),
            "live_from": _("Sessions before this day open no follow-up."),
            "segment_price": _(
                "For one segment, as your provider bills it. Without it we reckon with about $0.0083."
            ),
            "hour_value": _("For the report on hours lost, and for nothing else. No client sees it."),
            "late_policy": _(
                "On their own page, after the hours: a fee, or that there is none. Plain and kind."
            ),
            "late_policy_es": _("Without it they read the English."),
            "offer_hold_minutes": _("Then the next person is asked."),
            "offer_batch": _("The first answer wins; the others hear kindly that it is taken."),
            "offer_lead_hours": _("A freed time nearer than this is offered to nobody."),
            "mfa_required": _("Who has none sets it up before anything else opens, you included."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "opens_at": _clock(),
            "closes_at": _clock(),
            "live_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if len(country) != 2 or not country.isalpha():
            raise ValidationError(_("Two letters, such as US."))
        return country

    def clean_display_name(self) -> str:
        name = self._plain("display_name")
        if found := revealing_in(name, Names.load()):
            raise ValidationError(
                _(
                    "“%(words)s” tells whoever reads over a shoulder why somebody comes. Choose a neutral name."
                ),
                params={"words": found[0].words},
            )
        return name

    def clean_emergency_number(self) -> str:
        return self._plain("emergency_number")

    def clean_crisis_line(self) -> str:
        return self._plain("crisis_line")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        opens, closes = typed.get("opens_at"), typed.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The practice closes after it opens."))
        return typed

    def _plain(self, field: str) -> str:
        """These go into every text: one odd letter doubles what each costs."""
        words = str(self.cleaned_data[field]).strip()
        if odd := size_of(words).odd_characters:
            raise ValidationError(
                _("Texts would cost double with %(odd)s. Use plain letters."), params={"odd": " ".join(odd)}
            )
        return words


class PauseForm(forms.Form):
    """Why sending is paused."""

    reason = forms.CharField(max_length=200, label=_("Why?"), help_text=_("Colleagues see it."))


class SenderRateForm(forms.Form):
    """How fast one way out may send."""

    rate_per_second = forms.FloatField(
        required=False,
        min_value=0.01,
        max_value=1000,
        label=_("At most a second"),
        help_text=_("As the provider allows your sender. Empty: as fast as it takes them."),
    )
    burst = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        label=_("At once, after a rest"),
        help_text=_("So many may go together."),
    )


class PlaceForm(forms.Form):
    """Where people meet."""

    name = forms.CharField(max_length=60, label=_("Name"))
    address = forms.CharField(max_length=200, required=False, label=_("Address"))
    timezone = _ZoneField(help_text=_("Sessions here are at this place's time."))

    def details(self) -> PlaceDetails:
        return PlaceDetails(**self.cleaned_data)


def place_as_typed(place: Location) -> dict[str, Any]:
    return {"name": place.name, "address": place.address, "timezone": place.timezone}


class RoomForm(forms.Form):
    """A room of a place."""

    name = forms.CharField(max_length=40, label=_("Name of the room"))


class ServiceForm(forms.Form):
    """What can be booked."""

    name = forms.CharField(max_length=80, label=_("Name"), help_text=_("For staff: it is in no message."))
    kind = forms.ChoiceField(choices=Case.Kind.choices, label=_("For"))
    minutes = forms.IntegerField(min_value=5, max_value=720, label=_("Usual minutes"))
    video_offered = forms.BooleanField(required=False, label=_("Also by video"))

    def details(self) -> ServiceDetails:
        return ServiceDetails(**self.cleaned_data)


def service_as_typed(service: Service) -> dict[str, Any]:
    return {field: getattr(service, field) for field in ("name", "kind", "minutes", "video_offered")}


class HoursForm(forms.Form):
    """One weekly window of a clinician."""

    weekday = forms.TypedChoiceField(choices=days_of_the_week, coerce=int, initial=MONDAY, label=_("Day"))
    starts = forms.TimeField(widget=_clock(), label=_("From"))
    ends = forms.TimeField(widget=_clock(), label=_("Until"))
    location = forms.ModelChoiceField(
        queryset=Location.objects.none(), to_field_name="public_id", required=False, label=_("Where")
    )

    def __init__(self, *args: Any, places: Any, practice: Practice, **options: Any) -> None:
        super().__init__(*args, **options)
        self.practice = practice
        where = self.fields["location"]
        assert isinstance(where, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        where.queryset = places
        where.empty_label = _("By video or telephone only")

    def hours(self) -> Hours:
        place = self.cleaned_data["location"]
        return Hours(**self.cleaned_data, timezone=place.timezone if place else self.practice.timezone)


def hours_as_typed(window: Availability) -> dict[str, Any]:
    return {
        "weekday": window.weekday,
        "starts": window.starts,
        "ends": window.ends,
        "location": window.location.public_id if window.location else None,
    }


class RuleForm(forms.Form):
    """When a reminder goes out, to whom, which way, in which words."""

    ORDERS = (
        ("", _("As each person wants it")),
        ("sms,email", _("Text, then e-mail")),
        ("email,sms", _("E-mail, then text")),
        ("voice,sms,email", _("Call first, then text, then e-mail")),
    )

    name = ShippedField(max_length=60, label=_("Name"), help_text=_("For staff: Three days before."))
    lead_days = forms.IntegerField(
        min_value=0,
        max_value=13,
        label=_("Days before"),
        help_text=_("At the session's own time of day, never at night."),
    )
    lead_hours = forms.IntegerField(
        min_value=0,
        max_value=23,
        required=False,
        label=_("And hours before that"),
        help_text=_("With no days: before the session, at least 3."),
    )
    audience = forms.ChoiceField(choices=Audience.choices, initial=Audience.ALL, label=_("For whom"))
    template_key = forms.ChoiceField(
        choices=[(key, KEYS[key][0]) for key in REMINDERS], initial=REMINDERS[0], label=_("Words")
    )
    channels = forms.ChoiceField(
        choices=ORDERS,
        required=False,
        label=_("Which way first"),
        help_text=_("A machine calls only who asked for calls."),
    )
    is_active = forms.BooleanField(required=False, initial=True, label=_("Goes out"))

    @classmethod
    def of(cls, rule: ReminderRule, posted: Any) -> "RuleForm":
        names = ("name", "lead_days", "lead_hours", "audience", "template_key", "is_active")
        typed = {name: getattr(rule, name) for name in names}
        return cls(posted, initial=typed | {"channels": ",".join(rule.channels)})

    def clean_lead_hours(self) -> int:
        return self.cleaned_data["lead_hours"] or 0

    def details(self) -> RuleDetails:
        channels = tuple(filter(None, self.cleaned_data["channels"].split(",")))
        return RuleDetails(**{**self.cleaned_data, "name": as_stored(self, "name"), "channels": channels})


class ReachForm(forms.Form):
    """Of a rule that is being written, what decides whom it reaches; anything unfinished counts as nothing."""

    lead_days = forms.IntegerField(min_value=0, max_value=13, required=False)
    lead_hours = forms.IntegerField(min_value=0, max_value=23, required=False)
    audience = forms.ChoiceField(choices=Audience.choices)

    def reach(self, now: datetime) -> Concerned | None:
        if not self.is_valid() or not (self.cleaned_data["lead_days"] or self.cleaned_data["lead_hours"]):
            return None
        return sessions_concerned(
            audience=self.cleaned_data["audience"],
            lead_days=self.cleaned_data["lead_days"] or 0,
            lead_hours=self.cleaned_data["lead_hours"] or 0,
            now=now,
        )


class WordingForm(forms.Form):
    """The words of one message; what they must keep, the verb knows."""

    subject = forms.CharField(required=False, label=_("Subject"), help_text=_("It shows on a locked screen."))
    body = forms.CharField(
        label=_("Words"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true", "autocomplete": "off"}),
        error_messages={"required": _("Write what it should say.")},
    )

    def __init__(self, typed: Any = None, *, wording: Wording, initial: dict[str, str] | None = None) -> None:
        self.wording = wording
        super().__init__(typed, initial=initial or {"subject": wording.subject, "body": wording.body})
        self.fields["body"].widget.attrs["lang"] = wording.language
        if wording.channel != Channel.EMAIL:
            del self.fields["subject"]

    def draft(self) -> Draft:
        """The words as they stand, finished or not."""
        return Draft(
            key=self.wording.key,
            language=self.wording.language,
            channel=self.wording.channel,
            body=self._written("body"),
            subject=self._written("subject"),
        )

    def words(self) -> dict[str, str]:
        """What `change_template` is told."""
        return asdict(self.draft())

    def unsaved(self) -> "WordingForm":
        """The same words in a form that has not been judged."""
        draft = self.draft()
        return WordingForm(wording=self.wording, initial={"subject": draft.subject, "body": draft.body})

    def in_plain_characters(self) -> "WordingForm":
        """With plain characters in the place of those that double the price; nothing is saved."""
        draft = self.draft()
        body = with_plain_characters(draft.body)
        return WordingForm(wording=self.wording, initial={"subject": draft.subject, "body": body})

    def saying_instead(self, words: str) -> "WordingForm":
        """With the kinder words in the place of those that may blame; nothing is saved."""
        draft = self.draft()
        kinder = {flag.words: flag.instead for flag in blaming_in(draft.body)}
        body = draft.body.replace(words, kinder[words]) if kinder.get(words) else draft.body
        return WordingForm(wording=self.wording, initial={"subject": draft.subject, "body": body})

    @property
    def only_blames(self) -> bool:
        """Whether the refusal leaves the decision to a person."""
        problems = [one for found in self.errors.as_data().values() for one in found]
        return bool(problems) and all(one.code == "blaming" for one in problems)

    def _written(self, field: str) -> str:
        if field not in self.fields:
            return ""
        # A browser sends two characters for a new line: each is paid for.
        return str(self[field].value() or "").replace("\r\n", "\n").replace("\0", "")


class TrialForm(forms.Form):
    """Where a text goes that staff send to themselves."""

    phone = forms.CharField(
        required=False,
        max_length=30,
        label=_("Your own mobile number"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class AgreementForm(forms.Form):
    """A signed agreement with the providers."""

    kind = forms.ChoiceField(choices=AgreementKind.choices, label=_("Which"))
    reference = forms.CharField(
        max_length=120, label=_("With whom, and where the paper is"), help_text=_("Twilio, folder 12.")
    )
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class KeyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """What a key is for."""

    class Meta:
        model = ApiToken
        fields = ("name",)
        labels: ClassVar[dict[str, Any]] = {"name": _("What is it for?")}
        help_texts: ClassVar[dict[str, Any]] = {"name": _("Such as: waiting-room screen.")}
