"""The API's description: complete, valid, and true to what is answered."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

pytestmark = pytest.mark.django_db


def drawn() -> dict[str, Any]:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


def test_the_schema_has_no_warnings() -> None:
    written = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)
    assert "/api/v1/sessions/" in written.getvalue()


def test_every_operation_has_a_summary_and_says_how_it_refuses() -> None:
    schema = drawn()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), f"{method} {path}"
            assert "default" in operation["responses"], f"{method} {path}"


def test_no_integer_key_is_ever_shown() -> None:
    """A property called id, or one that refers to a record, is a UUID."""
    schema = drawn()
    for name, component in schema["components"]["schemas"].items():
        properties = component.get("properties", {})
        assert "pk" not in properties, name
        assert not [field for field in properties if field.endswith("_id") and field != "external_id"], name
        if "id" in properties:
            assert properties["id"]["format"] == "uuid", name
