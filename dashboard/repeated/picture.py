"""The timeline as a picture: where each mark stands on the sheet, in the picture's own units."""

from dataclasses import dataclass
from itertools import pairwise

from followups.timeline import Mark, Timeline, counts_in

# One unit is a pixel at the size in which words are read; the frame scrolls where it is too wide.
STEP, DAY, LONGEST_STEP = 64, 1.4, 124
LEFT, RIGHT = 46, 46
KEPT_AT, ELSEWHERE_AT, WITH_NOTICE_AT, MISSED_AT = 54, 84, 110, 136
HEIGHT = 204
# So much longer than a week, and it is a gap to speak of.
GAP_DAYS = 10
SHAPES = {"kept": "circle", "without_notice": "diamond", "with_notice": "square", "elsewhere": "ring"}


@dataclass(frozen=True, kw_only=True)
class Point:
    """One mark with its place."""

    mark: Mark
    x: int
    y: int
    shape: str
    is_of_the_pattern: bool


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Days without a session, between two that were kept, or until today."""

    x: int
    width: int
    middle: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the template draws."""

    timeline: Timeline
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    line: str  # the points of the line through what was kept and missed
    width: int
    height: int = HEIGHT


def picture_of(timeline: Timeline) -> Picture | None:
    """None where there is nothing to show."""
    if not timeline.marks:
        return None
    points = _points(timeline)
    width = points[-1].x + RIGHT + (STEP if timeline.days_since_kept else 0)
    through = [point for point in points if point.shape != SHAPES["elsewhere"]]
    return Picture(
        timeline=timeline,
        points=points,
        gaps=_gaps(points, timeline, width),
        line=" ".join(f"{point.x},{point.y}" for point in through),
        width=width,
    )


def _points(timeline: Timeline) -> tuple[Point, ...]:
    places = [LEFT]
    for before, after in pairwise(timeline.marks):
        apart = (after.on - before.on).days
        places.append(places[-1] + min(LONGEST_STEP, STEP + round(max(0, apart - 7) * DAY)))
    return tuple(
        Point(
            mark=mark,
            x=x,
            y=_height_of(mark),
            shape=SHAPES[_lane(mark)],
            is_of_the_pattern=counts_in(timeline.pattern, mark),
        )
        for mark, x in zip(timeline.marks, places, strict=True)
    )


def _lane(mark: Mark) -> str:
    if mark.is_kept:
        return "kept"
    if mark.is_without_notice:
        return "without_notice"
    return "with_notice" if mark.is_with_notice else "elsewhere"


def _height_of(mark: Mark) -> int:
    lanes = {"kept": KEPT_AT, "without_notice": MISSED_AT, "with_notice": WITH_NOTICE_AT}
    return lanes.get(_lane(mark), ELSEWHERE_AT)


def _gaps(points: tuple[Point, ...], timeline: Timeline, width: int) -> tuple[Gap, ...]:
    kept = [point for point in points if point.mark.is_kept]
    found = [
        _gap(before.x, after.x, after.mark.gap_days)
        for before, after in pairwise(kept)
        if after.mark.gap_days and after.mark.gap_days >= GAP_DAYS
    ]
    if kept and timeline.days_since_kept and timeline.days_since_kept >= GAP_DAYS:
        found.append(_gap(kept[-1].x, width - 8, timeline.days_since_kept))
    return tuple(found)


def _gap(begins: int, ends: int, days: int) -> Gap:
    return Gap(x=begins, width=ends - begins, middle=(begins + ends) // 2, days=days)
