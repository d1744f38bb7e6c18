"""Whatever is sent, the API answers; a fault of ours is never the answer."""

import json
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test import Client as Browser
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok

from accounts.models import User
from config.docs import described
from tests.access_table import API
from tests.addresses import Things, named_things, path_of, things

__all__ = ["named_things", "things"]  # the fixtures
SCHEMA = schemathesis.openapi.from_dict(described())
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok()
    for found in SCHEMA.get_all_operations()
    if isinstance(found, Ok)
}
EXAMPLES = 5


@pytest.fixture
def desk_browser(desk: User) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(desk)
    return browser


def test_every_operation_is_drawn() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in described()["paths"].values())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_input_makes_the_api_fail(name: str, desk_browser: Browser, things: Things) -> None:
    """Drawn from the schema, on real records: the addresses name things that exist."""
    operation = OPERATIONS[name]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: Any) -> None:
        sent = "" if case.body is NOT_SET or case.body is None else json.dumps(case.body, default=str)
        path = _address(operation.path, things)
        with transaction.atomic():
            answer = desk_browser.generic(
                case.method, path, sent, "application/json", query_params=_query(case.query)
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500, (case.method, path, case.query, sent)

    holds()


def _address(template: str, things: Things) -> str:
    """The address with a record that is there."""
    sample = template.replace("{public_id}", "00000000-0000-4000-8000-000000000000")
    sample = sample.replace("{purpose}", "appointments").replace("{day}", "2036-12-25")
    sample = sample.replace("{code}", "childcare")
    name = resolve(sample).view_name
    return path_of(next(route for route in API if route.name == name), things)


def _query(query: Any) -> dict[str, Any]:
    return {key: value for key, value in (query or {}).items() if value is not None}
