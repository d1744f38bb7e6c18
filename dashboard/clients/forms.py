"""What the pages about people ask for."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import (
    USUAL_LIMITS,
    AwayReason,
    Case,
    Client,
    CoercionScreen,
    ConfidentialityPolicy,
    Consent,
    ConsentPurpose,
    ContactPoint,
    Engagement,
    MemberRole,
    RecordRequest,
    SafeContact,
)
from clients.services import Beginning, CaseDetails, ClientDetails, ContactDetails
from dashboard.clients.untouched import facts_of, remember_what_was_shown


class DateInput(forms.DateInput):
    """The browser's own date field, always in ISO form."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClientForm(forms.Form):
    """What is known of a person."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    name_used = forms.CharField(
        label=_("Name they use"), max_length=80, required=False, help_text=_("If not the given name.")
    )
    pronouns = forms.CharField(label=_("Pronouns"), max_length=30, required=False)
    born_on = forms.DateField(label=_("Date of birth"), required=False, widget=DateInput)
    birth_year = forms.IntegerField(
        label=_("Birth year"),
        required=False,
        min_value=1890,
        max_value=2100,
        help_text=_("Enough to tell two people of one name apart."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    namesake_is_other = forms.BooleanField(
        label=_("This is another person of the same name"), required=False, widget=forms.HiddenInput
    )

    OPTIONAL = ("family_name", "name_used", "pronouns", "born_on", "birth_year", "timezone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["timezone"] = forms.ChoiceField(
            label=_("Time zone"), required=False, choices=[("", _("Not known yet")), *zones]
        )

    @classmethod
    def of(cls, client: Client, posted: QueryDict | None) -> ClientForm:
        names = [field for field in cls.base_fields if field != "namesake_is_other"]
        form = cls(posted, initial={name: getattr(client, name) for name in names})
        remember_what_was_shown(form)
        return form

    def ask_whether_other(self) -> None:
        """After a refusal for a namesake: offer to say that they are two people."""
        self.fields["namesake_is_other"].widget = forms.CheckboxInput()

    @property
    def details(self) -> ClientDetails:
        facts = {name: value for name, value in facts_of(self).items() if name != "namesake_is_other"}
        return ClientDetails(**facts)


class NewcomerForm(ClientForm):
    """A person added by somebody who sees only people in treatment: treatment begins at once."""

    KINDS = (Case.Kind.INDIVIDUAL, Case.Kind.COUPLE, Case.Kind.FAMILY)

    kind = forms.ChoiceField(
        label=_("They come"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
        initial=Case.Kind.INDIVIDUAL,
        help_text=_("A case is opened with them. Partner or family are added on its page, right after."),
    )
    clinician: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Clinician"),
        queryset=None,
        to_field_name="public_id",
        empty_label=_("Choose…"),
    )

    def __init__(self, theirs: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["clinician"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = theirs

    @property
    def details(self) -> ClientDetails:
        names = [name for name in ClientForm.base_fields if name != "namesake_is_other"]
        return ClientDetails(**{name: self.cleaned_data[name] for name in names})

    def beginning(self, on: date) -> Beginning:
        return Beginning(kind=self.cleaned_data["kind"], clinician=self.cleaned_data["clinician"], on=on)


class ContactForm(forms.Form):
    """An address and what may be done with it."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=ContactPoint.Kind, widget=forms.RadioSelect, initial=ContactPoint.Kind.PHONE
    )
    address = forms.CharField(label=_("Number or e-mail"), max_length=254)
    label = forms.CharField(
        label=_("Label"), max_length=40, required=False, help_text=_("Mobile, work, shared with…")
    )
    may_text = forms.BooleanField(label=_("May be texted"), required=False, initial=True)
    may_call = forms.BooleanField(label=_("May be called"), required=False, initial=True)
    may_leave_word = forms.BooleanField(label=_("A message may be left"), required=False)
    is_private = forms.BooleanField(label=_("Nobody else reads it"), required=False)
    is_discreet = forms.BooleanField(label=_("Ask before saying who calls"), required=False)

    @classmethod
    def of(cls, contact: ContactPoint, posted: QueryDict | None) -> ContactForm:
        form = cls(posted, initial={name: getattr(contact, name) for name in cls.base_fields})
        remember_what_was_shown(form)
        return form

    def details_at(self, position: int) -> ContactDetails:
        return ContactDetails(**facts_of(self), position=position)


class ConsentForm(forms.Form):
    """A yes or a no to one purpose at one address."""

    purpose = forms.ChoiceField(choices=ConsentPurpose)
    how = forms.ChoiceField(choices=[*Consent.How.choices, ("", "")], required=False)
    withdrawn = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("withdrawn") and not cleaned.get("how"):
            raise forms.ValidationError(_("Say how they agreed."))
        return cleaned


class SafeContactForm(forms.Form):
    """How somebody may be reached safely."""

    level = forms.ChoiceField(
        label=_("How may they be reached?"),
        choices=[("", _("Without limits")), *SafeContact.Level.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by their clinicians only. The desk sees the level, never the reason."),
    )


class ScreenForm(forms.Form):
    """What somebody answered, asked alone."""

    result = forms.ChoiceField(
        label=_("Is it safe to talk together, and to be reached?"),
        choices=CoercionScreen.Result,
        widget=forms.RadioSelect,
    )
    was_alone = forms.BooleanField(
        label=_("They were alone: nobody else there, nor on the line"), required=False
    )
    words = forms.CharField(
        label=_("In their words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Theirs alone: never on their partner's page, nor on the case's."),
    )


class RecordRequestForm(forms.Form):
    """Who asks for a copy of the record."""

    client: forms.ModelChoiceField[Client] = forms.ModelChoiceField(
        label=_("Who asks?"),
        queryset=None,
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = case.clients.distinct()


class RecordDecisionForm(forms.Form):
    """What becomes of a wish for the record."""

    decision = forms.ChoiceField(
        label=_("What becomes of it?"), choices=RecordRequest.Decision, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What went, and to whom; or why not"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by this case's clinicians only."),
    )


class GuardianForm(forms.Form):
    """How an adult stands in for a minor."""

    relation = forms.CharField(
        label=_("Relation"), max_length=40, required=False, help_text=_("Mother, foster father…")
    )
    may_receive = forms.BooleanField(label=_("Gets the minor's messages"), required=False, initial=True)
    may_consent = forms.BooleanField(label=_("May consent for them"), required=False)


class NewPersonForm(forms.Form):
    """Somebody who is not in Kept yet, while something else is being filled in."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)
    birth_year = forms.IntegerField(label=_("Birth year"), required=False, min_value=1890, max_value=2100)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    @property
    def details(self) -> ClientDetails:
        return ClientDetails(
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            birth_year=self.cleaned_data["birth_year"],
        )


class AwayForm(forms.Form):
    """Away for a while."""

    away_from = forms.DateField(label=_("Away from"), widget=DateInput)
    away_until = forms.DateField(
        label=_("First day back"),
        required=False,
        widget=DateInput,
        help_text=_("Leave empty while nobody knows."),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=AwayReason, initial=AwayReason.OTHER)
    support = forms.CharField(
        label=_("Who is there for them meanwhile"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you arranged with them, and whom they can call. Read by their clinicians only."),
    )

    @classmethod
    def of(cls, client: Client, today: date, posted: QueryDict | None, support: str | None) -> AwayForm:
        """Without the field for support, unless this reader may read it: then "" while nothing is arranged."""
        form = cls(posted, initial=cls._begun(client, today) | {"support": support})
        if support is None:
            del form.fields["support"]
        return form

    @staticmethod
    def _begun(client: Client, today: date) -> dict[str, Any]:
        return {
            "away_from": client.away_from or today,
            "away_until": client.away_until,
            "reason": client.away_reason or AwayReason.OTHER,
        }


class DepartureForm(forms.Form):
    """The day on which somebody left, or died."""

    on = forms.DateField(label=_("On"), widget=DateInput)

    def __init__(self, today: date, posted: QueryDict | None) -> None:
        super().__init__(posted, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still ahead."))
        return on


class CaseForm(forms.Form):
    """Treatment that begins with the person whose page this is; others are added on the case's page."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=Case.Kind, widget=forms.RadioSelect, initial="individual"
    )
    title = forms.CharField(
        label=_("Name for staff"), max_length=80, required=False, help_text=_("Groups need one.")
    )
    clinician: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Clinician"),
        queryset=None,
        to_field_name="public_id",
        empty_label=_("Choose…"),
    )
    second: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Together with"),
        queryset=None,
        to_field_name="public_id",
        required=False,
        empty_label=_("Nobody else"),
    )
    is_addiction = forms.BooleanField(
        label=_("Addiction counselling"),
        required=False,
        help_text=_("The stricter disclosure rules apply."),
    )

    def __init__(
        self,
        clinicians: QuerySet[User],
        posted: QueryDict | None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(posted, initial=initial)
        for name in ("clinician", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
            field.queryset = clinicians

    def details_for(self, client: Client) -> CaseDetails:
        chosen: list[User | None] = [self.cleaned_data["clinician"], self.cleaned_data["second"]]
        return CaseDetails(
            kind=self.cleaned_data["kind"],
            clinicians=tuple(dict.fromkeys(clinician for clinician in chosen if clinician is not None)),
            members=((client, _role_in(self.cleaned_data["kind"])),),
            title=self.cleaned_data["title"],
            is_addiction=self.cleaned_data["is_addiction"],
        )


def _role_in(kind: str) -> str:
    return MemberRole.GROUP if kind == Case.Kind.GROUP else MemberRole.CLIENT


class MemberForm(forms.Form):
    """What somebody is in a case, and how far they have come."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole)
    engagement = forms.ChoiceField(label=_("Taking part"), choices=Engagement, initial=Engagement.JOINED)


class PresentingIssuesForm(forms.Form):
    """What brings them; read by the case's clinicians and their supervisors only."""

    presenting_issues = forms.CharField(
        label=_("What brings them"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    goals = forms.CharField(
        label=_("What they want in the long run"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _two_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class ConfidentialityForm(forms.Form):
    """What they signed: a wording to begin with, to be changed to theirs."""

    wording = forms.CharField(
        label=_("What stays with the one who says it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In the words in which you say it aloud. Kept promises nothing beyond them."),
    )
    danger = forms.CharField(label=_("Unless somebody is in danger"), max_length=300, widget=_two_lines())
    abuse = forms.CharField(label=_("Unless somebody is being harmed"), max_length=300, widget=_two_lines())
    court_order = forms.CharField(label=_("Unless a court orders it"), max_length=300, widget=_two_lines())
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, policy: ConfidentialityPolicy | None, **kwargs: Any) -> None:
        begun: dict[str, Any] = {name: _(limit) for name, limit in USUAL_LIMITS.items()}
        if policy:
            begun = {name: getattr(policy, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": begun, **kwargs})


class CaseClosingForm(forms.Form):
    """Why treatment ends."""

    because = forms.CharField(
        label=_("Why does it end?"),
        max_length=200,
        help_text=_("In a few words. Read by the case's clinicians and their supervisors only."),
        error_messages={"required": _("Say in a few words why it ends.")},
    )


def next_position(client: Client) -> int:
    """Where another address goes: after those there are."""
    last = client.contact_points.filter(ended_at=None).order_by("-position").first()
    return last.position + 1 if last else 0


def new_order(order: list[str], posted: QueryDict) -> list[str]:
    """The ways in their new order, after one button: earlier, later, call too, or no call any more."""
    key = next(
        (posted.get(name, "") for name in ("earlier", "later", "call", "no_call") if name in posted), ""
    )
    if "call" in posted:
        return [*order, key]
    if key not in order:
        return order
    place, rest = order.index(key), [one for one in order if one != key]
    if "no_call" in posted:
        return rest
    place += -1 if "earlier" in posted else 1
    return [*rest[: max(0, place)], key, *rest[max(0, place) :]]
