"""Draws how well understood each felt, and their own progress, over the sessions together: plain SVG coordinates.

No script and no style: the classes are the style sheet's, and the table beside it says the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.formats import date_format

from attendance.models import HIGHEST
from attendance.together import Course, Point

WIDE, HIGH, LEFT, TOP = 380, 150, 24, 12
GROUND = HIGH - 26
SHAPE = 4.5


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One answer in the picture."""

    x: float
    y: float
    value: int

    @property
    def corner(self) -> tuple[float, float]:
        """Where a square of the same size begins."""
        return round(self.x - SHAPE, 1), round(self.y - SHAPE, 1)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One of the two answers over time."""

    marks: list[Mark]

    @property
    def points(self) -> str:
        return " ".join(f"{one.x},{one.y}" for one in self.marks)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One person's picture with its table."""

    name: str
    understanding: Line
    progress: Line
    days: list[tuple[float, str]]
    rows: tuple[Point, ...]
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    ground: int = GROUND
    top: int = TOP


def picture_of(course: Course) -> Picture:
    """The course of one person as a picture."""
    places = _places(len(course.points))
    return Picture(
        name=course.name,
        understanding=_line(course.points, places, lambda point: point.understanding),
        progress=_line(course.points, places, lambda point: point.progress),
        days=[
            (x, date_format(point.at, "j M"))
            for x, point in _named(list(zip(places, course.points, strict=True)))
        ],
        rows=course.points,
    )


def pictures_of(courses: Iterable[Course]) -> list[Picture]:
    """One for each person: theirs is beside nobody else's."""
    return [picture_of(course) for course in courses]


def _places(count: int) -> list[float]:
    step = (WIDE - LEFT - 36) / max(count - 1, 1)
    return [round(LEFT + 12 + n * step, 1) for n in range(count)]


def _line(points: Iterable[Point], places: list[float], answer: Callable[[Point], int | None]) -> Line:
    answered = [(x, answer(point)) for x, point in zip(places, points, strict=True)]
    return Line(
        marks=[Mark(x=x, y=_height(value), value=value) for x, value in answered if value is not None]
    )


def _height(value: int) -> float:
    return round(GROUND - (GROUND - TOP) * value / HIGHEST, 1)


def _named(days: list[tuple[float, Point]]) -> list[tuple[float, Point]]:
    """First and last, and those between as long as they have room."""
    return days if len(days) <= 8 else [days[0], days[-1]]
