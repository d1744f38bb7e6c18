"""Addresses of the day board."""

from django.urls import path

from dashboard.board import recording, views, walk_ins

urlpatterns = [
    path("", views.board, name="board"),
    path("day/", views.board_day, name="board-day"),
    path("not-recorded/", views.not_recorded_list, name="not-recorded"),
    path("participants/<uuid:public_id>/arrival/", recording.arrival, name="arrival"),
    path("participants/<uuid:public_id>/arrival/undo/", recording.arrival_undo, name="arrival-undo"),
    path("participants/<uuid:public_id>/outcome/", recording.outcome, name="outcome"),
    path("participants/<uuid:public_id>/outcome/undo/", recording.outcome_undo, name="outcome-undo"),
    path(
        "participants/<uuid:public_id>/cancellation/",
        recording.cancellation,
        name="participant-cancellation",
    ),
    path(
        "participants/<uuid:public_id>/cancellation/undo/",
        recording.cancellation_undo,
        name="cancellation-undo",
    ),
    path("participants/<uuid:public_id>/barriers/", recording.barriers, name="barriers"),
    path("walk-in/", walk_ins.walk_in, name="walk-in"),
    path("walk-in/<uuid:public_id>/", walk_ins.walk_in_of, name="walk-in-of"),
    path("sessions/<uuid:public_id>/walk-in/", walk_ins.session_walk_in, name="session-walk-in"),
    path("sessions/<uuid:public_id>/all-here/", recording.all_here, name="all-here"),
    path("sessions/<uuid:public_id>/all-here/undo/", recording.all_here_undo, name="all-here-undo"),
]
