"""Questions about the outbox and the inbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.roles import May
from clients.models import Client
from sessions_app.models import TherapySession

if TYPE_CHECKING:
    from accounts.models import User
    from reminders.models import InboundMessage, Message


# For so long after a check-in by text what somebody writes may be their answer to it.
ANSWERS_A_CHECK_IN = timedelta(hours=48)


class MessageQuerySet(models.QuerySet["Message"]):
    """The outbox, by what staff need to see."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; those to the people of one's own caseload for clinicians.

        What is about a session is only for who may see that session: one's client may be in
        treatment elsewhere too, or receive for a child who is.
        """
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        visible = Client.objects.visible_to(user)
        sessions = TherapySession.objects.visible_to(user)
        theirs = Q(recipient__in=visible) | Q(inbound__client__in=visible)
        return self.filter(theirs, Q(session=None) | Q(session__in=sessions.order_by().values("pk")))

    def waiting(self, now: datetime) -> Self:
        """Due, and not yet on its way; `reason` says why."""
        return self.filter(state="planned", due_at__lte=now)

    def planned(self) -> Self:
        """Still to come."""
        return self.filter(state="planned").order_by("not_before")

    def in_flight(self) -> Self:
        """Claimed, with the provider, or being asked about."""
        return self.filter(state__in=["claimed", "sending", "unknown"])

    def held(self) -> Self:
        """Whether it went out cannot be found; a person decides."""
        return self.filter(state="held")

    def needing_a_look(self) -> Self:
        """Ended without reaching anybody and not yet dismissed by staff."""
        return self.filter(state__in=["failed", "held", "suppressed", "expired"], dismissed_at=None)

    def to_see_to(self) -> Self:
        """Still under way, or ended without reaching anybody and not dismissed."""
        under_way = Q(state__in=["planned", "claimed", "sending", "unknown", "held"])
        ended = Q(state__in=["failed", "suppressed", "expired"], dismissed_at=None)
        return self.filter(under_way | ended | Q(needs_call=True, call_done_at=None))

    def in_hands_of(self, user: User) -> Self:
        """What colleagues handed to this person, and is still to be seen to."""
        return self.to_see_to().filter(handover__colleague=user)

    def calls_to_make(self) -> Self:
        """Notices that could not be written: somebody must telephone."""
        return self.filter(needs_call=True, call_done_at=None).order_by("due_at")

    def undelivered(self, *, begins: datetime, ends: datetime) -> Self:
        """What somebody expected in this time does not know, and nobody has seen to yet.

        A word about a change counts however it failed; a reminder only where it was meant to go out
        and nothing else about that time has arrived.
        """
        notice = Q(purpose__in=["moved", "cancelled"])
        stuck = Q(reason__in=["paused", "provider_paused", "provider_down", "back_off", "destination_busy"])
        ended = Q(state__in=["failed", "held"]) | Q(state="suppressed") & notice
        ended |= Q(state="expired") & (notice | stuck)
        told = MessageQuerySet(self.model).filter(
            session=OuterRef("session"),
            recipient=OuterRef("recipient"),
            subject_version=OuterRef("subject_version"),
            purpose__in=["reminder", "moved"],
            state__in=["sent", "delivered"],
        )
        holds = Q(session__cancelled_at=None, participant__cancelled_at=None)
        holds &= Q(subject_version=F("session__version")) & Q(~Exists(told))
        return self.filter(
            ended,
            Q(purpose="cancelled") | holds,
            purpose__in=["reminder", "moved", "cancelled"],
            dismissed_at=None,
            call_done_at=None,
            due_at__gt=begins - timedelta(days=14),
            session__starts_at__gt=begins,
            session__starts_at__lt=ends,
        )

    def with_people(self) -> Self:
        """What a row on a page shows, in a constant number of queries."""
        return self.select_related(
            "recipient",
            "session",
            "participant__client",
            "rule",
            "handover__colleague",
            "handover__handed_by",
        ).prefetch_related("attempts")


class InboundQuerySet(models.QuerySet["InboundMessage"]):
    """The inbox."""

    def visible_to(self, user: User) -> Self:
        """All, with the numbers nobody has, for the desk; their own people's for clinicians.

        An answer about a session that one may not see is not one's own; a free text is. How somebody is,
        in answer to a check-in, is for who may read their words, and not the desk's.
        """
        if user.may(May.SEE_ALL_SESSIONS):
            return self.filter(~Q(kind="check_in") | Q(client__in=Client.objects.clinical_for(user)))
        theirs = self.filter(client__in=Client.objects.visible_to(user))
        sessions = TherapySession.objects.visible_to(user)
        about = Q(participant=None) | Q(participant__session__in=sessions.order_by().values("pk"))
        return theirs.filter(about)

    def unresolved(self) -> Self:
        """Still to be answered by a person, the oldest first."""
        return self.filter(resolved_at=None).order_by("received_at", "pk")

    def maybe_to_a_check_in(self) -> Self:
        """Free words within two days of the last check-in by text, whatever went out since (docs/protocols).

        They stay what they are, in the inbox and the thread: nobody can know, and nobody is to lose them.
        """
        messages = self.model._meta.get_field("answers").related_model._default_manager
        asked = messages.filter(
            recipient=OuterRef("client"),
            purpose="check_in",
            tries__gt=0,
            due_at__lte=OuterRef("received_at"),
            due_at__gt=OuterRef("received_at") - ANSWERS_A_CHECK_IN,
        )
        return self.filter(Exists(asked), kind="free", channel="sms")

    def unmatched(self) -> Self:
        """From a number that nobody has, or that several people share."""
        return self.filter(client=None)

    def with_people(self) -> Self:
        """What a row on a page shows, in a constant number of queries."""
        people = self.select_related("client", "participant__session", "resolved_by")
        return people.prefetch_related("offers")
