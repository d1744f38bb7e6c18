"""An invitation: drafted together with who invites, approved by them in writing, handed over by them (row 5.4)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Case, CaseMember, Client, Engagement
from dashboard.clients.sheet import case_sheet
from dashboard.pages import StaffRequest, accepted, add_refusal, sentence_of, staff_page, status_of
from dashboard.partners.forms import ApprovalForm, InvitationForm, NewInvitationForm
from dashboard.sheets import render_sheet
from followups.access import get_invitation
from followups.invitation_pdf import draw_invitation
from followups.invitation_words import begin_words
from followups.invitations import (
    approve_invitation,
    change_invitation,
    give_invitation,
    may_be_invited,
    refuse_locked,
    write_invitation,
)
from followups.models import GoesTo, Invitation


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def invitation_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A kind draft to begin with; nothing of it is shown while the screen holds it."""
    member, now = access.get_treated_member(request.user, public_id), timezone.now()
    askers = _askers(member)
    if not may_be_invited(member) or not askers:
        return redirect("dashboard:together", member.case.public_id)
    begun = begin_words(member=member, asker=askers[0], clinician=request.user, practice=get_practice())
    form = NewInvitationForm(askers, request.POST or None, initial={"words": begun.words})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = write_invitation(
                member=member,
                asker=form.cleaned_data["asker"],
                language=begun.language,
                wording=form.wording,
                actor=request.user,
                now=now,
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect("dashboard:joint-invitation", invitation.public_id)
    heading = _("Invite %(name)s, in the client's own words") % {"name": member.client.called}
    return _sheet(request, form, member.case, heading)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def invitation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The words as they stand, and the one next thing to do with them."""
    found = get_invitation(request.user, public_id)
    if locked := _away(request, found):
        return locked
    log_view(user=request.user, kind="invitation", public_ids=[public_id])
    return _page(request, found, ApprovalForm(initial={"approved_as": found.asker.display_name}))


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def invitation_words(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Other words; approved ones stay as they are, and these ask for an approval of their own."""
    found = get_invitation(request.user, public_id)
    if locked := _away(request, found):
        return locked
    begun = {"words": found.words, "goes_to": found.goes_to, "address": found.address, "read": found.imprint}
    form = InvitationForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_invitation(
                invitation=found,
                wording=form.wording,
                read=form.cleaned_data["read"],
                actor=request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved. These words need an approval."))
            return redirect("dashboard:joint-invitation", changed.public_id)
    return _sheet(request, form, found.member.case, _("Change the words"))


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def invitation_approval(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who invites approves words and address, in writing."""
    found, form = get_invitation(request.user, public_id), ApprovalForm(request.POST)
    if locked := _away(request, found):
        return locked
    if accepted(
        form,
        lambda: approve_invitation(
            invitation=found, actor=request.user, now=timezone.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Approved. From here on these words stay as they are."))
        return redirect("dashboard:joint-invitation", found.public_id)
    return _page(request, found, form)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def invitation_giving(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was handed over, or a person takes it to the post."""
    found = get_invitation(request.user, public_id)
    if locked := _away(request, found):
        return locked
    try:
        give_invitation(invitation=found, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Noted. Kept sends nothing; the rest is theirs."))
    return redirect("dashboard:joint-invitation", found.public_id)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def invitation_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One sheet to hand over, as a PDF."""
    found = get_invitation(request.user, public_id)
    if locked := _away(request, found):
        return locked
    log_view(user=request.user, kind="invitation", public_ids=[public_id])
    sheet = draw_invitation(found.words, language=found.language, is_draft=not found.is_approved)
    answer = HttpResponse(sheet, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def invitation_print(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The words alone on a page, for the printer."""
    found = get_invitation(request.user, public_id)
    if locked := _away(request, found):
        return locked
    log_view(user=request.user, kind="invitation", public_ids=[public_id])
    return render(request, "partners/invitation_print.html", {"invitation": found})


def _away(request: StaffRequest, found: Invitation) -> HttpResponseRedirect | None:
    """Back to the case's page, which says what comes first, where the screen holds it by now."""
    try:
        refuse_locked(found)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
        return HttpResponseRedirect(reverse("dashboard:together", args=[found.member.case.public_id]))
    return None


def _askers(member: CaseMember) -> list[Client]:
    """Who takes part, and can ask somebody to come along."""
    others = member.case.members.filter(engagement=Engagement.JOINED, left_on=None).exclude(pk=member.pk)
    return [one.client for one in others.select_related("client")]


def _page(request: StaffRequest, found: Invitation, form: ApprovalForm) -> HttpResponse:
    context = {
        "invitation": found,
        "form": form,
        "practice": get_practice(),
        "by_hand": found.goes_to == GoesTo.BY_HAND,
    }
    return render(request, "partners/invitation.html", context, status=status_of(form))


def _sheet(request: StaffRequest, form: InvitationForm, case: Case, heading: str) -> HttpResponse:
    sheet = case_sheet(
        case,
        heading=heading,
        submit=_("See it as it goes"),
        intro=_(
            "Read it together with who invites, and change it until it is theirs. It names what can be "
            "good, and presses nobody. They hand it over themselves; Kept sends nothing."
        ),
        optional=("address",),
    )
    return render_sheet(request, form, sheet)
