"""What a report to the court holds, in words."""

from collections.abc import Iterable

from clients.models import DisclosurePart


def labels_of(parts: Iterable[str]) -> str:
    """The parts of a report, with commas."""
    return ", ".join(str(DisclosurePart(part).label) for part in parts)
