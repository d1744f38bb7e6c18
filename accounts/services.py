"""Verbs on staff and on the practice."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import ApiToken, Density, FirstStep, Practice, User
from accounts.prepared import Prepared, columns_of, once, record_of
from accounts.revealing import revealing_words
from accounts.roles import Role

_PRACTICE = Prepared("practice", f"SELECT {columns_of(Practice, 'p')} FROM accounts_practice p", values=0)  # noqa: S608 - the columns are our own


def get_practice(since: str = "") -> Practice:
    """The practice of this deployment; raises `Practice.DoesNotExist` before set-up.

    With `since`, the latest change told of, what was asked since then is not asked again.
    """
    for values in once(since, "practice", _PRACTICE.rows):
        return record_of(Practice, values)
    raise Practice.DoesNotExist


@dataclass(frozen=True, kw_only=True)
class StaffDetails:
    """What is known of a member of staff when they are invited or changed."""

    email: str
    name: str
    roles: list[str]
    credentials: str = ""
    phone: str = ""
    video_link: str = ""
    supervisor: User | None = None


def invite_staff(*, details: StaffDetails, actor: User | None, now: datetime) -> User:
    """Create an account without a usable password; the page sends the set-password link."""
    _check_roles(details.roles)
    email = details.email.strip().lower()
    _refuse_known_email(email)
    with acting("invite_staff", actor=actor):
        return User.objects.create_user(
            email,
            name=details.name,
            roles=details.roles,
            credentials=details.credentials,
            phone=details.phone,
            video_link=details.video_link,
            supervisor=details.supervisor,
            invited_at=now,
        )


def change_staff(*, user: User, details: StaffDetails, actor: User) -> User:
    """Change a colleague's details and roles; the last practice admin keeps that role.

    With a new e-mail the old one opens nothing any more, nor does a password link sent to it.
    """
    _check_roles(details.roles)
    email = details.email.strip().lower()
    _refuse_known_email(email, besides=user)
    with acting("change_staff", actor=actor):
        locked = User.objects.select_for_update().get(pk=user.pk)
        if Role.PRACTICE_ADMIN not in details.roles:
            _refuse_if_last_admin(locked)
        for field in ("name", "roles", "credentials", "phone", "video_link", "supervisor"):
            setattr(locked, field, getattr(details, field))
        if locked.email != email:
            EmailAddress.objects.filter(user=locked).delete()
        locked.email = email
        locked.save()
    return locked


def deactivate_staff(*, user: User, actor: User, now: datetime) -> User:
    """End a colleague's access at once: sign-ins and API keys stop working."""
    if user.pk == actor.pk:
        raise ValidationError(_("You cannot deactivate yourself. Ask another practice admin."))
    with acting("deactivate_staff", actor=actor):
        locked = User.objects.select_for_update().get(pk=user.pk)
        _refuse_if_last_admin(locked)
        locked.is_active = False
        locked.deactivated_at = now
        locked.save()
        locked.api_tokens.filter(revoked_at=None).update(revoked_at=now)
        _end_sign_ins(locked)
    return locked


def reactivate_staff(*, user: User, actor: User) -> User:
    """Let a colleague sign in again; API keys stay revoked."""
    with acting("reactivate_staff", actor=actor):
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.is_active = True
        locked.deactivated_at = None
        locked.save()
    return locked


def choose_language(*, user: User, language: str) -> User:
    """Have Kept speak this language to somebody; empty, the practice's. One's own choice only."""
    with acting("choose_language", actor=user):
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.language = language
        locked.save()
    return locked


def choose_density(*, user: User, density: Density) -> User:
    """Show somebody as much at once as they like. One's own choice only."""
    with acting("choose_density", actor=user):
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.density = density
        locked.save()
    return locked


def reset_second_factor(*, user: User, actor: User) -> None:
    """Take away a colleague's authenticator app, passkeys and recovery codes, and sign them out.

    For a lost telephone: whoever finds it is out at once, and the colleague sets up anew.
    """
    with acting("reset_second_factor", actor=actor, staff=str(user.public_id)):
        Authenticator.objects.filter(user=user).delete()
        _end_sign_ins(user)


@dataclass(frozen=True, kw_only=True)
class NewPractice:
    """What a deployment needs before anybody can sign in."""

    name: str
    display_name: str
    phone: str
    timezone: str


def set_up_practice(*, practice: NewPractice, admin: StaffDetails, now: datetime) -> User:
    """Write the practice and its first admin into an empty database; refuses a second one.

    Raises ValidationError too for a name that would tell, in every text, why somebody comes.
    """
    if Practice.objects.exists():
        raise ValidationError(_("This deployment has its practice already."))
    if telling := revealing_words(practice.display_name):
        raise ValidationError(
            {
                "display_name": _(
                    "“%(telling)s” would tell others why somebody comes. Choose a neutral name."
                )
                % {"telling": telling[0]}
            }
        )
    with acting("set_up_practice", actor=None):
        created = Practice(
            pk=1,
            **vars(practice),
            first_steps=[],
            # Nobody is written to before somebody has looked at what goes out, and when.
            sending_paused_at=now,
            sending_paused_reason="The practice is being set up.",
        )
        created.full_clean()
        created.save(force_insert=True)
        return invite_staff(details=admin, actor=None, now=now)


def pass_first_step(*, step: str, actor: User) -> Practice:
    """A step of the first set-up is done, or was passed by; with the last one left the practice is set up."""
    with acting("pass_first_step", actor=actor):
        practice = Practice.objects.select_for_update().get(pk=1)
        if practice.first_steps is not None and step not in practice.first_steps:
            passed = [*practice.first_steps, step]
            practice.first_steps = passed if set(FirstStep.values) - set(passed) else None
            practice.save(update_fields=["first_steps"])
    return practice


def change_practice(*, changes: dict[str, Any], actor: User) -> Practice:
    """Write settings of the practice; raises ValidationError naming the field."""
    with acting("change_practice", actor=actor):
        practice = Practice.objects.select_for_update().get(pk=1)
        for field, value in changes.items():
            setattr(practice, field, value)
        practice.full_clean()
        practice.save()
    return practice


def pause_sending(*, actor: User | None, reason: str, now: datetime) -> Practice:
    """Stop every message to clients; what falls due meanwhile waits and is looked at again."""
    with acting("pause_sending", actor=actor):
        practice = Practice.objects.select_for_update().get(pk=1)
        practice.sending_paused_at = practice.sending_paused_at or now
        practice.sending_paused_by = actor
        practice.sending_paused_reason = reason
        practice.save()
    return practice


def resume_sending(*, actor: User) -> Practice:
    """Let messages go again; only those still useful are sent."""
    with acting("resume_sending", actor=actor):
        practice = Practice.objects.select_for_update().get(pk=1)
        practice.sending_paused_at = None
        practice.sending_paused_by = None
        practice.sending_paused_reason = ""
        practice.save()
    return practice


def create_token(*, user: User, name: str, actor: User) -> tuple[ApiToken, str]:
    """A new API key; its text is returned once and only its digest is kept."""
    key = secrets.token_urlsafe(32)
    with acting("create_token", actor=actor):
        token = ApiToken.objects.create(user=user, name=name, digest=token_digest(key))
    return token, key


def revoke_token(*, token: ApiToken, actor: User, now: datetime) -> None:
    """The key stops working with the next request."""
    with acting("revoke_token", actor=actor):
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def note_token_used(*, token: ApiToken, today: date) -> None:
    """Remember the day of a key's last use: one write a day, whatever the traffic."""
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def note_use(*, session_key: str, now: datetime) -> None:
    """This sign-in is in use."""
    UserSession.objects.filter(session_key=session_key, last_seen_at__lt=now).update(last_seen_at=now)


def token_digest(key: str) -> str:
    """How a key is looked up: a long random key needs no salt or stretching."""
    return hashlib.sha256(key.encode()).hexdigest()


def _check_roles(roles: list[str]) -> None:
    if not roles or not set(roles) <= set(Role.values):
        raise ValidationError({"roles": _("Choose at least one role.")})


def _refuse_known_email(email: str, *, besides: User | None = None) -> None:
    others = User.objects.filter(email__iexact=email)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise ValidationError({"email": _("Someone with this e-mail address is already on the team.")})


def _end_sign_ins(user: User) -> None:
    for sign_in in UserSession.objects.filter(user=user):
        sign_in.end()


def _refuse_if_last_admin(user: User) -> None:
    if Role.PRACTICE_ADMIN not in user.roles:
        return
    others = User.objects.filter(is_active=True, roles__contains=[Role.PRACTICE_ADMIN])
    if not others.exclude(pk=user.pk).exists():
        raise ValidationError(_("The practice needs one practice admin. Name another one first."))
