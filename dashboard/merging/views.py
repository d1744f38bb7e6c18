"""Finding two records of one person, merging them after a look at both, and parting them again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import log_view
from accounts.roles import May
from clients.access import clients_visible_to, get_client, get_merge
from clients.doubles import doubles_of, likely_doubles
from clients.models import UNDOABLE_DAYS, ClientMerge
from dashboard.merging.forms import MergeForm
from dashboard.merging.words import since_the_merge
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of, words_of
from followups.merging import merge_clients, part_clients, preview_merge, why_not_apart

_FOUND = 10


@staff_page(May.EDIT_CLIENTS)
def double_list(request: StaffRequest) -> HttpResponse:
    """Records that are likely one person's."""
    pairs = likely_doubles(request.user)
    shown = {one.public_id for pair in pairs for one in (pair.one, pair.other)}
    log_view(user=request.user, kind="clients", public_ids=sorted(shown, key=str))
    return render(request, "merging/doubles.html", {"pairs": pairs})


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def double_choice(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Which other record is this person's, too: the likely ones, or by name."""
    client = get_client(request.user, public_id, write=True)
    words = words_of(request)
    found = clients_visible_to(request.user).search(words).exclude(pk=client.pk)[:_FOUND] if words else []
    likely = doubles_of(request.user, client)
    context = {"client": client, "q": words, "found": found, "likely": likely}
    return render(request, "merging/choice.html", context)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def merging(request: StaffRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """Both side by side: what is kept, what moves, what is chosen; then one record."""
    kept = get_client(request.user, public_id, write=True)
    gone = get_client(request.user, other_id, write=True)
    if gone == kept:  # they are one record by now: whoever goes back, or presses twice, reads so there
        return redirect("dashboard:client", kept.public_id)
    preview = preview_merge(user=request.user, gone=gone, kept=kept)
    form = MergeForm(request.POST if request.method == "POST" else None, preview=preview)
    if accepted(
        form,
        lambda: merge_clients(
            gone=gone, kept=kept, chosen=form.chosen(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("They are one record now. You can part them again for 30 days."))
        return redirect("dashboard:client", kept.public_id)
    log_view(user=request.user, kind="client", public_ids=[kept.public_id, gone.public_id])
    context = {"preview": preview, "form": form, "days": UNDOABLE_DAYS}
    return render(request, "merging/merging.html", context, status=status_of(form))


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def parting(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take two merged records apart again; afterwards, what was added meanwhile and where it is now."""
    merge, now = get_merge(request.user, public_id), timezone.now()
    if request.method == "POST":
        _part(request, merge)
        return redirect("dashboard:parting", public_id)
    if merge.undone_at:
        log_view(user=request.user, kind="client", public_ids=[merge.kept.public_id, merge.gone.public_id])
        return render(request, "merging/parted.html", {"merge": merge, **since_the_merge(merge)})
    return render(request, "merging/parting.html", {"merge": merge, "against": why_not_apart(merge, now)})


def _part(request: StaffRequest, merge: ClientMerge) -> None:
    try:
        part_clients(merge=merge, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("They are two records again."))
