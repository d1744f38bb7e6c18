"""V: the client meets by video this time, where that is offered and the way there is known."""

from django.core.exceptions import ValidationError
from django.db import transaction

from reminders.models import Message
from reminders.services.heard import Heard, answer, answer_about_no_time, hears_alone, last_told, resolve
from sessions_app.choices import is_joint, video_link_of
from sessions_app.models import AnsweredBy, Modality, Response
from sessions_app.services import Change, NewSetting, change_session, record_response


def switch_to_video(heard: Heard) -> None:
    """Hold the session by video; for the desk to see to where there is no link, or others come too."""
    about = last_told(heard.inbound.client, heard.now) if heard.inbound.client else None
    if about is None or about.session is None:
        answer_about_no_time(heard)
        return
    heard.inbound.participant = about.participant
    if about.session.modality != Modality.VIDEO and not _switch(about, heard):
        answer(heard, "in_touch")
        return
    answer(heard, "by_video")
    resolve(heard.inbound, "By video", heard.now)


def _switch(about: Message, heard: Heard) -> bool:
    session, participant, writer = about.session, about.participant, heard.inbound.client
    if session is None or participant is None or writer is None:
        return False
    link = video_link_of(session)
    if not link or session.service is None or not session.service.video_offered or is_joint(session):
        return False
    to = NewSetting(
        modality=Modality.VIDEO,
        location=None,
        room=None,
        video_link=link,
        clinicians=tuple(session.clinicians.all()),
    )
    change = Change(
        seen_version=about.subject_version,
        tell_clients=not hears_alone(participant, writer, heard.now),
    )
    try:
        with transaction.atomic():
            changed = change_session(session=session, to=to, actor=None, now=heard.now, change=change)
            record_response(
                participant=participant,
                response=Response.CONFIRMED,
                by=AnsweredBy.SMS,
                version=changed.version,
                actor=None,
                now=heard.now,
            )
    except ValidationError:
        return False
    return True
