"""What is typed when somebody has missed several times, or when somebody worries about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.access import cases_visible_to
from clients.models import Case, Client
from clients.treatment import people_to_name
from dashboard.clients.forms import DateInput
from dashboard.weeks import MONDAY, days_of_the_week
from followups.models import Feeling, ReviewOutcome, Worry
from followups.reviews import Consulted, Judgement
from sessions_app.access import locations_in_use, sessions_visible_to
from sessions_app.choices import video_link_of
from sessions_app.models import Modality, TherapySession
from sessions_app.services import Rhythm


def words_field(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """Words that stay with the case's clinicians: no browser keeps them."""
    return forms.CharField(
        required=required,
        max_length=4000,
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


class _Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class WorryForm(forms.Form):
    """What worries, and whom to ask; of several cases, in which."""

    words = words_field(_("What worries you?"), required=True, help_text=_("Their clinicians read this."))
    case = forms.ModelChoiceField(
        Case.objects.none(), to_field_name="public_id", label=_("In which treatment"), empty_label=None
    )
    asked = _Colleague(
        User.objects.none(),
        required=False,
        to_field_name="public_id",
        label=_("Whom to ask"),
        empty_label=_("Who leads the treatment"),
    )
    session = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, user: User, client: Client, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cases = cases_visible_to(user).open().filter(members__client=client, members__left_on=None).distinct()
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]  # of a model choice
        only = list(cases[:2])
        if len(only) == 1:
            self.fields["case"].widget = forms.HiddenInput()
            self.initial["case"] = only[0].public_id
        people = User.objects.filter(pk__in=[one.pk for case in cases for one in people_to_name(case)])
        self.fields["asked"].queryset = people.order_by("name")  # type: ignore[attr-defined]  # likewise

    def details(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        found = (
            sessions_visible_to(self.user).filter(public_id=typed["session"]) if typed["session"] else None
        )
        return {**typed, "session": found.first() if found is not None else None}


class OutcomeForm(forms.Form):
    """What was done about a worry."""

    outcome = words_field(_("What was done, and how are they?"), required=True)


class TalkForm(forms.Form):
    """What they said about each of the four themes (row 3.9)."""

    personal = words_field(_("Life outside: family, health, how things are"), rows=2)
    scheduling = words_field(_("The time: day, hour, how often, the way here"), rows=2)
    financial = words_field(_("Money: what it costs, what it takes to come"), rows=2)
    discomfort = words_field(_("The sessions themselves: what feels hard, or not helpful"), rows=2)


class CostForm(forms.Form):
    """What the misses cost this client."""

    unresolved = words_field(_("What stays unresolved meanwhile"), rows=2)
    support_missed = words_field(_("Which support they went without"), rows=2)
    concern = forms.ChoiceField(
        choices=[("", _("Not said")), *Worry.choices],
        required=False,
        label=_("How worried are you about them?"),
    )


class PrivateForm(forms.Form):
    """A word for oneself."""

    feeling = forms.ChoiceField(
        choices=[("", _("Not said")), *Feeling.choices], required=False, label=_("How is it for you?")
    )
    words = words_field(_("In your words"))


class QuestionForm(forms.Form):
    """A question to one's supervisor."""

    question = words_field(_("What would you like to ask?"), required=True)


class AnswerForm(forms.Form):
    """The supervisor's answer."""

    answer = words_field(_("Your answer"), required=True, rows=5)


class RhythmForm(forms.Form):
    """What was agreed: how often, when, how, and what else."""

    every_weeks = forms.TypedChoiceField(
        choices=[
            (1, _("Every week")),
            (2, _("Every two weeks")),
            (3, _("Every three weeks")),
            (4, _("Every four weeks")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        label=_("How often"),
    )
    weekday = forms.TypedChoiceField(
        choices=days_of_the_week, coerce=int, initial=MONDAY, label=_("On which day")
    )
    at = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    modality = forms.ChoiceField(choices=Modality.choices, widget=forms.RadioSelect, label=_("How you meet"))
    video_link = forms.URLField(
        required=False, assume_scheme="https", label=_("Where you meet by video"),
        help_text=_("Only by video."),
    )  # fmt: skip
    support = words_field(_("What else you agreed: help, a lift, somebody beside them"), rows=2)
    words = forms.CharField(
        required=False,
        max_length=320,
        label=_("The text that tells them"),
        help_text=_("One text, in place of one for each session. Empty tells nobody."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, ahead: list[TherapySession], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.like = ahead[0] if ahead else None
        if self.like:
            self.initial = {
                "every_weeks": 1,
                "weekday": self.like.on.weekday(),
                "at": self.like.at,
                "modality": self.like.modality,
                "video_link": video_link_of(self.like),
            }

    def rhythm(self) -> Rhythm:
        typed, like = self.cleaned_data, self.like
        in_person = typed["modality"] == Modality.IN_PERSON
        place = (like.location if like else None) or next(iter(locations_in_use()), None)
        return Rhythm(
            every_weeks=typed["every_weeks"],
            weekday=typed["weekday"],
            at=typed["at"],
            modality=typed["modality"],
            video_link=typed["video_link"] if typed["modality"] == Modality.VIDEO else "",
            location=place if in_person else None,
            room=like.room if like and in_person else None,
        )


class JudgementForm(forms.Form):
    """What would serve them now, the other ways considered, and what it comes to."""

    serves = words_field(_("What would serve them now?"), required=True)
    considered = words_field(_("Which other ways did you consider?"), required=True)
    outcome = forms.ChoiceField(
        choices=ReviewOutcome.choices, widget=forms.RadioSelect, label=_("What it comes to")
    )
    look_again_on = forms.DateField(
        required=False, label=_("When do you look again?"), help_text=_("For a pause."),
        widget=DateInput,
    )  # fmt: skip
    referrals = words_field(
        _("Who can help them from here"), help_text=_("For a referral, or an end."), rows=2
    )
    letter = words_field(_("The letter"), help_text=_("For an end. Kept sends nothing by itself."), rows=6)

    consultant = forms.CharField(
        required=False,
        max_length=120,
        label=_("Whom did you consult?"),
        help_text=_(
            "Nobody else treats at this practice, so the second name is a supervisor's or consultant's from outside. Talk it over without the client's name."
        ),
    )
    consultant_as = forms.CharField(
        required=False,
        max_length=120,
        label=_("What are they?"),
        help_text=_("Such as: licensed supervisor."),
    )
    consulted_on = forms.DateField(
        required=False,
        label=_("On which day?"),
        widget=DateInput,
    )

    OUTSIDE = ("consultant", "consultant_as", "consulted_on")

    def __init__(self, *args: Any, alone: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not alone:
            for name in self.OUTSIDE:
                del self.fields[name]

    def judgement(self) -> Judgement:
        return Judgement(
            **{name: said for name, said in self.cleaned_data.items() if name not in self.OUTSIDE}
        )

    def consulted(self) -> Consulted | None:
        """Whom they name from outside; None where nobody is named, or a colleague could decide."""
        name, role, on = (self.cleaned_data.get(field) for field in self.OUTSIDE)
        return Consulted(name=name or "", role=role or "", on=on) if name or role or on else None
