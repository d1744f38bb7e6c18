"""How allauth speaks and what it may do here: staff are invited, nobody enrols themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, User
from accounts.sealing import seal, unseal

INVITATION = "account/email/invitation"


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts come from an invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "That e-mail and password do not go together. Try again, or choose a new password."
        ),
        "too_many_login_attempts": _(
            "That was wrong a few times in a row. Wait five minutes, or choose a new password."
        ),
        "incorrect_password": _("That is not your password. Try once more."),
        "rate_limited": _("That was a lot in a short time. Wait a minute, then go on."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        practice = Practice.objects.filter(pk=1).only("name").first()
        self.render_mail(template_prefix, email, {**context, "practice": practice}).send()

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The same link in two wordings: who has no password yet is being invited."""
        with translation.override(_language_of(user)):
            if user.has_usable_password():
                super().send_password_reset_mail(user, email, context)
            else:
                self.send_mail(INVITATION, email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # From the settings, so that a forged Host header cannot put itself into a mail.
        uid, _dash, token = key.partition("-")
        return password_address(uid, token)


def _language_of(user: User) -> str | None:
    """Their own, else the practice's; else that of whoever asks, which is most often they themselves."""
    practices = Practice.objects.filter(pk=1).values_list("language", flat=True)
    return user.language or practices.first() or translation.get_language()


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The second step in plain words, its secrets sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Codes change every 30 seconds: try the next one."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey") if not count else gettext("Passkey %(number)d") % {"number": count + 1}


def password_link(user: User) -> str:
    """An address that lets this person choose a password, once, for three days."""
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return password_address(user_pk_to_url_str(user), token)


def send_password_link(user: User) -> None:
    """Mail that address, as an invitation or as a reset. Raises OSError if the mail cannot go."""
    context = {"user": user, "password_reset_url": password_link(user)}
    StaffAdapter().send_password_reset_mail(user, user.email, context)


def password_address(uid: str, token: str) -> str:
    """The full address of the page on which a password is chosen."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return f"{settings.KEPT_PUBLIC_BASE_URL}{path}"
