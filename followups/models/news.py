"""What was told since the last pass: the clients whom a pass has to look at, and nobody else.

Fact tables belong to the rooms below, which know nothing of follow-ups. So the ear is put to them
from here: triggers on them, declared on proxies, write down whose facts changed.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from attendance.models import AttendanceRecord
from clients.models import Case, Client, Mandate
from followups.models.follow_ups import FollowUp
from reminders.models import InboundMessage
from sessions_app.models import Participant


class News(models.Model):
    """A client of whom a fact was told and not yet looked at; a pass takes the row away.

    It is committed with its fact, so a pass sees either both or neither, in whatever order verbs
    began. Rows double freely: a unique key would make two verbs on one client wait for one another.
    """

    client = models.ForeignKey(
        Client, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return f"news of client {self.client_id}"


class ReconcilePass(models.Model):
    """When everything was last compared with the facts; one row."""

    full_at = models.DateTimeField(help_text="When everything was last looked at.")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="one_follow_up_reconcile_pass"),)

    def __str__(self) -> str:
        return "follow-up reconcile pass"


_OF_THIS_CLIENT = "INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;"
_OF_THE_CLIENT_ITSELF = "INSERT INTO followups_news (client_id) VALUES (NEW.id); RETURN NULL;"
_OF_ALL_IN_THE_CASE = """
    INSERT INTO followups_news (client_id)
    SELECT client_id FROM clients_casemember WHERE case_id = NEW.id AND left_on IS NULL;
    RETURN NULL;
"""
# Whether a partner came decides how the other's absence is followed up.
_OF_ALL_IN_THE_ROOM = """
    INSERT INTO followups_news (client_id)
    SELECT other.client_id
    FROM sessions_app_participant mine JOIN sessions_app_participant other USING (session_id)
    WHERE mine.id = coalesce(NEW.participant_id, OLD.participant_id);
    RETURN NULL;
"""


class HeardAttendance(AttendanceRecord):
    """Recorded, corrected or taken back: news of everybody at the session."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_attendance",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_ALL_IN_THE_ROOM,
            ),
        )


class HeardParticipant(Participant):
    """Booked, moved, cancelled, answered: news of that client."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_booking",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_OF_THIS_CLIENT,
            ),
            pgtrigger.Trigger(
                name="follow_ups_hear_of_change",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("starts_at", "cancelled_at", "cancelled_late", "responded_at"),
                func=_OF_THIS_CLIENT,
            ),
        )


class HeardMessage(InboundMessage):
    """Wrote to us, or was found to be who wrote: news of that client."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_message",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__client__isnull=False),
                func=_OF_THIS_CLIENT,
            ),
        )


class HeardClient(Client):
    """Left, died, went away, or is back: news of that client."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_leaving",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("died_on", "left_on"),
                func=_OF_THE_CLIENT_ITSELF,
            ),
            pgtrigger.Trigger(
                name="follow_ups_hear_of_absence",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("away_from", "away_until"),
                func=_OF_THE_CLIENT_ITSELF,
            ),
        )


class HeardMandate(Mandate):
    """A court's order was entered, changed or ended: what was missed may ask for more, or for less."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_mandate",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OF_THIS_CLIENT,
            ),
        )


class HeardCase(Case):
    """Opened again: what was missed in it may ask for something after all."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_reopened_case",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_on__isnull=False, new__closed_on__isnull=True),
                func=_OF_ALL_IN_THE_CASE,
            ),
        )


class HeardFollowUp(FollowUp):
    """Taken up again by a person: the facts may have answered it meanwhile."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="follow_ups_hear_of_reopening",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="closed", new__state="open"),
                func=_OF_THIS_CLIENT,
            ),
        )
