"""Says what went wrong in the API's one form (RFC 9457), in words that a person can act on."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.replaced import Replaced

MEDIA_TYPE = "application/problem+json"
# The caller did nothing wrong, but the facts have changed: look again, then decide.
CONFLICTS = ("slot_taken", "stale")
WORDS = {
    HTTPStatus.BAD_REQUEST: ("Not understood", "The request is not well-formed JSON."),
    HTTPStatus.UNAUTHORIZED: ("Not signed in", "Send your API key: Authorization: Bearer <key>."),
    HTTPStatus.FORBIDDEN: ("Not allowed", "Your role does not include this. A practice admin can change it."),
    HTTPStatus.NOT_FOUND: ("Not found", "There is nothing here, or it is not yours to see."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Not offered", "This address does not take that method."),
    HTTPStatus.CONFLICT: ("Changed meanwhile", ""),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("Please check", "Some of what was sent cannot be taken as it is."),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too fast", "Please wait a little, then go on."),
}


def respond_with_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The response for a refusal; None for what is a fault of ours, which is then reported as one."""
    if isinstance(error, ValidationError):
        return _refused_by_service(error)
    if isinstance(error, Replaced):
        return _replaced(error, context["request"])
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        return _refused_by_shape(error)
    status = HTTPStatus(response.status_code)
    problem = _problem(status, code=_code(error), detail=_detail(error))
    return _response(problem, headers=response.headers)


def _replaced(error: Replaced, request: Request) -> Response:
    """Reading leads on to the record that stands; what was to be written is decided anew."""
    address = error.address(request.get_full_path())
    if address and request.method in ("GET", "HEAD"):
        return Response(None, status=HTTPStatus.TEMPORARY_REDIRECT, headers={"Location": address})
    detail = f"This record was merged with another one of the same person: {error.new}."
    return _response(_problem(HTTPStatus.CONFLICT, code="replaced", detail=detail))


def _refused_by_service(error: ValidationError) -> Response:
    """A verb's kind sentence: 409 where the facts moved under the caller, else 422."""
    codes = {part.code for part in error.error_list} if hasattr(error, "error_list") else set()
    conflict = next((code for code in CONFLICTS if code in codes), "")
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    if not hasattr(error, "error_dict"):
        return _response(_problem(status, code=conflict, detail=" ".join(error.messages)))
    fields = dict(error.message_dict)
    general = fields.pop(NON_FIELD_ERRORS, [])
    return _response(_problem(status, detail=" ".join(general), errors=fields))


def _refused_by_shape(error: exceptions.ValidationError) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not isinstance(error.detail, dict):
        return _response(_problem(status, detail=" ".join(_flat(error.detail))))
    fields = {name: _flat(why) for name, why in error.detail.items()}
    general = fields.pop("non_field_errors", [])
    return _response(_problem(status, detail=" ".join(general), errors=fields))


def _flat(detail: Any) -> list[str]:
    """Sentences of nested errors, in order; which row of a list is named by its number."""
    if isinstance(detail, dict):
        return [f"{name}: {text}" for name, inner in detail.items() for text in _flat(inner)]
    if isinstance(detail, list):
        return [text for inner in detail for text in _flat(inner)]
    return [str(detail)]


def _problem(
    status: HTTPStatus, *, code: str = "", detail: str = "", errors: Mapping[str, list[str]] | None = None
) -> dict[str, Any]:
    title, usual = WORDS.get(status, (status.phrase, ""))
    name = code or status.name.lower()
    problem: dict[str, Any] = {
        "type": f"urn:kept:problem:{name.replace('_', '-')}",
        "title": title,
        "status": status.value,
        "detail": detail or usual,
    }
    if errors:
        problem["errors"] = errors
    return problem


def _response(problem: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    kept = {
        name: value for name, value in (headers or {}).items() if name in ("WWW-Authenticate", "Retry-After")
    }
    return Response(problem, status=problem["status"], headers=kept, content_type=MEDIA_TYPE)


def _code(error: Exception) -> str:
    """Only the reasons that a caller can tell apart have a name of their own."""
    return "key_refused" if isinstance(error, exceptions.AuthenticationFailed) else ""


def _detail(error: Exception) -> str:
    if isinstance(error, (Http404, PermissionDenied, exceptions.NotAuthenticated, exceptions.Throttled)):
        return ""
    if isinstance(error, exceptions.APIException) and isinstance(error.detail, str):
        return str(error.detail)
    return ""
