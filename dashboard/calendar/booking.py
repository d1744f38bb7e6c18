"""Booking a session or a series: find the case and a time, say how and how often."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Case, Engagement
from dashboard.calendar.forms import BookingForm, current_members, looking_on, times_of
from dashboard.calendar.in_the_way import what_is_in_the_way, who_is_elsewhere
from dashboard.calendar.slot_picker import INSTANT, offers_for
from dashboard.calendar.spoken import spoken, spoken_time
from dashboard.clients.listing import client_lines
from dashboard.clients.page import cases_of
from dashboard.pages import StaffRequest, add_refusal, staff_page, status_of, words_of
from sessions_app.access import locations, services, sessions_visible_to
from sessions_app.models import Modality, TherapySession
from sessions_app.occupancy import SlotTaken
from sessions_app.services import book_series, book_session

FOUND = 12


@staff_page(May.BOOK, methods=("GET", "POST"))
def booking(request: StaffRequest) -> HttpResponse:
    """Book for the case that the address names; without one, the case is found first."""
    if "case" not in request.GET:
        return _find_case(request)
    case, now = access.get_case(request.user, _uuid(request.GET["case"]), write=True), timezone.now()
    practice = get_practice()
    if request.method == "GET":
        form = BookingForm(case, practice, _likely(request, case), now=now)
        return _page(request, form.forgiven(), now=now)
    if "show" in request.POST:
        form = BookingForm(case, practice, looking_on(request.POST), now=now)
        return _page(request, form.forgiven(), now=now)
    form = BookingForm(case, practice, request.POST, now=now)
    if form.is_valid():
        booked = _book(request, form, now=now)
        if booked:
            return redirect("dashboard:session", booked.public_id)
    return _page(request, form, now=now)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _page(request: StaffRequest, form: BookingForm, *, now: datetime) -> HttpResponse:
    """The page, or its free times alone where only a wish changed."""
    today = form.practice.today(now)
    context = {
        "form": form,
        "case": form.case,
        "people": list(form.people.values()),
        "offers": offers_for(form.wish(today), now=now),
        "today": today,
    }
    template = "calendar/_slots.html" if request.htmx else "calendar/booking.html"
    return render(request, template, context, status=status_of(form))


def _book(request: StaffRequest, form: BookingForm, *, now: datetime) -> TherapySession | None:
    """Book what the form asks for; nothing, with the reason on the form, where it cannot be."""
    asked = form.booking()
    every_weeks, count = int(form.cleaned_data["repeat"]), form.cleaned_data["count"] or 1
    elsewhere = who_is_elsewhere(form.expected, times_of(asked, every_weeks, count))
    if elsewhere and not form.cleaned_data["overlap_ok"]:
        form.add_error("overlap_ok", elsewhere)
        return None
    try:
        if not every_weeks:
            session = book_session(booking=asked, actor=request.user, now=now)
            messages.success(request, _("Booked for %(when)s.") % {"when": spoken_time(session)})
            return session
        made = book_series(booking=asked, every_weeks=every_weeks, count=count, actor=request.user, now=now)
    except SlotTaken as error:
        _say_what_is_in_the_way(form, error)
    except ValidationError as error:
        add_refusal(form, error)
    else:
        _say_series(request, made.sessions, made.refused)
        return made.sessions[0] if made.sessions else None
    return None


def _say_what_is_in_the_way(form: BookingForm, error: SlotTaken) -> None:
    taken = what_is_in_the_way(error, clinicians=form.clinicians, room=form.place[1], zone=form.zone())
    for sentence in taken:
        form.add_error("slot", sentence)
    # The picker then looks from the day that could not be had.
    form.cleaned_data["first"] = form.cleaned_data["on"]


def _say_series(
    request: StaffRequest, sessions: list[TherapySession], refused: list[tuple[date, str]]
) -> None:
    count = len(sessions)
    words = ngettext("Booked %(count)d session.", "Booked %(count)d sessions.", count) % {"count": count}
    messages.success(request, words)
    for on, why in refused:
        day = date_format(on, "l j F")
        messages.warning(request, _("Left out %(day)s: %(why)s") % {"day": day, "why": why})


def _likely(request: StaffRequest, case: Case) -> QueryDict:
    """What is likely: as last time, with who leads the case, for everybody who has joined."""
    last = sessions_visible_to(request.user).filter(case=case).order_by("-starts_at").first()
    likely = QueryDict(mutable=True)
    likely.update(_as_last_time(last) if last else _as_first_time(_lead(case)))
    likely.update(
        {
            "clinician": request.GET.get("clinician") or _lead(case),
            "service": _service(case, last),
            "first": request.GET.get("on", ""),
            "minutes": request.GET.get("minutes", ""),
            "slot": _asked_time(request),
            "when": "any",
            "repeat": "0",
        }
    )
    if "where" in request.GET:
        likely["where"], likely["modality"] = request.GET["where"], Modality.IN_PERSON
    joined = current_members(case).filter(engagement=Engagement.JOINED)
    likely.setlist("clients", [str(member.client.public_id) for member in joined])
    return likely


def _asked_time(request: StaffRequest) -> str:
    """The time that the calendar was clicked at, as the picker names it."""
    begins = _asked_for(request.GET)
    try:
        return begins.replace(tzinfo=get_practice().zone).astimezone(UTC).strftime(INSTANT) if begins else ""
    except OverflowError:
        return ""


def _asked_for(asked: QueryDict) -> datetime | None:
    """The day and hour that an address names, on the wall."""
    try:
        return datetime.fromisoformat(f"{asked['on']}T{asked['at']}")
    except (KeyError, ValueError):
        return None


def _as_first_time(clinician: str) -> dict[str, str]:
    """At a place where they see people, rather than at the first one by name."""
    theirs = locations().filter(availabilities__clinician__public_id=clinician) if clinician else locations()
    place = theirs.first()
    return {"modality": "in_person", "where": str(place.public_id) if place else ""}


def _as_last_time(last: TherapySession) -> dict[str, str]:
    place = last.room or last.location
    return {
        "modality": last.modality,
        "video_link": last.video_link,
        "where": str(place.public_id) if place else "",
    }


def _lead(case: Case) -> str:
    leads = case.case_clinicians.filter(until_on=None).order_by("-is_lead", "pk").select_related("clinician")
    return next((str(one.clinician.public_id) for one in leads), "")


def _service(case: Case, last: TherapySession | None) -> str:
    if last and last.service and last.service.is_active:
        return str(last.service.public_id)
    fitting = services().filter(kind=case.kind).first() or services().first()
    return str(fitting.public_id) if fitting else ""


def _find_case(request: StaffRequest) -> HttpResponse:
    """Whom to book for: the client's own case, or a search."""
    wished = QueryDict(mutable=True)
    wished.update(
        {
            name: request.GET[name]
            for name in ("on", "at", "clinician", "where", "minutes")
            if name in request.GET
        }
    )
    if "client" not in request.GET:
        return _search(request, wished)
    client = access.get_client(request.user, _uuid(request.GET["client"]), write=True)
    cases = [case for case in cases_of(request.user, client) if case.closed_on is None]
    if len(cases) == 1:
        return redirect(f"{request.path}?case={cases[0].public_id}&{wished.urlencode()}".rstrip("&"))
    context = {"client": client, "cases": cases, "wished": wished.urlencode(), "time": _wished_time(wished)}
    return render(request, "calendar/choose_case.html", context)


def _wished_time(wished: QueryDict) -> str:
    """Kept in sight until somebody is found to book it for."""
    begins = _asked_for(wished)
    return spoken(begins.date(), begins.time()) if begins else ""


def _search(request: StaffRequest, wished: QueryDict) -> HttpResponse:
    words, now = words_of(request), timezone.now()
    people = access.clients_visible_to(request.user)
    found = list(people.search(words)[:FOUND]) if words else []
    lines = client_lines(request.user, found, now=now)
    context = {"lines": lines, "q": words, "wished": wished, "time": _wished_time(wished)}
    template = "calendar/_found.html" if request.htmx else "calendar/choose_client.html"
    return render(request, template, context)
