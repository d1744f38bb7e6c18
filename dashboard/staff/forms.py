"""What is typed about a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.access import supervisors
from accounts.models import User
from accounts.roles import Role
from accounts.services import StaffDetails

WHAT_ROLES_DO = {
    Role.CLINICIAN: _("Sees clients: everything about their own caseload."),
    Role.FRONT_DESK: _("Every session, contact and attendance; no clinical words."),
    Role.SUPERVISOR: _("The caseloads of the clinicians under them."),
    Role.PRACTICE_ADMIN: _("Settings and team; no client."),
}


class StaffForm(forms.Form):
    """Who a colleague is and what they do here."""

    name = forms.CharField(
        max_length=120, label=_("Name"), help_text=_("As clients know them: Dr. Amara Okafor.")
    )
    email = forms.EmailField(label=_("E-mail"), help_text=_("To sign in with."))
    credentials = forms.CharField(
        max_length=60, required=False, label=_("Credentials"), help_text=_("For staff pages only: LCSW, PhD.")
    )
    phone = PhoneNumberField(required=False, label=_("Telephone"))
    video_link = forms.URLField(
        required=False,
        assume_scheme="https",
        label=_("Their own video room"),
        help_text=_("Where clients may choose to meet by video instead of coming."),
    )
    roles = forms.MultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, label=_("What they do")
    )
    supervisor = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="public_id", required=False, label=_("Supervisor")
    )

    def __init__(self, *args: Any, asked_by: User, colleague: User | None = None, **options: Any) -> None:
        if colleague:
            options.setdefault("initial", _as_typed(colleague))
        super().__init__(*args, **options)
        under = self.fields["supervisor"]
        assert isinstance(under, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        under.queryset = supervisors(asked_by, besides=colleague)
        under.empty_label = _("Nobody")

    def details(self) -> StaffDetails:
        typed = self.cleaned_data
        return StaffDetails(**{**typed, "phone": str(typed["phone"] or "")})


def _as_typed(colleague: User) -> dict[str, Any]:
    return {
        "name": colleague.name,
        "email": colleague.email,
        "credentials": colleague.credentials,
        "phone": colleague.phone,
        "video_link": colleague.video_link,
        "roles": colleague.roles,
        "supervisor": colleague.supervisor.public_id if colleague.supervisor else None,
    }
