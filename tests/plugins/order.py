"""Long files first: the last worker is then not left alone with one of them at the end."""

import pytest

# The first of these that a file's tests bear; those that bear none come last.
LONGEST_FIRST = ("slow", "worker", "browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order files by their marks, and leave the tests of each file in their own order."""
    rank_of_file: dict[str, int] = {}
    for item in items:
        path = str(item.path)
        rank_of_file[path] = min(rank_of_file.get(path, len(LONGEST_FIRST)), _rank(item))
    items.sort(key=lambda item: rank_of_file[str(item.path)])


def _rank(item: pytest.Item) -> int:
    found = (n for n, mark in enumerate(LONGEST_FIRST) if item.get_closest_marker(mark))
    return next(found, len(LONGEST_FIRST))
