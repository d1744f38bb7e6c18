"""Addresses of the API for coming together: the same verbs and the same walls as the pages."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.permissions import staff
from accounts.resources import ClinicalResource, shape
from accounts.services import get_practice
from attendance.access import get_treated_participant
from attendance.together import Said, note_joint_part, parts_in
from clients.access import get_client, get_protective_order, get_treated_case, get_treated_member
from clients.engagement import set_engagement
from clients.models import Case, Client
from clients.protection import end_order, note_order, orders_of
from clients.screening import is_safe_for_each, may_screen
from followups.access import get_invitation, get_later_option
from followups.funnel import funnels_for
from followups.invitations import (
    Wording,
    approve_invitation,
    change_invitation,
    give_invitation,
    invitations_in,
    refuse_locked,
    write_invitation,
)
from followups.later_options import Noted, look_again, note_option, options_of, settle_option
from followups.models import Invitation, LaterOption
from followups.partner_serializers import (
    ApprovalShape,
    ChangedWordingShape,
    EngagementShape,
    FunnelSerializer,
    InvitationSerializer,
    JointPartSerializer,
    JointPartShape,
    LaterOptionSerializer,
    LookAgainShape,
    NewInvitationShape,
    NewOptionShape,
    OptionStateShape,
    ProtectiveOrderSerializer,
    ProtectiveOrderShape,
    TogetherSerializer,
)

CREATED = status.HTTP_201_CREATED


def _together(case: Case) -> Response:
    is_safe = is_safe_for_each(case)
    members = case.members.filter(left_on=None).select_related("client")
    shown = {
        "first": "joint_sessions" if is_safe else "ask_each_alone",
        "members": members.prefetch_related("engagement_changes__noted_by"),
        "invitations": invitations_in(case) if is_safe else [],
        "later_options": options_of(case),
    }
    return Response(TogetherSerializer(shown).data)


def _invitation(invitation: Invitation, *, code: int = status.HTTP_200_OK) -> Response:
    return Response(InvitationSerializer(invitation).data, status=code)


def _option(option: LaterOption, *, code: int = status.HTTP_200_OK) -> Response:
    return Response(LaterOptionSerializer(option).data, status=code)


def _orders(client: Client, *, code: int = status.HTTP_200_OK) -> Response:
    return Response(ProtectiveOrderSerializer(orders_of(client), many=True).data, status=code)


class Together(ClinicalResource):
    """Coming together, for one case."""

    @extend_schema(
        operation_id="cases_together",
        summary="Who takes part, and what comes first",
        responses=TogetherSerializer,
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        case = get_treated_case(staff(request), public_id)
        log_view(user=staff(request), kind="case", public_ids=[public_id])
        return _together(case)


class MemberEngagement(ClinicalResource):
    """How far somebody has come towards taking part."""

    @extend_schema(
        operation_id="members_set_engagement",
        summary="Note how far they have come",
        request=EngagementShape,
        responses=TogetherSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        member = get_treated_member(staff(request), public_id)
        sent = shape(EngagementShape, request)
        set_engagement(member=member, actor=staff(request), now=timezone.now(), **sent)
        return _together(member.case)


class MemberInvitations(ClinicalResource):
    """Inviting somebody who does not take part yet."""

    @extend_schema(
        operation_id="invitations_write",
        summary="A draft in the name of somebody who takes part",
        request=NewInvitationShape,
        responses={201: InvitationSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        member = get_treated_member(staff(request), public_id)
        sent = shape(NewInvitationShape, request)
        asker: Client = sent.pop("asker")
        invitation = write_invitation(
            member=member,
            asker=asker,
            language=asker.language,
            wording=Wording(**sent),
            actor=staff(request),
            now=timezone.now(),
        )
        return _invitation(invitation, code=CREATED)


class OneInvitation(ClinicalResource):
    """One invitation; nothing of it is shown while the screen holds it."""

    @extend_schema(operation_id="invitations_read", summary="One invitation", responses=InvitationSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        found = get_invitation(staff(request), public_id)
        refuse_locked(found)
        log_view(user=staff(request), kind="invitation", public_ids=[public_id])
        return _invitation(found)

    @extend_schema(
        operation_id="invitations_change",
        summary="Other words; approved ones stay, and these need their own approval",
        request=ChangedWordingShape,
        responses=InvitationSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        found, sent = get_invitation(staff(request), public_id), shape(ChangedWordingShape, request)
        read = sent.pop("imprint", None)
        changed = change_invitation(
            invitation=found, wording=Wording(**sent), read=read, actor=staff(request), now=timezone.now()
        )
        return _invitation(changed)


class InvitationApproval(ClinicalResource):
    """Who invites has approved it in writing."""

    @extend_schema(
        operation_id="invitations_approve",
        summary="Approved in writing by who invites",
        request=ApprovalShape,
        responses=InvitationSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        found, sent = get_invitation(staff(request), public_id), shape(ApprovalShape, request)
        approved = approve_invitation(invitation=found, actor=staff(request), now=timezone.now(), **sent)
        return _invitation(approved)


class InvitationGiving(ClinicalResource):
    """It is on its way; a person handed it over or sent it."""

    @extend_schema(
        operation_id="invitations_give",
        summary="Handed over, or sent by a person",
        description="Kept sends nothing by itself.",
        request=None,
        responses=InvitationSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        found = get_invitation(staff(request), public_id)
        return _invitation(give_invitation(invitation=found, actor=staff(request), now=timezone.now()))


class MemberOptions(ClinicalResource):
    """The other ways for one member."""

    @extend_schema(
        operation_id="later_options_note",
        summary="Keep one in view until a day",
        request=NewOptionShape,
        responses={201: LaterOptionSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        member, now = get_treated_member(staff(request), public_id), timezone.now()
        sent, today = shape(NewOptionShape, request), get_practice().today(now)
        kind = sent.pop("kind")
        option = note_option(
            member=member, kind=kind, noted=Noted(**sent), today=today, actor=staff(request), now=now
        )
        return _option(option, code=CREATED)


class OneLaterOption(ClinicalResource):
    """One of the other ways."""

    @extend_schema(
        operation_id="later_options_look_again",
        summary="Looked at, and kept in view until another day",
        request=LookAgainShape,
        responses=LaterOptionSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        option, now = get_later_option(staff(request), public_id), timezone.now()
        noted, today = Noted(**shape(LookAgainShape, request)), get_practice().today(now)
        return _option(look_again(option=option, noted=noted, today=today, actor=staff(request), now=now))

    @extend_schema(
        operation_id="later_options_settle",
        summary="Taken up, or let go",
        request=OptionStateShape,
        responses=LaterOptionSerializer,
    )
    def patch(self, request: Request, public_id: UUID) -> Response:
        option, sent = get_later_option(staff(request), public_id), shape(OptionStateShape, request)
        settled = settle_option(option=option, actor=staff(request), now=timezone.now(), **sent)
        return _option(settled)


class ProtectiveOrders(ClinicalResource):
    """Court orders in one person's own record."""

    @extend_schema(
        operation_id="protective_orders_list",
        summary="Orders that protect them",
        responses=ProtectiveOrderSerializer(many=True),
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        client = _screened(request, public_id)
        log_view(user=staff(request), kind="client", public_ids=[public_id])
        return _orders(client)

    @extend_schema(
        operation_id="protective_orders_note",
        summary="An order stands",
        description="From now on the two are booked together in no way.",
        request=ProtectiveOrderShape,
        responses={201: ProtectiveOrderSerializer(many=True)},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        client, sent = _screened(request, public_id), shape(ProtectiveOrderShape, request)
        note_order(client=client, actor=staff(request), now=timezone.now(), **sent)
        return _orders(client, code=CREATED)


def _screened(request: Request, public_id: UUID) -> Client:
    client = get_client(staff(request), public_id)
    if not may_screen(staff(request), client):
        raise PermissionDenied
    return client


class OneProtectiveOrder(ClinicalResource):
    """One order."""

    @extend_schema(
        operation_id="protective_orders_end",
        summary="It stands no longer",
        request=None,
        responses=ProtectiveOrderSerializer(many=True),
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        order = get_protective_order(staff(request), public_id)
        end_order(order=order, actor=staff(request), now=timezone.now())
        return _orders(order.client)


class OneJointPart(ClinicalResource):
    """What one of them said in a session together."""

    @extend_schema(operation_id="joint_parts_read", summary="What they said", responses=JointPartSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        participant = get_treated_participant(staff(request), public_id)
        log_view(user=staff(request), kind="session", public_ids=[participant.session.public_id])
        noted = parts_in([participant]).get(participant.pk)
        return Response(JointPartSerializer(noted).data)

    @extend_schema(
        operation_id="joint_parts_note",
        summary="Note what they said, and what the others may see",
        request=JointPartShape,
        responses=JointPartSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        participant, sent = get_treated_participant(staff(request), public_id), shape(JointPartShape, request)
        said = Said(**sent | {"shareable": tuple(sent["shareable"])})
        noted = note_joint_part(participant=participant, said=said, actor=staff(request), now=timezone.now())
        return Response(JointPartSerializer(noted).data)


class JointFunnel(ClinicalResource):
    """From an invitation to sessions together: one's own cases, or one's team's."""

    @extend_schema(
        operation_id="joint_funnel",
        summary="Invited, came, came again",
        responses=FunnelSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(FunnelSerializer(funnels_for(staff(request)), many=True).data)


urlpatterns = [
    path("cases/<uuid:public_id>/together/", Together.as_view(), name="case-together"),
    path("members/<uuid:public_id>/engagement/", MemberEngagement.as_view(), name="member-engagement"),
    path("members/<uuid:public_id>/invitations/", MemberInvitations.as_view(), name="member-invitations"),
    path("members/<uuid:public_id>/later-options/", MemberOptions.as_view(), name="member-later-options"),
    path("invitations/<uuid:public_id>/", OneInvitation.as_view(), name="joint-invitation"),
    path(
        "invitations/<uuid:public_id>/approval/",
        InvitationApproval.as_view(),
        name="joint-invitation-approval",
    ),
    path("invitations/<uuid:public_id>/giving/", InvitationGiving.as_view(), name="joint-invitation-giving"),
    path("later-options/<uuid:public_id>/", OneLaterOption.as_view(), name="later-option"),
    path("clients/<uuid:public_id>/protective-orders/", ProtectiveOrders.as_view(), name="protective-orders"),
    path("protective-orders/<uuid:public_id>/", OneProtectiveOrder.as_view(), name="protective-order"),
    path("participants/<uuid:public_id>/joint-part/", OneJointPart.as_view(), name="joint-part"),
    path("joint-funnel/", JointFunnel.as_view(), name="joint-funnel"),
]
