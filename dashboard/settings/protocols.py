"""Settings: what happens after somebody was missed, step by step."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from dashboard.pages import StaffRequest, staff_page
from dashboard.settings.protocol_forms import LadderForm
from followups.access import get_protocol, protocols_in_force, versions_of
from followups.ladders import rules_of
from followups.models import ProtocolVersion
from followups.protocol_services import change_protocol, restore_protocol
from followups.protocols import is_own
from followups.scripts import FIELDS

VERSIONS_SHOWN = 10


@staff_page(May.MANAGE_SETTINGS)
def protocol_list(request: StaffRequest) -> HttpResponse:
    """Every protocol, the weightiest first, with its steps in a line."""
    context = {"section": "protocols", "versions": protocols_in_force(request.user)}
    return render(request, "settings/protocols.html", context)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def protocol_page(request: StaffRequest, code: str) -> HttpResponse:
    """Write the steps of one; what is refused stays as it was typed."""
    version = get_protocol(request.user, code)
    if request.method != "POST":
        return _page(request, version, LadderForm.of(version))
    if "arrange" in request.POST:
        return _page(request, version, LadderForm.arranged(request.POST))
    form = LadderForm.typed(request.POST)
    if _saved(request, version, form):
        messages.success(request, _("New follow-ups begin with these steps. Those that run keep theirs."))
        return redirect("dashboard:protocol", code)
    return _page(request, version, form)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def protocol_restoration(request: StaffRequest, code: str) -> HttpResponse:
    """Back to the steps that ship."""
    version = get_protocol(request.user, code)
    restore_protocol(protocol=version.protocol, actor=request.user, now=timezone.now())
    messages.success(request, _("Kept's own steps are in force again."))
    return redirect("dashboard:protocol", code)


def _saved(request: StaffRequest, version: ProtocolVersion, form: LadderForm) -> bool:
    if not form.is_valid():
        return False
    try:
        change_protocol(
            protocol=version.protocol,
            plan=form.plan(),
            based_on=form.based_on,
            actor=request.user,
            now=timezone.now(),
            keep_flagged="keep_flagged" in request.POST,
        )
    except ValidationError as error:
        form.refusals = error.error_list
        return False
    return True


def _page(request: StaffRequest, version: ProtocolVersion, form: LadderForm) -> HttpResponse:
    context = {
        "section": "protocols",
        "version": version,
        "protocol": version.protocol,
        "form": form,
        "rules": rules_of(version.protocol.code),
        "fields": FIELDS,
        "is_own": is_own(version),
        "versions": versions_of(request.user, version.protocol)[:VERSIONS_SHOWN],
    }
    status = 422 if form.is_refused else 200
    return render(request, "settings/protocol.html", context, status=status)
