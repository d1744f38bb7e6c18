"""Addresses of the API for strategies agreed on with clients, with attendance before and since."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import ClinicalResource, Reference, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from attendance.before_since import BeforeSince, before_and_since
from clients.access import (
    agreed_strategies_readable_by,
    cases_visible_to,
    clients_visible_to,
    get_agreed_strategy,
    strategies,
)
from clients.agreeing import Agreement, agree_on_strategy, end_strategy, take_up_strategy
from clients.models import AgreedStrategy
from clients.serializers import PersonSerializer


def _strategies_for(_user: User) -> Any:
    return strategies()


class StretchSerializer(serializers.Serializer[Any]):
    """How often somebody came, of the times that they were expected."""

    came = serializers.IntegerField()
    expected = serializers.IntegerField()


class BeforeSinceSerializer(serializers.Serializer[Any]):
    """Two stretches of as many days."""

    days = serializers.IntegerField()
    before = StretchSerializer()
    since = StretchSerializer()


class AgreedStrategySerializer(serializers.ModelSerializer[AgreedStrategy]):
    """What was agreed on with a client; for their clinicians and supervisors."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    case = serializers.UUIDField(source="case.public_id")
    strategy = serializers.UUIDField(source="strategy.public_id", allow_null=True, default=None)
    name = serializers.CharField()
    attendance = serializers.SerializerMethodField(help_text="Before and since, always with counts.")

    class Meta:
        model = AgreedStrategy
        fields = (
            "id", "client", "case", "strategy", "name", "what", "timing", "agreed_by", "agreed_on",
            "client_words", "ended_on", "ended_because", "attendance",
        )  # fmt: skip

    @extend_schema_field(BeforeSinceSerializer)
    def get_attendance(self, agreed: AgreedStrategy) -> Any:
        measured: dict[int, BeforeSince] = self.context["measured"]
        return BeforeSinceSerializer(measured[agreed.pk]).data


class AgreementShape(serializers.Serializer[Any]):
    """What was agreed on: a strategy, or `what` in its place or beside it."""

    client = Reference(clients_visible_to)
    case = Reference(cases_visible_to)
    strategy = Reference(_strategies_for, allow_null=True, default=None)
    what = serializers.CharField(default="", allow_blank=True, max_length=200)
    timing = serializers.ChoiceField(choices=AgreedStrategy.Timing.choices)
    agreed_by = serializers.ChoiceField(
        choices=AgreedStrategy.AgreedBy.choices, default=AgreedStrategy.AgreedBy.CLIENT.value
    )
    agreed_on = serializers.DateField()
    client_words = serializers.CharField(default="", allow_blank=True, max_length=4000)


class AgreementEndShape(serializers.Serializer[Any]):
    """Until when it held, and what came of it."""

    ended_on = serializers.DateField()
    because = serializers.CharField(default="", allow_blank=True, max_length=200)


class AgreementFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which agreements a list shows."""

    open = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="In force.")
    client = django_filters.UUIDFilter(field_name="client__public_id", label="With this person.")
    case = django_filters.UUIDFilter(field_name="case__public_id", label="In this case.")

    class Meta:
        model = AgreedStrategy
        fields = ()


def _measured(agreed: Sequence[AgreedStrategy]) -> dict[str, Any]:
    return {"measured": before_and_since(agreed, now=timezone.now(), zone=get_practice().zone)}


def _shown(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    agreed = get_agreed_strategy(person, public_id)
    return Response(AgreedStrategySerializer(agreed, context=_measured([agreed])).data, status=code)


class AgreedStrategies(ResourceList):
    """What was agreed on with the clients of one's caseload or team."""

    reads: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    writes: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    log_kind = "agreed_strategy"
    serializer_class = AgreedStrategySerializer
    filterset_class = AgreementFilter

    def rows(self, person: User) -> QuerySet[AgreedStrategy]:
        return agreed_strategies_readable_by(person)

    def shown(self, rows: Sequence[Any]) -> Any:
        return AgreedStrategySerializer(rows, many=True, context=_measured(rows)).data

    @extend_schema(operation_id="agreed_strategies_list", summary="What was agreed on with clients")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="agreed_strategies_agree",
        summary="Hold what was agreed on",
        request=AgreementShape,
        responses={201: AgreedStrategySerializer},
    )
    def post(self, request: Request) -> Response:
        person, now = staff(request), timezone.now()
        sent = shape(AgreementShape, request)
        client, case = sent.pop("client"), sent.pop("case")
        agreed = agree_on_strategy(
            case=case,
            client=client,
            agreement=Agreement(**sent),
            actor=person,
            now=now,
            today=get_practice().today(now),
        )
        return _shown(person, agreed.public_id, code=status.HTTP_201_CREATED)


class OneAgreedStrategy(ClinicalResource):
    """One agreement."""

    @extend_schema(
        operation_id="agreed_strategies_read", summary="One agreement", responses=AgreedStrategySerializer
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        answer = _shown(staff(request), public_id)
        log_view(user=staff(request), kind="agreed_strategy", public_ids=[public_id])
        return answer


class AgreedStrategyEnding(ClinicalResource):
    """It does not hold any more, or holds after all."""

    @extend_schema(
        operation_id="agreed_strategies_end",
        summary="It does not hold any more",
        request=AgreementEndShape,
        responses=AgreedStrategySerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        agreed = get_agreed_strategy(person, public_id)
        sent = shape(AgreementEndShape, request)
        today = get_practice().today(timezone.now())
        end_strategy(agreed=agreed, on=sent["ended_on"], because=sent["because"], actor=person, today=today)
        return _shown(person, public_id)

    @extend_schema(
        operation_id="agreed_strategies_take_up",
        summary="It holds after all",
        request=None,
        responses=AgreedStrategySerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        take_up_strategy(agreed=get_agreed_strategy(person, public_id), actor=person)
        return _shown(person, public_id)


urlpatterns: list[Any] = [
    path("agreed-strategies/", AgreedStrategies.as_view(), name="agreed-strategies"),
    path("agreed-strategies/<uuid:public_id>/", OneAgreedStrategy.as_view(), name="agreed-strategy"),
    path(
        "agreed-strategies/<uuid:public_id>/ending/",
        AgreedStrategyEnding.as_view(),
        name="agreed-strategy-ending",
    ),
]
