"""Addresses of the API for sessions: booking, moving, calling off, answering, arriving."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import clinicians
from accounts.audit import log_view
from accounts.models import User
from accounts.paging import Stretch
from accounts.permissions import staff
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from sessions_app import closures_api, departures_api
from sessions_app.access import (
    get_participant,
    get_session,
    locations,
    rooms,
    services,
    sessions_visible_to,
)
from sessions_app.models import (
    AnsweredBy,
    Location,
    Modality,
    Participant,
    Room,
    Service,
    TherapySession,
)
from sessions_app.models import Response as Answer
from sessions_app.serializers import (
    BookingShape,
    CancellationShape,
    ConfirmationShape,
    LocationSerializer,
    ParticipantSerializer,
    RescheduledSerializer,
    ReschedulingQuery,
    ReschedulingShape,
    RoomSerializer,
    SeriesBookedSerializer,
    SeriesShape,
    ServiceSerializer,
    SessionCancellationShape,
    SessionConfirmationShape,
    SessionSerializer,
    SettingShape,
    ShiftedSerializer,
    SlotSerializer,
    WalkInShape,
    refuse_far_day,
)
from sessions_app.services import (
    Booking,
    Change,
    NewSetting,
    Shift,
    add_walk_in,
    book_series,
    book_session,
    cancel_participant,
    cancel_session,
    change_session,
    mark_all_arrived,
    mark_arrived,
    plan_shift,
    record_response,
    shift_sessions,
    undo_arrival,
    undo_cancellation,
    undo_session_cancellation,
)
from sessions_app.slots import free_slots


class ByStart(Stretch):
    """Sessions in the order in which they begin."""

    ordering = ("starts_at", "pk")


class SessionFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which sessions a list shows."""

    on = django_filters.DateFilter(label="On this local day.")
    since = django_filters.DateFilter(field_name="on", lookup_expr="gte", label="On this local day or later.")
    until = django_filters.DateFilter(
        field_name="on", lookup_expr="lte", label="On this local day or earlier."
    )
    clinician = django_filters.UUIDFilter(
        field_name="session_clinicians__clinician__public_id", label="Led by this clinician."
    )
    location = django_filters.UUIDFilter(field_name="location__public_id", label="At this place.")
    case = django_filters.UUIDFilter(field_name="case__public_id", label="Of this case.")
    client = django_filters.UUIDFilter(
        field_name="participants__client__public_id", label="At which this person is expected."
    )
    modality = django_filters.ChoiceFilter(choices=Modality.choices)
    status = django_filters.ChoiceFilter(
        choices=[
            ("upcoming", "Still to come"),
            ("cancelled", "Called off"),
            ("needing_outcome", "Over, and somebody's outcome is not recorded"),
        ],
        method="by_status",
        label="How it stands now.",
    )

    class Meta:
        model = TherapySession
        fields = ()

    def by_status(self, sessions: Any, name: str, wanted: str) -> Any:
        if wanted == "upcoming":
            return sessions.upcoming(timezone.now())
        if wanted == "needing_outcome":
            return sessions.needing_outcome(timezone.now())
        return sessions.exclude(cancelled_at=None)


def _with_people(person: User, session: TherapySession) -> TherapySession:
    return sessions_visible_to(person).with_people().get(pk=session.pk)


def _shown(person: User, session: TherapySession, *, code: int = status.HTTP_200_OK) -> Response:
    """The session as it stands now."""
    return Response(SessionSerializer(_with_people(person, session)).data, status=code)


def _booking(sent: dict[str, Any]) -> Booking:
    place = sent["location"] or (sent["room"].location if sent["room"] else None)
    known = {
        "location": place,
        "clinicians": tuple(sent.pop("clinicians")),
        "clients": tuple(sent.pop("clients")) if "clients" in sent else None,
        "timezone": sent.pop("timezone", "") or (place.timezone if place else get_practice().timezone),
        "minutes": sent.pop("minutes", None) or sent["service"].minutes,
    }
    return Booking(**(sent | known))


class Sessions(ResourceList):
    """Sessions that the reader may see."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)
    log_kind = "session"
    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    pagination_class = ByStart

    def rows(self, person: User) -> QuerySet[TherapySession]:
        return sessions_visible_to(person).with_people()

    @extend_schema(operation_id="sessions_list", summary="Sessions that you may see")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="sessions_book",
        summary="Book a session",
        description="Refused with 409 where a clinician or the room is not free.",
        request=BookingShape,
        responses={201: SessionSerializer},
    )
    def post(self, request: Request) -> Response:
        person = staff(request)
        booking = _booking(shape(BookingShape, request))
        session = book_session(booking=booking, actor=person, now=timezone.now())
        return _shown(person, session, code=status.HTTP_201_CREATED)


class SeriesOfSessions(Resource):
    """Weekly or biweekly sessions."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="series_book",
        summary="Book a session every so many weeks",
        description="Days that are closed or taken are left out, and said.",
        request=SeriesShape,
        responses={201: SeriesBookedSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = shape(SeriesShape, request)
        every, count = sent.pop("every_weeks"), sent.pop("count")
        booked = book_series(
            booking=_booking(sent), every_weeks=every, count=count, actor=staff(request), now=timezone.now()
        )
        shown = {
            "series": booked.series,
            "sessions": booked.series.sessions.with_people(),
            "refused": [{"on": on, "why": why} for on, why in booked.refused],
        }
        return Response(SeriesBookedSerializer(shown).data, status=status.HTTP_201_CREATED)


def _shift(session: TherapySession, sent: dict[str, Any]) -> Shift:
    return Shift(on=sent["on"], at=sent["at"], minutes=sent.get("minutes") or session.minutes)


class SessionRescheduling(Resource):
    """Moving or lengthening a session, alone or with its series."""

    reads: ClassVar[tuple[May, ...]] = (May.BOOK,)
    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="sessions_reschedule_preview",
        summary="What moving a session would mean",
        description="Changes nothing. Of its series, those that cannot go say why.",
        parameters=[ReschedulingQuery],
        responses=ShiftedSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id, write=True)
        asked = ReschedulingQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        sent: dict[str, Any] = asked.validated_data
        planned = plan_shift(
            session=session,
            shift=_shift(session, sent),
            scope=sent["scope"],
            actor=person,
            now=timezone.now(),
        )
        return Response(ShiftedSerializer(planned).data)

    @extend_schema(
        operation_id="sessions_reschedule",
        summary="Move a session, alone or with its series",
        description=(
            "The version of each that moves rises: answers and messages about the old time are void. Where the"
            " session itself cannot go nothing changes; others that cannot stay where they are, and say why."
        ),
        request=ReschedulingShape,
        responses=RescheduledSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id, write=True)
        sent = shape(ReschedulingShape, request)
        done = shift_sessions(
            session=session,
            shift=_shift(session, sent),
            scope=sent["scope"],
            actor=person,
            now=timezone.now(),
            change=Change(seen_version=sent.get("version"), tell_clients=sent["tell_clients"]),
        )
        shown = _with_people(person, session)
        return Response(RescheduledSerializer(shown, context={"others": done.others}).data)


class SessionSetting(Resource):
    """How, where and with whom a session is held."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="sessions_change_setting",
        summary="Change room, place, mode, video link or clinicians",
        description="Its version rises, as with a move. Refused with 409 where somebody or the room is not free.",
        request=SettingShape,
        responses=SessionSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id, write=True)
        sent = shape(SettingShape, request)
        room, in_person = sent["room"], sent["modality"] == Modality.IN_PERSON
        to = NewSetting(
            modality=sent["modality"],
            location=(sent["location"] or (room.location if room else None)) if in_person else None,
            room=room if in_person else None,
            video_link=sent["video_link"] if sent["modality"] == Modality.VIDEO else "",
            clinicians=tuple(sent["clinicians"]),
        )
        change = Change(seen_version=sent.get("version"), tell_clients=sent["tell_clients"])
        changed = change_session(session=session, to=to, actor=person, now=timezone.now(), change=change)
        return _shown(person, changed)


class SessionCancellation(Resource):
    """Calling a whole session off, and taking that back."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="sessions_cancel",
        summary="Call a session off for everybody",
        request=SessionCancellationShape,
        responses=SessionSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id, write=True)
        sent = shape(SessionCancellationShape, request)
        return _shown(person, cancel_session(session=session, **sent, actor=person, now=timezone.now()))

    @extend_schema(
        operation_id="sessions_cancel_undo",
        summary="Take the calling-off back",
        description="Within the minutes in which nobody is told.",
        request=None,
        responses=SessionSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id, write=True)
        return _shown(person, undo_session_cancellation(session=session, actor=person, now=timezone.now()))


class SessionConfirmation(Resource):
    """Somebody says that they come."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="sessions_confirm",
        summary="Note that somebody comes",
        description="Name the participant where several are expected.",
        request=SessionConfirmationShape,
        responses=SessionSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id)
        sent = shape(SessionConfirmationShape, request)
        participant = sent.get("participant") or _only_one(session)
        if participant.session_id != session.pk:
            raise ValidationError({"participant": "They are not expected at this session."})
        _answer(person, participant, Answer.CONFIRMED, sent.get("version"))
        return _shown(person, session)


class SessionArrival(Resource):
    """Everybody is here."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="sessions_all_here",
        summary="Everybody expected is here",
        request=None,
        responses=SessionSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id)
        mark_all_arrived(session=session, actor=person, now=timezone.now())
        return _shown(person, session)


class SessionParticipants(Resource):
    """Who is expected at a session."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="sessions_participants",
        summary="Who is expected",
        responses=ParticipantSerializer(many=True),
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id)
        log_view(user=person, kind="session", public_ids=[session.public_id])
        people = session.participants.select_related("session", "client")
        return Response(ParticipantSerializer(people, many=True).data)

    @extend_schema(
        operation_id="sessions_walk_in",
        summary="Somebody came who was not expected",
        request=WalkInShape,
        responses={201: ParticipantSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        session = get_session(person, public_id)
        client = shape(WalkInShape, request)["client"]
        participant = add_walk_in(session=session, client=client, actor=person, now=timezone.now())
        return Response(ParticipantSerializer(participant).data, status=status.HTTP_201_CREATED)


class ParticipantConfirmation(Resource):
    """One participant's answer: they come."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="participants_confirm",
        summary="They come",
        request=ConfirmationShape,
        responses=ParticipantSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        return _answered(request, public_id, Answer.CONFIRMED)

    @extend_schema(
        operation_id="participants_confirm_undo",
        summary="Take the answer back",
        request=None,
        responses=ParticipantSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        return _answered(request, public_id, Answer.NONE)


class ParticipantMoveRequest(Resource):
    """One participant's answer: they ask for another time."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="participants_ask_to_move",
        summary="They ask for another time",
        request=ConfirmationShape,
        responses=ParticipantSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        return _answered(request, public_id, Answer.ASKS_TO_MOVE)


class ParticipantArrival(Resource):
    """One participant is here."""

    writes: ClassVar[tuple[May, ...]] = (May.RECORD_ATTENDANCE,)

    @extend_schema(
        operation_id="participants_arrive",
        summary="They are here",
        request=None,
        responses=ParticipantSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        arrived = mark_arrived(participant=participant, actor=person, now=timezone.now())
        return Response(ParticipantSerializer(arrived).data)

    @extend_schema(
        operation_id="participants_arrive_undo",
        summary="They are not here after all",
        request=None,
        responses=ParticipantSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        expected = undo_arrival(participant=participant, actor=person, now=timezone.now())
        return Response(ParticipantSerializer(expected).data)


class ParticipantCancellation(Resource):
    """One participant will not come."""

    writes: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="participants_cancel",
        summary="They will not come",
        description="Late or in time by the policy at booking; the last one's cancellation frees the slot.",
        request=CancellationShape,
        responses=ParticipantSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        sent = shape(CancellationShape, request)
        cancelled = cancel_participant(participant=participant, **sent, actor=person, now=timezone.now())
        return Response(ParticipantSerializer(cancelled).data)

    @extend_schema(
        operation_id="participants_cancel_undo",
        summary="Take their cancellation back",
        description="Within the minutes in which nobody is told; 409 if the slot is gone.",
        request=None,
        responses=ParticipantSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id, write=True)
        expected = undo_cancellation(participant=participant, actor=person, now=timezone.now())
        return Response(ParticipantSerializer(expected).data)


def _only_one(session: TherapySession) -> Participant:
    expected = list(session.participants.select_related("session", "client").filter(cancelled_at=None)[:2])
    if len(expected) != 1:
        raise ValidationError({"participant": "Say who answered: this session has several people, or none."})
    return expected[0]


def _answer(person: User, participant: Participant, answer: str, version: int | None) -> Participant:
    return record_response(
        participant=participant,
        response=answer,
        by=AnsweredBy.STAFF,
        actor=person,
        now=timezone.now(),
        version=version,
    )


def _answered(request: Request, public_id: UUID, answer: str) -> Response:
    person = staff(request)
    participant = get_participant(person, public_id, write=True)
    version = shape(ConfirmationShape, request).get("version") if request.method == "POST" else None
    return Response(ParticipantSerializer(_answer(person, participant, answer, version)).data)


class SlotQuery(serializers.Serializer[Any]):
    """Which free times are asked for."""

    clinician = serializers.UUIDField()
    minutes = serializers.IntegerField(min_value=5, max_value=720, default=50)
    first = serializers.DateField()
    days = serializers.IntegerField(min_value=1, max_value=31, default=7)

    def validate_first(self, first: date) -> date:
        return refuse_far_day(first)


class Slots(Resource):
    """Free times of a clinician."""

    reads: ClassVar[tuple[May, ...]] = (May.BOOK,)

    @extend_schema(
        operation_id="slots_list",
        summary="Free times of a clinician",
        parameters=[SlotQuery],
        responses=SlotSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = SlotQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = asked.validated_data
        first: date = wanted["first"]
        slots = free_slots(
            clinicians=list(clinicians().filter(public_id=wanted["clinician"])),
            minutes=wanted["minutes"],
            first=first,
            days=wanted["days"],
            now=timezone.now(),
        )
        return Response(SlotSerializer(slots, many=True).data)


@extend_schema_view(get=extend_schema(operation_id="services_list", summary="What can be booked"))
class Services(ResourceList):
    """What can be booked."""

    serializer_class = ServiceSerializer

    def rows(self, person: User) -> QuerySet[Service]:
        return services()


@extend_schema_view(get=extend_schema(operation_id="locations_list", summary="Places"))
class Locations(ResourceList):
    """Places in use."""

    serializer_class = LocationSerializer

    def rows(self, person: User) -> QuerySet[Location]:
        return locations()


@extend_schema_view(get=extend_schema(operation_id="rooms_list", summary="Rooms"))
class Rooms(ResourceList):
    """Rooms in use."""

    serializer_class = RoomSerializer

    def rows(self, person: User) -> QuerySet[Room]:
        return rooms()


urlpatterns: list[Any] = [
    path("sessions/", Sessions.as_view(), name="sessions"),
    path(
        "sessions/<uuid:public_id>/rescheduling/", SessionRescheduling.as_view(), name="session-rescheduling"
    ),
    path("sessions/<uuid:public_id>/setting/", SessionSetting.as_view(), name="session-setting"),
    path(
        "sessions/<uuid:public_id>/cancellation/", SessionCancellation.as_view(), name="session-cancellation"
    ),
    path(
        "sessions/<uuid:public_id>/confirmation/", SessionConfirmation.as_view(), name="session-confirmation"
    ),
    path("sessions/<uuid:public_id>/arrival/", SessionArrival.as_view(), name="session-arrival"),
    path(
        "sessions/<uuid:public_id>/participants/", SessionParticipants.as_view(), name="session-participants"
    ),
    path(
        "participants/<uuid:public_id>/confirmation/",
        ParticipantConfirmation.as_view(),
        name="participant-confirmation",
    ),
    path(
        "participants/<uuid:public_id>/move-request/",
        ParticipantMoveRequest.as_view(),
        name="participant-move-request",
    ),
    path("participants/<uuid:public_id>/arrival/", ParticipantArrival.as_view(), name="participant-arrival"),
    path(
        "participants/<uuid:public_id>/cancellation/",
        ParticipantCancellation.as_view(),
        name="participant-cancellation",
    ),
    path("series/", SeriesOfSessions.as_view(), name="series"),
    path("slots/", Slots.as_view(), name="slots"),
    path("services/", Services.as_view(), name="services"),
    path("locations/", Locations.as_view(), name="locations"),
    path("rooms/", Rooms.as_view(), name="rooms"),
    *closures_api.urlpatterns,
    *departures_api.urlpatterns,
]
