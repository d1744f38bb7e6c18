"""Names what the whole suite stands on; the cast of people is in tests/conftest.py."""

pytest_plugins = [
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.processes",
    "tests.plugins.desks",
    "tests.plugins.everybody",
    "tests.plugins.laying",
    "tests.plugins.order",
    "tests.plugins.sockets",
]
