"""One's own API keys; every member of staff has this page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import get_token, tokens_of
from accounts.services import create_token, revoke_token
from dashboard.pages import StaffRequest, staff_page, status_of
from dashboard.settings.forms import KeyForm


@staff_page(methods=("GET", "POST"))
@never_cache
def key_list(request: StaffRequest) -> HttpResponse:
    """The keys in use, and a new one, whose text is in this one answer and nowhere else."""
    form, key = KeyForm(request.POST or None), ""
    if form.is_valid():
        _token, key = create_token(user=request.user, name=form.cleaned_data["name"], actor=request.user)
        form = KeyForm()
    context = {"tokens": tokens_of(request.user), "form": form, "new_key": key}
    return render(request, "settings/keys.html", context, status=status_of(form))


@staff_page(methods=("POST",))
def revocation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The key stops working with the next request."""
    token = get_token(request.user, public_id)
    revoke_token(token=token, actor=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("dashboard:keys")
