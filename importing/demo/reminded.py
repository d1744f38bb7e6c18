"""What went out before the sessions of the past, as the rules would have sent it, and what people answered."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from attendance.models import MISSED_OUTCOMES
from clients.models import Channel, ConsentPurpose, ContactPoint
from importing.demo.practice import Setting
from reminders.models import Attempt, AttemptState, Audience, Message, Purpose, ReminderRule, State
from reminders.rendering import SessionFacts, Wordings, fill, practice_fields, session_fields, without_links
from sessions_app.models import AnsweredBy, Participant, Response

SEED = 20_261_119
# Of a hundred texts so many do not arrive.
LOST = 0.03
# Who came had confirmed more often than who did not.
CONFIRMED_AND_CAME, CONFIRMED_AND_MISSED = 0.6, 0.2
KEY = "reminder"
_ANSWERED = ("response", "responded_at", "responded_by", "responded_version")


class Past:
    """The messages of one practice's past."""

    def __init__(self, setting: Setting) -> None:
        self.practice = setting.practice
        self.today = setting.today
        self.random = random.Random(SEED)  # noqa: S311 - a draw, no secret
        self.rules = list(ReminderRule.objects.filter(is_active=True, audience=Audience.ALL))
        self.wordings = Wordings.load()
        # Their links have ended long ago.
        self.fields = practice_fields(setting.practice) | {"link": f"{settings.KEPT_LINK_BASE_URL}/"}

    def write(self) -> None:
        """A message for each rule that was in time, its try, and the answers."""
        past = Participant.objects.filter(session__on__lt=self.today).order_by("starts_at", "pk")
        people = list(past.select_related("session", "client", "attendance"))
        addresses = _addresses([one.client_id for one in people])
        tries = [
            one
            for person in people
            if person.client_id in addresses
            for one in self._told(person, addresses[person.client_id])
        ]
        Message.objects.bulk_create([one.message for one in tries])
        Attempt.objects.bulk_create(tries)
        arrived = {one.message.participant_id: one for one in tries if one.delivered_at}
        confirmed = [
            self._confirmed(one, arrived[one.pk])
            for one in people
            if one.pk in arrived and self._confirms(one)
        ]
        Participant.objects.bulk_update(confirmed, _ANSWERED, batch_size=500)

    def _told(self, person: Participant, contact: ContactPoint) -> Iterator[Attempt]:
        for rule in self.rules:
            due = person.starts_at - timedelta(days=rule.lead_days, hours=rule.lead_hours)
            off = person.cancelled_at or person.session.cancelled_at
            if off is None or off > due:
                yield self._try(person, self._message(person, rule, due), contact)

    def _message(self, person: Participant, rule: ReminderRule, due: datetime) -> Message:
        is_lost = self.random.random() < LOST
        return Message(
            purpose=Purpose.REMINDER,
            rule=rule,
            subject_id=person.public_id,
            subject_version=person.session.version,
            recipient=person.client,
            session=person.session,
            participant=person,
            template_key=KEY,
            state=State.FAILED if is_lost else State.DELIVERED,
            priority=1,
            due_at=due,
            not_before=due,
            expires_at=person.starts_at,
            tries=1,
            settled_at=due,
            # Seen to long ago.
            dismissed_at=due if is_lost else None,
        )

    def _try(self, person: Participant, message: Message, contact: ContactPoint) -> Attempt:
        is_lost = message.state == State.FAILED
        channel = Channel.EMAIL if contact.kind == ContactPoint.Kind.EMAIL else Channel.SMS
        subject, body = self._words(person, channel)
        return Attempt(
            message=message,
            channel=channel,
            address=contact.address,
            contact_point=contact,
            subject=subject,
            body=body,
            state=AttemptState.REFUSED if is_lost else AttemptState.ACCEPTED,
            owner=0,
            committed_at=message.due_at,
            resolved_at=message.due_at,
            provider_id=f"past-{UUID(int=self.random.getrandbits(128))}",
            delivered_at=None if is_lost else message.due_at,
        )

    def _words(self, person: Participant, channel: Channel) -> tuple[str, str]:
        session, client = person.session, person.client
        words = self.wordings.find(KEY, client.language, channel)
        assert words  # noqa: S101  # it ships
        time = SessionFacts(
            starts_at=session.starts_at,
            session_zone=session.timezone,
            recipient_zone=client.timezone,
            is_in_person=session.modality == "in_person",
            video_link=session.video_link,
        )
        subject = fill(words.subject, self.fields | without_links([time], client.language))
        return subject, fill(words.body, self.fields | session_fields([time], client.language))

    def _confirms(self, person: Participant) -> bool:
        record = getattr(person, "attendance", None)
        if record is None:  # called off
            return False
        often = CONFIRMED_AND_MISSED if record.outcome in MISSED_OUTCOMES else CONFIRMED_AND_CAME
        return self.random.random() < often

    def _confirmed(self, person: Participant, last: Attempt) -> Participant:
        """They answered the last reminder that arrived, some time before they were expected."""
        person.response = Response.CONFIRMED
        person.responded_at = person.starts_at - timedelta(hours=self.random.randint(3, 23))
        person.responded_by = AnsweredBy.LINK if last.channel == Channel.EMAIL else AnsweredBy.SMS
        person.responded_version = person.session.version
        return person


def _addresses(clients: list[int]) -> dict[int, ContactPoint]:
    """Where each is written to first, of those who agreed to reminders."""
    agreed = ContactPoint.objects.filter(
        client__in=clients,
        consents__purpose=ConsentPurpose.APPOINTMENTS,
        consents__withdrawn_at=None,
        ended_at=None,
    )
    found: dict[int, ContactPoint] = {}
    for contact in agreed.order_by("position", "pk"):
        found.setdefault(contact.client_id, contact)
    return found


def remind_of_the_past(setting: Setting) -> None:
    """Once its sessions and their outcomes are there."""
    Past(setting).write()
