"""The waitlist: who waits, what was freed and offered; adding somebody, and taking them off."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.clock import clock
from accounts.roles import May
from accounts.services import get_practice
from clients.access import agreed_to, get_client
from clients.models import Case, Consent, ConsentPurpose
from clients.services import give_consent
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page
from dashboard.sheets import render_sheet
from dashboard.waitlist.forms import WaitForm
from dashboard.weeks import place_in_week
from sessions_app.access import (
    get_offer,
    get_vacancy,
    get_waiting,
    vacancies_visible_to,
    waitlist_visible_to,
)
from sessions_app.models import EndOfVacancy, Vacancy, WaitlistEntry
from sessions_app.services import add_to_waitlist, close_vacancy, end_waiting, withdraw_offer
from sessions_app.waiting import people_of

SHOWN_FOR = timedelta(days=14)
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who waits, for what, and whether they can be asked in writing."""

    entry: WaitlistEntry
    days: str
    hours: str
    by_phone: bool


@never_cache
@staff_page(May.BOOK)
def waitlist(request: StaffRequest) -> HttpResponse:
    """Who waits, the longest first; freed times with who was asked and what they said."""
    now, practice = timezone.now(), get_practice()
    entries = list(waitlist_visible_to(request.user).waiting().with_people())
    recent = vacancies_visible_to(request.user).with_people().filter(opened_at__gt=now - SHOWN_FOR)
    vacancies: list[Vacancy] = list(recent[:MOST_SHOWN])
    log_view(user=request.user, kind="waitlist", public_ids=[one.public_id for one in entries])
    visible = {entry.pk for entry in waitlist_visible_to(request.user)}
    context = {"lines": _lines(entries), "vacancies": vacancies, "visible": visible}
    with timezone.override(practice.zone):
        return render(request, "waitlist/waitlist.html", context)


@never_cache
@staff_page(May.BOOK, methods=("GET", "POST"))
def waiting(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put somebody on the list, or change what they wait for."""
    client, now = get_client(request.user, public_id, write=True), timezone.now()
    standing = waitlist_visible_to(request.user).waiting().with_people().filter(client=client).first()
    form = WaitForm(request.POST or None, user=request.user, client=client, standing=standing, now=now)
    if accepted(form, lambda: _save(request, form)):
        messages.success(request, _("%(name)s is on the waitlist.") % {"name": client.called})
        return redirect("dashboard:waitlist")
    sheet = client_sheet(
        client,
        heading=_("%(name)s waits for another time") % {"name": client.called},
        submit=_("Put on the waitlist"),
        intro=_(
            "When such a time becomes free, they are asked by a message; the longest waiting comes first."
        ),
        optional=WaitForm.OPTIONAL,
    )
    return render_sheet(request, form, sheet)


@staff_page(May.BOOK, methods=("POST",))
def waiting_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They wait no longer."""
    entry = get_waiting(request.user, public_id, write=True)
    end_waiting(entry=entry, actor=request.user, now=timezone.now())
    messages.success(request, _("%(name)s is off the waitlist.") % {"name": entry.client.called})
    return redirect("dashboard:waitlist")


@staff_page(May.BOOK, methods=("POST",))
def vacancy_release(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer it to nobody any more, so that it can be booked."""
    vacancy = get_vacancy(request.user, public_id, write=True)
    close_vacancy(vacancy=vacancy, end=EndOfVacancy.RELEASED, actor=request.user, now=timezone.now())
    messages.success(request, _("That time can be booked again."))
    return redirect("dashboard:waitlist")


@staff_page(May.BOOK, methods=("POST",))
def offer_withdrawal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an offer back from one person; the next one is asked."""
    offer = get_offer(request.user, public_id, write=True)
    try:
        withdraw_offer(offer=offer, actor=request.user)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, _("Taken back. The next one is asked."))
    return redirect("dashboard:waitlist")


def _save(request: StaffRequest, form: WaitForm) -> None:
    now = timezone.now()
    with transaction.atomic():
        add_to_waitlist(wish=form.wish(), actor=request.user, now=now)
        if form.cleaned_data["agreed"]:
            for contact in form.client.contact_points.filter(ended_at=None):
                if contact.consents.filter(purpose=ConsentPurpose.APPOINTMENTS, withdrawn_at=None).exists():
                    give_consent(
                        contact=contact,
                        purpose=ConsentPurpose.OFFERS,
                        how=Consent.How.VERBAL,
                        actor=request.user,
                        given_at=now,
                    )


def _lines(entries: list[WaitlistEntry]) -> list[Line]:
    people = {entry.pk: [one.pk for one in people_of(entry)] for entry in entries}
    agreed = agreed_to(ConsentPurpose.OFFERS, [pk for ids in people.values() for pk in ids])
    return [
        Line(
            entry,
            _days(entry),
            _hours(entry),
            _is_by_phone(entry) or not agreed.intersection(people[entry.pk]),
        )
        for entry in entries
    ]


def _is_by_phone(entry: WaitlistEntry) -> bool:
    """One of a group cannot answer for people who hardly know one another."""
    return entry.case.kind == Case.Kind.GROUP


def _days(entry: WaitlistEntry) -> str:
    if not entry.weekdays:
        return _("any day")
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return ", ".join(names[day] for day in sorted(entry.weekdays, key=place_in_week))


def _hours(entry: WaitlistEntry) -> str:
    first = clock(entry.from_time) if entry.from_time else ""
    last = clock(entry.until_time) if entry.until_time else ""
    if first and last:
        return f"{first}\u2013{last}"
    if first:
        return _("from %(time)s") % {"time": first}
    return _("until %(time)s") % {"time": last} if last else _("any hour")
