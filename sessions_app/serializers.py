"""How the API shows sessions and places, and the shapes in which it takes them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.access import clinicians
from accounts.api import StaffSerializer
from accounts.models import User, validate_zone
from accounts.resources import Reference, References
from clients.access import cases_visible_to, clients_visible_to
from clients.models import Case
from clients.serializers import PersonSerializer
from sessions_app.access import locations, participants_visible_to, rooms, services
from sessions_app.models import (
    CancelledBy,
    Location,
    Modality,
    Participant,
    Response,
    Room,
    Service,
    TherapySession,
)
from sessions_app.services import Scope


class RoomSerializer(serializers.ModelSerializer[Room]):
    """A room."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    location = serializers.UUIDField(source="location.public_id")

    class Meta:
        model = Room
        fields = ("id", "name", "location")


class RoomLineSerializer(serializers.ModelSerializer[Room]):
    """A room beside its place."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Room
        fields = ("id", "name")


class LocationSerializer(serializers.ModelSerializer[Location]):
    """A place."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Location
        fields = ("id", "name", "address", "timezone")


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """What can be booked."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Service
        fields = ("id", "name", "kind", "minutes", "video_offered")


class CaseLineSerializer(serializers.ModelSerializer[Case]):
    """A case in one line."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = Case
        fields = ("id", "kind", "title")


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """One person expected at a session; `session` and `client` are loaded."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    session = serializers.UUIDField(source="session.public_id")
    client = PersonSerializer()
    response = serializers.ChoiceField(
        source="current_response",
        choices=Response.choices,
        help_text="To the session as it stands now; an answer to an earlier time no longer counts.",
    )

    class Meta:
        model = Participant
        fields = (
            "id",
            "session",
            "client",
            "starts_at",
            "response",
            "responded_at",
            "cancelled_at",
            "cancelled_by",
            "cancelled_late",
            "cancel_reason",
            "arrived_at",
            "recorded_at",
            "is_walk_in",
        )


class SessionSerializer(serializers.ModelSerializer[TherapySession]):
    """One session with who leads it and who is expected (`.with_people()`)."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    case = CaseLineSerializer()
    service = ServiceSerializer(allow_null=True)
    location = LocationSerializer(allow_null=True)
    room = RoomLineSerializer(allow_null=True)
    clinicians = serializers.SerializerMethodField()
    participants = serializers.SerializerMethodField()

    class Meta:
        model = TherapySession
        fields = (
            "id",
            "external_id",
            "version",
            "case",
            "service",
            "location",
            "room",
            "modality",
            "video_link",
            "on",
            "at",
            "timezone",
            "minutes",
            "starts_at",
            "ends_at",
            "cancelled_at",
            "cancelled_by",
            "cancel_reason",
            "clinicians",
            "participants",
        )

    @extend_schema_field(StaffSerializer(many=True))
    def get_clinicians(self, session: TherapySession) -> Any:
        leading = [row.clinician for row in session.session_clinicians.all()]
        return StaffSerializer(leading, many=True).data

    @extend_schema_field(ParticipantSerializer(many=True))
    def get_participants(self, session: TherapySession) -> Any:
        people = list(session.participants.all())
        for participant in people:
            participant.session = session  # loaded already: its id and version are asked for
        return ParticipantSerializer(people, many=True).data


class SlotSerializer(serializers.Serializer[Any]):
    """A time at which a clinician could see somebody."""

    clinician = StaffSerializer()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()
    location = LocationSerializer(allow_null=True)


def _of_the_practice(rows: Any) -> Any:
    """What everybody who may book sees alike, in the form that a reference asks for."""

    def visible_to(user: User) -> QuerySet[Any]:
        return rows()  # type: ignore[no-any-return]  # one of access.py's lists

    return visible_to


def refuse_room_elsewhere(room: Room | None, location: Location | None) -> None:
    """A room of one place is not booked at another."""
    if room and location and room.location_id != location.pk:
        raise serializers.ValidationError({"room": "This room is at another place."})


class BookingShape(serializers.Serializer[Any]):
    """A session to be booked: wall time in the place's zone, or in the one named."""

    case = Reference(cases_visible_to)
    clinicians = References(_of_the_practice(clinicians), min_length=1, max_length=6)
    service = Reference(_of_the_practice(services))
    on = serializers.DateField()
    at = serializers.TimeField()
    minutes = serializers.IntegerField(
        min_value=5, max_value=720, required=False, help_text="The service's usual length unless named."
    )
    timezone = serializers.CharField(
        max_length=60,
        required=False,
        validators=[validate_zone],
        help_text="Of the place, else the practice.",
    )
    modality = serializers.ChoiceField(choices=Modality.choices, default=Modality.IN_PERSON)
    location = Reference(_of_the_practice(locations), allow_null=True, default=None)
    room = Reference(_of_the_practice(rooms), allow_null=True, default=None)
    video_link = serializers.URLField(max_length=200, default="", allow_blank=True)
    clients = References(
        clients_visible_to,
        required=False,
        max_length=40,
        help_text="Who is expected; everybody who has joined the case unless named.",
    )

    def validate_on(self, on: date) -> date:
        return refuse_far_day(on)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_room_elsewhere(attrs["room"], attrs["location"])
        return attrs


class SeriesShape(BookingShape):
    """A session every so many weeks, from the first day on."""

    every_weeks = serializers.IntegerField(min_value=1, max_value=8, default=1)
    count = serializers.IntegerField(min_value=2, max_value=52)


class RefusedDaySerializer(serializers.Serializer[Any]):
    """A day of a series that could not be had."""

    on = serializers.DateField()
    why = serializers.CharField()


class SeriesBookedSerializer(serializers.Serializer[Any]):
    """What came of booking a series."""

    id = serializers.UUIDField(source="series.public_id")
    sessions = SessionSerializer(many=True)
    refused = RefusedDaySerializer(many=True)


class ReschedulingQuery(serializers.Serializer[Any]):
    """Where a session would move to; wall time in its own zone."""

    on = serializers.DateField()
    at = serializers.TimeField()
    minutes = serializers.IntegerField(
        min_value=5, max_value=720, required=False, help_text="Kept unless named."
    )
    scope = serializers.ChoiceField(
        choices=Scope.choices,
        default=Scope.THIS,
        help_text="How much of its series goes along, each to this weekday and time of its own week.",
    )

    def validate_on(self, on: date) -> date:
        return refuse_far_day(on)


class ReschedulingShape(ReschedulingQuery):
    """Where a session moves to, and who hears of it."""

    version = serializers.IntegerField(
        min_value=1, required=False, help_text="What you saw; 409 if a colleague changed it since."
    )
    tell_clients = serializers.BooleanField(default=True)


class ShiftingSerializer(serializers.Serializer[Any]):
    """What becomes of one session of a series: where it goes, or why it stays where it is."""

    id = serializers.UUIDField(source="session.public_id")
    goes = serializers.BooleanField(source="moves")
    on = serializers.DateField()
    at = serializers.TimeField()
    minutes = serializers.IntegerField()
    because = serializers.CharField(help_text="Why its new time cannot be had; empty where it can.")
    is_its_own = serializers.BooleanField(help_text="It was moved on its own before, and stays.")


class ShiftedSerializer(serializers.Serializer[Any]):
    """What a move would make of a session and of the others of its series."""

    this = ShiftingSerializer()
    others = ShiftingSerializer(many=True)


class RescheduledSerializer(SessionSerializer):
    """The session as it stands now, and what became of the others of its series."""

    others = serializers.SerializerMethodField()

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "others")  # type: ignore[assignment]  # one more than there

    @extend_schema_field(ShiftingSerializer(many=True))
    def get_others(self, session: TherapySession) -> Any:
        return ShiftingSerializer(self.context["others"], many=True).data


class SettingShape(serializers.Serializer[Any]):
    """How and where a session is held, and by whom; the whole of it."""

    modality = serializers.ChoiceField(choices=Modality.choices)
    location = Reference(_of_the_practice(locations), allow_null=True, default=None)
    room = Reference(_of_the_practice(rooms), allow_null=True, default=None)
    video_link = serializers.URLField(
        max_length=200,
        default="",
        allow_blank=True,
        help_text="By video nothing can be written to clients without it: staff telephone instead.",
    )
    clinicians = References(_of_the_practice(clinicians), min_length=1, max_length=6)
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="What you saw; 409 if a colleague changed it since."
    )
    tell_clients = serializers.BooleanField(default=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        refuse_room_elsewhere(attrs["room"], attrs["location"])
        return attrs


class CancellationShape(serializers.Serializer[Any]):
    """Who calls it off, and why."""

    by = serializers.ChoiceField(choices=CancelledBy.choices)
    reason = serializers.CharField(max_length=200, default="", allow_blank=True)


class SessionCancellationShape(CancellationShape):
    """The whole session is called off."""

    tell_clients = serializers.BooleanField(default=True)


class ConfirmationShape(serializers.Serializer[Any]):
    """Somebody says that they come."""

    version = serializers.IntegerField(
        min_value=1, required=False, help_text="The session's version that they answered; 409 if it moved."
    )


class SessionConfirmationShape(ConfirmationShape):
    """Somebody says that they come; who, where several are expected."""

    participant = Reference(participants_visible_to, required=False)


class WalkInShape(serializers.Serializer[Any]):
    """Somebody came who was not expected."""

    client = Reference(clients_visible_to)


def refuse_far_day(on: date) -> date:
    """A typing mistake in the year is caught here rather than booked."""
    if not 2000 <= on.year <= 2100:
        raise serializers.ValidationError("Please check the year.")
    return on
