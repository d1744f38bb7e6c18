"""allauth's forms, in the words that the rest of Kept uses."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is not typed
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")


class NewPasswordLinkForm(ResetPasswordForm):  # type: ignore[misc]  # allauth is not typed
    """Where the link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    """What a new passkey is called, and whether it opens the door by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _("It asks for your finger, your face or its own PIN each time.")


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth is not typed
    """What a passkey is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
