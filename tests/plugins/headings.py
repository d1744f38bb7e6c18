"""Every page that a test opens is one that somebody can find their way in by its headings."""

import re
from typing import Any

from django.test import Client

_HEADING = re.compile(rb"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


class ReadByHeadings(Client):
    """A browser that looks at each whole page as a screen reader's list of headings does."""

    def request(self, **request: Any) -> Any:
        """The answer; what axe calls `heading-order`, also of pages that no browser test opens."""
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            skipped = _skipped(response)
            assert not skipped, f"{request['PATH_INFO']} skips a level before: {skipped}"
        return response


def _skipped(response: Any) -> list[str]:
    """The headings that stand more than one level below the one before."""
    if b"<main" not in response.content:
        return []  # a part of a page
    above, skipped = 0, []
    for level, words in _HEADING.findall(response.content):
        if above and int(level) > above + 1:
            skipped.append(re.sub(r"<[^>]+>", "", words.decode()).strip())
        above = int(level)
    return skipped
