"""Settings: how many messages a second each way out may take."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import May
from clients.models import Channel
from dashboard.messages.health import WAYS
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import SenderRateForm
from reminders.models import ProviderState
from reminders.providers import channel_states
from reminders.services import set_sender_rate


@staff_page(May.MANAGE_SETTINGS)
def sender_list(request: StaffRequest) -> HttpResponse:
    """Each way out with its rate."""
    return _page(request)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def sender_rate(request: StaffRequest, channel: str) -> HttpResponse:
    """Set or lift the rate of one of them."""
    if channel not in Channel.values:
        raise Http404
    form = SenderRateForm(request.POST, auto_id=f"{channel}_%s")
    if accepted(form, lambda: set_sender_rate(channel=channel, actor=request.user, **form.cleaned_data)):
        messages.success(request, _("The rate holds from the next message on."))
        return redirect("dashboard:senders")
    return _page(request, {channel: form})


def _page(request: StaffRequest, typed: dict[str, SenderRateForm] | None = None) -> HttpResponse:
    typed = typed or {}
    forms = {channel: typed.get(channel) or _form_of(state) for channel, state in channel_states().items()}
    lines: list[dict[str, Any]] = [
        {
            "channel": channel,
            "name": WAYS[Channel(channel)][0],
            "icon": WAYS[Channel(channel)][1],
            "form": form,
        }
        for channel, form in forms.items()
    ]
    status = max(status_of(form) for form in forms.values())
    return render(request, "settings/senders.html", {"section": "senders", "lines": lines}, status=status)


def _form_of(state: ProviderState) -> SenderRateForm:
    known = {"rate_per_second": state.rate_per_second, "burst": state.burst}
    return SenderRateForm(initial=known, auto_id=f"{state.channel}_%s")
