"""The seven steps: what each asks, what it saves, and what is there already."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import clinicians, colleagues
from accounts.models import FirstStep
from accounts.roles import May
from accounts.services import StaffDetails, change_practice, change_staff, get_practice, resume_sending
from accounts.shipped_words import as_shipped
from clients.models import Case
from clients.services import Beginning, ClientDetails, ContactDetails, add_contact_point, take_on_client
from dashboard.first_steps.forms import (
    YES,
    FirstClientForm,
    FirstPracticeForm,
    GoOutForm,
    OwnWorkForm,
    WeekForm,
)
from dashboard.pages import StaffRequest
from dashboard.settings.forms import PlaceForm, ServiceForm
from dashboard.settings.services import NEW as USUAL_SERVICE
from reminders.access import rules
from sessions_app.access import clinicians_with_hours, locations, services
from sessions_app.services import Booking, add_place, add_service, add_week, book_session


@dataclass(frozen=True)
class Step:
    """One step: `form` is None where there is nothing for this person to fill in."""

    code: str
    heading: Any
    sentence: Any
    form: Callable[[StaffRequest, Any, datetime], forms.BaseForm | None]
    save: Callable[[StaffRequest, Any, datetime], object]
    there: Callable[[StaffRequest], list[str]]
    may_repeat: bool = False
    is_asked: bool = False  # it is answered, one way or the other
    skip: Any = ""  # what passing it by is called; empty: it cannot be passed by untouched


def _practice_form(_request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm:
    practice = get_practice()
    live_from = {} if practice.live_from else {"live_from": practice.today(_now)}
    return FirstPracticeForm(posted, instance=practice, initial=live_from)


def _save_practice(request: StaffRequest, form: Any, _now: datetime) -> object:
    return change_practice(changes=form.cleaned_data, actor=request.user)


def _place_form(_request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm:
    return PlaceForm(posted, initial={"timezone": get_practice().timezone})


def _save_place(request: StaffRequest, form: Any, _now: datetime) -> object:
    return add_place(details=form.details(), actor=request.user)


def _people_form(request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm:
    return OwnWorkForm(posted, initial={"work": request.user.roles})


def _save_people(request: StaffRequest, form: Any, _now: datetime) -> object:
    """The roles of the one who sets up; colleagues are invited on the team's own page."""
    user = request.user
    theirs = {role for role, _words in OwnWorkForm.WORK}
    details = StaffDetails(
        email=user.email,
        name=user.name,
        roles=[*(role for role in user.roles if role not in theirs), *form.cleaned_data["work"]],
        credentials=user.credentials,
        phone=str(user.phone or ""),
        video_link=user.video_link,
        supervisor=user.supervisor,
    )
    return change_staff(user=user, details=details, actor=user)


def _service_form(_request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm:
    name = {} if services().exists() else {"name": str(_("Individual session"))}
    return ServiceForm(posted, initial={**USUAL_SERVICE, **name})


def _save_service(request: StaffRequest, form: Any, _now: datetime) -> object:
    return add_service(details=form.details(), actor=request.user)


def _week_form(_request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm | None:
    return WeekForm(posted, practice=get_practice()) if clinicians().exists() else None


def _save_week(request: StaffRequest, form: Any, _now: datetime) -> object:
    return add_week(clinician=form.cleaned_data["clinician"], week=form.week(), actor=request.user)


def _go_out_form(_request: StaffRequest, posted: Any, _now: datetime) -> forms.BaseForm:
    return GoOutForm(posted)


def _save_go_out(request: StaffRequest, form: Any, _now: datetime) -> object:
    return resume_sending(actor=request.user) if form.cleaned_data["go_out"] == YES else None


def _client_form(request: StaffRequest, posted: Any, now: datetime) -> forms.BaseForm | None:
    if not request.user.permissions.issuperset({May.EDIT_CLIENTS, May.BOOK}):
        return None
    if not clinicians().exists() or not services().exists():
        return None
    practice = get_practice()
    first = {"on": practice.today(now), "at": "10:00"}
    return FirstClientForm(posted, initial=first, user=request.user, practice=practice, now=now)


def _save_client(request: StaffRequest, form: Any, now: datetime) -> object:
    """The first client, their treatment, and the first time that they come."""
    typed, practice = form.cleaned_data, get_practice()
    service, place = typed["service"], locations().first()
    client = take_on_client(
        details=ClientDetails(given_name=typed["given_name"], family_name=typed["family_name"]),
        beginning=Beginning(kind=Case.Kind.INDIVIDUAL, clinician=typed["clinician"], on=practice.today(now)),
        actor=request.user,
        now=now,
    )
    if typed["phone"]:
        number = ContactDetails(kind="phone", address=str(typed["phone"]))
        add_contact_point(client=client, details=number, actor=request.user)
    booking = Booking(
        case=client.cases.get(),
        clinicians=(typed["clinician"],),
        service=service,
        on=typed["on"],
        at=typed["at"],
        timezone=place.timezone if place else practice.timezone,
        minutes=service.minutes,
        modality="in_person" if place else "video",
        location=place,
    )
    return book_session(booking=booking, actor=request.user, now=now)


STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step(
            FirstStep.PRACTICE,
            _("Your practice"),
            _("What staff and clients call it, and from which day Kept counts."),
            _practice_form,
            _save_practice,
            lambda _request: [],
        ),
        Step(
            FirstStep.PLACE,
            _("A place"),
            _("Where people come to. Rooms can be added later, under Settings."),
            _place_form,
            _save_place,
            lambda _request: [place.name for place in locations()],
            may_repeat=True,
            skip=_("Video and telephone only"),
        ),
        Step(
            FirstStep.PEOPLE,
            _("Who works here"),
            _("What you do yourself. Colleagues get a link by e-mail to choose their password."),
            _people_form,
            _save_people,
            lambda _request: [person.name for person in colleagues()],
        ),
        Step(
            FirstStep.SERVICES,
            _("What you offer"),
            _("One is enough to begin with. Its name is for staff: no message carries it."),
            _service_form,
            _save_service,
            lambda _request: [f"{one.name}, {one.minutes} min" for one in services()],
            may_repeat=True,
        ),
        Step(
            FirstStep.HOURS,
            _("Hours"),
            _("When each clinician sees people in a usual week: free times are found within them."),
            _week_form,
            _save_week,
            lambda request: [
                one.name for one in clinicians_with_hours(request.user) if one.availabilities.all()
            ],
            may_repeat=True,
            skip=_("Without hours for now"),
        ),
        Step(
            FirstStep.REMINDERS,
            _("Reminders"),
            _("Nothing goes out before you have looked at these. Clients get them once they have agreed."),
            _go_out_form,
            _save_go_out,
            lambda request: [as_shipped(rule.name) for rule in rules(request.user) if rule.is_active],
            is_asked=True,
        ),
        Step(
            FirstStep.CLIENT,
            _("The first client"),
            _(
                "One person and the first time that they come; or everybody at once, from the system you used before."
            ),
            _client_form,
            _save_client,
            lambda _request: [],
            skip=_("Finish without"),
        ),
    )
}
