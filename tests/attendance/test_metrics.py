"""The figures of the reports: what SQL counts in one statement is what one would count by hand."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations_with_replacement, product

from accounts.models import Practice, User
from attendance.board import session_rows
from attendance.costs import hours_lost
from attendance.in_part import held_counts, held_with_somebody, is_held_in_part
from attendance.metrics import By, Tally, tallies, tallies_by_clinician
from clients.models import Case, Client
from sessions_app.access import sessions_counted_for
from sessions_app.models import TherapySession
from tests.conftest import NOW, case_of, person

FIRST = date(2026, 10, 5)  # a Monday
Lay = Callable[..., TherapySession]

# How it can end, and in which column it is counted.
ENDS = {
    "attended": "attended",
    "attended_late": "attended",
    "left_early": "attended",
    "no_show": "missed",
    "not_brought": "missed",
    "too_late": "turned_away",
    "could_not_be_seen": "turned_away",
    "could_not_connect": "could_not_connect",
    "excused": "excused",
    "late": "cancelled_late",
    "in time": "cancelled_in_time",
    "practice": "called_off",
    "": "not_recorded",
}


def test_every_end_is_counted_once_and_in_its_own_column(
    amara: User, lay: Lay, rosa_case: Case, rosa: Client
) -> None:
    for day, end in enumerate(ENDS):
        lay(rosa_case, ends={rosa: end}, on=FIRST + timedelta(days=day))
    told = tallies(sessions_counted_for(amara).over(NOW))[None][None]
    wanted = Counter(ENDS.values())
    assert {name: getattr(told, name) for name in wanted} == wanted
    assert told.expected == 3 + 2 + 2  # attended, missed, turned away: the rest is in no rate
    assert told.everything == len(ENDS)
    assert told.clients == 1


def test_who_missed_a_couples_session_that_was_held_is_counted_apart(
    amara: User, lay: Lay, field_case: Case, maya: Client, jonah: Client
) -> None:
    lay(field_case, ends={maya: "attended", jonah: "no_show"})
    lay(field_case, ends={maya: "no_show", jonah: "no_show"}, on=FIRST + timedelta(days=7))
    told = tallies(sessions_counted_for(amara).over(NOW))[None][None]
    assert (told.attended, told.held_without, told.missed) == (1, 1, 2)
    assert told.expected == 3


def test_a_session_is_held_in_part_or_missed_in_every_reading_alike(
    amara: User, lay: Lay, quinn_case: Case, practice: Practice
) -> None:
    """The board's rows, the page of a client, the report's sessions and its people, at each way three can end."""
    people = list(quinn_case.clients.order_by("pk"))
    told = Counter[str]()
    for day, ends in enumerate(combinations_with_replacement(("attended", "no_show", "in time", ""), 3)):
        session = lay(quinn_case, ends=dict(zip(people, ends, strict=True)), on=FIRST + timedelta(days=day))
        this = TherapySession.objects.filter(pk=session.pk)
        [row] = session_rows(this, now=NOW, practice=practice)
        held, whole = held_counts(this), tallies(this)[None][None]
        is_held = this.filter(held_with_somebody()).exists()
        assert row.is_held_in_part == is_held_in_part(session) == bool(held.in_part), ends
        assert is_held == ("attended" in ends), ends
        assert (whole.held_without, whole.missed) == (
            (ends.count("no_show"), 0) if is_held else (0, ends.count("no_show"))
        ), ends
        lost = hours_lost(this)[1]
        assert bool(lost.missed) == bool(held.missed), ends
        told.update(held=held.held, in_part=held.in_part, missed=held.missed)
    # Of the ten that nobody is left to record; in the tenth everybody called off in time.
    assert told == {"held": 1, "in_part": 5, "missed": 3}


def test_each_grouping_is_what_one_would_count_by_hand(amara: User, lay: Lay) -> None:
    people = [person("Ann", f"N{number}", 300 + number) for number in range(4)]
    cases = {one: case_of(amara, Case.Kind.INDIVIDUAL, one) for one in people}
    by_hand: dict[By, Counter[tuple[object, str]]] = {
        one: Counter() for one in (By.MONTH, By.WEEKDAY, By.HOUR, By.PART, By.LEAD, By.MODE)
    }
    ends = ["attended", "no_show", "attended", "late", "excused", "", "too_late"]
    for number, (week, hour) in enumerate(product(range(5), (9, 13, 18))):
        end, who = ends[number % len(ends)], people[number % len(people)]
        on, lead, mode = FIRST + timedelta(days=8 * week), number * 3, "video" if number % 2 else "in_person"
        lay(cases[who], ends={who: end}, on=on, at=hour, lead=lead, mode=mode)
        keys = {
            By.MONTH: on.replace(day=1),
            By.WEEKDAY: on.weekday(),
            By.HOUR: hour,
            By.PART: on.weekday() * 3 + {9: 0, 13: 1, 18: 2}[hour],
            By.LEAD: next(least for least in (28, 14, 7, 2, 0) if lead >= least),
            By.MODE: mode,
        }
        for one, key in keys.items():
            by_hand[one][key, ENDS[end]] += 1
    told = tallies(sessions_counted_for(amara).over(NOW), *by_hand)
    for one, counted in by_hand.items():
        found = {
            (key, name): getattr(tally, name)
            for key, tally in told[one].items()
            for name in set(ENDS.values())
            if getattr(tally, name)
        }
        assert found == counted, one
    assert told[None][None].everything == 15


def test_one_who_leads_counts_their_own_a_supervisor_the_team_and_the_desk_the_practice(
    amara: User,
    luis: User,
    dana: User,
    desk: User,
    admin_user: User,
    lay: Lay,
    rosa_case: Case,
    quinn_case: Case,
    rosa: Client,
) -> None:
    nora = quinn_case.clients.get(given_name="Nora")
    lay(rosa_case, ends={rosa: "attended"})
    lay(quinn_case, ends={nora: "no_show"}, at=11)
    lay(rosa_case, ends={rosa: "attended"}, at=15, by=(amara, luis))
    counted = {
        user.name: tallies(sessions_counted_for(user).over(NOW))[None][None].everything
        for user in (amara, luis, dana, desk, admin_user)
    }
    assert list(counted.values()) == [2, 2, 3, 3, 3]
    both = tallies_by_clinician(sessions_counted_for(dana).over(NOW))
    assert (both[amara.pk].attended, both[luis.pk].attended, both[luis.pk].missed) == (2, 1, 1)


def test_where_there_is_nothing_nothing_is_counted(amara: User) -> None:
    assert tallies(sessions_counted_for(amara), By.MONTH) == {By.MONTH: {}, None: {None: Tally()}}
