"""Addresses of the API for what missing sessions costs somebody, as their clinicians see it."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.permissions import staff
from accounts.resources import Reference, ResourceList, shape
from accounts.roles import May
from clients.access import cases_visible_to, clients_visible_to, consequences_readable_by
from clients.models import Consequence
from clients.serializers import PersonSerializer
from followups.consequences import note_consequences


class ConsequenceSerializer(serializers.ModelSerializer[Consequence]):
    """One thing that missing sessions costs somebody; for their clinicians and supervisors."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    case = serializers.UUIDField(source="case.public_id")
    noted_by = serializers.CharField(source="noted_by.name")

    class Meta:
        model = Consequence
        fields = ("id", "client", "case", "kind", "words", "noted_at", "noted_by")


class ConsequencesShape(serializers.Serializer[Any]):
    """One or several of them, with words that belong to each."""

    client = Reference(clients_visible_to)
    case = Reference(cases_visible_to)
    kinds = serializers.MultipleChoiceField(choices=Consequence.Kind.choices, allow_empty=False)
    words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class ConsequenceFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which of them a list shows."""

    client = django_filters.UUIDFilter(field_name="client__public_id", label="Of this person.")
    case = django_filters.UUIDFilter(field_name="case__public_id", label="In this case.")

    class Meta:
        model = Consequence
        fields = ()


class Consequences(ResourceList):
    """What missing sessions costs the clients of one's caseload or team, the latest first."""

    reads: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    writes: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    log_kind = "consequence"
    serializer_class = ConsequenceSerializer
    filterset_class = ConsequenceFilter

    def rows(self, person: User) -> QuerySet[Consequence]:
        return consequences_readable_by(person).select_related("case")

    @extend_schema(operation_id="consequences_list", summary="What missing sessions costs your clients")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="consequences_note",
        summary="Note what missing sessions costs somebody",
        description="Isolation or hopelessness opens the wellbeing check at once.",
        request=ConsequencesShape,
        responses={201: ConsequenceSerializer(many=True)},
    )
    def post(self, request: Request) -> Response:
        sent = shape(ConsequencesShape, request)
        kinds = sorted(sent.pop("kinds"))
        noted = note_consequences(**sent, kinds=kinds, actor=staff(request), now=timezone.now())
        return Response(ConsequenceSerializer(noted, many=True).data, status=status.HTTP_201_CREATED)


urlpatterns: list[Any] = [path("consequences/", Consequences.as_view(), name="consequences")]
