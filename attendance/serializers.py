"""How the API shows who came, and the shapes in which it takes that."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.access import clinicians
from accounts.api import StaffSerializer
from accounts.models import User
from accounts.resources import Reference, References
from attendance.board import ParticipantRow, SessionRow, participant_status
from attendance.in_part import is_held_in_part
from attendance.models import AttendanceRecord, Outcome
from clients.models import Case
from clients.serializers import barrier_code
from sessions_app.access import locations
from sessions_app.models import CancelledBy, Modality, Participant, Response, TherapySession
from sessions_app.serializers import ParticipantSerializer, SessionSerializer, refuse_far_day

STATUSES = (
    "expected",
    "confirmed",
    "asks_to_move",
    "arrived",
    "in_session",
    "late",
    *Outcome.values,
    "cancelled",
    "cancelled_late",
    "not_recorded",
)


class AttendanceSerializer(serializers.ModelSerializer[AttendanceRecord]):
    """What was seen of one participant."""

    recorded_by = StaffSerializer(allow_null=True)

    class Meta:
        model = AttendanceRecord
        fields = (
            "outcome",
            "late_minutes",
            "left_early_minutes",
            "source",
            "recorded_at",
            "recorded_by",
            "corrected_at",
        )


class AttendingSerializer(ParticipantSerializer):
    """A participant with how they stand; `attendance` is null while nothing is recorded."""

    status = serializers.SerializerMethodField()
    attendance = serializers.SerializerMethodField()

    class Meta(ParticipantSerializer.Meta):
        fields = (*ParticipantSerializer.Meta.fields, "status", "attendance")  # type: ignore[assignment]  # more

    @extend_schema_field(serializers.ChoiceField(choices=STATUSES))
    def get_status(self, participant: Participant) -> str:
        record = _record_of(participant)
        now = self.context.get("now") or timezone.now()
        return participant_status(participant, outcome=record.outcome if record else "", now=now)

    @extend_schema_field(AttendanceSerializer(allow_null=True))
    def get_attendance(self, participant: Participant) -> Any:
        record = _record_of(participant)
        return AttendanceSerializer(record).data if record else None


class AttendingDetailSerializer(AttendingSerializer):
    """One participant; `barriers` is null for who may not read what got in the way."""

    barriers = serializers.SerializerMethodField()

    class Meta(AttendingSerializer.Meta):
        fields = (*AttendingSerializer.Meta.fields, "barriers")  # type: ignore[assignment]  # one more

    def get_barriers(self, participant: Participant) -> list[str] | None:
        if not self.context["clinical"]:
            return None
        return [named.barrier.code for named in participant.barriers_named.all()]


def _record_of(participant: Participant) -> AttendanceRecord | None:
    return getattr(participant, "attendance", None)


class HeldSessionSerializer(SessionSerializer):
    """One session, with how it went as far as that is the session's own (`.with_people()`)."""

    held_in_part = serializers.SerializerMethodField(
        help_text="Of a couple or family some were seen and the others were not: counted apart from missed."
    )

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "held_in_part")  # type: ignore[assignment]  # one more

    def get_held_in_part(self, session: TherapySession) -> bool:
        return is_held_in_part(session)


class BarriersShape(serializers.Serializer[Any]):
    """What got in the way, as far as anybody said."""

    barriers = serializers.ListField(child=barrier_code(), max_length=20)


class OutcomeShape(serializers.Serializer[Any]):
    """How it went for one participant; naming what got in the way is never required."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    late_minutes = serializers.IntegerField(min_value=1, max_value=720, allow_null=True, default=None)
    left_early_minutes = serializers.IntegerField(min_value=1, max_value=720, allow_null=True, default=None)
    barriers = serializers.ListField(
        child=barrier_code(),
        max_length=20,
        required=False,
        help_text="Left as they are unless sent.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["late_minutes"] and attrs["outcome"] not in (Outcome.ATTENDED_LATE, Outcome.TOO_LATE):
            raise serializers.ValidationError({"late_minutes": "Only for somebody who came late."})
        if attrs["left_early_minutes"] and attrs["outcome"] != Outcome.LEFT_EARLY:
            raise serializers.ValidationError({"left_early_minutes": "Only for somebody who left early."})
        return attrs


def _clinicians_for(user: User) -> QuerySet[User]:
    return clinicians()


def _places_for(user: User) -> QuerySet[Any]:
    return locations()


class BoardQuery(serializers.Serializer[Any]):
    """Which day, and whose."""

    on = serializers.DateField(required=False, help_text="Today at the practice unless named.")
    location = Reference(_places_for, required=False)
    clinician = References(_clinicians_for, required=False, max_length=50)

    def validate_on(self, on: Any) -> Any:
        return refuse_far_day(on)


class BoardPersonSerializer(serializers.Serializer[Any]):
    """One person on the board."""

    id = serializers.UUIDField()
    client = serializers.UUIDField()
    name = serializers.CharField()
    called = serializers.CharField()
    pronouns = serializers.CharField(allow_blank=True)
    birth_year = serializers.IntegerField(allow_null=True)
    has_namesake = serializers.BooleanField(help_text="Show the birth year before anything is logged.")
    status = serializers.ChoiceField(choices=STATUSES)
    response = serializers.ChoiceField(choices=Response.choices)
    responded_at = serializers.DateTimeField(allow_null=True)
    arrived_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    late_minutes = serializers.IntegerField(allow_null=True)
    left_early_minutes = serializers.IntegerField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_by = serializers.ChoiceField(choices=CancelledBy.choices, allow_blank=True)
    is_walk_in = serializers.BooleanField()
    undo_until_at = serializers.DateTimeField(allow_null=True)


class BoardClinicianSerializer(serializers.Serializer[Any]):
    """Who leads."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class BoardSessionSerializer(serializers.Serializer[Any]):
    """One session on the board."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    case = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Case.Kind.choices)
    title = serializers.CharField(allow_blank=True)
    service = serializers.CharField(allow_blank=True)
    location = serializers.UUIDField(allow_null=True)
    location_name = serializers.CharField(allow_blank=True)
    room = serializers.CharField(allow_blank=True)
    modality = serializers.ChoiceField(choices=Modality.choices)
    on = serializers.DateField()
    at = serializers.TimeField(allow_null=True)
    timezone = serializers.CharField()
    minutes = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_by = serializers.ChoiceField(choices=CancelledBy.choices, allow_blank=True)
    held_in_part = serializers.BooleanField(
        help_text="Of a couple or family some were seen and the others were not: counted apart from missed."
    )
    clinicians = BoardClinicianSerializer(many=True)
    participants = BoardPersonSerializer(many=True)


class BoardSerializer(serializers.Serializer[Any]):
    """A day at the practice; how people stand is as of `as_of`."""

    on = serializers.DateField()
    as_of = serializers.DateTimeField()
    sessions = BoardSessionSerializer(many=True)


# Field by field in the API's names. The serializers above describe this for the schema; a test
# holds the two together. Building plain dicts costs a tenth of running them.
_PERSON = {str(name): str(name) for name in BoardPersonSerializer().fields} | {
    "id": "public_id",
    "client": "client_public_id",
}
_SESSION = {str(name): str(name) for name in BoardSessionSerializer().fields} | {
    "id": "public_id",
    "case": "case_public_id",
    "location": "location_public_id",
    "location_name": "location",
    "held_in_part": "is_held_in_part",
}
_SESSION.pop("clinicians")
_SESSION.pop("participants")
_of_person, _of_session = attrgetter(*_PERSON.values()), attrgetter(*_SESSION.values())


def board_session(row: SessionRow) -> dict[str, Any]:
    """One session of the board as plain JSON values."""
    shown: dict[str, Any] = dict(zip(_SESSION, _of_session(row), strict=True))
    shown["clinicians"] = [{"id": lead.public_id, "name": lead.name} for lead in row.clinicians]
    shown["participants"] = [_board_person(person) for person in row.participants]
    return shown


def _board_person(person: ParticipantRow) -> dict[str, Any]:
    return dict(zip(_PERSON, _of_person(person), strict=True))
