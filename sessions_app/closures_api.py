"""Addresses of the API for days on which a place is shut."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import SEES_CLIENTS, staff
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from sessions_app.access import closed_days_from, get_closure, get_location, sessions_visible_to
from sessions_app.models import Closure, TherapySession
from sessions_app.services import close_day, reopen_day, sessions_of_closure

DAY = OpenApiParameter("day", str, OpenApiParameter.PATH, description="A local day, such as 2026-12-25.")


class ClosureSerializer(serializers.ModelSerializer[Closure]):
    """One closed day of one place."""

    location = serializers.UUIDField(source="location.public_id", read_only=True)

    class Meta:
        model = Closure
        fields = ("location", "on", "reason")


class ClosureShape(serializers.Serializer[Any]):
    """Why a place is shut; for staff, never in a message."""

    reason = serializers.CharField(max_length=80, default="", allow_blank=True)


class ClosedDaySerializer(serializers.Serializer[Any]):
    """What closing a day means or did: how many sessions, and which of them the reader may see."""

    location = serializers.UUIDField()
    on = serializers.DateField()
    is_closed = serializers.BooleanField()
    count = serializers.IntegerField(help_text="Sessions called off, or that would be.")
    sessions = serializers.ListField(child=serializers.UUIDField(), help_text="Those that you may see.")


class Closures(ResourceList):
    """Days on which a place is shut, from today on."""

    reads: ClassVar[tuple[May, ...]] = (*SEES_CLIENTS, May.CLOSE_PLACES)
    serializer_class = ClosureSerializer

    def rows(self, person: User) -> QuerySet[Closure]:
        return closed_days_from(get_practice().today(timezone.now()))

    @extend_schema(operation_id="closures_list", summary="Days on which a place is shut, from today on")
    def get(self, request: Request) -> Response:
        return self.list(request)


class ClosedDay(Resource):
    """One day of one place: what closing it would call off, closing it, opening it again."""

    reads: ClassVar[tuple[May, ...]] = (May.CLOSE_PLACES,)
    writes: ClassVar[tuple[May, ...]] = (May.CLOSE_PLACES,)

    @extend_schema(
        operation_id="closures_preview",
        summary="What closing this day would call off",
        parameters=[DAY],
        responses=ClosedDaySerializer,
    )
    def get(self, request: Request, public_id: UUID, day: str) -> Response:
        place, on = get_location(public_id), _day(day)
        affected = list(sessions_of_closure(location=place, on=on, now=timezone.now()))
        is_closed = closed_days_from(on).filter(location=place, on=on).exists()
        return Response(_told(staff(request), public_id, on, affected, is_closed=is_closed))

    @extend_schema(
        operation_id="closures_close",
        summary="Shut a place for a day",
        description="Its sessions are called off by the practice; everybody is told once.",
        parameters=[DAY],
        request=ClosureShape,
        responses=ClosedDaySerializer,
    )
    def put(self, request: Request, public_id: UUID, day: str) -> Response:
        person, place, on = staff(request), get_location(public_id), _day(day)
        reason = shape(ClosureShape, request)["reason"]
        off = close_day(location=place, on=on, reason=reason, actor=person, now=timezone.now())
        return Response(_told(person, public_id, on, off.cancelled, is_closed=True))

    @extend_schema(
        operation_id="closures_reopen",
        summary="The place is open that day after all",
        description="Sessions that were called off stay so.",
        parameters=[DAY],
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID, day: str) -> Response:
        person = staff(request)
        reopen_day(closure=get_closure(person, public_id, _day(day)), actor=person)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _day(text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= on.year <= 2100:
        raise Http404
    return on


def _told(
    person: User, place: UUID, on: date, sessions: list[TherapySession], *, is_closed: bool
) -> dict[str, Any]:
    visible = sessions_visible_to(person).filter(pk__in=[one.pk for one in sessions])
    seen = list(visible.order_by("starts_at", "pk").values_list("public_id", flat=True))
    log_view(user=person, kind="session", public_ids=seen)
    told = {"location": place, "on": on, "is_closed": is_closed, "count": len(sessions), "sessions": seen}
    return dict(ClosedDaySerializer(told).data)


urlpatterns: list[Any] = [
    path("closures/", Closures.as_view(), name="closures"),
    path("locations/<uuid:public_id>/closures/<slug:day>/", ClosedDay.as_view(), name="closed-day"),
]
