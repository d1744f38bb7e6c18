"""What came in: who wrote, what they wrote, what it did, and what a person still has to do."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients.access import clients_visible_to, get_client
from clients.models import Channel, Client
from dashboard.follow_ups.reach import spoken_number
from dashboard.messages.forms import ResolutionForm, SenderForm
from dashboard.messages.frame import frame_of
from dashboard.messages.outbox import back
from dashboard.messages.words import INBOUND_ICONS, session_time, spoken_time
from dashboard.pages import StaffRequest, staff_page, status_of, words_of
from reminders.access import get_inbound, inbox_visible_to
from reminders.models import InboundKind, InboundMessage, InboundVia, SlotOffer
from reminders.services import assign_inbound, resolve_inbound

ON_A_PAGE = 30
FOUND = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One text that came in."""

    inbound: InboundMessage
    icon: str
    sender: str
    number: str
    did: str
    rescheduling_url: str


@never_cache
@staff_page(May.ANSWER_MESSAGES)
def inbox(request: StaffRequest) -> HttpResponse:
    """Texts to answer, the oldest first; or those that were seen to, the latest first."""
    practice, now = get_practice(), timezone.now()
    show = "resolved" if request.GET.get("show") == "resolved" else "open"
    visible = inbox_visible_to(request.user).with_people()
    found = visible.unresolved() if show == "open" else visible.exclude(resolved_at=None)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [line_of(inbound) for inbound in page.object_list]
    log_view(user=request.user, kind="inbound", public_ids=[line.inbound.public_id for line in lines])
    frame = frame_of(request.user, practice=practice, now=now)
    context = {"frame": frame, "show": show, "lines": lines, "page": page}
    with timezone.override(practice.zone):
        return render(request, "messages/inbox.html", context)


@staff_page(May.ANSWER_MESSAGES, methods=("POST",))
def resolution(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A person has seen to it."""
    inbound = get_inbound(request.user, public_id, write=True)
    form = ResolutionForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["resolution"]
        resolve_inbound(inbound=inbound, resolution=words, actor=request.user, now=timezone.now())
        messages.success(request, _("Seen to. Thank you."))
    else:
        messages.warning(request, _("Please say it in 200 letters or less."))
    return back(request, "dashboard:inbox")


@never_cache
@staff_page(May.ANSWER_MESSAGES, methods=("GET", "POST"))
def sender(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say whose text it is: those who have this number first, or anybody found by name."""
    inbound = get_inbound(request.user, public_id, write=True)
    is_answer = request.method == "POST" and "q" not in request.POST
    form = SenderForm(request.POST if is_answer else None)
    if form.is_valid():
        client = get_client(request.user, form.cleaned_data["client"])
        assign_inbound(inbound=inbound, client=client, actor=request.user)
        messages.success(request, _("From %(name)s.") % {"name": client.display_name})
        return HttpResponseRedirect(reverse("dashboard:inbox"), status=303)
    words = words_of(request)
    context = {
        "line": line_of(inbound),
        "form": form,
        "words": words,
        "holders": _holders(request, inbound),
        "found": list(clients_visible_to(request.user).search(words)[:FOUND]) if words else [],
    }
    with timezone.override(get_practice().zone):
        return render(request, "messages/sender.html", context, status=status_of(form))


def line_of(inbound: InboundMessage) -> Line:
    """A text with what it did, in words."""
    moves = inbound.kind == InboundKind.RESCHEDULE and inbound.participant is not None
    return Line(
        inbound=inbound,
        icon=INBOUND_ICONS[InboundKind(inbound.kind)],
        sender=inbound.client.display_name if inbound.client else "",
        number=_from_where(inbound),
        did=_did(inbound),
        rescheduling_url=_rescheduling(inbound) if moves and inbound.resolved_at is None else "",
    )


def _from_where(inbound: InboundMessage) -> str:
    if inbound.channel == InboundVia.PAGE:
        return _("on their page")
    if inbound.from_address.startswith("+"):
        return spoken_number(inbound.from_address)
    return inbound.from_address


def _did(inbound: InboundMessage) -> str:
    """What the text did by itself, so that nobody does it twice."""
    when = session_time(inbound.participant.session) if inbound.participant else ""
    offers = list(inbound.offers.all())
    if when and offers:
        return _did_offer(inbound, offers[0], when)
    if when and inbound.kind in _DID_ABOUT:
        return _DID_ABOUT[InboundKind(inbound.kind)] % {"when": when}
    if inbound.kind == InboundKind.VIDEO and when:
        return _did_by_video(inbound, when)
    if inbound.channel == InboundVia.PAGE:
        return _("The page told them that it is not read around the clock, with the crisis line.")
    if inbound.kind == InboundKind.STOP and inbound.channel == Channel.VOICE:
        return _("Nothing goes to this number by itself any more. Their appointments stand.")
    return str(_DID[InboundKind(inbound.kind)])


def _did_offer(inbound: InboundMessage, offer: SlotOffer, when: str) -> str:
    """What was offered, and what came of it."""
    assert inbound.participant is not None  # noqa: S101  # asked before
    zone = inbound.participant.session.zone
    said = {
        "when": when,
        "times": " · ".join(spoken_time(at, zone) for at in offer.times),
        "until": spoken_time(offer.expires_at, zone),
        "end": offer.get_end_display(),
    }
    if inbound.kind == InboundKind.CHOICE:
        begins = _("The time they chose had just been taken. Offered instead: %(times)s.")
    else:
        begins = _("Asks for another time. Offered: %(times)s.")
    ends = _("%(end)s.") if offer.ended_at else _("They can choose until %(until)s; %(when)s stands.")
    return f"{begins % said} {ends % said}"


def _did_by_video(inbound: InboundMessage, when: str) -> str:
    if inbound.resolved_at:
        return _("By video now: %(when)s") % {"when": when}
    return _("Would like to meet by video on %(when)s: please see to it") % {"when": when}


_DID_ABOUT = {
    InboundKind.CONFIRM: gettext_lazy("Confirmed %(when)s"),
    InboundKind.RESCHEDULE: gettext_lazy("Asks for another time than %(when)s"),
    InboundKind.CHOICE: gettext_lazy("Chose a time that we offered; now %(when)s"),
    InboundKind.STOP: gettext_lazy(
        "CANCEL ends all texts to this number. They may have meant %(when)s, which stands: please ask them."
    ),
    InboundKind.START: gettext_lazy(
        "YES after the reminder of %(when)s. It confirms nothing by itself; we asked for C."
    ),
}
_DID = {
    InboundKind.CONFIRM: gettext_lazy("Said yes, and no session matches it"),
    InboundKind.RESCHEDULE: gettext_lazy("Asks for another time; no session matches it"),
    InboundKind.VIDEO: gettext_lazy("Would like to meet by video; no session matches it"),
    InboundKind.CHOICE: gettext_lazy("Chose a time that we offered"),
    InboundKind.STOP: gettext_lazy("No more texts go to this number. Their appointments stand."),
    InboundKind.START: gettext_lazy("Texts go to this number again."),
    InboundKind.HELP: gettext_lazy("We answered how it works, whom to call, and the crisis line."),
    InboundKind.CALL_BACK: gettext_lazy("Asked on the telephone to be called back"),
    InboundKind.WRONG: gettext_lazy(
        "Nothing goes to this number any more, and nothing was answered. Please check the number with "
        "the person themselves, never with whoever has it."
    ),
    InboundKind.CHECK_IN: gettext_lazy(
        "Answers a check-in: for their clinicians to read. We answered that texts are not read around the "
        "clock, with the crisis line."
    ),
    InboundKind.FREE: gettext_lazy(
        "We answered that texts are not read around the clock, with the crisis line."
    ),
}


def _rescheduling(inbound: InboundMessage) -> str:
    assert inbound.participant is not None  # noqa: S101  # asked before
    try:
        return reverse("dashboard:rescheduling", args=[inbound.participant.session.public_id])
    except NoReverseMatch:
        return ""


def _holders(request: StaffRequest, inbound: InboundMessage) -> list[Client]:
    """Whoever has this number: a family may share one."""
    having = clients_visible_to(request.user).filter(
        contact_points__address=inbound.from_address, contact_points__ended_at=None
    )
    return list(having.distinct()[:FOUND])
