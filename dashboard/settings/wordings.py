"""Settings: the words of every message, tried out while they are written."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.models import Practice
from accounts.roles import May
from accounts.services import get_practice
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from dashboard.settings.forms import TrialForm, WordingForm
from reminders.access import Wording, get_trial, get_wording, trials, wordings
from reminders.models import Trial
from reminders.rehearsal import Draft, Reading, rehearse
from reminders.segments import OddCharacter, odd_characters
from reminders.services import ask_trial, change_template, check_template, restore_template
from reminders.wording_check import Flag, blaming_in
from reminders.words import FIELDS, KEYS

LANGUAGES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
CHANNELS = {"sms": gettext_lazy("Text"), "email": gettext_lazy("E-mail"), "voice": gettext_lazy("Call")}
# What a segment costs in the United States, carriers' fees aside, where the practice has not said.
ABOUT_A_SEGMENT = Decimal("0.0083")
A_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One wording in the list."""

    wording: Wording
    language: str
    channel: str


@dataclass(frozen=True, slots=True)
class Price:
    """What a text costs, in words."""

    each: str
    thousand: str
    is_about: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One made-up person's reading, with its price."""

    reading: Reading
    price: Price


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of words while they are written."""

    problems: list[str]
    blaming: list[Flag]
    odd: list[OddCharacter]
    reads: list[Read]

    @property
    def dearest(self) -> Read | None:
        return max(self.reads, key=lambda read: read.reading.size.segments, default=None)


@staff_page(May.MANAGE_SETTINGS)
def wording_list(request: StaffRequest) -> HttpResponse:
    """Every message with its wordings, ours or the practice's own."""
    order = list(KEYS)
    found = sorted(wordings(request.user), key=lambda wording: order.index(wording.key))
    lines = [_line(wording) for wording in found]
    groups = [(label, list(group)) for label, group in groupby(lines, key=lambda line: line.wording.label)]
    return render(request, "settings/wordings.html", {"section": "words", "groups": groups})


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def wording_page(request: StaffRequest, key: str, language: str, channel: str) -> HttpResponse:
    """Write a wording; what is refused stays as it was typed."""
    wording = get_wording(request.user, key, language, channel)
    form = WordingForm(request.POST or None, wording=wording)
    if "make_plain" in request.POST:
        return _page(request, wording, form.in_plain_characters())
    if said := request.POST.get("say_instead"):
        return _page(request, wording, form.saying_instead(said))
    keep = "keep_flagged" in request.POST
    if accepted(form, lambda: change_template(**form.words(), actor=request.user, keep_flagged=keep)):
        messages.success(request, _("These words go out from now on."))
        return redirect("dashboard:wording", key, language, channel)
    return _page(request, wording, form)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
@never_cache
def wording_preview(request: StaffRequest, key: str, language: str, channel: str) -> HttpResponse:
    """What made-up people would read; without script the whole page, with nothing saved."""
    wording = get_wording(request.user, key, language, channel)
    form = WordingForm(request.POST, wording=wording)
    if not request.htmx:
        return _page(request, wording, form.unsaved())
    preview = preview_of(form.draft(), get_practice(), timezone.now())
    return render(request, "settings/_wording_preview.html", {"wording": wording, "preview": preview})


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def wording_restoration(request: StaffRequest, key: str, language: str, channel: str) -> HttpResponse:
    """Back to the words that ship."""
    wording = get_wording(request.user, key, language, channel)
    restore_template(key=wording.key, language=language, channel=channel, actor=request.user)
    messages.success(request, _("The words that came with Kept go out again."))
    return redirect("dashboard:wording", key, language, channel)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
@never_cache
def wording_trial(request: StaffRequest, key: str, language: str, channel: str) -> HttpResponse:
    """Send the words as they are typed to the one who writes them."""
    wording = get_wording(request.user, key, language, channel)
    form, trial_form = WordingForm(request.POST, wording=wording), TrialForm(request.POST)
    sent: list[Trial] = []

    def ask() -> None:
        phone = trial_form.cleaned_data["phone"]
        sent.append(ask_trial(draft=form.draft(), phone=phone, actor=request.user, now=timezone.now()))

    accepted(trial_form, ask)
    trial = sent[0] if sent else None
    if not request.htmx:
        return _page(request, wording, form.unsaved(), trial_form)
    context = {"wording": wording, "trial_form": trial_form, "trial": trial}
    return render(request, "settings/_trial.html", context, status=status_of(trial_form))


@staff_page(May.MANAGE_SETTINGS)
@never_cache
def trial_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far one's own trial has come."""
    return render(request, "settings/_trial_state.html", {"trial": get_trial(request.user, public_id)})


def preview_of(draft: Draft, practice: Practice, now: datetime) -> Preview:
    """Problems, odd characters and readings of words as they stand; they may be unfinished."""
    problems = _problems(draft)
    odd = odd_characters(draft.body) if draft.channel == "sms" else []
    try:
        readings = rehearse(draft, practice=practice, now=now)
    except (KeyError, ValueError, IndexError, AttributeError):
        # A brace that is still open: the problem above says it.
        readings = []
    reads = [Read(reading, price_of(reading.size.segments, practice)) for reading in readings]
    return Preview(problems, blaming_in(draft.body), odd, reads)


def price_of(segments: int, practice: Practice) -> Price:
    """One text's price, and a thousand's, in dollars."""
    own = practice.segment_price
    each = segments * (ABOUT_A_SEGMENT if own is None else own)
    return Price(f"${each.normalize():f}", f"${each * A_THOUSAND:,.2f}", own is None)


def _problems(draft: Draft) -> list[str]:
    try:
        check_template(
            key=draft.key, language=draft.language, channel=draft.channel, body=draft.body,
            subject=draft.subject, keep_flagged=True,
        )  # fmt: skip
    except ValidationError as error:
        return error.messages
    return []


def _line(wording: Wording) -> Line:
    language = str(LANGUAGES.get(wording.language, wording.language))
    return Line(wording, language, str(CHANNELS.get(wording.channel, wording.channel)))


def _page(
    request: StaffRequest, wording: Wording, form: WordingForm, trial_form: TrialForm | None = None
) -> HttpResponse:
    context = {
        "section": "words",
        "wording": wording,
        "line": _line(wording),
        "form": form,
        "fields": FIELDS,
        "preview": preview_of(form.draft(), get_practice(), timezone.now()),
        "trial_form": trial_form or TrialForm(initial={"phone": request.user.phone}),
        "trial": trials(request.user).filter(channel=wording.channel).first(),
        "others": [_line(one) for one in wordings(request.user) if one.key == wording.key],
    }
    status = max(status_of(form), status_of(trial_form) if trial_form else 200)
    return render(request, "settings/wording.html", context, status=status)
