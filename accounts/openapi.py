"""What the API's description says beyond the views: how one signs in, and how it refuses."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from accounts.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library ships no types
    """How the schema describes the key."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "API key"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def document_problems(result: dict[str, Any], generator: Any, request: Any, public: Any) -> dict[str, Any]:
    """Tell the schema that any operation may answer with a problem."""
    reference = {"$ref": "#/components/schemas/Problem"}
    answer = {"description": "Refused", "content": {MEDIA_TYPE: {"schema": reference}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = answer
    schemas = result["components"].setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM_SCHEMA
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Stable name of the problem."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do about it, in plain words."},
        "errors": {
            "type": "object",
            "description": "By field, where fields are to blame.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
