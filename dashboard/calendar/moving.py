"""Moving or lengthening a session, by a drag or by the keyboard: what it means, who is told, then the deed."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import trigger_client_event

from accounts.roles import May
from accounts.services import get_practice
from dashboard.calendar.in_the_way import what_is_in_the_way, who_is_elsewhere
from dashboard.calendar.meanwhile import refuse
from dashboard.calendar.move_form import MoveForm, SeenForm, as_asked, value_of, with_slot
from dashboard.calendar.slot_picker import Offer, offers_for
from dashboard.calendar.spoken import spoken
from dashboard.calendar.telling import Hearer, hearers_of
from dashboard.calendar.way_back import back_to, said_of
from dashboard.pages import StaffRequest, sentence_of, staff_page, status_of
from dashboard.toasts import Said, say_on_next_page
from sessions_app.access import get_session, sessions_visible_to
from sessions_app.models import TherapySession
from sessions_app.occupancy import SlotTaken
from sessions_app.services import (
    Change,
    Shift,
    Shifted,
    Shifting,
    because_settled,
    plan_shift,
    put_back_shift,
    shift_sessions,
)

NEXT_FREE = 6


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One person who is expected: how each who receives for them would hear of it, and whether they do."""

    value: str
    name: str
    is_told: bool
    is_told_by_itself: bool
    hearers: list[Hearer] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What the page says before anything is done."""

    plan: Shifted | None = None
    in_the_way: list[str] = field(default_factory=list)
    elsewhere: str = ""
    next_free: list[tuple[Any, list[Offer]]] = field(default_factory=list)
    telling: list[Telling] = field(default_factory=list)
    over: str = ""

    @property
    def may_go(self) -> bool:
        return self.plan is not None and not self.in_the_way and not self.over

    @property
    def told(self) -> int:
        return sum(one.is_told for one in self.telling)


@staff_page(May.BOOK, methods=("GET", "POST"))
def moving(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show what a move would mean, and do it once somebody has agreed to it."""
    now = timezone.now()
    get_session(request.user, public_id, write=True)
    session = (
        sessions_visible_to(request.user)
        .with_people()
        .prefetch_related("clinicians")
        .get(public_id=public_id)
    )
    if request.method == "GET":
        asked = as_asked(request.GET, session)
        # Who dragged what a colleague has moved is told so, and goes on from how it stands.
        meanwhile = asked["seen_version"] != str(session.version)
        asked["seen_version"] = str(session.version)
        wished = MoveForm(session, asked, actor=request.user, now=now).forgiven().suggesting()
        return _page(request, wished, now=now, meanwhile=meanwhile)
    if "show" in request.POST:
        typed = with_slot(request.POST, session.zone)
        wished = MoveForm(session, typed, actor=request.user, now=now).forgiven().suggesting()
        return _page(request, wished, now=now)
    form = MoveForm(session, request.POST, actor=request.user, now=now)
    if form.is_valid():
        done = _move(request, form, now=now)
        if done:
            return _answer(request, done)
    return _page(request, form, now=now)


def _page(request: StaffRequest, form: MoveForm, *, now: datetime, meanwhile: bool = False) -> HttpResponse:
    """The page, the form alone in the calendar's dialog, or only what it means where a wish changed."""
    template = "calendar/moving.html"
    if request.htmx:
        template = (
            "calendar/_moving_means.html" if request.POST.get("show") == "means" else "calendar/_moving.html"
        )
    context = {
        "form": form,
        "session": form.session,
        "means": _meaning(form, now=now),
        "undo_minutes": get_practice().undo_minutes,
        "first_field": request.GET.get("first", ""),
        "meanwhile": meanwhile,
    }
    return render(request, template, context, status=status_of(form))


def _meaning(form: MoveForm, *, now: datetime) -> Meaning:
    session, shift = form.session, form.shift
    over = because_settled(session, now)
    if shift is None or over:
        return Meaning(over=over, telling=_telling(form, now))
    plan = plan_shift(session=session, shift=shift, scope=form.scope_chosen, actor=form.actor, now=now)
    in_the_way = _in_the_way(plan.this)
    return Meaning(
        plan=plan,
        in_the_way=in_the_way,
        elsewhere=_elsewhere(plan),
        next_free=_next_free(form, shift, now=now) if in_the_way else [],
        telling=_telling(form, now),
    )


def _in_the_way(step: Shifting) -> list[str]:
    if step.conflicts:
        taken = SlotTaken(step.conflicts)
        zone = step.session.zone
        setting = step.setting
        return what_is_in_the_way(taken, clinicians=setting.clinicians, room=setting.room, zone=zone)
    return [step.because] if step.because else []


def _elsewhere(plan: Shifted) -> str:
    """Who of those expected has another session then; their own ones of this series do not count."""
    session = plan.this.session
    people = [one.client for one in session.participants.all() if not one.cancelled_at]
    going = [session, *(one.session for one in plan.moving)]
    return who_is_elsewhere(people, [plan.this.times], besides=going)


def _next_free(form: MoveForm, shift: Shift, *, now: datetime) -> list[tuple[Any, list[Offer]]]:
    """The free times from the wanted one on, by day."""
    wanted = value_of(shift.on, shift.at, form.zone)
    days = offers_for(form.wish(shift), now=now).days
    after = ((day.on, offer) for day in days for offer in day.offers if offer.value > wanted)
    found: dict[Any, list[Offer]] = {}
    for on, offer in islice(after, NEXT_FREE):
        found.setdefault(on, []).append(offer)
    return list(found.items())


def _telling(form: MoveForm, now: datetime) -> list[Telling]:
    today = get_practice().today(now)
    told = set(form.cleaned_data.get("tell") or [])
    hearers = hearers_of(form.series if form.scope_chosen != "this" else [form.session], today=today)
    by_client: dict[int, list[Hearer]] = {}
    for hearer in hearers:
        known = by_client.setdefault(hearer.participant.client_id, [])
        if hearer.person not in [one.person for one in known]:
            known.append(hearer)
    return [
        Telling(
            value=key,
            name=client.display_name,
            is_told=key in told,
            is_told_by_itself=key in form.told_by_itself,
            hearers=by_client[client.pk],
        )
        for key, client in form.people.items()
        if client.pk in by_client
    ]


def _move(request: StaffRequest, form: MoveForm, *, now: datetime) -> Shifted | None:
    """Do it; nothing, with the reason on the form, where it cannot be done."""
    shift = form.shift
    assert shift  # noqa: S101  # a valid form has one
    plan = plan_shift(session=form.session, shift=shift, scope=form.scope_chosen, actor=request.user, now=now)
    if not form.cleaned_data["overlap_ok"] and (elsewhere := _elsewhere(plan)):
        form.add_error("overlap_ok", elsewhere)
        return None
    change = Change(
        seen_version=form.cleaned_data["seen_version"],
        tell_clients=form.tells_somebody,
        not_told=form.not_told if form.tells_somebody else (),
    )
    try:
        return shift_sessions(
            session=form.session,
            shift=shift,
            scope=form.scope_chosen,
            actor=request.user,
            now=now,
            change=change,
        )
    except SlotTaken:
        form.add_error(None, _("Not moved: that time is taken."))
    except ValidationError as error:
        refuse(form, error, session=form.session)
    return None


def _answer(request: StaffRequest, done: Shifted) -> HttpResponse:
    """A toast with its way back: on the calendar, which draws itself anew; without script on the session's page."""
    session, said = done.this.session, _said(request, done)
    left = Said(text=_left(done), tone="warning") if done.refused else None
    if request.htmx:
        return _drawn_anew(render(request, "calendar/_moved.html", {"said": said, "left": left}), session)
    for one in (said, left):
        if one:
            say_on_next_page(request, one)
    return back_to(request, session)


def _said(request: StaffRequest, done: Shifted) -> Said:
    session, words = done.this.session, _words(done)
    if not done.this.moves:
        return Said(text=words)
    return said_of(request, session, words, version=session.version + 1)


def _drawn_anew(answer: HttpResponse, session: TherapySession) -> HttpResponse:
    return trigger_client_event(answer, "calendar-changed", {"session": str(session.public_id)})


def _words(done: Shifted) -> str:
    step, count = done.this, len(done.moving)
    if count == 0:
        return _("Nothing was changed.")
    many = ngettext("%(n)d session is changed", "%(n)d sessions are changed", count) % {"n": count}
    if not step.moves:
        return f"{many}."
    when = spoken(step.on, step.at)
    if count == 1:
        return _("Now %(when)s, %(n)d minutes.") % {"when": when, "n": step.minutes}
    return _("%(many)s, this one to %(when)s.") % {"many": many, "when": when}


def _left(done: Shifted) -> str:
    days = ", ".join(date_format(one.session.on, "D j M") for one in done.refused)
    return _("Left where they were: %(days)s.") % {"days": days}


@staff_page(May.BOOK, methods=("POST",))
def moving_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a move back, for every session that it moved."""
    session, now = get_session(request.user, public_id, write=True), timezone.now()
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _undone(request, session, _("Nothing was changed."), tone="warning")
    seen = form.cleaned_data["seen_version"]
    try:
        back = put_back_shift(session=session, seen_version=seen, actor=request.user, now=now)
    except ValidationError as error:
        return _undone(request, session, sentence_of(error), tone="warning")
    words = ngettext("It is back as it was.", "%(n)d sessions are back as they were.", len(back))
    return _undone(request, session, words % {"n": len(back)})


def _undone(
    request: StaffRequest, session: TherapySession, words: str, *, tone: str = "success"
) -> HttpResponse:
    """A toast of its own on the calendar; where it was refused, the calendar shows what a colleague did."""
    if request.htmx:
        answer = render(request, "_toast_swap.html", {"text": words, "tone": tone})
        return _drawn_anew(answer, session)
    say_on_next_page(request, Said(text=words, tone=tone))
    return back_to(request, session)
