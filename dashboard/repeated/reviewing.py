"""The suitability review on its page: the evidence, the judgement, and the two names under it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page
from dashboard.repeated.forms import JudgementForm
from dashboard.repeated.picture import picture_of
from followups.access import get_clinical_follow_up, get_review
from followups.models import SuitabilityReview
from followups.reviews import decides_alone, evidence_of, open_review, side_of, sign_review
from followups.timeline import timeline_of


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def review_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open one, where both conditions hold."""
    follow_up = get_clinical_follow_up(request.user, public_id)
    try:
        review = open_review(follow_up=follow_up, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
        return HttpResponseRedirect(reverse("dashboard:follow-up", args=[public_id]), status=303)
    return HttpResponseRedirect(reverse("dashboard:review", args=[review.public_id]), status=303)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def review(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Look at it, and set one's name under a judgement."""
    found, now = get_review(request.user, public_id), timezone.now()
    alone = decides_alone(request.user)
    form = JudgementForm(request.POST or None, initial=vars(found), alone=alone)
    if request.method == "POST" and form.is_valid():
        try:
            signed = sign_review(
                review=found,
                judgement=form.judgement(),
                consulted=form.consulted(),
                actor=request.user,
                now=now,
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _said(signed))
            return HttpResponseRedirect(reverse("dashboard:review", args=[public_id]), status=303)
    log_view(user=request.user, kind="review", public_ids=[public_id])
    return _page(request, found, form, now)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def letter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The letter with the referrals, to be printed; Kept sends nothing."""
    context = {"review": get_review(request.user, public_id), "practice": get_practice()}
    return render(request, "repeated/letter.html", context)


def _said(signed: SuitabilityReview) -> str:
    if not signed.is_decided:
        return _("Your name stands under it.")
    return _("Decided, with both names.") if signed.consultant else _("Decided, by both of you.")


def _page(
    request: StaffRequest, found: SuitabilityReview, form: JudgementForm, now: datetime
) -> HttpResponse:
    practice, follow_up = get_practice(), found.follow_up
    timeline = timeline_of(request.user, follow_up.client, follow_up.case, now=now)
    context: dict[str, Any] = {
        "review": found,
        "follow_up": follow_up,
        "client": follow_up.client,
        "called": follow_up.client.called,
        "picture": picture_of(timeline),
        "evidence": found.evidence or evidence_of(request.user, follow_up, now=now),
        "alone": decides_alone(request.user),
        "side": side_of(request.user, found),
        "form": form,
        "practice": practice,
    }
    with timezone.override(practice.zone):
        return render(request, "repeated/review.html", context, status=422 if form.errors else 200)
