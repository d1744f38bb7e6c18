"""Addresses of what is done about worries, and about somebody who has missed several times."""

from django.urls import path

from dashboard.repeated import agreeing, reviewing, talking, wellbeing

urlpatterns = [
    path("clients/<uuid:public_id>/worries/new/", wellbeing.worry_new, name="worry-new"),
    path("worries/<uuid:public_id>/", wellbeing.worry, name="worry"),
    path("worries/<uuid:public_id>/taking/", wellbeing.worry_taking, name="worry-taking"),
    path("worries/<uuid:public_id>/outcome/", wellbeing.worry_outcome, name="worry-outcome"),
    path("follow-ups/<uuid:public_id>/talk/", talking.talk, name="pattern-talk"),
    path("follow-ups/<uuid:public_id>/talk/notes/", talking.talk_notes, name="pattern-talk-notes"),
    path("follow-ups/<uuid:public_id>/talk/cost/", talking.cost, name="cost-of-misses"),
    path("follow-ups/<uuid:public_id>/talk/private-words/", talking.private_words, name="private-words"),
    path("follow-ups/<uuid:public_id>/talk/question/", talking.question, name="consultation-new"),
    path("consultations/<uuid:public_id>/", talking.consultation, name="consultation"),
    path("follow-ups/<uuid:public_id>/rhythm/", agreeing.agreement, name="rhythm"),
    path("follow-ups/<uuid:public_id>/review/", reviewing.review_new, name="review-new"),
    path("reviews/<uuid:public_id>/", reviewing.review, name="review"),
    path("reviews/<uuid:public_id>/letter/", reviewing.letter, name="review-letter"),
]
