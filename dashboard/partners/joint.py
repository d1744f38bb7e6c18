"""A session together: each one's own record, what the others may see of it, and the way there in numbers."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from attendance.access import get_treated_participant, get_treated_session
from attendance.holding import presence_in
from attendance.models import JointPart
from attendance.together import Shared, is_together, note_joint_part, parts_in, shared_of
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.partners.forms import JointPartForm
from followups.funnel import funnels_for
from sessions_app.models import Participant, TherapySession


@dataclass(frozen=True, kw_only=True)
class Person:
    """One who came, with what belongs to them."""

    participant: Participant
    noted: JointPart | None
    form: forms.Form
    shared: list[Shared]


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def joint_record(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """For each who came: what they said; for the clinicians of the case alone."""
    session = get_treated_session(request.user, public_id)
    if not is_together(session):
        messages.warning(request, _("This is for a session to which two or more of them came."))
        return redirect("dashboard:session", session.public_id)
    log_view(user=request.user, kind="session", public_ids=[session.public_id])
    return _page(request, session)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def joint_shared(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What each said may be shown to the others, and nothing else: a page to look at together."""
    session = get_treated_session(request.user, public_id)
    log_view(user=request.user, kind="session", public_ids=[session.public_id])
    people = [one for one in _people(session) if one.shared]
    return render(request, "partners/shared.html", {"session": session, "people": people})


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def joint_part(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What one of them said, and which parts the others may see."""
    participant = get_treated_participant(request.user, public_id)
    form = JointPartForm(request.POST, auto_id=f"joint_{participant.public_id}_%s")
    if accepted(
        form,
        lambda: note_joint_part(
            participant=participant, said=form.said, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("dashboard:joint-record", participant.session.public_id)
    return _page(request, participant.session, refused=(participant, form))


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def funnel(request: StaffRequest) -> HttpResponse:
    """How many were invited, came, and came again: one's own cases, or one's team's."""
    funnels = funnels_for(request.user)
    return render(
        request, "partners/funnel.html", {"funnels": funnels, "of_team": request.user.may(May.SEE_SUPERVISED)}
    )


def _page(
    request: StaffRequest,
    session: TherapySession,
    *,
    refused: tuple[Participant, forms.Form] | None = None,
) -> HttpResponse:
    people = _people(session, refused=refused)
    context = {"session": session, "people": people, "has_shared": any(one.shared for one in people)}
    return render(request, "partners/record.html", context, status=422 if refused else 200)


def _people(
    session: TherapySession, *, refused: tuple[Participant, forms.Form] | None = None
) -> list[Person]:
    here = presence_in(session).here
    noted = parts_in(here)
    return [_person(one, noted.get(one.pk), refused) for one in here]


def _person(
    participant: Participant, noted: JointPart | None, refused: tuple[Participant, forms.Form] | None
) -> Person:
    form = JointPartForm(noted=noted, auto_id=f"joint_{participant.public_id}_%s")
    if refused and refused[0].pk == participant.pk:
        return Person(participant=participant, noted=noted, form=refused[1], shared=[])
    return Person(participant=participant, noted=noted, form=form, shared=shared_of(noted) if noted else [])
