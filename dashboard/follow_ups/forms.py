"""What the call screen and the smaller actions of a follow-up send."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.access import barriers
from clients.models import Barrier
from followups.access import possible_owners
from followups.court_talks import CourtTalkDetails
from followups.models import AttemptChannel, AttemptResult, FollowUp, NextStep
from followups.services import AttemptDetails

DESK = "desk"


class LocalMoment(forms.DateTimeField):
    """A day and time typed as wall time of the zone that the view activated."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


class AttemptForm(forms.Form):
    """One try at reaching somebody: the button pressed is the result."""

    result = forms.ChoiceField(
        choices=AttemptResult.choices,
        error_messages={"required": _("Press the button that says how it went.")},
    )
    channel = forms.ChoiceField(choices=AttemptChannel.choices, label=_("How"), initial=AttemptChannel.CALL)
    client_words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In their words"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    barriers = forms.ModelMultipleChoiceField(
        barriers(),
        required=False,
        to_field_name="code",
        error_messages={
            "invalid_choice": _("Choose from the list."),
            "invalid_list": _("Choose from the list."),
        },
    )
    next_step = forms.ChoiceField(choices=[("", ""), *NextStep.choices], required=False)
    call_again_at = LocalMoment(required=False, label=_("When shall we call?"))

    def details(self) -> AttemptDetails:
        typed = self.cleaned_data
        again = typed["next_step"] == NextStep.CALL_AGAIN
        chosen: tuple[Barrier, ...] = tuple(typed["barriers"])
        return AttemptDetails(
            channel=typed["channel"],
            result=typed["result"],
            client_words=typed["client_words"],
            barriers=chosen,
            next_step=typed["next_step"],
            call_again_at=typed["call_again_at"] if again else None,
        )


class CourtAttemptForm(AttemptForm):
    """The same under a court's order: what is for the court stands apart from what is for care (row 4.7)."""

    said_what_goes = forms.BooleanField(
        required=False, label=_("We first spoke of what goes to the court, and what does not")
    )
    help_offered = forms.CharField(
        required=False,
        max_length=300,
        label=_("What help did you offer?"),
        widget=forms.TextInput(attrs={"maxlength": 300, "autocomplete": "off"}),
    )
    plan = forms.CharField(
        required=False,
        max_length=2000,
        label=_("What did you plan together?"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    court_words = forms.CharField(
        required=False,
        max_length=2000,
        label=_("What they want the court to know"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    is_approved = forms.BooleanField(required=False, label=_("They approved these words"))
    said_what_follows = forms.BooleanField(
        required=False, label=_("We also spoke of what may follow under the order")
    )

    def details(self) -> AttemptDetails:
        typed = self.cleaned_data
        court = CourtTalkDetails(**{name: typed[name] for name in COURT_FIELDS})
        return replace(super().details(), court=court)


COURT_FIELDS = tuple(field.name for field in fields(CourtTalkDetails))


class LaterForm(forms.Form):
    """Until when a step is put off."""

    until = LocalMoment(label=_("Until"), required=False)
    quick = LocalMoment(required=False, widget=forms.HiddenInput)  # one of the times to press

    def __init__(self, *args: Any, beside: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beside:
            # Sent along with what is being written there, so that putting off loses none of it.
            self.fields["until"].widget.attrs["form"] = beside

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["until"] = cleaned.get("quick") or cleaned.get("until")
        if not cleaned["until"] and not self.errors:
            self.add_error("until", _("Choose a day and time."))
        return cleaned


class NoteForm(forms.Form):
    """What came of a step that is not a call."""

    note = forms.CharField(
        required=False,
        max_length=200,
        label=_("What came of it"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
    )


class BecauseForm(forms.Form):
    """A reason in a few words: how it ended, or why a step is left out."""

    because = forms.CharField(
        max_length=200,
        label=_("In a few words"),
        error_messages={"required": _("Say in a few words why.")},
        widget=forms.TextInput(attrs={"maxlength": 200, "autocomplete": "off"}),
    )


def unsent_forms(posted: QueryDict, form_class: type[AttemptForm]) -> dict[str, forms.Form]:
    """What was written beside a button that only puts the step off: to be shown again, not judged."""
    kept: dict[str, forms.Form] = {}
    written = ("client_words", "next_step", *COURT_FIELDS)
    if posted.getlist("barriers") or any(posted.get(name) for name in written):
        initial = {
            **{name: posted.get(name, "") for name in ("channel", *written)},
            "barriers": posted.getlist("barriers"),
            "call_again_at": posted.get("call_again_at"),
        }
        kept["attempt_form"] = form_class(initial=initial, auto_id="attempt_%s")
    if posted.get("note"):
        kept["note_form"] = NoteForm(initial={"note": posted["note"]}, auto_id="note_%s")
    return kept


class OwnerForm(forms.Form):
    """Who takes the step: a colleague, or whoever is at the desk."""

    owner = forms.ChoiceField(label=_("Who takes it"))

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in possible_owners(follow_up)}
        choices = [(key, one.name) for key, one in self.people.items()]
        if not follow_up.protocol.is_sensitive:
            choices.append((DESK, str(_("The front desk"))))
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices
        self.initial.setdefault("owner", _now_with(follow_up))

    def chosen(self) -> User | None:
        return self.people.get(self.cleaned_data["owner"])


def _now_with(follow_up: FollowUp) -> str:
    owner: UUID | str = follow_up.owner.public_id if follow_up.owner else DESK
    return str(owner)
