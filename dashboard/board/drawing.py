"""Draws the hundred cards or lines of a day: small functions, since templates took most of a page's time."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from attendance.board import ParticipantRow, SessionRow
from attendance.models import Outcome
from clients.models import Case
from dashboard.board.choices import ARRIVED, Choice, five, next_steps
from dashboard.board.day import CAME, HERE, Card, Column, Day
from dashboard.board.looking import BOARD, Looking
from dashboard.templatetags.kept_ui import STATUSES, avatar, icon, status
from sessions_app.models import Modality

KINDS = {
    Case.Kind.INDIVIDUAL.value: ("user", "Individual"),
    Case.Kind.COUPLE.value: ("users", "Couple"),
    Case.Kind.FAMILY.value: ("friends", "Family"),
    Case.Kind.GROUP.value: ("users-group", "Group"),
}
MODALITIES = {Modality.VIDEO.value: ("video", "by video"), Modality.PHONE.value: ("phone", "by telephone")}
# From this many people on, a card says how many instead of who.
CROWD = 5
# The first of these that somebody of several has colours their card.
BY_WEIGHT = (
    "not_recorded", "in_session", "arrived", "late", "asks_to_move", "attended", "attended_late", "left_early",
    "confirmed", "expected",
)  # fmt: skip
# So early a card offers "here" by itself; earlier, and later, the panel does.
AT_THE_DOOR = timedelta(minutes=60)
NOTHING = format_html("{}", "")


class Sheet(NamedTuple):
    """What every line of one answer shares: the day, and the token that proves its forms ours."""

    day: Day
    token: str

    @property
    def looking(self) -> Looking:
        return self.day.looking


def timeline(sheet: Sheet) -> SafeString:
    """The inside of the timeline: hours, the line of the present, a column for each clinician."""
    day = sheet.day
    hour = '<div class="timeline__hour" data-start="{}"><span>{}</span></div>'
    return format_html(
        '<div class="timeline__corner"></div>{}{}{}',
        format_html_join("", hour, day.hours),
        _now_line(day),
        _join(_column(sheet, number, column) for number, column in enumerate(day.columns, 1)),
    )


def lines(sheet: Sheet) -> SafeString:
    """The list view: a line for each person, in the order of the day."""
    return _join(
        line(sheet, session, person) for session in sheet.day.rows for person in session.participants
    )


def line(sheet: Sheet, session: SessionRow, person: ParticipantRow, *, swap: bool = False) -> SafeString:
    """One person's line: when, who, how they stand, and what may come next."""
    icon_and_word, led_by = KINDS[session.kind], ", ".join(who.name for who in session.clinicians)
    about = (session.title or icon_and_word[1], led_by, session.room)
    return format_html(
        '<li class="row-item" id="participant-{}" data-row tabindex="-1" data-tone="{}"{}>'
        '<time class="row-item__time" datetime="{}">{}</time>'
        '<div class="row-item__who">{}<div class="row-item__sub">{}{}</div></div>'
        '{}<div class="row-item__end">{}</div></li>',
        person.public_id,
        STATUSES[person.status].tone,
        _attribute("hx-swap-oob", "true" if swap else ""),
        session.starts_at.isoformat(),
        sheet.day.clock(session.starts_at),
        _link(sheet, session, named(person), "row-item__link row-item__name", f"line-{person.public_id}"),
        marks_of(session),
        " · ".join(filter(None, about)),
        stands(person, session, sheet.day),
        _outcomes_in_line(sheet, session, person),
    )


def named(person: ParticipantRow) -> SafeString | str:
    """The name; with the birth year where another on the board has the same, so that nobody is taken for them."""
    if not person.has_namesake:
        return person.name
    year = f"born {person.birth_year}" if person.birth_year else "birth year not known"
    return format_html('{} <span class="namesake">{}</span>', person.name, year)


def stands(person: ParticipantRow, session: SessionRow, day: Day, *, badge: bool = False) -> SafeString:
    """The status with its detail: since when here, how late."""
    return _status(person.status, detail_of(person, session, day), badge)


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


@cache
def marks_of_kind(kind: str, modality: str) -> SafeString:
    """Who meets and how, as small icons with words for those who cannot see them."""
    marks = [KINDS[kind], *filter(None, [MODALITIES.get(modality)])]
    return format_html_join(" ", "{}", ((icon(name, word),) for name, word in marks))


def marks_of(session: SessionRow) -> SafeString:
    return marks_of_kind(session.kind, session.modality)


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


def _column(sheet: Sheet, number: int, column: Column) -> SafeString:
    return format_html(
        '<div class="timeline__column" data-column="{}"{}><header class="timeline__clinician">{}<div><h2>{}</h2>'
        "<p>{}</p></div></header>{}</div>",
        number,
        _attribute("data-lanes", column.lanes if column.lanes > 1 else ""),
        avatar(column.clinician.name),
        column.clinician.name,
        column.where,
        _join(_card(sheet, card, lane=column.lanes > 1) for card in column.cards),
    )


def _card(sheet: Sheet, card: Card, *, lane: bool) -> SafeString:
    session = card.session
    crowd = len(session.participants) >= CROWD
    return format_html(
        '<article class="session-card" id="session-{}{}" data-row tabindex="-1" data-start="{}" data-span="{}" '
        'data-tone="{}" data-people="{}"{}><div class="session-card__when"><time datetime="{}">{}</time>{}</div>'
        '<ul class="session-card__people">{}</ul></article>',
        session.public_id,
        f"-{card.twin}" if card.twin else "",
        card.start,
        card.span,
        tone_of(session),
        1 if crowd else max(len(session.participants), 1),
        _attribute("data-lane", card.lane if lane else ""),
        session.starts_at.isoformat(),
        sheet.day.clock(session.starts_at),
        marks_of(session),
        _crowd(sheet, card) if crowd else _people(sheet, card),
    )


def _people(sheet: Sheet, card: Card) -> SafeString:
    return _join(
        _person(sheet, card, number, person) for number, person in enumerate(card.session.participants)
    )


def _person(sheet: Sheet, card: Card, number: int, person: ParticipantRow) -> SafeString:
    """The first one's name opens the panel for the whole card."""
    if number == 0:
        name = _link(sheet, card.session, named(person), "session-card__name", _link_id(card))
    else:
        name = format_html('<span class="session-card__name">{}</span>', named(person))
    return format_html(
        "<li>{}{}{}</li>", name, stands(person, card.session, sheet.day), _here_button(sheet, card, person)
    )


def _crowd(sheet: Sheet, card: Card) -> SafeString:
    """A group: its name, and how many stand how."""
    people = card.session.participants
    link = _link(sheet, card.session, title_of(card.session), "session-card__name", _link_id(card))
    return format_html("<li>{}{}</li>", link, _join(_counts(people)))


def _counts(people: list[ParticipantRow]) -> Iterable[SafeString]:
    """The one or two figures that matter of a group, as statuses of their own."""
    of_all = Counter(person.status for person in people)
    expected = len(people) - of_all["cancelled"] - of_all["cancelled_late"]
    groups = (
        ("attended", CAME),
        ("arrived", HERE),
        ("confirmed", ("confirmed",)),
        ("not_recorded", ("not_recorded",)),
    )
    found = [(code, sum(of_all[one] for one in codes)) for code, codes in groups]
    shown = [(code, count) for code, count in found if count][:2] or [("expected", expected)]
    for code, count in shown:
        mark = STATUSES[code]
        yield format_html(
            '<span class="status-mark" data-tone="{}">{}<span>{} of {} {}</span></span>',
            mark.tone,
            _icon(mark.icon),
            count,
            expected,
            mark.word.lower(),
        )


def _here_button(sheet: Sheet, card: Card, person: ParticipantRow) -> SafeString:
    """Arrival in one press, on the cards of who may be at the door about now."""
    arrival = five(person, card.session, sheet.day.now)[0]
    about_now = card.session.starts_at - AT_THE_DOOR <= sheet.day.now < card.session.ends_at
    if not about_now or arrival.pressed or not arrival.enabled:
        return NOTHING
    return format_html(
        '<form class="here" method="post" action="{0}" hx-post="{0}" hx-swap="none">{1}'
        '<button class="here__button" data-key="{2}"><span class="visually-hidden">{3}: </span>{4}'
        "<span>Here</span></button></form>",
        _action("arrival", person, sheet),
        token_field(sheet),
        arrival.key,
        person.name,
        _icon(STATUSES[ARRIVED].icon),
    )


def _outcomes_in_line(sheet: Sheet, session: SessionRow, person: ParticipantRow) -> SafeString:
    choices = next_steps(person, session, sheet.day.now)
    if not choices:
        return NOTHING
    return format_html(
        '<form class="outcomes outcomes--line" method="post" action="{0}" hx-post="{0}" hx-swap="none">'
        '{1}<input type="hidden" name="stood" value="{2}">{3}</form>',
        _action("outcome", person, sheet),
        token_field(sheet),
        person.standing,
        _join(_button(choice) for choice in choices),
    )


def token_field(sheet: Sheet) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', sheet.token)


@lru_cache(maxsize=256)
def _button(choice: Choice) -> SafeString:
    return format_html(
        '<button class="outcome" name="outcome" value="{}" data-tone="{}" data-key="{}">{}<span>{}</span>'
        "<kbd>{}</kbd></button>",
        choice.value,
        choice.tone,
        choice.key,
        _icon(choice.icon),
        choice.word,
        choice.key,
    )


def tone_of(session: SessionRow) -> str:
    """One colour for a card of several people: that of what most needs to be seen."""
    codes = {person.status for person in session.participants}
    code = next((code for code in BY_WEIGHT if code in codes), "")
    return STATUSES[code or next(iter(codes), "expected")].tone


def _link(sheet: Sheet, session: SessionRow, words: str, css_class: str, id_: str) -> SafeString:
    """Opens the session's panel: in place on the board, as a page from elsewhere and without script."""
    on_board = sheet.looking.page == BOARD
    url = sheet.looking.opening(session.public_id).url if on_board else board_url(sheet, session)
    swap = format_html(
        ' hx-get="{}" hx-swap="none" hx-push-url="true" data-then-select="#panel"{}',
        url,
        _CURRENT if sheet.looking.session == session.public_id else NOTHING,
    )
    return format_html(
        '<a class="{}" id="{}" href="{}"{}>{}</a>', css_class, id_, url, swap if on_board else NOTHING, words
    )


def board_url(sheet: Sheet, session: SessionRow) -> str:
    """The board on that session's day, with its panel open."""
    on = session.starts_at.astimezone(sheet.day.zone).date()
    return f"{reverse('dashboard:board')}?on={on}&session={session.public_id}"


def _link_id(card: Card) -> str:
    return f"card-{card.session.public_id}{f'-{card.twin}' if card.twin else ''}"


def _action(name: str, person: ParticipantRow, sheet: Sheet) -> str:
    return f"{action_url(name, person)}?{sheet.looking.query}"


def action_url(name: str, person: ParticipantRow) -> str:
    """Where something is done to one participant. Reversed once: a hundred reversals cost milliseconds."""
    return _pattern(name).replace(_ANYBODY, str(person.public_id))


_ANYBODY = "00000000-0000-0000-0000-000000000000"


@cache
def _pattern(name: str) -> str:
    return reverse(f"dashboard:{name}", args=[_ANYBODY])


_CURRENT = format_html(' aria-current="{}"', "true")
_icon = cache(icon)


@lru_cache(maxsize=4096)
def _status(code: str, detail: str, badge: bool) -> SafeString:  # noqa: FBT001  # a cache's key
    return status(code, detail, badge=badge)


def _attribute(name: str, value: object) -> SafeString:
    return format_html(' {}="{}"', name, value) if value else NOTHING


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _minutes(count: int) -> str:
    return f"{count} min"


def _now_line(day: Day) -> SafeString:
    if day.now_slot is None:
        return NOTHING
    return format_html(
        '<div class="timeline__now" data-start="{}"><span>{}</span></div>', day.now_slot, day.clock(day.now)
    )


def moment(at: datetime, day: Day) -> str:
    """When something was, for a short note: "9:58", "yesterday 9:58", "Mon 16 Nov 9:58"."""
    local = at.astimezone(day.zone)
    days = (day.looking.today - local.date()).days
    if days == 0:
        return day.clock(at)
    if days == 1:
        return f"yesterday {day.clock(at)}"
    return f"{local:%a} {local.day} {local:%b} {day.clock(at)}"
