"""The team: who works here, what they may do, and how they get in."""

from uuid import UUID

import structlog
from anymail.exceptions import AnymailError
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import get_staff, has_second_factor, team
from accounts.adapter import send_password_link
from accounts.models import User
from accounts.roles import May
from accounts.services import (
    change_staff,
    deactivate_staff,
    get_practice,
    invite_staff,
    reactivate_staff,
    reset_second_factor,
)
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page, status_of
from dashboard.staff.forms import WHAT_ROLES_DO, StaffForm
from sessions_app.access import workload_of

log = structlog.get_logger(__name__)


@staff_page(May.MANAGE_STAFF)
def team_list(request: StaffRequest) -> HttpResponse:
    """Everybody on the team; those who have left come last."""
    colleagues = list(team(request.user))
    here = [colleague for colleague in colleagues if colleague.is_active]
    gone = [colleague for colleague in colleagues if not colleague.is_active]
    return render(request, "staff/list.html", {"here": here, "gone": gone, "practice": get_practice()})


@staff_page(May.MANAGE_STAFF, methods=("GET", "POST"))
def invitation(request: StaffRequest) -> HttpResponse:
    """Invite a colleague: their account, and a mail with the link to choose a password."""
    form = StaffForm(request.POST or None, asked_by=request.user)
    if form.is_valid():
        try:
            colleague = invite_staff(details=form.details(), actor=request.user, now=timezone.now())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            _mail_link(request, colleague, _("%(name)s is invited: the link went to %(email)s."))
            return redirect("dashboard:staff")
    context = {"form": form, "what_roles_do": WHAT_ROLES_DO}
    return render(request, "staff/invitation.html", context, status=status_of(form))


@staff_page(May.MANAGE_STAFF, methods=("GET", "POST"))
def colleague_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One colleague: details, roles, supervisor, and how they sign in."""
    colleague = get_staff(request.user, public_id)
    form = StaffForm(request.POST or None, asked_by=request.user, colleague=colleague)
    if form.is_valid():
        try:
            changed = change_staff(user=colleague, details=form.details(), actor=request.user)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("%(name)s is up to date.") % {"name": changed.name})
            return redirect("dashboard:staff")
    context = {
        "colleague": colleague,
        "form": form,
        "has_second_factor": has_second_factor(colleague),
        "is_oneself": colleague.pk == request.user.pk,
        "what_roles_do": WHAT_ROLES_DO,
        "zone": get_practice().zone,
    }
    return render(request, "staff/colleague.html", context, status=status_of(form))


@staff_page(May.MANAGE_STAFF, methods=("POST",))
def password_link(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Mail a link to choose a password: the invitation again, or a reset."""
    colleague = get_staff(request.user, public_id)
    if colleague.is_active:
        _mail_link(request, colleague, _("A link to choose a password went to %(email)s."))
    else:
        messages.warning(request, _("Let %(name)s back in first.") % {"name": colleague.name})
    return redirect("dashboard:colleague", public_id)


@staff_page(May.MANAGE_STAFF, methods=("POST",))
def second_step_reset(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """For a lost telephone: take app, passkeys and recovery codes away."""
    colleague = get_staff(request.user, public_id)
    reset_second_factor(user=colleague, actor=request.user)
    words = _("%(name)s is signed out and sets up a second step anew.")
    messages.success(request, words % {"name": colleague.name})
    return redirect("dashboard:colleague", public_id)


@staff_page(May.MANAGE_STAFF, methods=("GET", "POST"))
def deactivation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a colleague's access, having seen what would be left hanging."""
    colleague, now = get_staff(request.user, public_id), timezone.now()
    refusal = ""
    if request.method == "POST":
        try:
            deactivate_staff(user=colleague, actor=request.user, now=now)
        except ValidationError as error:
            refusal = sentence_of(error)
        else:
            words = _("%(name)s is out: sign-ins and API keys have ended.")
            messages.success(request, words % {"name": colleague.name})
            return redirect("dashboard:staff")
    context = {
        "colleague": colleague,
        "refusal": refusal,
        "work": workload_of(request.user, colleague, now),
        "zone": get_practice().zone,
    }
    return render(request, "staff/deactivation.html", context, status=422 if refusal else 200)


@staff_page(May.MANAGE_STAFF, methods=("POST",))
def reactivation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let a colleague in again."""
    colleague = reactivate_staff(user=get_staff(request.user, public_id), actor=request.user)
    words = _("%(name)s can sign in again. API keys stay revoked.")
    messages.success(request, words % {"name": colleague.name})
    return redirect("dashboard:colleague", public_id)


def _mail_link(request: StaffRequest, colleague: User, words: str) -> None:
    """Outside of any transaction: the account stands, whatever the mail does."""
    try:
        send_password_link(colleague)
    except (OSError, AnymailError):
        log.exception("staff.link_not_sent", staff=str(colleague.public_id))
        sorry = _("The mail to %(email)s could not go out. Send the link again from %(name)s's page.")
        messages.warning(request, sorry % {"email": colleague.email, "name": colleague.name})
    else:
        messages.success(request, words % {"email": colleague.email, "name": colleague.name})
