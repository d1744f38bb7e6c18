"""What a press is answered with: one toast, at once or on the page that a plain form leads to, and its way back."""

import json
from dataclasses import dataclass, field

from django.contrib import messages

from dashboard.pages import StaffRequest


@dataclass(frozen=True, kw_only=True)
class Said:
    """One toast: what was done, or why not; and where it can be taken back."""

    text: str
    tone: str = "success"
    undo: str = ""
    # What the way back is sent with, so that it undoes this press, never a colleague's after it.
    undo_fields: list[tuple[str, str]] = field(default_factory=list)


def say_on_next_page(request: StaffRequest, said: Said) -> None:
    """Without script the toast waits for the page, and its way back with it."""
    level = messages.SUCCESS if said.tone == "success" else messages.WARNING
    way_back = json.dumps({"url": said.undo, "fields": said.undo_fields}) if said.undo else ""
    messages.add_message(request, level, said.text, extra_tags=way_back)
