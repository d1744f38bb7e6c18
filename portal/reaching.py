"""In which language, where first, and whether at all they are written to."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from clients.models import ContactPoint
from clients.services import change_language, put_first, stop_messages
from portal.access import Visit, addresses_of
from portal.doors import client_page, show
from portal.forms import ReachForm
from portal.receipts import done
from reminders.links import LinkFor
from reminders.services import ask_for_address


@dataclass(frozen=True, slots=True)
class Shown:
    """One address of theirs, hidden but for what they recognise it by."""

    public_id: UUID
    is_phone: bool
    hint: str


@client_page(methods=("GET", "POST"))
def reach(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Language and order of addresses at once; a new address only after a person has checked it."""
    form = ReachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _save(form, visit):
        return done(visit, LinkFor.REACH)
    addresses = addresses_of(visit.reader)
    context: dict[str, object] = {
        "form": form,
        "language": form.data.get("language", visit.reader.language),
        "addresses": [_shown(one) for one in addresses],
        "first": form.data.get("first") or (str(addresses[0].public_id) if addresses else ""),
        "new_address": form.data.get("new_address", ""),
        "problem": "new_address_wrong" if form.is_bound else "",
    }
    return show(request, visit, "reach.html", context, status=422 if form.is_bound else 200)


@client_page(methods=("GET", "POST"))
def stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    """No more messages to this person; their times stand."""
    if request.method == "GET":
        return show(request, visit, "stop.html")
    stop_messages(client=visit.reader, actor=None, now=visit.now)
    return done(visit, LinkFor.STOPPED)


def _save(form: ReachForm, visit: Visit) -> bool:
    """All of it or nothing; False for an address that cannot be one."""
    wish = form.cleaned_data
    first = next((one for one in addresses_of(visit.reader) if one.public_id == wish["first"]), None)
    try:
        with transaction.atomic():
            if wish["language"] != visit.reader.language:
                change_language(client=visit.reader, language=wish["language"], actor=None)
            if first:
                put_first(contact=first, actor=None)
            if wish["new_address"].strip():
                ask_for_address(
                    participant=visit.participant, address=wish["new_address"].strip(), now=visit.now
                )
    except ValidationError:
        return False
    return True


def _shown(contact: ContactPoint) -> Shown:
    is_phone = contact.kind == ContactPoint.Kind.PHONE
    return Shown(contact.public_id, is_phone, _number_hint(contact) if is_phone else _mail_hint(contact))


def _number_hint(contact: ContactPoint) -> str:
    return f"\u2022\u2022\u2022 {contact.address[-4:]}"


def _mail_hint(contact: ContactPoint) -> str:
    name, _at, domain = contact.address.partition("@")
    return f"{name[:1]}\u2022\u2022\u2022@{domain}"
