"""Addresses of this area."""

from django.urls import path

from dashboard.settings import (
    agreements,
    hours,
    keys,
    places,
    practice,
    protocols,
    reminding,
    senders,
    services,
    wordings,
)

urlpatterns = [
    path("", practice.practice_page, name="settings"),
    path("sending-pause/", practice.sending_pause, name="sending-pause"),
    path("sending-resumption/", practice.sending_resumption, name="sending-resumption"),
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/<uuid:public_id>/end/", agreements.agreement_end, name="agreement-end"),
    path("senders/", senders.sender_list, name="senders"),
    path("senders/<slug:channel>/rate/", senders.sender_rate, name="sender-rate"),
    path("places/", places.place_list, name="places"),
    path("places/new/", places.new_place, name="new-place"),
    path("places/<uuid:public_id>/", places.place_page, name="place"),
    path("places/<uuid:public_id>/retirement/", places.place_retirement, name="place-retirement"),
    path("places/<uuid:public_id>/restoration/", places.place_restoration, name="place-restoration"),
    path("places/<uuid:public_id>/rooms/", places.new_room, name="new-room"),
    path("places/<uuid:public_id>/closed/<slug:day>/reopening/", places.reopening, name="reopening"),
    path("rooms/<uuid:public_id>/", places.room_page, name="room"),
    path("rooms/<uuid:public_id>/retirement/", places.room_retirement, name="room-retirement"),
    path("rooms/<uuid:public_id>/restoration/", places.room_restoration, name="room-restoration"),
    path("services/", services.service_list, name="services"),
    path("services/new/", services.new_service, name="new-service"),
    path("services/<uuid:public_id>/", services.service_page, name="service"),
    path("services/<uuid:public_id>/retirement/", services.service_retirement, name="service-retirement"),
    path("services/<uuid:public_id>/restoration/", services.service_restoration, name="service-restoration"),
    path("hours/", hours.hours_list, name="hours"),
    path("hours/of/<uuid:public_id>/", hours.clinician_page, name="clinician-hours"),
    path("hours/<uuid:public_id>/", hours.window_page, name="window"),
    path("hours/<uuid:public_id>/removal/", hours.window_removal, name="window-removal"),
    path(
        "time-off/<uuid:public_id>/cancellation/", hours.time_off_cancellation, name="time-off-cancellation"
    ),
    path("reminders/", reminding.rule_list, name="reminder-rules"),
    path("reminders/new/", reminding.new_rule, name="new-reminder-rule"),
    path("reminders/reach/", reminding.rule_reach, name="rule-reach"),
    path("reminders/<uuid:public_id>/", reminding.rule_page, name="reminder-rule"),
    path("words/", wordings.wording_list, name="wordings"),
    path("words/trials/<uuid:public_id>/", wordings.trial_state, name="trial"),
    path("words/<slug:key>/<slug:language>/<slug:channel>/", wordings.wording_page, name="wording"),
    path(
        "words/<slug:key>/<slug:language>/<slug:channel>/preview/",
        wordings.wording_preview,
        name="wording-preview",
    ),
    path(
        "words/<slug:key>/<slug:language>/<slug:channel>/restoration/",
        wordings.wording_restoration,
        name="wording-restoration",
    ),
    path(
        "words/<slug:key>/<slug:language>/<slug:channel>/trial/", wordings.wording_trial, name="wording-trial"
    ),
    path("protocols/", protocols.protocol_list, name="protocols"),
    path("protocols/<slug:code>/", protocols.protocol_page, name="protocol"),
    path("protocols/<slug:code>/restoration/", protocols.protocol_restoration, name="protocol-restoration"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/<uuid:public_id>/revocation/", keys.revocation, name="key-revocation"),
]
