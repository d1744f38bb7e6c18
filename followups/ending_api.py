"""The address of the API for closing a case, and taking that back."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import staff
from accounts.resources import ClinicalResource, Resource, shape
from accounts.roles import May
from clients.access import get_case, get_member
from clients.models import Case
from followups.ending import close_case, leave_case, reopen_case
from followups.serializers import ReasonShape


class CaseEndSerializer(serializers.ModelSerializer[Case]):
    """Whether treatment has ended, and why."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Case
        fields = ("id", "closed_on", "closed_because")


class CaseClosure(ClinicalResource):
    """Treatment ends, or goes on after all; for the case's clinicians and their supervisors."""

    @extend_schema(
        operation_id="cases_close",
        summary="Close a case",
        description=(
            "Refused (422) while sessions are booked or not recorded, or a follow-up stands open. "
            "Nothing ever closes a case by itself."
        ),
        request=ReasonShape,
        responses=CaseEndSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        case = get_case(person, public_id, write=True)
        because = shape(ReasonShape, request)["because"]
        closed = close_case(case=case, because=because, actor=person, now=timezone.now())
        return Response(CaseEndSerializer(closed).data)

    @extend_schema(
        operation_id="cases_reopen",
        summary="Treatment goes on",
        request=None,
        responses=CaseEndSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        case = get_case(person, public_id, write=True)
        return Response(CaseEndSerializer(reopen_case(case=case, actor=person)).data)


class OneMembership(Resource):
    """One person's place in a case."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="cases_end_membership",
        summary="They leave this case",
        description=(
            "Their other cases stay. Refused (422) while somebody worries about them, and for who stopped "
            "coming and was not heard since."
        ),
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        member = get_member(person, public_id, write=True)
        leave_case(member=member, actor=person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


urlpatterns: list[Any] = [
    path("cases/<uuid:public_id>/closure/", CaseClosure.as_view(), name="case-closure"),
    path("members/<uuid:public_id>/", OneMembership.as_view(), name="membership"),
]
