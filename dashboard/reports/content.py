"""One report as it is put together: who may open it, and what stands on its page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from accounts.roles import May
from dashboard.reports.asking import Asked
from dashboard.reports.saying import Saying
from dashboard.reports.tables import Table, Words


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure to see at a glance, with what it stands on."""

    label: Words
    value: str
    of: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What stands on a report's page."""

    tables: Sequence[Table]
    saying: Saying | None = None
    figures: Sequence[Figure] = field(default_factory=tuple)
    notes: Sequence[Words] = field(default_factory=tuple)  # what is not in these figures


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report; `slug` is its part of the address."""

    slug: str
    title: Words
    permissions: tuple[May, ...]
    build: Callable[[Asked], Content]

    @property
    def is_clinical(self) -> bool:
        """Of what stands behind the wall: never wider than what one leads or supervises."""
        return May.SEE_CLINICAL_WORDS in self.permissions

    @property
    def url_name(self) -> str:
        return f"report-{self.slug}"
