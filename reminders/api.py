"""Addresses of the API for messages: what was said, what came back, and who sees to it."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import colleagues
from accounts.audit import log_view
from accounts.models import User
from accounts.paging import Stretch
from accounts.permissions import staff
from accounts.resources import Reference, Resource, ResourceList, shape
from accounts.roles import May
from clients.access import clients_visible_to
from clients.serializers import PersonSerializer
from reminders.access import get_inbound, get_message, inbox_visible_to, messages_visible_to
from reminders.models import Attempt, Handover, InboundKind, InboundMessage, Message, Purpose, State
from reminders.reasons import reason_words
from reminders.services import hand_message, take_back_message


class SendingSerializer(serializers.ModelSerializer[Attempt]):
    """One try at saying it."""

    class Meta:
        model = Attempt
        fields = ("channel", "address", "body", "state", "committed_at", "delivered_at", "error_code")


class HandSerializer(serializers.ModelSerializer[Handover]):
    """In whose hands a message is."""

    id = serializers.UUIDField(source="colleague.public_id", read_only=True)
    name = serializers.CharField(source="colleague.name", read_only=True)

    class Meta:
        model = Handover
        fields = ("id", "name", "handed_at")


class HandoverShape(serializers.Serializer[Any]):
    """Who sees to a message from now."""

    colleague = Reference(lambda _user: colleagues())


class MessageSerializer(serializers.ModelSerializer[Message]):
    """One thing to be said to one person, and how far it came."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    recipient = PersonSerializer(allow_null=True)
    session = serializers.UUIDField(source="session.public_id", allow_null=True, default=None)
    participant = serializers.UUIDField(source="participant.public_id", allow_null=True, default=None)
    assigned_to = HandSerializer(source="handover", allow_null=True, default=None)
    reason_in_words = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = (
            "id",
            "purpose",
            "recipient",
            "session",
            "participant",
            "state",
            "reason",
            "reason_in_words",
            "due_at",
            "not_before",
            "expires_at",
            "settled_at",
            "assigned_to",
            "needs_call",
            "call_done_at",
        )

    def get_reason_in_words(self, message: Message) -> str:
        return reason_words(message.reason)


class MessageDetailSerializer(MessageSerializer):
    """One message with each try at sending it."""

    attempts = serializers.SerializerMethodField()

    class Meta(MessageSerializer.Meta):
        fields = (*MessageSerializer.Meta.fields, "attempts")  # type: ignore[assignment]  # one more

    @extend_schema_field(SendingSerializer(many=True))
    def get_attempts(self, message: Message) -> Any:
        return SendingSerializer(message.attempts.all(), many=True).data


class InboundSerializer(serializers.ModelSerializer[InboundMessage]):
    """What somebody wrote to the practice."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer(allow_null=True)
    participant = serializers.UUIDField(source="participant.public_id", allow_null=True, default=None)

    class Meta:
        model = InboundMessage
        fields = (
            "id",
            "channel",
            "from_address",
            "body",
            "kind",
            "received_at",
            "client",
            "participant",
            "resolved_at",
            "resolution",
        )


class NewestDue(Stretch):
    """Messages, the latest due first."""

    ordering = ("-due_at", "-pk")


class NewestReceived(Stretch):
    """Replies, the newest first."""

    ordering = ("-received_at", "-pk")


class MessageFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which messages a list shows."""

    state = django_filters.ChoiceFilter(choices=State.choices)
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices)
    recipient = django_filters.UUIDFilter(method="only_to", label="To this person.")
    session = django_filters.UUIDFilter(field_name="session__public_id", label="About this session.")
    mine = django_filters.BooleanFilter(method="only_mine", label="Handed to you, and still to be seen to.")
    calls_to_make = django_filters.BooleanFilter(
        method="only_calls", label="Could not be written: somebody must telephone."
    )

    class Meta:
        model = Message
        fields = ()

    def only_to(self, messages: Any, name: str, client_id: UUID) -> Any:
        people = clients_visible_to(staff(self.request)).filter(public_id=client_id)
        return messages.filter(recipient__in=people)

    def only_mine(self, messages: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return messages.in_hands_of(staff(self.request)) if wanted else messages

    def only_calls(self, messages: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return messages.calls_to_make() if wanted else messages


class InboundFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which replies a list shows."""

    unresolved = django_filters.BooleanFilter(
        field_name="resolved_at", lookup_expr="isnull", label="Still to be answered by a person."
    )
    kind = django_filters.ChoiceFilter(choices=InboundKind.choices)
    client = django_filters.UUIDFilter(method="only_from", label="From this person.")

    class Meta:
        model = InboundMessage
        fields = ()

    def only_from(self, replies: Any, name: str, client_id: UUID) -> Any:
        people = clients_visible_to(staff(self.request)).filter(public_id=client_id)
        return replies.filter(client__in=people)


@extend_schema_view(get=extend_schema(operation_id="messages_list", summary="The outbox"))
class Messages(ResourceList):
    """What is to be said, and what was."""

    log_kind = "message"
    serializer_class = MessageSerializer
    filterset_class = MessageFilter
    pagination_class = NewestDue

    def rows(self, person: User) -> QuerySet[Message]:
        return messages_visible_to(person).select_related(
            "recipient", "session", "participant", "handover__colleague"
        )


class OneMessage(Resource):
    """One message."""

    @extend_schema(
        operation_id="messages_read",
        summary="One message with each try at sending it",
        responses=MessageDetailSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        message = get_message(person, public_id)
        log_view(user=person, kind="message", public_ids=[public_id])
        return Response(MessageDetailSerializer(message).data)


class MessageHandover(Resource):
    """Who sees to a message."""

    writes: ClassVar[tuple[May, ...]] = (May.ANSWER_MESSAGES,)

    @extend_schema(
        operation_id="messages_hand_over",
        summary="Hand a message of the outbox to a colleague",
        description="They find it on their own page. Handing on takes it from whoever had it.",
        request=HandoverShape,
        responses=MessageDetailSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        message = get_message(person, public_id, write=True)
        colleague = shape(HandoverShape, request)["colleague"]
        hand_message(message=message, colleague=colleague, actor=person, now=timezone.now())
        return Response(MessageDetailSerializer(get_message(person, public_id)).data)

    @extend_schema(
        operation_id="messages_take_back", summary="It is nobody's in particular again", responses={204: None}
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        take_back_message(message=get_message(person, public_id, write=True), actor=person)
        return Response(status=204)


@extend_schema_view(get=extend_schema(operation_id="inbox_list", summary="The inbox"))
class Inbox(ResourceList):
    """What people wrote."""

    log_kind = "inbound"
    serializer_class = InboundSerializer
    filterset_class = InboundFilter
    pagination_class = NewestReceived

    def rows(self, person: User) -> QuerySet[InboundMessage]:
        return inbox_visible_to(person).select_related("client", "participant")


class OneInbound(Resource):
    """One reply."""

    @extend_schema(operation_id="inbox_read", summary="One reply", responses=InboundSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        inbound = get_inbound(person, public_id)
        log_view(user=person, kind="inbound", public_ids=[public_id])
        return Response(InboundSerializer(inbound).data)


urlpatterns: list[Any] = [
    path("messages/", Messages.as_view(), name="messages"),
    path("messages/<uuid:public_id>/", OneMessage.as_view(), name="message"),
    path("messages/<uuid:public_id>/handover/", MessageHandover.as_view(), name="message-handover"),
    path("inbox/", Inbox.as_view(), name="inbox"),
    path("inbox/<uuid:public_id>/", OneInbound.as_view(), name="inbound"),
]
