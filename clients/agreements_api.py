"""Addresses of the API for what is agreed with somebody: for when they cannot come, and between sessions."""

from datetime import time
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import staff
from accounts.resources import ClinicalResource, References, shape
from accounts.services import get_practice
from clients.access import (
    clients_visible_to,
    get_check_in_plan,
    get_member,
    get_stress_period,
    plan_of,
    require_treating,
)
from clients.check_ins import (
    CheckInTerms,
    Stress,
    agree_on_check_ins,
    end_check_ins,
    end_stress,
    mark_stress,
    pause_check_ins,
    resume_check_ins,
    standing_plan,
)
from clients.contingency import Agreed, agree_on_plan, end_plan
from clients.models import (
    Cadence,
    Caller,
    CaseMember,
    CheckInPlan,
    CheckInWay,
    ContingencyPlan,
    StressPeriod,
)
from clients.models.contingency import FallbackTime


class FallbackTimeShape(serializers.Serializer[Any]):
    """A time of the week, by the clock of the place; Monday is 0."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    at = serializers.TimeField(format="%H:%M")


class PlanSerializer(serializers.ModelSerializer[ContingencyPlan]):
    """What was agreed for the day when somebody cannot come."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    times = FallbackTimeShape(many=True)
    agreed_by = serializers.SerializerMethodField()

    class Meta:
        model = ContingencyPlan
        fields = (
            "id",
            "by_video",
            "by_phone",
            "times",
            "support",
            "note",
            "agreed_on",
            "agreed_by",
            "ended_at",
        )

    def get_agreed_by(self, plan: ContingencyPlan) -> list[UUID]:
        return [one.client.public_id for one in plan.agreements.select_related("client")]


class PlanShape(serializers.Serializer[Any]):
    """What is agreed. Of people treated together it holds once each of them is named in `agreed_by`."""

    by_video = serializers.BooleanField(default=False)
    by_phone = serializers.BooleanField(default=False)
    times = FallbackTimeShape(many=True, default=list)
    support = serializers.CharField(max_length=300, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    agreed_on = serializers.DateField()
    agreed_by = References(clients_visible_to, default=list, max_length=30)


class MemberPlan(ClinicalResource):
    """What was agreed with one member of a case for the day when they cannot come."""

    @extend_schema(
        operation_id="plans_read", summary="What was agreed for that day", responses=PlanSerializer
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        plan = plan_of(_treated(request, public_id))
        if plan is None:
            raise Http404
        return Response(PlanSerializer(plan).data)

    @extend_schema(
        operation_id="plans_agree",
        summary="Agree on a plan",
        description="What stood before stays in the history, and earlier agreements to it are gone.",
        request=PlanShape,
        responses=PlanSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        member, now = _treated(request, public_id), timezone.now()
        sent = shape(PlanShape, request)
        times = tuple(FallbackTime(one["weekday"], one["at"]) for one in sent.pop("times"))
        agreed = Agreed(times=times, agreed_by=tuple(sent.pop("agreed_by")), **sent)
        plan = agree_on_plan(
            case=member.case,
            client=member.client,
            agreed=agreed,
            actor=staff(request),
            today=get_practice().today(now),
            now=now,
        )
        return Response(PlanSerializer(plan).data)

    @extend_schema(operation_id="plans_end", summary="It holds no more", request=None, responses={204: None})
    def delete(self, request: Request, public_id: UUID) -> Response:
        plan = plan_of(_treated(request, public_id))
        if plan:
            end_plan(plan=plan, actor=staff(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class StressPeriodSerializer(serializers.ModelSerializer[StressPeriod]):
    """A stretch of days in which somebody is asked more often."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = StressPeriod
        fields = ("id", "from_on", "until_on", "every_days", "words")


class CheckInPlanSerializer(serializers.ModelSerializer[CheckInPlan]):
    """What was agreed on hearing from one another between sessions."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    stress_periods = StressPeriodSerializer(many=True)

    class Meta:
        model = CheckInPlan
        fields = (
            "id",
            "way",
            "every_days",
            "starts_on",
            "at",
            "until_on",
            "caller",
            "agreed_on",
            "paused_at",
            "ended_at",
            "stress_periods",
        )


class CheckInShape(serializers.Serializer[Any]):
    """What is agreed on."""

    way = serializers.ChoiceField(choices=CheckInWay.choices)
    every_days = serializers.ChoiceField(choices=Cadence.choices)
    starts_on = serializers.DateField()
    at = serializers.TimeField(default=time(10))
    until_on = serializers.DateField(allow_null=True, default=None)
    caller = serializers.ChoiceField(choices=Caller.choices, default=Caller.CLINICIAN)
    agreed_on = serializers.DateField()
    consents = serializers.BooleanField(
        default=False, help_text="They said yes to being written to for this."
    )


class StressShape(serializers.Serializer[Any]):
    """A stretch of days in which to ask more often."""

    from_on = serializers.DateField()
    until_on = serializers.DateField()
    every_days = serializers.ChoiceField(choices=Cadence.choices)
    words = serializers.CharField(max_length=200, default="", allow_blank=True)


class MemberCheckIns(ClinicalResource):
    """Check-ins between sessions with one member of a case."""

    @extend_schema(
        operation_id="check_ins_read", summary="The check-ins that stand", responses=CheckInPlanSerializer
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        return Response(CheckInPlanSerializer(_standing(_treated(request, public_id))).data)

    @extend_schema(
        operation_id="check_ins_agree",
        summary="Agree on check-ins, or change them",
        request=CheckInShape,
        responses=CheckInPlanSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        member, now = _treated(request, public_id), timezone.now()
        terms = CheckInTerms(**shape(CheckInShape, request))
        today = get_practice().today(now)
        plan = agree_on_check_ins(member=member, terms=terms, actor=staff(request), today=today, now=now)
        return Response(CheckInPlanSerializer(plan).data)

    @extend_schema(
        operation_id="check_ins_end", summary="No more of them", request=None, responses={204: None}
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        plan = standing_plan(_treated(request, public_id))
        if plan:
            end_check_ins(plan=plan, actor=staff(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class CheckInsPause(ClinicalResource):
    """Check-ins that rest."""

    @extend_schema(
        operation_id="check_ins_pause", summary="They rest", request=None, responses=CheckInPlanSerializer
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        plan = get_check_in_plan(staff(request), public_id)
        paused = pause_check_ins(plan=plan, actor=staff(request), now=timezone.now())
        return Response(CheckInPlanSerializer(paused).data)

    @extend_schema(
        operation_id="check_ins_resume",
        summary="They go on; nothing is made up for",
        request=None,
        responses=CheckInPlanSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        plan = get_check_in_plan(staff(request), public_id)
        resumed = resume_check_ins(plan=plan, actor=staff(request), now=timezone.now())
        return Response(CheckInPlanSerializer(resumed).data)


class StressPeriods(ClinicalResource):
    """Periods of stress."""

    @extend_schema(
        operation_id="stress_periods_mark",
        summary="Ask more often for a while",
        request=StressShape,
        responses={201: StressPeriodSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        plan = get_check_in_plan(staff(request), public_id)
        stress = Stress(**shape(StressShape, request))
        period = mark_stress(plan=plan, stress=stress, actor=staff(request))
        return Response(StressPeriodSerializer(period).data, status=status.HTTP_201_CREATED)


class OneStressPeriod(ClinicalResource):
    """One period of stress."""

    @extend_schema(
        operation_id="stress_periods_end", summary="It is over", request=None, responses={204: None}
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        period = get_stress_period(staff(request), public_id)
        end_stress(period=period, actor=staff(request), today=get_practice().today(timezone.now()))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _treated(request: Request, public_id: UUID) -> CaseMember:
    """One member, for who treats them: 404 if invisible, 403 for everybody else."""
    member = get_member(staff(request), public_id, write=True)
    require_treating(staff(request), member.case)
    return member


def _standing(member: CaseMember) -> CheckInPlan:
    plan = standing_plan(member)
    if plan is None:
        raise Http404
    return plan


urlpatterns: list[Any] = [
    path("members/<uuid:public_id>/plan/", MemberPlan.as_view(), name="member-plan"),
    path("members/<uuid:public_id>/check-ins/", MemberCheckIns.as_view(), name="member-check-ins"),
    path("check-ins/<uuid:public_id>/pause/", CheckInsPause.as_view(), name="check-ins-pause"),
    path("check-ins/<uuid:public_id>/stress-periods/", StressPeriods.as_view(), name="stress-periods"),
    path("stress-periods/<uuid:public_id>/", OneStressPeriod.as_view(), name="stress-period"),
]
