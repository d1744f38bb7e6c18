"""Draws the hundred cards or lines of a day: small functions, since templates took most of a page's time."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, lru_cache
from html import escape
from operator import itemgetter
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.clock import clock
from attendance.board import ClinicianRow, ParticipantRow, SessionRow
from attendance.models import Outcome
from clients.models import Case
from dashboard.board.choices import ARRIVED, Choice, five, next_steps
from dashboard.board.day import CAME, HERE, MISSED, Card, Column, Day, Seen
from dashboard.board.drawn import Drawn, Part, remember, remembered
from dashboard.board.gaps import Gaps, gaps_in
from dashboard.board.looking import BOARD
from dashboard.board.needs import NEEDS, PLAN
from dashboard.templatetags.kept_ui import STATUSES, avatar, icon, status
from sessions_app.models import Modality

KINDS = {
    Case.Kind.INDIVIDUAL.value: ("user", _("Individual")),
    Case.Kind.COUPLE.value: ("users", _("Couple")),
    Case.Kind.FAMILY.value: ("friends", _("Family")),
    Case.Kind.GROUP.value: ("users-group", _("Group")),
}
MODALITIES = {
    Modality.VIDEO.value: ("video", _("by video")),
    Modality.PHONE.value: ("phone", _("by telephone")),
}
# From this many people on, a card says how many instead of who.
CROWD = 5
# The first of these that somebody of several has colours their card.
BY_WEIGHT = (
    "not_recorded", "in_session", "arrived", "late", "asks_to_move", "attended", "attended_late", "left_early",
    "confirmed", "expected",
)  # fmt: skip
# So early a card offers "here" by itself; earlier, and later, the panel does.
AT_THE_DOOR = timedelta(minutes=60)
SOON = timedelta(minutes=60)
# A plan for when somebody cannot come is shown when it may be wanted.
PLANNED_FOR = ("asks_to_move", "late", "not_recorded", "cancelled", "cancelled_late", *MISSED)
# Of a group: what is counted together under one status.
COUNTED = (
    ("attended", CAME),
    ("arrived", HERE),
    ("confirmed", ("confirmed",)),
    ("not_recorded", ("not_recorded",)),
)


class Sheet:
    """What every line of one answer shares: the day, where links lead, and the token that proves forms ours."""

    def __init__(self, day: Day, token: str, *, query: str | None = None) -> None:
        self.day = day
        self.looking = day.looking
        # Asked once: to ask for it at each mark and button took a tenth of the page's time.
        self.language = get_language()
        self.token_field = f'<input type="hidden" name="csrfmiddlewaretoken" value="{_text(token)}">'
        # Made once: a hundred cards differ in one id only.
        self.query = _text(day.looking.query) if query is None else query
        self._is_for_all = query == _QUERY
        self._opening = _text(day.looking.opening(_ANYBODY).url)
        self._board = reverse("dashboard:board")

    @classmethod
    def for_all(cls, day: Day) -> "Sheet":
        """One that every desk with this look may share, with gaps for what is a desk's own."""
        return cls(day, TOKEN, query=_QUERY)

    def opening(self, session: SessionRow) -> str:
        """The address of the board with this session's panel open."""
        if self.looking.page == BOARD:
            return self._opening.replace(_ANYBODY, session.public_id)
        on = session.starts_at.astimezone(self.day.zone).date()
        return f"{self._board}?on={on}&amp;session={session.public_id}"

    def opened(self, session: SessionRow) -> str:
        """The mark of the one session whose panel is open."""
        if self._is_for_all:
            return _opened(session.public_id)
        return _CURRENT if self.looking.session == session.public_id else ""

    def action(self, name: str, person: ParticipantRow) -> str:
        """Where something is done to one participant, coming back to this look."""
        return f"{_pattern(name).replace(_ANYBODY, person.public_id)}?{self.query}"


# Gaps in what is drawn for all. No text in the database holds a NUL.
_NUL = "\0"
TOKEN, _QUERY = "\0token\0", "\0query\0"


def _opened(session: str | None) -> str:
    return f"\0opened {session}\0"


def whole_day(day: Day, token: str, *, as_list: bool) -> SafeString:
    """The timeline or the list, drawn once for everybody who looks at the day alike, and made this desk's own."""
    return _own(_drawn(day, as_list=as_list).markup, day, token)


def changed_parts(day: Day, token: str, *, as_list: bool, seen: Seen) -> SafeString | None:
    """What differs from the drawing that a desk has seen; None if the whole day has to be sent."""
    before = remembered(_look(day, seen, as_list=as_list))
    changed = _drawn(day, as_list=as_list).since(before) if before else None
    return None if changed is None else _own(changed, day, token)


def _drawn(day: Day, *, as_list: bool) -> Drawn:
    key = _look(day, day.seen, as_list=as_list)
    drawn = day.shared(key, lambda: _draw(day, as_list=as_list))
    remember(key, drawn)
    return drawn


def _draw(day: Day, *, as_list: bool) -> Drawn:
    sheet = Sheet.for_all(day)
    parts = _lines(sheet) if as_list else _timeline(sheet)
    return Drawn(tuple(parts), beside=(day.cancelled_count, day.shows_cancelled, day.too_wide))


def _look(day: Day, seen: Seen | None, *, as_list: bool) -> Hashable:
    """What a drawing depends on: the facts and the minute, where one looks, how the practice shows its days."""
    hours = (day.practice.opens_at, day.practice.closes_at)
    return (seen and seen.facts, as_list, day.looking.closed, day.zone, hours, get_language())


def _own(drawn: str, day: Day, token: str) -> SafeString:
    """Fill the gaps with what is this desk's own."""
    filling = {TOKEN: _text(token), _QUERY: _text(day.looking.query), _opened(day.looking.session): _CURRENT}
    # Every other piece is a gap; one of a session that is not open stays empty.
    pieces = drawn.split(_NUL)
    pieces[1::2] = [filling.get(f"{_NUL}{gap}{_NUL}", "") for gap in pieces[1::2]]
    return _safe("".join(pieces))


def for_one(drawn: str, token: str) -> SafeString:
    """Fill in the token of one desk where a whole answer was drawn with `TOKEN`."""
    return _safe(drawn.replace(TOKEN, _text(token)))


def _timeline(sheet: Sheet) -> Iterator[Part]:
    """Hours, the line of the present, a column for each clinician."""
    day, gaps = sheet.day, gaps_in(sheet.day)
    yield Part("", f'<div class="timeline" data-slots="{day.slots}" data-columns="{len(day.columns)}">')
    yield Part("", '<div class="timeline__corner"></div>')
    for slot, label in day.hours:
        yield Part("", f'<div class="timeline__hour" data-start="{slot}"><span>{label}</span></div>')
    if day.now_slot is not None:
        yield Part(_NOW_LINE, _now_line(day, day.now_slot))
    for number, column in enumerate(day.columns, 1):
        yield Part("", _column_head(number, column))
        # By time, as one reads and tabs.
        placed = [*_cards(sheet, column, gaps), *_gaps(sheet, column, gaps)]
        yield from (part for _slot, part in sorted(placed, key=itemgetter(0)))
        yield Part("", "</div>")
    yield Part("", "</div>")


def _cards(sheet: Sheet, column: Column, gaps: Gaps) -> Iterator[tuple[int, Part]]:
    for card in column.cards:
        session = card.session
        is_free = session.is_cancelled and gaps.hold(column.clinician.public_id, session)
        again = _book(sheet, column.clinician, session.starts_at, session.ends_at) if is_free else ""
        drawn = _card(sheet, card, in_lane=column.lanes > 1, again=again)
        yield card.start, Part(f"session-{_id(card)}", drawn)


def _gaps(sheet: Sheet, column: Column, gaps: Gaps) -> Iterator[tuple[int, Part]]:
    sessions = (card.session for card in column.cards)
    for gap in gaps.beside(column.clinician.public_id, sessions):
        start, span = sheet.day.stretch(gap.starts_at, gap.ends_at)
        if span:
            # Its end stays, while its beginning goes with the clock.
            id_ = f"gap-{column.clinician.public_id}-{gap.ends_at.astimezone(sheet.day.zone):%H%M}"
            place = f' id="{id_}" data-start="{start}" data-span="{min(span, 144)}"'
            yield start, Part(id_, _book(sheet, column.clinician, gap.starts_at, gap.ends_at, place=place))


def _book(sheet: Sheet, who: ClinicianRow, starts_at: datetime, ends_at: datetime, *, place: str = "") -> str:
    """A time that somebody could still have: a press begins to book it."""
    day = sheet.day
    begins = starts_at.astimezone(day.zone)
    wish = urlencode({"on": day.looking.on, "at": f"{begins:%H:%M}", "clinician": who.public_id})
    free = gettext("Free %(begins)s\u2013%(ends)s") % {"begins": clock(begins), "ends": day.clock(ends_at)}
    book = gettext("book with %(name)s") % {"name": who.name}
    return (
        f'<a class="timeline__gap"{place} href="{_booking()}?{_text(wish)}">'
        f'{icon("plus")}<span>{_text(free)}</span><span class="visually-hidden">: {_text(book)}</span></a>'
    )


def _lines(sheet: Sheet) -> Iterator[Part]:
    """The list view: a line for each person, in the order of the day."""
    yield Part("", '<ol class="rows rows--day">')
    for session in sheet.day.rows:
        for person in session.participants:
            yield Part(f"participant-{person.public_id}", line(sheet, session, person))
    yield Part("", "</ol>")


def line(sheet: Sheet, session: SessionRow, person: ParticipantRow, *, swap: bool = False) -> SafeString:
    """One person's line: when, who, how they stand, and what may come next."""
    led_by = ", ".join(who.name for who in session.clinicians)
    about = " · ".join(
        filter(None, (session.title or _kind(session.kind, sheet.language), led_by, session.room))
    )
    id_ = person.public_id
    return _safe(
        f'<li class="row-item" id="participant-{id_}" data-row tabindex="-1"'
        f' data-tone="{STATUSES[person.status].tone}"{_soon(session, sheet.day)}{_OOB if swap else ""}>'
        f"{_time(session, sheet.day, _LINE_TIME)}"
        f'<div class="row-item__who">'
        f"{_link(sheet, session, named(person), 'row-item__link row-item__name', f'line-{id_}')}"
        f'<div class="row-item__sub">{_marks(session.kind, session.modality, sheet.language)}{_text(about)}</div></div>'
        f"{stands(person, session, sheet.day, sheet.language)}{_needs(sheet, person, 'line')}"
        f'<div class="row-item__end">{_outcomes_in_line(sheet, session, person)}</div></li>'
    )


def named(person: ParticipantRow) -> SafeString:
    """The name; with the birth year where another on the board has the same, so that nobody is taken for them."""
    if not person.has_namesake:
        return _safe(_text(person.name))
    born = gettext("born %(year)s") % {"year": person.birth_year}
    year = _text(born if person.birth_year else gettext("birth year not known"))
    return _safe(f'{_text(person.name)} <span class="namesake">{year}</span>')


def stands(person: ParticipantRow, session: SessionRow, day: Day, language: str | None) -> SafeString:
    """The status with its detail: since when here, how late."""
    return _status(person.status, detail_of(person, session, day), language)


def detail_of(person: ParticipantRow, session: SessionRow, day: Day) -> str:
    """What stands beside the status's word."""
    if person.status in HERE and person.arrived_at:
        return day.clock(person.arrived_at)
    if person.status == "late":
        return _minutes(int((day.now - session.starts_at).total_seconds() // 60))
    if person.outcome in (Outcome.ATTENDED_LATE, Outcome.TOO_LATE) and person.late_minutes:
        return _minutes(person.late_minutes)
    if person.left_early_minutes:
        return _minutes(person.left_early_minutes)
    return ""


def title_of(session: SessionRow) -> str:
    """What a session is called: its group's title, or the people's names together."""
    if session.title and session.kind == Case.Kind.GROUP:
        return session.title
    names = [person.name for person in session.participants]
    families = {person.name.removeprefix(person.called).strip() for person in session.participants}
    if len(names) > 1 and len(families) == 1:
        given = [person.called for person in session.participants]
        return f"{', '.join(given[:-1])} & {given[-1]} {families.pop()}".strip()
    return " & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or session.title


def _column_head(number: int, column: Column) -> str:
    lanes = f' data-lanes="{column.lanes}"' if column.lanes > 1 else ""
    name = column.clinician.name
    return (
        f'<div class="timeline__column" data-column="{number}"{lanes}><header class="timeline__clinician">'
        f"{avatar(name)}<div><h2>{_text(name)}</h2><p>{_text(column.where)}</p></div></header>"
    )


def _card(sheet: Sheet, card: Card, *, in_lane: bool, again: str) -> str:
    """One session; of one that was called off, `again` is the way to book its time once more."""
    session = card.session
    crowd = len(session.participants) >= CROWD
    lane = f' data-lane="{card.lane}"' if in_lane else ""
    people = _crowd(sheet, card) if crowd else _people(sheet, card)
    return (
        f'<article class="session-card" id="session-{_id(card)}" data-row tabindex="-1" data-start="{card.start}"'
        f' data-span="{card.span}" data-tone="{tone_of(session)}"'
        f' data-people="{1 if crowd else max(len(session.participants), 1)}"'
        f"{lane}{_soon(session, sheet.day)}>"
        f'<div class="session-card__when">{_time(session, sheet.day)}'
        f"{_marks(session.kind, session.modality, sheet.language)}</div>"
        f'<ul class="session-card__people">{people}</ul>{again}</article>'
    )


def _people(sheet: Sheet, card: Card) -> str:
    return "".join(
        _person(sheet, card, number, person) for number, person in enumerate(card.session.participants)
    )


def _person(sheet: Sheet, card: Card, number: int, person: ParticipantRow) -> str:
    """The first one's name opens the panel for the whole card."""
    if number == 0:
        name = _link(sheet, card.session, named(person), "session-card__name", f"card-{_id(card)}")
    else:
        name = f'<span class="session-card__name">{named(person)}</span>'
    status_mark = stands(person, card.session, sheet.day, sheet.language)
    needs = _needs(sheet, person, f"card-{_id(card)}")
    return f"<li>{name}{status_mark}{needs}{_here_button(sheet, card, person)}</li>"


def _needs(sheet: Sheet, person: ParticipantRow, within: str) -> str:
    """What they still need of us: small marks, each a way to where it is seen to."""
    codes = sheet.day.needs.of(person.client_public_id)
    shown = [code for code in codes if code != PLAN or person.status in PLANNED_FOR]
    if not shown:
        return ""
    page = _pattern("client").replace(_ANYBODY, person.client_public_id)
    marks = "".join(_need(code, page, person.name, f"{within}-{person.public_id}") for code in shown)
    return f'<span class="needs">{marks}</span>'


def _need(code: str, page: str, name: str, within: str) -> str:
    need = NEEDS[code]
    words = _text(str(need.words))
    return (
        f'<a class="need" id="{within}-{code}" href="{page}#{need.place}" data-words="{words}"'
        f' aria-label="{_text(name)}: {words}">{icon(need.icon)}</a>'
    )


def _crowd(sheet: Sheet, card: Card) -> str:
    """A group: its name, and how many stand how."""
    title = _text(title_of(card.session))
    link = _link(sheet, card.session, title, "session-card__name", f"card-{_id(card)}")
    return f"<li>{link}{''.join(_counts(card.session.participants))}</li>"


def _counts(people: list[ParticipantRow]) -> Iterable[str]:
    """The one or two figures that matter of a group, as statuses of their own."""
    of_all = Counter(person.status for person in people)
    expected = len(people) - of_all["cancelled"] - of_all["cancelled_late"]
    found = [(code, sum(of_all[one] for one in codes)) for code, codes in COUNTED]
    for code, count in [(code, count) for code, count in found if count][:2] or [("expected", expected)]:
        mark = STATUSES[code]
        yield (
            f'<span class="status-mark" data-tone="{mark.tone}">{icon(mark.icon)}'
            f"<span>{_text(_share(count, expected, str(mark.word).lower()))}</span></span>"
        )


def _here_button(sheet: Sheet, card: Card, person: ParticipantRow) -> str:
    """Arrival in one press, on the cards of who may be at the door about now."""
    if not card.session.starts_at - AT_THE_DOOR <= sheet.day.now < card.session.ends_at:
        return ""
    arrival = five(person, card.session, sheet.day.now)[0]
    if arrival.pressed or not arrival.enabled:
        return ""
    url = sheet.action("arrival", person)
    return (
        f'<form class="here" method="post" action="{url}" hx-post="{url}" hx-swap="none">{sheet.token_field}'
        f'<button class="here__button" data-key="{arrival.key}"><span class="visually-hidden">{_text(person.name)}: '
        f"</span>{icon(STATUSES[ARRIVED].icon)}<span>{_text(gettext('Here'))}</span></button></form>"
    )


def _outcomes_in_line(sheet: Sheet, session: SessionRow, person: ParticipantRow) -> str:
    choices = next_steps(person, session, sheet.day.now)
    if not choices:
        return ""
    url = sheet.action("outcome", person)
    return (
        f'<form class="outcomes outcomes--line" method="post" action="{url}" hx-post="{url}" hx-swap="none">'
        f'{sheet.token_field}<input type="hidden" name="stood" value="{person.standing}">'
        f"{''.join(_button(choice, sheet.language) for choice in choices)}</form>"
    )


# What is drawn once is kept for each language that somebody reads in.
@lru_cache(maxsize=256)
def _button(choice: Choice, language: str | None) -> str:
    return format_html(
        '<button class="outcome" name="outcome" value="{}" data-tone="{}" data-key="{}">{}<span>{}</span>'
        "<kbd>{}</kbd></button>",
        choice.value,
        choice.tone,
        choice.key,
        icon(choice.icon),
        choice.word,
        choice.key,
    )


def tone_of(session: SessionRow) -> str:
    """One colour for a card of several people: that of what most needs to be seen."""
    if len(session.participants) == 1:
        return STATUSES[session.participants[0].status].tone
    codes = {person.status for person in session.participants}
    code = next((code for code in BY_WEIGHT if code in codes), "")
    return STATUSES[code or next(iter(codes), "expected")].tone


def _soon(session: SessionRow, day: Day) -> str:
    """Begins within the hour: a tint, for whoever looks up from the telephone."""
    is_soon = not session.is_cancelled and day.now <= session.starts_at < day.now + SOON
    return " data-soon" if is_soon else ""


def _link(sheet: Sheet, session: SessionRow, words: str, css_class: str, id_: str) -> str:
    """Opens the session's panel: in place on the board, as a page from elsewhere and without script."""
    url = sheet.opening(session)
    if sheet.looking.page != BOARD:
        return f'<a class="{css_class}" id="{id_}" href="{url}">{words}</a>'
    return (
        f'<a class="{css_class}" id="{id_}" href="{url}" hx-get="{url}" hx-swap="none" hx-push-url="true"'
        f' data-then-select="#panel"{sheet.opened(session)}>{words}</a>'
    )


def _id(card: Card) -> str:
    """A session led by two stands in two columns, and is named apart in each."""
    return f"{card.session.public_id}-{card.twin}" if card.twin else card.session.public_id


def _time(session: SessionRow, day: Day, attributes: str = "") -> str:
    return (
        f'<time{attributes} datetime="{session.starts_at.isoformat()}">{day.clock(session.starts_at)}</time>'
    )


_NOW_LINE = "timeline-now"
_ANYBODY = str(UUID(int=0))
_CURRENT = ' aria-current="true"'
_LINE_TIME = ' class="row-item__time"'
_OOB = ' hx-swap-oob="true"'


@cache
def _booking() -> str:
    return reverse("dashboard:booking")


@cache
def _pattern(name: str) -> str:
    return reverse(f"dashboard:{name}", args=[_ANYBODY])


@lru_cache(maxsize=4096)
def _status(code: str, detail: str, language: str | None) -> SafeString:
    return status(code, detail)


@cache
def _kind(kind: str, language: str | None) -> str:
    return str(KINDS[kind][1])


@cache
def _marks(kind: str, modality: str, language: str | None) -> SafeString:
    """Who meets and how, as small icons with words for those who cannot see them."""
    marks = [KINDS[kind], *filter(None, [MODALITIES.get(modality)])]
    return format_html_join(" ", "{}", ((icon(name, str(word)),) for name, word in marks))


def _share(count: int, expected: int, word: str) -> str:
    return gettext("%(count)d of %(all)d %(how)s") % {"count": count, "all": expected, "how": word}


def _safe(markup: str) -> SafeString:
    """Markup whose every word went through `_text`; `format_html` took a third of the page's time."""
    return SafeString(markup)


def _text(words: str) -> str:
    """What people wrote, made harmless: every name, room and title passes here."""
    return escape(words, quote=True)


def _minutes(count: int) -> str:
    return gettext("%(count)d min") % {"count": count}


def _now_line(day: Day, slot: int) -> str:
    return f'<div class="timeline__now" id="{_NOW_LINE}" data-start="{slot}"><span>{day.clock(day.now)}</span></div>'


def moment(at: datetime, day: Day) -> str:
    """When something was, for a short note: "9:58", "yesterday 9:58", "Mon 16 Nov 9:58"."""
    local = at.astimezone(day.zone)
    days = (day.looking.today - local.date()).days
    if days == 0:
        return day.clock(at)
    if days == 1:
        return gettext("yesterday %(time)s") % {"time": day.clock(at)}
    return f"{date_format(local, 'D j M')} {day.clock(at)}"
