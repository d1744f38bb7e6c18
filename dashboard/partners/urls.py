"""Addresses of what belongs to coming together."""

from django.urls import path

from dashboard.partners import engagement, invitations, joint, options, protection, together

urlpatterns = [
    path("clients/together/", joint.funnel, name="joint-funnel"),
    path("sessions/<uuid:public_id>/together/", joint.joint_record, name="joint-record"),
    path("sessions/<uuid:public_id>/together/shared/", joint.joint_shared, name="joint-shared"),
    path("participants/<uuid:public_id>/together/", joint.joint_part, name="joint-part"),
    path("clients/cases/<uuid:public_id>/together/", together.together, name="together"),
    path("clients/members/<uuid:public_id>/engagement/", engagement.engagement, name="engagement"),
    path(
        "clients/members/<uuid:public_id>/invitations/new/",
        invitations.invitation_new,
        name="joint-invitation-new",
    ),
    path("clients/invitations/<uuid:public_id>/", invitations.invitation, name="joint-invitation"),
    path(
        "clients/invitations/<uuid:public_id>/words/",
        invitations.invitation_words,
        name="joint-invitation-words",
    ),
    path(
        "clients/invitations/<uuid:public_id>/approval/",
        invitations.invitation_approval,
        name="joint-invitation-approval",
    ),
    path(
        "clients/invitations/<uuid:public_id>/giving/",
        invitations.invitation_giving,
        name="joint-invitation-giving",
    ),
    path(
        "clients/invitations/<uuid:public_id>/letter.pdf",
        invitations.invitation_paper,
        name="joint-invitation-paper",
    ),
    path(
        "clients/invitations/<uuid:public_id>/print/",
        invitations.invitation_print,
        name="joint-invitation-print",
    ),
    path("clients/members/<uuid:public_id>/options/new/", options.option_new, name="later-option-new"),
    path("clients/options/<uuid:public_id>/", options.option, name="later-option"),
    path("clients/options/<uuid:public_id>/state/", options.option_state, name="later-option-state"),
    path(
        "clients/<uuid:public_id>/protective-orders/new/",
        protection.protective_order_new,
        name="protective-order-new",
    ),
    path(
        "clients/protective-orders/<uuid:public_id>/ending/",
        protection.protective_order_ending,
        name="protective-order-ending",
    ),
]
