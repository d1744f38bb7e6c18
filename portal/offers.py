"""A freed time that somebody on the waitlist may have: theirs with one press, while it is held."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.access import Asked, taken_by
from portal.doors import Overtaken, offer_page, show
from portal.drawing import how_words, time_of
from portal.receipts import OPEN_FOR
from reminders.links import LinkFor, token_of
from sessions_app.models import OfferState, TherapySession
from sessions_app.services import decline_offer, take_offer


def taken(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    """It is theirs already, by another press or by their partner's."""
    session = taken_by(asked)
    return _receipt(asked, session) if session else None


def declined(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    """They have said so."""
    said_no = asked.offer.state == OfferState.DECLINED
    return show(request, asked, "offer_declined.html") if said_no else None


@offer_page(methods=("GET",), again=taken)
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


@offer_page(methods=("POST",), again=taken)
def taking(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Theirs, unless somebody was faster."""
    try:
        session = take_offer(offer=asked.offer, now=asked.now)
    except ValidationError as error:
        raise Overtaken(_gone) from error
    return _receipt(asked, session)


@offer_page(methods=("POST",), again=declined)
def declining(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Not this one; they stay on the list."""
    decline_offer(offer=asked.offer, now=asked.now)
    return show(request, asked, "offer_declined.html")


def _gone(request: HttpRequest, asked: Asked) -> HttpResponse:
    return show(request, asked, "offer_gone.html", status=409)


def _receipt(asked: Asked, session: TherapySession) -> HttpResponse:
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
    return HttpResponseRedirect(reverse("portal:done", args=[token_of(receipt)]), status=303)
