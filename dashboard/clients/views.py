"""The list of people, one person's page, and what is known of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import clinicians_seen_by
from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Client
from clients.querysets import ClientQuerySet
from clients.services import change_client, create_client, take_on_client
from dashboard.clients.forms import ClientForm, NewcomerForm
from dashboard.clients.listing import client_lines
from dashboard.clients.page import client_context
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, accepted, add_refusal, staff_page, words_of
from dashboard.sheets import Sheet, render_sheet

PER_PAGE = 30
# A search shows the closest and has no further pages: its words are never in an address.
CLOSEST = 50
SHOWN = ("in-treatment", "everyone", "without-consent")


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def client_list(request: StaffRequest) -> HttpResponse:
    """Find somebody by name, number or birth date; or go through the list."""
    now = timezone.now()
    words, shown = words_of(request), request.GET.get("show", SHOWN[0])
    page = _searched(request, words) if words else _listed(request, shown)
    lines = client_lines(request.user, list(page.object_list), now=now)
    template = "clients/_list.html" if request.htmx else "clients/list.html"
    if not request.htmx:
        log_view(user=request.user, kind="clients", public_ids=[line.client.public_id for line in lines])
    return render(
        request, template, {"lines": lines, "page": page, "q": words, "show": shown, "closest": CLOSEST}
    )


def _searched(request: StaffRequest, words: str) -> Page[Client]:
    found = access.clients_visible_to(request.user).search(words)[:CLOSEST]
    return Paginator(found, CLOSEST).get_page(1)


def _listed(request: StaffRequest, shown: str) -> Page[Client]:
    return Paginator(_shown(request, shown), PER_PAGE).get_page(request.GET.get("page"))


def _shown(request: StaffRequest, shown: str) -> ClientQuerySet:
    people = access.clients_visible_to(request.user)
    if shown == "everyone":
        return people
    if shown == "without-consent":
        return people.without_consent(get_practice().today(timezone.now()))
    return people.in_treatment().filter(left_on=None, died_on=None)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def client_new(request: StaffRequest) -> HttpResponse:
    """Add a person; two people of one name are told apart first."""
    form = _newcomer_form(request)
    namesakes: list[Client] = []
    if request.method == "POST" and form.is_valid():
        try:
            client = _add(request, form)
        except ValidationError as error:
            add_refusal(form, error)
            namesakes = _namesakes(request, form)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": client.display_name})
            return redirect("dashboard:client", client.public_id)
    sheet = Sheet(
        heading=_("Add a client"),
        back_url=reverse("dashboard:clients"),
        back_label=_("All clients"),
        submit=_("Add"),
        draft_key="client-new",
        optional=ClientForm.OPTIONAL,
        template="clients/client_form.html",
        more={"namesakes": namesakes},
    )
    return render_sheet(request, form, sheet)


def _newcomer_form(request: StaffRequest) -> ClientForm:
    """The desk adds a person alone; who sees only people in treatment begins it with them."""
    # A search that found nobody hands its words on ("start"): a form to fill in, not one to judge.
    starts = "start" in request.POST
    posted = None if starts else request.POST or None
    names = _names_in(request.POST.get("name", "")) if starts else {}
    if request.user.may(May.SEE_ALL_SESSIONS):
        return ClientForm(posted, initial=names)
    theirs = clinicians_seen_by(request.user)
    own = {"clinician": request.user.public_id} if request.user.is_clinician else {}
    return NewcomerForm(theirs, posted, initial=names | own)


def _add(request: StaffRequest, form: ClientForm) -> Client:
    now, other = timezone.now(), form.cleaned_data["namesake_is_other"]
    if not isinstance(form, NewcomerForm):
        return create_client(details=form.details, actor=request.user, now=now, namesake_is_other=other)
    return take_on_client(
        details=form.details,
        beginning=form.beginning(get_practice().today(now)),
        actor=request.user,
        now=now,
        namesake_is_other=other,
    )


def _namesakes(request: StaffRequest, form: ClientForm) -> list[Client]:
    """Those of the same name whom this person may see, after asking whether they are the same."""
    form.ask_whether_other()
    details = form.details
    alike = Client(given_name=details.given_name, family_name=details.family_name)
    return list(access.clients_visible_to(request.user).namesakes_of(alike)[:5])


def _names_in(words: str) -> dict[str, Any]:
    if any(map(str.isdigit, words)):  # a number or a birth date was searched for
        return {}
    given, _space, family = words.replace("\0", "").strip().partition(" ")
    return {"given_name": given.capitalize(), "family_name": family.strip().capitalize()}


@staff_page(May.EDIT_CLIENTS)
def client_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything that this person may see of one client."""
    client = access.get_client(request.user, public_id)
    log_view(user=request.user, kind="client", public_ids=[client.public_id])
    context = client_context(request.user, client, now=timezone.now())
    context["merges"] = access.merges_of(client)
    return render(request, "clients/client.html", context)


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def client_details(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    client = access.get_client(request.user, public_id, write=True)
    form = ClientForm.of(client, request.POST or None)
    if accepted(form, lambda: change_client(client=client, details=form.details, actor=request.user)):
        messages.success(request, _("Saved."))
        return redirect("dashboard:client", client.public_id)
    sheet = client_sheet(
        client,
        heading=_("What we know of %(name)s") % {"name": client.display_name},
        submit=_("Save"),
        draft_key=f"client-{client.public_id}",
        optional=ClientForm.OPTIONAL,
        template="clients/client_form.html",
    )
    return render_sheet(request, form, sheet)
