"""How words would read: made-up situations, filled in by the code that fills in the real ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Practice
from clients.models import Channel
from reminders.rendering import (
    SessionFacts,
    Wordings,
    fill,
    practice_fields,
    said_fields,
    said_times,
    session_fields,
    without_links,
)
from reminders.segments import Size, size_of
from reminders.words import KEYS, Words

# As long as a meeting's link and a client's own link may well be.
A_VIDEO_LINK = "https://meet.example/ab12cd"
A_CLIENTS_LINK = "/s/made-up-for-this-preview-made-up-for-this-preview-55"
CHANGING_ZONE = "America/New_York"


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody who does not exist, and their session."""

    label: str
    note: str
    language: str
    times: tuple[SessionFacts, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one of them would read."""

    situation: Situation
    subject: str
    body: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that somebody is writing; `body` and `subject` may name fields."""

    key: str
    language: str
    channel: str
    body: str
    subject: str = ""

    @property
    def words(self) -> Words:
        return Words(self.body, self.subject)


def rehearse(draft: Draft, *, practice: Practice, now: datetime) -> list[Reading]:
    """What each made-up person would read if these words were saved. The words must name known fields only."""
    wordings = Wordings.load().with_draft(draft.key, draft.language, draft.channel, draft.words)
    return [_read(situation, draft, wordings, practice) for situation in situations(draft, practice, now)]


def situations(draft: Draft, practice: Practice, now: datetime) -> list[Situation]:
    """The sample: only who reads them and in which language, where no time is named."""
    usual = (_at(practice, practice.today(now) + timedelta(days=3), time(15)),)
    spanish = Situation(_("Reads Spanish"), _spanish_note(draft), "es", usual)
    if "when" not in KEYS[draft.key][1]:
        return [Situation(_("Anybody"), _("The same words for everybody."), draft.language, usual), spanish]
    video = (_session(usual[0].starts_at, practice.timezone, A_VIDEO_LINK),)
    twice = (*usual, _at(practice, practice.today(now) + timedelta(days=5), time(11, 30)))
    return [
        Situation(_("One person, in person"), _("Session in three days, at three."), draft.language, usual),
        Situation(
            _("A couple"),
            _("Each of the two gets this, alone; nothing tells about the other."),
            draft.language,
            usual,
        ),
        Situation(
            _("A child of nine"), _("Goes to the guardian who may receive it; without the child's name."),
            draft.language, usual,
        ),
        Situation(_("Addiction counselling"), _("Word for word as for everybody."), draft.language, usual),
        Situation(_("Twice in a week"), _("One text names both times."), draft.language, twice),
        Situation(_("By video"), _("The link stands in the text."), draft.language, video),
        spanish,
        _clock_change(draft, practice, now),
    ]  # fmt: skip


def _spanish_note(draft: Draft) -> str:
    if draft.language == "es":
        return _("These words.")
    return _("Gets the Spanish wording, which is written on its own page.")


def _at(practice: Practice, on: date, at: time) -> SessionFacts:
    starts_at = datetime.combine(on, at, tzinfo=practice.zone).astimezone(UTC)
    return _session(starts_at, practice.timezone)


def _session(starts_at: datetime, zone: str, video_link: str = "") -> SessionFacts:
    return SessionFacts(
        starts_at=starts_at,
        session_zone=zone,
        recipient_zone="",
        is_in_person=not video_link,
        video_link=video_link,
    )


def _clock_change(draft: Draft, practice: Practice, now: datetime) -> Situation:
    zone = practice.timezone
    on = next_clock_change(practice.today(now), ZoneInfo(zone))
    if on is None:
        zone = CHANGING_ZONE
        on = next_clock_change(practice.today(now), ZoneInfo(zone)) or practice.today(now)
    starts_at = datetime.combine(on, time(10), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    facts = _session(starts_at, zone)
    note = _("On the day when the clocks change: the time is the one on the wall.")
    return Situation(_("Clock change"), note, draft.language, (facts,))


def next_clock_change(after: date, zone: ZoneInfo) -> date | None:
    """The next day whose noon has another offset than the noon before; None within thirteen months."""
    noon = datetime.combine(after, time(12), tzinfo=zone)
    for day in range(1, 400):
        later = noon + timedelta(days=day)
        if later.utcoffset() != (later - timedelta(days=1)).utcoffset():
            return later.date()
    return None


def _read(situation: Situation, draft: Draft, wordings: Wordings, practice: Practice) -> Reading:
    words = wordings.find(draft.key, situation.language, draft.channel) or draft.words
    fields = practice_fields(practice) | {"link": settings.KEPT_LINK_BASE_URL + A_CLIENTS_LINK}
    fields |= session_fields(situation.times, situation.language)
    if draft.channel == Channel.VOICE:
        fields |= said_fields(practice) | said_times(situation.times, situation.language)
    body = fill(words.body, fields)
    subject = fill(words.subject, fields | without_links(situation.times, situation.language))
    return Reading(situation, subject, body, size_of(body))
