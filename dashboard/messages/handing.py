"""Handing a message of the outbox to a colleague, who finds it on their own page."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from dashboard.messages.forms import HandoverForm
from dashboard.messages.outbox import line_of
from dashboard.pages import StaffRequest, add_refusal, staff_page, status_of
from reminders.access import get_message, possible_takers
from reminders.models import Message
from reminders.services import hand_message, take_back_message


@never_cache
@staff_page(May.ANSWER_MESSAGES, methods=("GET", "POST"))
def handover(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose who sees to it."""
    message = get_message(request.user, public_id, write=request.method == "POST")
    form = HandoverForm(request.POST or None, takers=possible_takers(message))
    if form.is_valid():
        try:
            given = hand_message(
                message=message, colleague=form.chosen(), actor=request.user, now=timezone.now()
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("%(name)s sees to it now.") % {"name": given.colleague.name})
            return redirect("dashboard:messages")
    log_view(user=request.user, kind="message", public_ids=[public_id])
    return _page(request, message, form)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def handover_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is nobody's in particular again."""
    message = get_message(request.user, public_id, write=True)
    take_back_message(message=message, actor=request.user)
    messages.success(request, _("It is nobody's in particular again."))
    return redirect("dashboard:messages")


def _page(request: StaffRequest, message: Message, form: HandoverForm) -> HttpResponse:
    context = {
        "message": message,
        "line": line_of(message, timezone.now()),
        "form": form,
        "handover": getattr(message, "handover", None),
    }
    return render(request, "messages/handover.html", context, status=status_of(form))
