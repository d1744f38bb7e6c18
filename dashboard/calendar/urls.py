"""Addresses of the calendar: sessions, booking them, changing them, and days off."""

from django.urls import path

from dashboard.calendar import booking, cancelling, changing, days_off, moving, session, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/entries/", views.entries, name="calendar-entries"),
    path("sessions/new/", booking.booking, name="booking"),
    path("sessions/<uuid:public_id>/", session.session_page, name="session"),
    path("sessions/<uuid:public_id>/time/", changing.rescheduling, name="rescheduling"),
    path("sessions/<uuid:public_id>/moving/", moving.moving, name="moving"),
    path("sessions/<uuid:public_id>/moving/undo/", moving.moving_undo, name="moving-undo"),
    path("sessions/<uuid:public_id>/setting/", changing.setting, name="session-setting"),
    path("sessions/<uuid:public_id>/cancellation/", cancelling.cancellation, name="cancellation"),
    path("sessions/<uuid:public_id>/reinstatement/", cancelling.reinstatement, name="reinstatement"),
    path("closures/new/", days_off.closure_new, name="closure-new"),
    path("closures/<uuid:public_id>/<slug:day>/", days_off.closure, name="closure"),
    path("absences/new/", days_off.absence_new, name="absence-new"),
    path("absences/<uuid:public_id>/<slug:day>/", days_off.absence, name="absence"),
]
