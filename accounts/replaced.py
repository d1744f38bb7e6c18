"""A record that another took the place of: its old address leads there."""

from uuid import UUID

from django.http import Http404


class Replaced(Http404):
    """Raised in the place of a 404 for who may see the record that stands instead."""

    def __init__(self, old: UUID, new: UUID) -> None:
        super().__init__()
        self.old = old
        self.new = new

    def address(self, path: str) -> str:
        """The same address for the record that stands; empty where the old one does not stand in it."""
        return path.replace(str(self.old), str(self.new)) if str(self.old) in path else ""
