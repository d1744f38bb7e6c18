"""Addresses of the API for worries about somebody's wellbeing, and for the timeline of who missed several times."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import clinicians
from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import ClinicalResource, Reference, Resource, ResourceList, shape
from accounts.roles import May
from clients.access import cases_visible_to, clients_visible_to, require_clinical
from clients.serializers import PersonSerializer
from followups.access import get_follow_up, get_wellbeing_concern
from followups.models import Counted, MissPattern, PatternKind, WellbeingConcern
from followups.patterns import patterns_of_repeated
from followups.timeline import timeline_of
from followups.wellbeing import (
    finish_wellbeing_concern,
    open_concerns_of,
    raise_wellbeing_concern,
    take_wellbeing_concern,
)
from sessions_app.access import sessions_visible_to


class WellbeingConcernSerializer(serializers.ModelSerializer[WellbeingConcern]):
    """A worry, for the case's clinicians and their supervisors."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    case = serializers.UUIDField(source="case.public_id", read_only=True)
    follow_up = serializers.UUIDField(source="follow_up.public_id", read_only=True)
    state = serializers.ChoiceField(choices=["waiting", "escalated", "taken", "done"], read_only=True)
    raised_by = serializers.CharField(source="raised_by.name", read_only=True)
    asked = serializers.CharField(source="asked.name", read_only=True)
    escalated_to = serializers.CharField(source="escalated_to.name", allow_null=True, default=None)
    taken_by = serializers.CharField(source="taken_by.name", allow_null=True, default=None)

    class Meta:
        model = WellbeingConcern
        fields = (
            "id", "client", "case", "follow_up", "state", "words", "raised_at", "raised_by", "asked",
            "due_at", "escalated_at", "escalated_to", "taken_at", "taken_by", "done_at", "outcome",
        )  # fmt: skip


class RaisedSerializer(serializers.Serializer[Any]):
    """Whoever raised it learns whom it went to, and by when; not what it says."""

    asked = serializers.CharField(source="asked.name")
    due_at = serializers.DateTimeField()


def _colleagues_for(user: User) -> Any:
    return clinicians()


class WellbeingConcernShape(serializers.Serializer[Any]):
    """A worry about somebody."""

    client = Reference(clients_visible_to)
    case = Reference(cases_visible_to)
    words = serializers.CharField(max_length=4000)
    session = Reference(sessions_visible_to, allow_null=True, default=None)
    asked = Reference(_colleagues_for, allow_null=True, default=None)


class WellbeingOutcomeShape(serializers.Serializer[Any]):
    """What was done, and how they are."""

    outcome = serializers.CharField(max_length=4000)


class PatternSerializer(serializers.ModelSerializer[MissPattern]):
    """One way in which misses make a pattern."""

    kind = serializers.ChoiceField(choices=PatternKind.choices)
    counted = serializers.ChoiceField(choices=Counted.choices)

    class Meta:
        model = MissPattern
        fields = ("words", "kind", "counted", "times", "days", "percent", "of_last")


class TimelineMarkSerializer(serializers.Serializer[Any]):
    """One past session of the client's own timeline."""

    session = serializers.UUIDField(source="session.public_id")
    starts_at = serializers.DateTimeField()
    status = serializers.CharField()
    moved_from = serializers.DateField(allow_null=True)
    gap_days = serializers.IntegerField(allow_null=True, help_text="Since the session kept before.")
    barriers = serializers.ListField(child=serializers.CharField())


class TimelineSerializer(serializers.Serializer[Any]):
    """How somebody has been coming."""

    pattern = PatternSerializer(allow_null=True, help_text="In which they stand now.")
    kept = serializers.IntegerField()
    without_notice = serializers.IntegerField()
    with_notice = serializers.IntegerField()
    longest_gap_days = serializers.IntegerField(allow_null=True)
    days_since_kept = serializers.IntegerField(allow_null=True)
    marks = TimelineMarkSerializer(many=True)


class WellbeingConcerns(ResourceList):
    """Worries that nobody has seen to yet."""

    reads: ClassVar[tuple[May, ...]] = (May.SEE_CLINICAL_WORDS,)
    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)
    log_kind = "wellbeing"
    serializer_class = WellbeingConcernSerializer

    def rows(self, person: User) -> QuerySet[WellbeingConcern]:
        return open_concerns_of(person).select_related("client", "case", "follow_up")

    @extend_schema(operation_id="wellbeing_concerns_list", summary="Worries not seen to yet")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="wellbeing_concerns_raise",
        summary="Say that you worry about somebody",
        description="A named person is asked, within the hours that the practice has set, day and night.",
        request=WellbeingConcernShape,
        responses={201: RaisedSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = shape(WellbeingConcernShape, request)
        concern = raise_wellbeing_concern(**sent, actor=staff(request), now=timezone.now())
        return Response(RaisedSerializer(concern).data, status=status.HTTP_201_CREATED)


def _concern(person: User, public_id: UUID) -> Response:
    return Response(WellbeingConcernSerializer(get_wellbeing_concern(person, public_id)).data)


class OneWellbeingConcern(ClinicalResource):
    """One worry."""

    @extend_schema(
        operation_id="wellbeing_concerns_read", summary="One worry", responses=WellbeingConcernSerializer
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        answer = _concern(staff(request), public_id)
        log_view(user=staff(request), kind="wellbeing", public_ids=[public_id])
        return answer


class WellbeingTaking(ClinicalResource):
    """Taking it."""

    @extend_schema(
        operation_id="wellbeing_concerns_take",
        summary="I see to it",
        request=None,
        responses=WellbeingConcernSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        concern = get_wellbeing_concern(staff(request), public_id)
        take_wellbeing_concern(concern=concern, actor=staff(request), now=timezone.now())
        return _concern(staff(request), public_id)


class WellbeingOutcome(ClinicalResource):
    """What came of it."""

    @extend_schema(
        operation_id="wellbeing_concerns_finish",
        summary="It is seen to",
        request=WellbeingOutcomeShape,
        responses=WellbeingConcernSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        concern = get_wellbeing_concern(staff(request), public_id)
        outcome = shape(WellbeingOutcomeShape, request)["outcome"]
        finish_wellbeing_concern(concern=concern, outcome=outcome, actor=staff(request), now=timezone.now())
        return _concern(staff(request), public_id)


class Patterns(Resource):
    """What counts as missed several times."""

    @extend_schema(
        operation_id="patterns_list",
        summary="What counts as missed several times",
        responses=PatternSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(PatternSerializer(patterns_of_repeated(), many=True).data)


class FollowUpTimeline(ClinicalResource):
    """How the client of a follow-up has been coming."""

    @extend_schema(
        operation_id="follow_ups_timeline",
        summary="How the client has been coming",
        responses=TimelineSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id)
        require_clinical(person, follow_up.case)
        log_view(user=person, kind="follow_up", public_ids=[public_id])
        timeline = timeline_of(person, follow_up.client, follow_up.case, now=timezone.now())
        return Response(TimelineSerializer(timeline).data)


urlpatterns: list[Any] = [
    path("wellbeing-concerns/", WellbeingConcerns.as_view(), name="wellbeing-concerns"),
    path("wellbeing-concerns/<uuid:public_id>/", OneWellbeingConcern.as_view(), name="wellbeing-concern"),
    path("wellbeing-concerns/<uuid:public_id>/taking/", WellbeingTaking.as_view(), name="wellbeing-taking"),
    path(
        "wellbeing-concerns/<uuid:public_id>/outcome/", WellbeingOutcome.as_view(), name="wellbeing-outcome"
    ),
    path("patterns/", Patterns.as_view(), name="patterns"),
    path("follow-ups/<uuid:public_id>/timeline/", FollowUpTimeline.as_view(), name="follow-up-timeline"),
]
