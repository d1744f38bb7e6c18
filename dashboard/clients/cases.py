"""Who is in treatment together: one case's page, opening one, its members."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import clinicians
from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.services import add_member, note_presenting_issues, open_case
from dashboard.clients.case_page import case_context
from dashboard.clients.choosing import PersonChoice
from dashboard.clients.forms import CaseForm, MemberForm, PresentingIssuesForm
from dashboard.clients.sheet import case_sheet, client_sheet
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page
from dashboard.sheets import render_sheet
from followups.ending import leave_case


@staff_page(May.EDIT_CLIENTS)
def case_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A case: its people, its clinicians, its sessions; clinical words for its clinicians only."""
    case = access.get_case(request.user, public_id)
    log_view(user=request.user, kind="case", public_ids=[case.public_id])
    return render(request, "clients/case.html", case_context(request.user, case, now=timezone.now()))


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def case_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Begin treatment with this person."""
    client = access.get_client(request.user, public_id, write=True)
    form = CaseForm(clinicians(), request.POST or None, initial=_own_name(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            today = get_practice().today(timezone.now())
            case = open_case(details=form.details_for(client), on=today, actor=request.user)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The case is open."))
            return redirect("dashboard:case", case.public_id)
    sheet = client_sheet(
        client,
        heading=_("Open a case for %(name)s") % {"name": client.called},
        submit=_("Open the case"),
        intro=_("A partner, family or group is added on the case's own page, right after."),
        optional=("title", "second"),
        draft_key=f"case-new-{client.public_id}",
    )
    return render_sheet(request, form, sheet)


def _own_name(user: User) -> dict[str, UUID]:
    return {"clinician": user.public_id} if user.is_clinician else {}


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def member_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody joins, or is invited to join."""
    case, now = access.get_case(request.user, public_id, write=True), timezone.now()
    choice = PersonChoice(request)
    form = MemberForm(choice.answer, initial={"role": "group" if case.kind == "group" else "partner"})
    if form.is_valid() and choice.is_made(form):
        try:
            client, today = choice.person(now=now), get_practice().today(now)
            add_member(case=case, client=client, on=today, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            choice.refuse(form, error)
        else:
            messages.success(request, _("%(name)s is in this case now.") % {"name": client.display_name})
            return redirect("dashboard:case", case.public_id)
    sheet = case_sheet(
        case,
        heading=_("Add somebody to this case"),
        submit=_("Add"),
        template="clients/person_choice.html",
        more={"choice": choice},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def presenting_issues(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What brings them; for the case's clinicians and their supervisors."""
    case = access.get_case(request.user, public_id, write=True)
    access.require_clinical(request.user, case)
    noted = {"presenting_issues": case.presenting_issues, "goals": case.goals}
    form = PresentingIssuesForm(request.POST or None, initial=noted)
    if request.method == "POST" and form.is_valid():
        words, goals = form.cleaned_data["presenting_issues"], form.cleaned_data["goals"]
        note_presenting_issues(case=case, words=words, goals=goals, actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("dashboard:case", case.public_id)
    sheet = case_sheet(
        case,
        heading=_("What brings them"),
        submit=_("Save"),
        intro=_("Read by the case's clinicians and their supervisors only."),
        optional=("presenting_issues", "goals"),
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def membership_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody leaves this case; their other cases stay."""
    member = access.get_member(request.user, public_id, write=True)
    try:
        leave_case(member=member, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        said = _("%(name)s is no longer in this case.")
        messages.success(request, said % {"name": member.client.display_name})
    return redirect("dashboard:case", member.case.public_id)
