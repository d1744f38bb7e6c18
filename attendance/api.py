"""Addresses of the API for attendance: the day board, who is expected, what was seen."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.paging import Stretch
from accounts.permissions import staff
from accounts.renderers import encoded
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from attendance import agreements_api, fallback_api
from attendance.models import Outcome, Source
from attendance.reading import board_day
from attendance.serializers import (
    AttendingDetailSerializer,
    AttendingSerializer,
    BarriersShape,
    BoardQuery,
    BoardSerializer,
    HeldSessionSerializer,
    OutcomeShape,
    board_session,
)
from attendance.services import Seen, name_barriers, record_outcome, undo_outcome
from sessions_app.access import (
    get_participant,
    get_session,
    may_read_session_words,
    participants_visible_to,
    sessions_visible_to,
)
from sessions_app.models import Participant


class Board(Resource):
    """A day's sessions with everybody expected."""

    @extend_schema(
        operation_id="board",
        summary="A day at the practice",
        description="Sessions with participants, their answers, arrivals and outcomes. Not in pages.",
        parameters=[BoardQuery],
        responses=BoardSerializer,
    )
    def get(self, request: Request) -> Response:
        now, person = timezone.now(), staff(request)
        asked = BoardQuery(data=request.query_params, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = asked.validated_data
        practice = get_practice()
        on = wanted.get("on") or practice.today(now)
        reading = board_day(
            user=person,
            day=on,
            now=now,
            location=wanted.get("location"),
            clinicians=wanted.get("clinician", ()),
            practice=practice,
        )
        log_view(user=person, kind="session", public_ids=[row.public_id for row in reading.rows])
        sessions = reading.made("api", lambda: encoded([board_session(row) for row in reading.rows]))
        return Response({"on": on, "as_of": now, "sessions": sessions})


class ByStart(Stretch):
    """Participants in the order in which their sessions begin."""

    ordering = ("starts_at", "pk")


class ParticipantFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which participants a list shows."""

    needing_outcome = django_filters.BooleanFilter(
        method="only_needing", label="Expected at a session that is over, and not yet recorded."
    )
    since = django_filters.DateFilter(
        field_name="session__on", lookup_expr="gte", label="On this local day or later."
    )
    until = django_filters.DateFilter(
        field_name="session__on", lookup_expr="lte", label="On this local day or earlier."
    )
    client = django_filters.UUIDFilter(field_name="client__public_id", label="This person.")
    session = django_filters.UUIDFilter(field_name="session__public_id", label="Of this session.")
    clinician = django_filters.UUIDFilter(
        field_name="session__session_clinicians__clinician__public_id", label="Led by this clinician."
    )
    outcome = django_filters.ChoiceFilter(field_name="attendance__outcome", choices=Outcome.choices)

    class Meta:
        model = Participant
        fields = ()

    def only_needing(self, participants: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return participants.needing_outcome(timezone.now()) if wanted else participants


@extend_schema_view(get=extend_schema(operation_id="participants_list", summary="Who is or was expected"))
class Participants(ResourceList):
    """Who is or was expected, with what was seen."""

    log_kind = "participant"
    serializer_class = AttendingSerializer
    filterset_class = ParticipantFilter
    pagination_class = ByStart

    def rows(self, person: User) -> QuerySet[Participant]:
        visible = participants_visible_to(person)
        return visible.select_related("session", "client", "attendance__recorded_by")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "now": timezone.now()}


def _shown(person: User, participant: Participant) -> Response:
    shown = (
        participants_visible_to(person)
        .select_related("session", "client", "attendance__recorded_by")
        .prefetch_related("barriers_named__barrier")
        .get(pk=participant.pk)
    )
    clinical = may_read_session_words(person, shown.session)
    return Response(AttendingDetailSerializer(shown, context={"clinical": clinical}).data)


class OneSession(Resource):
    """One session."""

    @extend_schema(operation_id="sessions_read", summary="One session", responses=HeldSessionSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id)
        log_view(user=person, kind="session", public_ids=[session.public_id])
        shown = sessions_visible_to(person).with_people().get(pk=session.pk)
        return Response(HeldSessionSerializer(shown).data)


class OneParticipant(Resource):
    """One person at one session."""

    @extend_schema(
        operation_id="participants_read",
        summary="One person at one session",
        responses=AttendingDetailSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id)
        log_view(user=person, kind="participant", public_ids=[participant.public_id])
        return _shown(person, participant)


class Attendance(Resource):
    """What was seen of one participant."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="attendance_record",
        summary="Record, or correct, how it went",
        request=OutcomeShape,
        responses=AttendingDetailSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        sent = shape(OutcomeShape, request)
        named = tuple(sent.pop("barriers")) if "barriers" in sent else None
        seen = Seen(**sent, barriers=named, source=Source.API)
        record_outcome(participant=participant, seen=seen, actor=person, now=timezone.now())
        return _shown(person, participant)

    @extend_schema(
        operation_id="attendance_undo",
        summary="Take the last recording back",
        description="Within the minutes in which nobody is told; later, record the right outcome.",
        request=None,
        responses=AttendingDetailSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        undo_outcome(participant=participant, actor=person, now=timezone.now())
        return _shown(person, participant)


class ParticipantBarriers(Resource):
    """What got in the way for one participant; the desk may write it and cannot read it back."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="participants_name_barriers",
        summary="Say what got in the way",
        description="Replaces what was named; an empty list takes all back. Who may not read it back only adds.",
        request=BarriersShape,
        responses={204: None},
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        named = shape(BarriersShape, request)["barriers"]
        name_barriers(participant=participant, barriers=named, actor=person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


urlpatterns: list[Any] = [
    *agreements_api.urlpatterns,
    path("board/", Board.as_view(), name="board"),
    *fallback_api.urlpatterns,
    path("sessions/<uuid:public_id>/", OneSession.as_view(), name="session"),
    path("participants/", Participants.as_view(), name="participants"),
    path("participants/<uuid:public_id>/", OneParticipant.as_view(), name="participant"),
    path("participants/<uuid:public_id>/attendance/", Attendance.as_view(), name="attendance"),
    path(
        "participants/<uuid:public_id>/barriers/", ParticipantBarriers.as_view(), name="participant-barriers"
    ),
]
