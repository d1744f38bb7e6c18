"""Addresses of the API for follow-ups and the attempts to reach people."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from clients.access import clients_visible_to
from followups import (
    consequences_api,
    court_api,
    ending_api,
    fees_api,
    partner_api,
    reviews_api,
    wellbeing_api,
)
from followups.access import follow_ups_visible_to, get_follow_up, get_follow_up_to_close
from followups.court_talks import CourtTalkDetails
from followups.models import FollowUp
from followups.presenting import present, present_rows
from followups.serializers import (
    AttemptSerializer,
    AttemptShape,
    FollowUpDetailSerializer,
    FollowUpSerializer,
    NoteShape,
    OpeningShape,
    OwnerShape,
    ReasonShape,
    SnoozeShape,
)
from followups.services import (
    AttemptDetails,
    close_follow_up,
    complete_step,
    log_attempt,
    open_follow_up,
    reassign,
    reopen_follow_up,
    skip_step,
    snooze,
)


class FollowUpFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which follow-ups a list shows. Never by cause: that would tell what the wall hides."""

    state = django_filters.ChoiceFilter(choices=FollowUp.State.choices)
    due = django_filters.BooleanFilter(method="only_due", label="Open, and due by now.")
    to_do = django_filters.BooleanFilter(
        method="only_to_do", label="Open, and the client not away; soonest due first."
    )
    mine = django_filters.BooleanFilter(
        method="only_mine", label="Yours, and the desk's for who works at the desk."
    )
    client = django_filters.UUIDFilter(method="only_of", label="Of this person.")

    class Meta:
        model = FollowUp
        fields = ()

    def only_due(self, follow_ups: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return follow_ups.due_by(timezone.now()) if wanted else follow_ups

    def only_to_do(self, follow_ups: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return follow_ups.to_do(get_practice().today(timezone.now())) if wanted else follow_ups

    def only_mine(self, follow_ups: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        if not wanted:
            return follow_ups
        practice = get_practice()
        today = practice.today(timezone.now())
        return follow_ups.owned_by(staff(self.request), today=today, zone=practice.zone)

    def only_of(self, follow_ups: Any, name: str, client_id: UUID) -> Any:
        people = clients_visible_to(staff(self.request)).filter(public_id=client_id)
        return follow_ups.filter(client__in=people)


def _shown(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    """The follow-up as it stands now, as far as this person may read it."""
    presented = present(person, get_follow_up(person, public_id), now=timezone.now())
    return Response(FollowUpDetailSerializer(presented).data, status=code)


class FollowUps(ResourceList):
    """Follow-ups that the reader may see."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)
    log_kind = "follow_up"
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter

    def rows(self, person: User) -> QuerySet[FollowUp]:
        return follow_ups_visible_to(person).with_people().order_by("due_at", "pk")

    def shown(self, rows: Sequence[Any]) -> Any:
        presented = present_rows(staff(self.request), rows, now=timezone.now())
        return FollowUpSerializer(presented, many=True).data

    @extend_schema(operation_id="follow_ups_list", summary="Follow-ups that you may see")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="follow_ups_open",
        summary="Open a follow-up by a person's word",
        description="Or add that word to the one that is open for this person and case.",
        request=OpeningShape,
        responses={201: FollowUpDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        person = staff(request)
        sent = shape(OpeningShape, request)
        opened = open_follow_up(
            client=sent["client"],
            case=sent["case"],
            protocol_code=sent["protocol"],
            actor=person,
            now=timezone.now(),
        )
        return _shown(person, opened.public_id, code=status.HTTP_201_CREATED)


class OneFollowUp(Resource):
    """One follow-up."""

    @extend_schema(
        operation_id="follow_ups_read",
        summary="One follow-up with its script",
        responses=FollowUpDetailSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        answer = _shown(person, public_id)
        log_view(user=person, kind="follow_up", public_ids=[public_id])
        return answer


class Attempts(Resource):
    """Attempts to reach somebody."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="attempts_list",
        summary="What was tried",
        responses=AttemptSerializer(many=True),
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        presented = present(person, get_follow_up(person, public_id), now=timezone.now())
        log_view(user=person, kind="follow_up", public_ids=[public_id])
        return Response(AttemptSerializer(presented.attempts, many=True).data)

    @extend_schema(
        operation_id="attempts_log",
        summary="Log an attempt",
        description="A step of the contact kind moves on by its result.",
        request=AttemptShape,
        responses={201: FollowUpDetailSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id, write=True)
        sent = shape(AttemptShape, request)
        court = CourtTalkDetails(**sent["court"]) if sent["court"] else None
        details = AttemptDetails(**(sent | {"barriers": tuple(sent["barriers"]), "court": court}))
        log_attempt(follow_up=follow_up, attempt=details, actor=person, now=timezone.now())
        return _shown(person, public_id, code=status.HTTP_201_CREATED)


class FollowUpClosure(Resource):
    """Closing a follow-up, and taking that back."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="follow_ups_close",
        summary="Close it, saying why",
        description="One for a mandate, a risk or a partner is closed by its clinicians or their supervisor.",
        request=ReasonShape,
        responses=FollowUpDetailSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up_to_close(person, public_id)
        because = shape(ReasonShape, request)["because"]
        close_follow_up(follow_up=follow_up, because=because, actor=person, now=timezone.now())
        return _shown(person, public_id)

    @extend_schema(
        operation_id="follow_ups_reopen",
        summary="Go on where it stood",
        request=None,
        responses=FollowUpDetailSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up_to_close(person, public_id)
        reopen_follow_up(follow_up=follow_up, actor=person, now=timezone.now())
        return _shown(person, public_id)


class StepCompletion(Resource):
    """Ticking off the current step."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="follow_ups_complete_step",
        summary="Tick off the current step",
        description="Not for calls and texts: log the attempt instead. Refused while a gate holds it.",
        request=NoteShape,
        responses=FollowUpDetailSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id, write=True)
        note = shape(NoteShape, request)["note"]
        complete_step(follow_up=follow_up, note=note, actor=person, now=timezone.now())
        return _shown(person, public_id)


class StepOmission(Resource):
    """Leaving the current step out."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="follow_ups_skip_step",
        summary="Leave the current step out, with a reason",
        request=ReasonShape,
        responses=FollowUpDetailSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id, write=True)
        because = shape(ReasonShape, request)["because"]
        skip_step(follow_up=follow_up, because=because, actor=person, now=timezone.now())
        return _shown(person, public_id)


class FollowUpSnooze(Resource):
    """Putting the current step off."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="follow_ups_snooze",
        summary="Put the current step off",
        request=SnoozeShape,
        responses=FollowUpDetailSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id, write=True)
        until = shape(SnoozeShape, request)["until"]
        snooze(follow_up=follow_up, until=until, actor=person, now=timezone.now())
        return _shown(person, public_id)


class FollowUpOwnership(Resource):
    """Whose the current step is."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="follow_ups_reassign",
        summary="Give it to a colleague, or to the desk",
        request=OwnerShape,
        responses=FollowUpDetailSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        follow_up = get_follow_up(person, public_id, write=True)
        owner = shape(OwnerShape, request)["owner"]
        reassign(follow_up=follow_up, owner=owner, actor=person, now=timezone.now())
        return _shown(person, public_id)


ONE = "follow-ups/<uuid:public_id>/"
urlpatterns: list[Any] = [
    path("follow-ups/", FollowUps.as_view(), name="follow-ups"),
    path(ONE, OneFollowUp.as_view(), name="follow-up"),
    path(f"{ONE}attempts/", Attempts.as_view(), name="attempts"),
    path(f"{ONE}closure/", FollowUpClosure.as_view(), name="follow-up-closure"),
    path(f"{ONE}step/completion/", StepCompletion.as_view(), name="step-completion"),
    path(f"{ONE}step/omission/", StepOmission.as_view(), name="step-omission"),
    path(f"{ONE}snooze/", FollowUpSnooze.as_view(), name="follow-up-snooze"),
    path(f"{ONE}owner/", FollowUpOwnership.as_view(), name="follow-up-owner"),
    *consequences_api.urlpatterns,
    *ending_api.urlpatterns,
    *court_api.urlpatterns,
    *partner_api.urlpatterns,
    *fees_api.urlpatterns,
    *wellbeing_api.urlpatterns,
    *reviews_api.urlpatterns,
]
