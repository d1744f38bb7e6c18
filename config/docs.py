"""The API's description as a page to read: plain HTML, since ours allows no inline script or style."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class Value:
    """A field of a body, or a parameter of an address."""

    name: str
    kind: str
    component: str  # the shape that it refers to; empty for a plain value
    choices: tuple[str, ...]
    is_required: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A body with its fields."""

    name: str
    note: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    note: str
    parameters: tuple[Value, ...]
    sends: str
    answers: tuple[tuple[str, str], ...]  # status, shape


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Everything that the API offers; it names no client, so anybody may read it."""
    schema = described()
    return render(request, "api/docs.html", {"groups": groups_of(schema), "shapes": shapes_of(schema)})


@cache
def described() -> Schema:
    """The description, drawn once: it does not change while the program runs."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # the library ships few types
    drawn: Schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return drawn


def groups_of(schema: Schema) -> list[tuple[str, list[Operation]]]:
    """Operations by the first part of their address, in the order of the addresses."""
    tagged = [
        (operation["tags"][0], _operation(method, path, operation))
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]
    tagged.sort(key=lambda pair: pair[0])
    return [
        (tag.replace("-", " ").capitalize(), [operation for _, operation in pairs])
        for tag, pairs in groupby(tagged, key=lambda pair: pair[0])
    ]


def shapes_of(schema: Schema) -> list[Shape]:
    """The bodies that operations send and answer with."""
    components: dict[str, Schema] = schema["components"]["schemas"]
    return [
        Shape(
            name=name,
            note=component.get("description", ""),
            values=_properties(component, components),
        )
        for name, component in components.items()
        if component.get("type") == "object"
    ]


def _operation(method: str, path: str, operation: Schema) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = (
        (code, _answered(answer)) for code, answer in operation["responses"].items() if code != "default"
    )
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        note=operation.get("description", ""),
        parameters=tuple(_parameter(given) for given in operation.get("parameters", ())),
        sends=_component(body.get("schema", {})),
        answers=tuple(answers),
    )


def _answered(answer: Schema) -> str:
    content = answer.get("content", {})
    return next((_component(body.get("schema", {})) for body in content.values()), "")


def _parameter(given: Schema) -> Value:
    return _value(given["name"], given["schema"], given, is_required=given.get("required", False), known={})


def _properties(component: Schema, known: dict[str, Schema]) -> tuple[Value, ...]:
    required = component.get("required", ())
    return tuple(
        _value(name, described, described, is_required=name in required, known=known)
        for name, described in component.get("properties", {}).items()
    )


def _value(name: str, schema: Schema, noted: Schema, *, is_required: bool, known: dict[str, Schema]) -> Value:
    reference = _component(schema)
    target = known.get(reference, {})
    is_shape = target.get("type") == "object"
    return Value(
        name=name,
        kind=_kind(schema, known),
        component=reference if is_shape else "",
        choices=_choices(schema, known),
        is_required=is_required,
        # The framework lists choices in the description as well; they are shown once.
        note=noted.get("description", "").split("* `")[0].strip(),
    )


def _component(schema: Schema) -> str:
    """The name of the shape that a schema refers to, through lists and nullability."""
    for part in (schema, schema.get("items", {}), *schema.get("allOf", ()), *schema.get("oneOf", ())):
        if "$ref" in part:
            return str(part["$ref"].rpartition("/")[2])
    return ""


def _choices(schema: Schema, known: dict[str, Schema]) -> tuple[str, ...]:
    named = schema.get("enum") or known.get(_component(schema), {}).get("enum") or ()
    return tuple(str(choice) for choice in named if choice not in ("", None))


def _kind(schema: Schema, known: dict[str, Schema]) -> str:
    """A few words on the type: "list of uuid or null"."""
    if schema.get("type") == "array":
        inner = _kind(schema["items"], known)
        words = f"list of {inner}"
    elif _choices(schema, known):
        words = "one of"
    else:
        words = schema.get("format") or schema.get("type") or _component(schema) or "value"
    return f"{words} or null" if schema.get("nullable") else str(words)
