"""Addresses of the API for a step of what was agreed with somebody who is missing."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import staff
from accounts.resources import Resource, shape
from accounts.roles import May
from attendance.access import get_fallback_use, get_missing
from attendance.falling_back import meet_otherwise, take_agreed_time, undo_agreed_time
from attendance.models import FallbackStep, FallbackUse


class FallbackSerializer(serializers.ModelSerializer[FallbackUse]):
    """A step that was taken."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = FallbackUse
        fields = ("id", "step", "used_at", "undone_at")


class FallbackShape(serializers.Serializer[Any]):
    """Which step; for another time which of those that were agreed on."""

    step = serializers.ChoiceField(choices=FallbackStep.choices)
    starts_at = serializers.DateTimeField(allow_null=True, default=None)

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if (sent["step"] == FallbackStep.OTHER_TIME) != (sent["starts_at"] is not None):
            raise serializers.ValidationError({"starts_at": "Another time needs one, and nothing else does."})
        return sent


class Fallback(Resource):
    """One step of what was agreed with one who is missing."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="fallbacks_take",
        summary="Take a step that was agreed on",
        description="Refused (422) before the time one waits, and where nothing of the kind was agreed.",
        request=FallbackShape,
        responses={201: FallbackSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person, now = staff(request), timezone.now()
        participant = get_missing(person, public_id)
        sent = shape(FallbackShape, request)
        if sent["starts_at"]:
            use = take_agreed_time(
                participant=participant, starts_at=sent["starts_at"], actor=person, now=now
            )
        else:
            step = FallbackStep(sent["step"])
            use = meet_otherwise(participant=participant, step=step, actor=person, now=now)
        return Response(FallbackSerializer(use).data, status=status.HTTP_201_CREATED)


class OneFallback(Resource):
    """A step that was taken."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="fallbacks_undo",
        summary="Take an agreed time back, before anybody is told",
        request=None,
        responses=FallbackSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        use = get_fallback_use(person, public_id)
        undone = undo_agreed_time(use=use, actor=person, now=timezone.now())
        return Response(FallbackSerializer(undone).data)


urlpatterns: list[Any] = [
    path("participants/<uuid:public_id>/fallback/", Fallback.as_view(), name="participant-fallback"),
    path("fallbacks/<uuid:public_id>/", OneFallback.as_view(), name="fallback"),
]
