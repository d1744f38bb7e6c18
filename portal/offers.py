"""A freed time that somebody on the waitlist may have: theirs with one press, while it is held."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.access import Asked
from portal.doors import offer_page, show
from portal.drawing import how_words, time_of
from portal.receipts import OPEN_FOR
from reminders.links import LinkFor, token_of
from sessions_app.models import TherapySession
from sessions_app.services import decline_offer, take_offer


@offer_page(methods=("GET",))
def offer(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The time, until when it is held, and what they would give up for it."""
    theirs = asked.offer.entry.session
    gives_up = theirs if theirs and not theirs.is_cancelled and theirs.starts_at > asked.now else None
    context: dict[str, object] = {
        "time": time_of(asked),
        "how": how_words(asked.session),
        "until": time_of(asked, asked.offer.expires_at),
        "gives_up": time_of(asked, gives_up.starts_at) if gives_up else None,
    }
    return show(request, asked, "offer.html", context)


@offer_page(methods=("POST",))
def taking(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Theirs, unless somebody was faster."""
    try:
        session = take_offer(offer=asked.offer, now=asked.now)
    except ValidationError:
        return show(request, asked, "offer_gone.html", status=409)
    return HttpResponseRedirect(reverse("portal:done", args=[_receipt(asked, session)]), status=303)


@offer_page(methods=("POST",))
def declining(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Not this one; they stay on the list."""
    decline_offer(offer=asked.offer, now=asked.now)
    return show(request, asked, "offer_declined.html")


def _receipt(asked: Asked, session: TherapySession) -> str:
    seats = {seat.client_id: seat for seat in session.participants.all()}
    # Of a couple whoever answered; for a minor's guardian, the minor.
    participant = seats.get(asked.reader.pk) or seats[asked.offer.entry.client_id]
    receipt = replace(
        asked.link,
        purpose=LinkFor.TAKEN,
        subject_id=participant.public_id,
        version=session.version,
        expires_at=asked.now + OPEN_FOR,
    )
    return token_of(receipt)
