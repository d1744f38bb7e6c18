"""What was told since the last pass: the clients whose sessions a ring has to plan, and nobody else.

Facts belong to the rooms below, which know nothing of messages: triggers on them, declared on proxies,
write down whose changed, as `followups.models.news` does for itself.
"""

import pgtrigger
from django.db import models

from clients.models import CheckInPlan, Client, StressPeriod
from reminders.models.rules import ReminderRule
from sessions_app.models import Participant, TherapySession


class PlanningNews(models.Model):
    """A client whose sessions or check-ins changed and were not yet planned anew; a pass takes the row away.

    It is committed with its fact. Rows double freely: a unique key would make two verbs on one client
    wait for one another.
    """

    client = models.ForeignKey(
        Client,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="Empty: of everybody, as when a rule changed.",
    )

    class Meta:
        verbose_name_plural = "planning news"

    def __str__(self) -> str:
        return f"planning news of client {self.client_id}"


class ToldParticipant(Participant):
    """Booked, moved, called off or taken back: news of that client."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_booking",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.client_id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="planning_hears_of_change",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("starts_at", "cancelled_at"),
                func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.client_id); RETURN NULL;",
            ),
        )


class ToldSession(TherapySession):
    """Moved, called off, by video now: news of everybody at the session."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_session",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "starts_at",
                    "version",
                    "cancelled_at",
                    "changed_at",
                    "tell_clients",
                    "modality",
                    "video_link",
                ),
                func="""
                    INSERT INTO reminders_planningnews (client_id)
                    SELECT client_id FROM sessions_app_participant WHERE session_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        )


class ToldClient(Client):
    """Left, died, rests, needs more reminders: news of that client."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_client",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "died_on", "left_on", "away_from", "away_until", "needs_more_reminders"
                ),
                func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.id); RETURN NULL;",
            ),
        )


class ToldCheckInPlan(CheckInPlan):
    """Check-ins agreed on, changed, paused, resumed or ended: news of that client.

    Saved, they are planned after the ring and not by the next sweep: what was agreed on for this
    very minute goes out in it, and what was ended is taken out while somebody looks.
    """

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_check_ins",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.client_id); RETURN NULL;",
            ),
        )


class ToldStressPeriod(StressPeriod):
    """A harder time that was marked, changed or is over: news of whom it is about."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_stress",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    INSERT INTO reminders_planningnews (client_id)
                    SELECT client_id FROM clients_checkinplan WHERE id = NEW.plan_id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="planning_hears_of_no_stress",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="""
                    INSERT INTO reminders_planningnews (client_id)
                    SELECT client_id FROM clients_checkinplan WHERE id = OLD.plan_id;
                    RETURN NULL;
                """,
            ),
        )


class ToldRule(ReminderRule):
    """Written, changed or switched off: news of everybody."""

    class Meta:
        proxy = True
        triggers = (
            pgtrigger.Trigger(
                name="planning_hears_of_rule",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="INSERT INTO reminders_planningnews (client_id) VALUES (NULL); RETURN NULL;",
            ),
        )
