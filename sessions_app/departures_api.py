"""Addresses of the API for those who leave the practice, and for a death."""

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
from accounts.services import get_practice
from clients.access import get_client
from clients.models import Client
from sessions_app.models import Participant
from sessions_app.serializers import ParticipantSerializer
from sessions_app.services import leave_practice, record_death, return_to_practice


class DepartureShape(serializers.Serializer[Any]):
    """Since when."""

    on = serializers.DateField()

    def validate_on(self, on: Any) -> Any:
        if on > get_practice().today(timezone.now()):
            raise serializers.ValidationError("This day is still to come.")
        return on


class DepartureSerializer(serializers.Serializer[Any]):
    """Somebody who is gone, and what that freed."""

    client = serializers.UUIDField()
    left_on = serializers.DateField(allow_null=True)
    died_on = serializers.DateField(allow_null=True)
    freed = ParticipantSerializer(many=True)


class ClientDeparture(Resource):
    """Leaving the practice: what lies ahead of them is freed; their cases stay open."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="clients_leave",
        summary="They leave the practice",
        description="What lies ahead of them is freed. Look at their sessions first: nothing asks again.",
        request=DepartureShape,
        responses=DepartureSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        on = shape(DepartureShape, request)["on"]
        freed = leave_practice(client=client, on=on, actor=person, now=timezone.now())
        return _gone(client, freed)

    @extend_schema(
        operation_id="clients_return",
        summary="They are back, or it was entered by mistake",
        description="Times that were freed have to be booked again.",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        return _returned(request, public_id)


class ClientDeath(Resource):
    """A death: everything to them falls silent in the same transaction."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="clients_record_death",
        summary="They have died",
        description="A partner's or a group's sessions stand; their clinician decides what to tell whom.",
        request=DepartureShape,
        responses=DepartureSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        on = shape(DepartureShape, request)["on"]
        return _gone(client, record_death(client=client, on=on, actor=person, now=timezone.now()))

    @extend_schema(
        operation_id="clients_record_death_undo",
        summary="It was entered by mistake",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        return _returned(request, public_id)


def _returned(request: Request, public_id: UUID) -> Response:
    person = staff(request)
    return_to_practice(client=get_client(person, public_id, write=True), actor=person)
    return Response(status=status.HTTP_204_NO_CONTENT)


def _gone(client: Client, freed: list[Participant]) -> Response:
    client.refresh_from_db()
    told = {
        "client": client.public_id,
        "left_on": client.left_on,
        "died_on": client.died_on,
        "freed": freed,
    }
    return Response(DepartureSerializer(told).data)


ONE = "clients/<uuid:public_id>/"
urlpatterns: list[Any] = [
    path(f"{ONE}departure/", ClientDeparture.as_view(), name="client-departure"),
    path(f"{ONE}death/", ClientDeath.as_view(), name="client-death"),
]
