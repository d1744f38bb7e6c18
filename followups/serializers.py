"""How the API shows follow-ups, as `presenting` gives them to this reader, and what it takes."""

from typing import Any

from rest_framework import serializers

from accounts.access import clinicians
from accounts.models import FollowUpOwner, User
from accounts.resources import Reference
from clients.access import cases_visible_to, clients_visible_to
from clients.serializers import PersonSerializer, barrier_code
from followups.models import AttemptChannel, AttemptResult, FollowUp, NextStep, ProtocolCode


class FollowUpSerializer(serializers.Serializer[Any]):
    """A follow-up in a list (`presenting.Row`)."""

    id = serializers.UUIDField(source="public_id")
    client = PersonSerializer()
    case = serializers.UUIDField(source="follow_up.case.public_id")
    heading = serializers.CharField()
    reason = serializers.CharField()
    protocol_name = serializers.CharField(
        allow_blank=True, help_text="Empty where the cause is not yours to read."
    )
    state = serializers.ChoiceField(choices=FollowUp.State.choices)
    opened_at = serializers.DateTimeField(source="follow_up.opened_at")
    due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.BooleanField()
    is_away = serializers.BooleanField(help_text="The client is away: it rests.")
    owner_role = serializers.ChoiceField(source="follow_up.owner_role", choices=FollowUpOwner.choices)
    owner_name = serializers.CharField()
    owner_back_on = serializers.DateField(
        source="back_on", allow_null=True, help_text="A colleague who is away today: the day they are back."
    )
    step_line = serializers.CharField(allow_blank=True)
    closed_at = serializers.DateTimeField(source="follow_up.closed_at", allow_null=True)
    closed_because = serializers.CharField(allow_blank=True)


class ScriptSerializer(serializers.Serializer[Any]):
    """What to say first, what to listen for, what comes later."""

    opening = serializers.CharField()
    listen = serializers.CharField(allow_blank=True)
    later = serializers.CharField(allow_blank=True)


class StepSerializer(serializers.Serializer[Any]):
    """One step of the ladder."""

    position = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=["done", "skipped", "current", "ahead"])
    due_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    lock = serializers.CharField(allow_blank=True, help_text="What opens it; empty if nothing holds it.")


class CourtTalkSerializer(serializers.Serializer[Any]):
    """What a talk under a court's order held besides the client's own words."""

    said_what_goes = serializers.BooleanField(
        default=False, help_text="They were told first what is reported, and what is not."
    )
    said_what_follows = serializers.BooleanField(
        default=False, help_text="They were told what may follow under the order."
    )
    help_offered = serializers.CharField(default="", allow_blank=True, max_length=300)
    plan = serializers.CharField(default="", allow_blank=True, max_length=2000)
    court_words = serializers.CharField(
        default="", allow_blank=True, max_length=2000, help_text="What they want the court to know."
    )
    is_approved = serializers.BooleanField(default=False, help_text="They approved these words.")


class AttemptSerializer(serializers.Serializer[Any]):
    """One attempt, without what this reader may not read."""

    id = serializers.UUIDField(source="public_id")
    at = serializers.DateTimeField()
    by = serializers.CharField()
    channel = serializers.ChoiceField(choices=AttemptChannel.choices)
    result = serializers.ChoiceField(choices=AttemptResult.choices)
    next_step = serializers.CharField(source="next_step_label", allow_blank=True)
    barriers = serializers.ListField(child=serializers.CharField())
    client_words = serializers.CharField(allow_blank=True)
    words_are_hidden = serializers.BooleanField(help_text="There are words, for the clinicians only.")
    court = CourtTalkSerializer(
        source="talk", allow_null=True, help_text="Under a court's order, for its readers."
    )


class FollowUpDetailSerializer(serializers.Serializer[Any]):
    """One follow-up with script, ladder and attempts (`presenting.Presented`)."""

    follow_up = FollowUpSerializer(source="row")
    script = ScriptSerializer(allow_null=True)
    step_kind = serializers.CharField(allow_blank=True)
    lock = serializers.CharField(allow_blank=True)
    steps = StepSerializer(many=True)
    attempts = AttemptSerializer(many=True)
    may_close = serializers.BooleanField()
    may_complete = serializers.BooleanField()
    report_due_on = serializers.DateField(allow_null=True)


class AttemptShape(serializers.Serializer[Any]):
    """How an attempt to reach somebody went."""

    channel = serializers.ChoiceField(choices=AttemptChannel.choices)
    result = serializers.ChoiceField(choices=AttemptResult.choices)
    client_words = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=4000,
        help_text="As they put it; the desk cannot read it back.",
    )
    barriers = serializers.ListField(
        child=barrier_code(),
        default=list,
        max_length=20,
    )
    next_step = serializers.ChoiceField(choices=NextStep.choices, default="", allow_blank=True)
    call_again_at = serializers.DateTimeField(
        allow_null=True, default=None, help_text="With the next step call_again: when they asked for it."
    )
    court = CourtTalkSerializer(
        allow_null=True, default=None, help_text="Under a court's order, by its clinicians alone."
    )


class ReasonShape(serializers.Serializer[Any]):
    """Why, in a few words."""

    because = serializers.CharField(max_length=200)


class NoteShape(serializers.Serializer[Any]):
    """What came of a step."""

    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class SnoozeShape(serializers.Serializer[Any]):
    """Until when the step waits, at most 30 days."""

    until = serializers.DateTimeField()


def _colleagues_for(user: User) -> Any:
    return clinicians()


class OwnerShape(serializers.Serializer[Any]):
    """Whose the step is from now; null gives it to the desk."""

    owner = Reference(_colleagues_for, allow_null=True)


class OpeningShape(serializers.Serializer[Any]):
    """A follow-up that a person opens."""

    client = Reference(clients_visible_to)
    case = Reference(cases_visible_to)
    protocol = serializers.ChoiceField(choices=ProtocolCode.choices)
