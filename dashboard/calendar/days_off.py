"""A day on which a place is shut or a clinician is not there: one preview, then everybody told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import get_clinician
from accounts.audit import log_view
from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from dashboard.calendar.days_off_forms import AbsenceForm, ClosureForm
from dashboard.calendar.telling import hearers_among, hearers_of
from dashboard.pages import StaffRequest, staff_page, status_of
from sessions_app.access import absences_of, closed_days_from, get_location, sessions_visible_to
from sessions_app.models import CancelledBy, TherapySession
from sessions_app.querysets import TherapySessionQuerySet
from sessions_app.services import absent_day, close_day, sessions_of_absence, sessions_of_closure


@staff_page(May.CLOSE_PLACES, methods=("GET", "POST"))
def closure_new(request: StaffRequest) -> HttpResponse:
    """Shut a place for a day; who sees no clients sees how many it touches, and no name."""
    form, now = ClosureForm(_typed(request), initial={"place": request.GET.get("place")}), timezone.now()
    if not form.is_valid():
        return _ask(
            request, form, heading=_("Close a place for a day"), noted=_closed_days(request.user, now)
        )
    place, on = form.cleaned_data["place"], form.cleaned_data["on"]
    if _is_confirmed(request):
        off = close_day(
            location=place, on=on, reason=form.cleaned_data["reason"], actor=request.user, now=now
        )
        _say(request, len(off.cancelled))
        if not request.user.may(May.SEE_ALL_SESSIONS):
            return redirect(_way_back(request.user))
        return redirect("dashboard:closure", place.public_id, on.isoformat())
    sessions = list(sessions_of_closure(location=place, on=on, now=now))
    return _preview(
        request, form, sessions, heading=_("Close %(place)s") % {"place": place.name}, on=on, now=now
    )


@staff_page(May.BOOK, methods=("GET", "POST"))
def absence_new(request: StaffRequest) -> HttpResponse:
    """A clinician is not there for a day; clinicians say so for themselves, the desk for anybody."""
    form, now = AbsenceForm(_typed(request)), timezone.now()
    _limit_to_oneself(form, request.user)
    if not form.is_valid():
        noted = _absent_days(form, now)
        return _ask(request, form, heading=_("A clinician is not there"), noted=noted)
    clinician, on, zone = form.cleaned_data["clinician"], form.cleaned_data["on"], get_practice().zone
    if _is_confirmed(request):
        reason = form.cleaned_data["reason"]
        off = absent_day(clinician=clinician, on=on, zone=zone, reason=reason, actor=request.user, now=now)
        _say(request, len(off.cancelled))
        return redirect("dashboard:absence", clinician.public_id, on.isoformat())
    ahead = list(sessions_of_absence(clinician=clinician, on=on, zone=zone, now=now))
    heading = _("%(name)s is not there") % {"name": clinician.name}
    return _preview(request, form, ahead, heading=heading, on=on, now=now, spares_cotherapy=True)


@staff_page(May.BOOK, May.SEE_ALL_SESSIONS)
def closure(request: StaffRequest, public_id: UUID, day: str) -> HttpResponse:
    """What a closed day did, and the calls that it leaves to make."""
    place, on = get_location(public_id), _day(day)
    sessions = sessions_visible_to(request.user).filter(location=place, on=on)
    return _result(request, sessions, heading=_("%(place)s is closed") % {"place": place.name}, on=on)


@staff_page(May.BOOK)
def absence(request: StaffRequest, public_id: UUID, day: str) -> HttpResponse:
    """What a clinician's absent day did, and the calls that it leaves to make."""
    clinician, on = get_clinician(public_id), _day(day)
    sessions = sessions_visible_to(request.user).led_by(clinician).filter(on=on)
    return _result(request, sessions, heading=_("%(name)s is not there") % {"name": clinician.name}, on=on)


def _typed(request: StaffRequest) -> Any:
    """The posted form; or the day that a link names; or nothing yet."""
    if request.method == "POST":
        return request.POST
    return request.GET if "on" in request.GET else None


def _way_back(user: User) -> str:
    """Where somebody came from: the calendar, or the settings for who has none."""
    return reverse("dashboard:calendar" if user.may(May.BOOK) else "dashboard:places")


def _is_confirmed(request: StaffRequest) -> bool:
    return request.method == "POST" and "confirm" in request.POST


def _limit_to_oneself(form: AbsenceForm, user: User) -> None:
    if user.may(May.SEE_ALL_SESSIONS):
        return
    form.offer_only(user)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _say(request: StaffRequest, count: int) -> None:
    minutes = get_practice().undo_minutes
    words = ngettext(
        "%(count)d session called off. Everybody hears of it once, in %(minutes)d minutes.",
        "%(count)d sessions called off. Everybody hears of it once, in %(minutes)d minutes.",
        count,
    )
    if count:
        messages.success(request, words % {"count": count, "minutes": minutes})
    else:
        messages.success(request, _("Noted. No session was booked."))


@dataclass(frozen=True, slots=True)
class Noted:
    """A day off that stands already, with the page that says whom it touched."""

    on: date
    what: str
    reason: str
    url: str


def _closed_days(user: User, now: datetime) -> list[Noted]:
    """For who may read whom they touched."""
    if not (user.may(May.BOOK) and user.may(May.SEE_ALL_SESSIONS)):
        return []
    return [
        Noted(one.on, one.location.name, one.reason, _page_of("closure", one.location.public_id, one.on))
        for one in closed_days_from(get_practice().today(now))
    ]


def _absent_days(form: AbsenceForm, now: datetime) -> list[Noted]:
    """Of those whom the form offers, each day once: around a session that goes on it is in pieces."""
    zone = get_practice().zone
    found: dict[str, Noted] = {}
    for one in absences_of(form.offered(), now):
        on = one.starts_at.astimezone(zone).date()
        url = _page_of("absence", one.clinician.public_id, on)
        found.setdefault(url, Noted(on, one.clinician.name, one.reason, url))
    return list(found.values())


def _page_of(name: str, public_id: UUID, on: date) -> str:
    return reverse(f"dashboard:{name}", args=[public_id, on.isoformat()])


def _ask(request: StaffRequest, form: Form, *, heading: str, noted: Sequence[Noted]) -> HttpResponse:
    context = {"form": form, "heading": heading, "back_url": _way_back(request.user), "noted": noted}
    return render(request, "calendar/day_off.html", context, status=status_of(form))


def _preview(
    request: StaffRequest,
    form: Form,
    sessions: Sequence[TherapySession],
    *,
    heading: str,
    on: date,
    now: datetime,
    spares_cotherapy: bool = False,
) -> HttpResponse:
    """What would be called off, and who would hear of it how."""
    spared = [one for one in sessions if spares_cotherapy and len(one.session_clinicians.all()) > 1]
    affected = [one for one in sessions if one not in spared]
    hearers = hearers_of(affected, today=get_practice().today(now))
    named = _seen_by(request.user, affected)
    context = {
        "form": form,
        "heading": heading,
        "on": on,
        "sessions": affected,
        "named": named,
        "spared": spared,
        "back_url": _way_back(request.user),
        "written": [hearer for hearer in hearers if hearer.is_written_to],
        "calls": [hearer for hearer in hearers if not hearer.is_written_to],
    }
    log_view(user=request.user, kind="sessions", public_ids=[one.public_id for one in [*named, *spared]])
    return render(request, "calendar/day_off_preview.html", context)


def _seen_by(user: User, sessions: Sequence[TherapySession]) -> list[TherapySession]:
    """Those of them whose people this person may see."""
    if user.may(May.SEE_ALL_SESSIONS):
        return list(sessions)
    visible = sessions_visible_to(user).filter(pk__in=[one.pk for one in sessions])
    theirs = set(visible.values_list("pk", flat=True))
    return [one for one in sessions if one.pk in theirs]


def _result(
    request: StaffRequest, sessions: TherapySessionQuerySet, *, heading: str, on: date
) -> HttpResponse:
    called_off = list(
        sessions.filter(cancelled_by=CancelledBy.PRACTICE).exclude(cancelled_at=None).with_people()
    )
    people = [one for session in called_off for one in session.participants.all()]
    hearers = hearers_among(people, today=get_practice().today(timezone.now()))
    context = {
        "heading": heading,
        "on": on,
        "sessions": called_off,
        "written": [hearer for hearer in hearers if hearer.is_written_to],
        "calls": [hearer for hearer in hearers if not hearer.is_written_to],
        "calendar_url": f"{reverse('dashboard:calendar')}?on={on.isoformat()}",
    }
    log_view(user=request.user, kind="sessions", public_ids=[one.public_id for one in called_off])
    return render(request, "calendar/day_off_result.html", context)
