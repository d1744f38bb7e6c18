"""What is typed about offers of help, strategies agreed on, and what missing sessions costs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.access import barriers, resources, strategies
from clients.agreeing import Agreement
from clients.helping import Offer, ReferralNews
from clients.models import (
    AgreedStrategy,
    Barrier,
    BarrierGroup,
    Case,
    Consequence,
    Referral,
    ReferralState,
    Resource,
    Strategy,
)
from clients.treatment import people_to_name
from dashboard.clients.forms import DateInput

DESK = "desk"
PLAIN = {"autocomplete": "off"}


class _OfACase(forms.Form):
    """In which of a client's cases; not asked where there is one."""

    case = forms.ChoiceField(label=_("In which treatment"))

    def __init__(self, cases: list[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(case.public_id): case for case in cases}
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(key, _title(case)) for key, case in self.cases.items()]
        if len(cases) < 2:
            field.widget, field.required = forms.HiddenInput(), False

    def clean_case(self) -> Case | None:
        return self.cases.get(self.cleaned_data["case"]) or next(iter(self.cases.values()), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.cases:
            # Above the form: there is no field to put it beside.
            raise ValidationError(_("This person is not in treatment now."))
        return cleaned


class _Owned(forms.Form):
    """Whose it is: a clinician of the case, a supervisor, or whoever is at the desk."""

    owner = forms.ChoiceField(label=_("Who asks again"))

    def offer_owners(self, cases: list[Case], *, desk_may: bool, now_with: User | None) -> None:
        self.people = {str(one.public_id): one for case in cases for one in people_to_name(case)}
        choices = [(key, one.name) for key, one in self.people.items()]
        if desk_may:
            choices.append((DESK, str(_("The front desk"))))
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices
        self.initial.setdefault("owner", str(now_with.public_id) if now_with else DESK)

    def owner_chosen(self) -> User | None:
        return self.people.get(self.cleaned_data["owner"])


class OfferForm(_OfACase, _Owned):
    """Something to offer: from the directory, or in one's own words."""

    resource: "forms.ModelChoiceField[Resource]" = forms.ModelChoiceField(
        resources(),
        to_field_name="public_id",
        required=False,
        label=_("From the directory"),
        empty_label=_("Something else"),
    )
    what = forms.CharField(
        required=False,
        max_length=200,
        label=_("Or in your own words"),
        widget=forms.TextInput(attrs=PLAIN | {"maxlength": 200}),
    )
    barrier: "forms.ModelChoiceField[Barrier]" = forms.ModelChoiceField(
        barriers().exclude(group=BarrierGroup.NOT_SAID),
        to_field_name="code",
        required=False,
        label=_("What it helps with"),
        empty_label=_("Nothing in particular"),
    )
    is_practical = forms.BooleanField(
        required=False,
        label=_("The front desk may arrange it"),
        help_text=_("They then see what is offered and how it stands, not why, and none of your notes."),
    )
    revisit_on = forms.DateField(label=_("Ask again on"), widget=DateInput)

    field_order = ("case", "resource", "what", "barrier", "is_practical", "owner", "revisit_on")
    OPTIONAL = ("resource", "what", "barrier")

    def __init__(self, user: User, cases: list[Case], *args: Any, reads: bool, **kwargs: Any) -> None:
        super().__init__(cases, *args, **kwargs)
        self.reads = reads
        mine = user if reads and user.is_clinician else None
        self.offer_owners(cases, desk_may=True, now_with=mine)
        if not reads:
            self._for_the_desk()

    def _for_the_desk(self) -> None:
        """What is practical is all that a desk offers, and all that it may know of."""
        del self.fields["is_practical"]
        practical = {
            "resource": resources(practical=True),
            "barrier": barriers().filter(group=BarrierGroup.LOGISTICAL),
        }
        for name, queryset in practical.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
            field.queryset = queryset

    def offer(self) -> Offer:
        typed = self.cleaned_data
        return Offer(
            resource=typed["resource"],
            what=typed["what"],
            barrier=typed["barrier"],
            is_practical=typed.get("is_practical", not self.reads),
            revisit_on=typed["revisit_on"],
            owner=self.owner_chosen(),
        )


class ReferralForm(_Owned):
    """How an offer stands now."""

    state = forms.ChoiceField(
        choices=ReferralState.choices, label=_("How does it stand?"), widget=forms.RadioSelect
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        label=_("What you heard"),
        help_text=_("Read by their clinicians only."),
        widget=forms.Textarea(attrs=PLAIN | {"rows": 2}),
    )
    revisit_on = forms.DateField(
        required=False,
        label=_("Ask again on"),
        help_text=_("In two weeks unless you choose a day; nobody asks once it is resolved."),
        widget=DateInput,
    )

    field_order = ("state", "note", "owner", "revisit_on")
    OPTIONAL = ("note", "revisit_on")

    def __init__(self, referral: Referral, posted: QueryDict | None) -> None:
        super().__init__(posted, initial={"state": referral.state})
        self.offer_owners([referral.case], desk_may=referral.is_practical, now_with=referral.owner)

    def news(self) -> ReferralNews:
        typed = self.cleaned_data
        return ReferralNews(
            state=typed["state"],
            owner=self.owner_chosen(),
            note=typed["note"],
            revisit_on=typed["revisit_on"],
        )


class AgreementForm(_OfACase):
    """What was agreed on with a client."""

    strategy: "forms.ModelChoiceField[Strategy]" = forms.ModelChoiceField(
        strategies(),
        to_field_name="public_id",
        required=False,
        label=_("What helps"),
        empty_label=_("Something of your own"),
    )
    what = forms.CharField(
        required=False,
        max_length=200,
        label=_("What exactly"),
        help_text=_("A day, a way, who does what."),
        widget=forms.TextInput(attrs=PLAIN | {"maxlength": 200}),
    )
    timing = forms.ChoiceField(
        choices=AgreedStrategy.Timing.choices,
        label=_("When did you agree on it?"),
        initial=AgreedStrategy.Timing.AFTER,
        widget=forms.RadioSelect,
    )
    agreed_by = forms.ChoiceField(
        choices=AgreedStrategy.AgreedBy.choices,
        label=_("Who agreed"),
        initial=AgreedStrategy.AgreedBy.CLIENT,
        widget=forms.RadioSelect,
    )
    agreed_on = forms.DateField(label=_("Since"), widget=DateInput)
    client_words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In their words"),
        help_text=_("Only their clinicians read this."),
        widget=forms.Textarea(attrs=PLAIN | {"rows": 3}),
    )

    field_order = ("case", "strategy", "what", "timing", "agreed_by", "agreed_on", "client_words")
    OPTIONAL = ("what", "client_words")

    def agreement(self) -> Agreement:
        return Agreement(**{name: self.cleaned_data[name] for name in self.fields if name != "case"})


class StrategyEndingForm(forms.Form):
    """Since when it does not hold any more, and why."""

    ended_on = forms.DateField(label=_("Until"), widget=DateInput)
    because = forms.CharField(
        required=False,
        max_length=200,
        label=_("In a few words"),
        help_text=_("What came of it, or what you try instead."),
        widget=forms.TextInput(attrs=PLAIN | {"maxlength": 200}),
    )

    OPTIONAL = ("because",)


class ConsequencesForm(_OfACase):
    """What a clinician sees that missing sessions costs somebody."""

    kinds = forms.MultipleChoiceField(
        choices=Consequence.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        label=_("What do you see?"),
        error_messages={"required": _("Choose what you see.")},
    )
    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In your words"),
        help_text=_("Read by the case's clinicians and their supervisors only."),
        widget=forms.Textarea(attrs=PLAIN | {"rows": 3}),
    )

    OPTIONAL = ("words",)


class AbsenceForm(forms.Form):
    """What got in the way of one absence."""

    barriers = forms.ModelMultipleChoiceField(
        barriers(), to_field_name="code", required=False, label=_("What got in the way?")
    )


def _title(case: Case) -> str:
    return case.title or str(case.get_kind_display())
