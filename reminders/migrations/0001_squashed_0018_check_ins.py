import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from accounts.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("reminders", "0001_initial"),
        ("reminders", "0003_kinds_of_reply"),
        ("reminders", "0004_carried_by"),
        ("reminders", "0005_trials"),
        ("reminders", "0006_queue_indexes"),
        ("reminders", "0007_rules_and_agreements"),
        ("reminders", "0008_said_on_their_page"),
        ("reminders", "0009_any_hour_because"),
        ("reminders", "0010_slot_offers"),
        ("reminders", "0011_call_back"),
        ("reminders", "0012_polls"),
        ("reminders", "0013_offers"),
        ("reminders", "0014_in_hands"),
        ("reminders", "0015_news"),
        ("reminders", "0016_which_of_several"),
        ("reminders", "0017_swept_often"),
        ("reminders", "0018_check_ins"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0007_wellbeing_hours"),
        ("clients", "0001_squashed_0018_check_ins"),
        ("sessions_app", "0001_squashed_0004_made_up_for"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="PassLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("dispatch", "Sending"),
                                    ("reconcile", "Planning"),
                                    ("unknown", "Asking about the unknown"),
                                ],
                                max_length=10,
                                unique=True,
                            ),
                        ),
                        ("ended_at", models.DateTimeField()),
                        ("rows_count", models.PositiveIntegerField(default=0)),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="ProviderState",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                                unique=True,
                            ),
                        ),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_reason", models.CharField(blank=True, max_length=120)),
                        ("failures_running", models.PositiveSmallIntegerField(default=0)),
                        ("open_until", models.DateTimeField(blank=True, null=True)),
                        ("rate_per_second", models.FloatField(blank=True, null=True)),
                        ("burst", models.PositiveIntegerField(default=50)),
                        ("tokens", models.FloatField(default=50)),
                        ("filled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rate_per_second", None), ("rate_per_second__gt", 0), _connector="OR"
                                ),
                                name="provider_rate_possible",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "lead_days",
                            models.PositiveSmallIntegerField(
                                help_text="Days before, at the session's time of day."
                            ),
                        ),
                        ("template_key", models.CharField(default="reminder", max_length=30)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("all", "Everybody"),
                                    ("first_session", "People who come for the first time"),
                                    ("telehealth", "Sessions by video or telephone"),
                                    ("after_miss", "People who missed their last session"),
                                    ("high_need", "People marked for more reminders, or who miss often"),
                                ],
                                db_default="all",
                                default="all",
                                max_length=15,
                            ),
                        ),
                        (
                            "channels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                    max_length=5,
                                ),
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="Tried in this order; empty: as each person wants it.",
                                size=None,
                            ),
                        ),
                        (
                            "effective_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="What fell due before is not made up for; empty: always in force.",
                                null=True,
                            ),
                        ),
                        (
                            "lead_hours",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="Hours before that time, or before the session with no days.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-lead_days", "-lead_hours", "audience", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lead_days__range", (0, 13)),
                                    ("lead_hours__range", (0, 23)),
                                    models.Q(("lead_days__gte", 1), ("lead_hours__gte", 3), _connector="OR"),
                                ),
                                name="rule_lead_possible",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("lead_days", "lead_hours", "audience"),
                                name="rule_in_force_once_per_lead",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_reminderruleevent" ("audience", "channels", "effective_at", "id", "is_active", "lead_days", "lead_hours", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "template_key") VALUES (NEW."audience", NEW."channels", NEW."effective_at", NEW."id", NEW."is_active", NEW."lead_days", NEW."lead_hours", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."template_key"); RETURN NULL;',
                                    hash="399e7f9a73d95207da0af600fd32f168cb6d7b9b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_596af",
                                    table="reminders_reminderrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "reminders_reminderruleevent" ("audience", "channels", "effective_at", "id", "is_active", "lead_days", "lead_hours", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "template_key") VALUES (NEW."audience", NEW."channels", NEW."effective_at", NEW."id", NEW."is_active", NEW."lead_days", NEW."lead_hours", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."template_key"); RETURN NULL;',
                                    hash="d94a9540a5beef0334bb10da2051b1a587184176",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_72824",
                                    table="reminders_reminderrule",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_reminderruleevent" ("audience", "channels", "effective_at", "id", "is_active", "lead_days", "lead_hours", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "template_key") VALUES (OLD."audience", OLD."channels", OLD."effective_at", OLD."id", OLD."is_active", OLD."lead_days", OLD."lead_hours", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."template_key"); RETURN NULL;',
                                    hash="73ba68b459787eeb1f2d09fc57e464566bcbad8c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d5236",
                                    table="reminders_reminderrule",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "lead_days",
                            models.PositiveSmallIntegerField(
                                help_text="Days before, at the session's time of day."
                            ),
                        ),
                        ("template_key", models.CharField(default="reminder", max_length=30)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reminders.reminderrule",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("all", "Everybody"),
                                    ("first_session", "People who come for the first time"),
                                    ("telehealth", "Sessions by video or telephone"),
                                    ("after_miss", "People who missed their last session"),
                                    ("high_need", "People marked for more reminders, or who miss often"),
                                ],
                                db_default="all",
                                default="all",
                                max_length=15,
                            ),
                        ),
                        (
                            "channels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                    max_length=5,
                                ),
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="Tried in this order; empty: as each person wants it.",
                                size=None,
                            ),
                        ),
                        (
                            "effective_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="What fell due before is not made up for; empty: always in force.",
                                null=True,
                            ),
                        ),
                        (
                            "lead_hours",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="Hours before that time, or before the session with no days.",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9d4e8780bc8a0e4c33add149f5207de7722cdae2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6dfa0",
                                    table="reminders_reminderruleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InboundMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "provider_id",
                            models.CharField(
                                help_text="A repeated delivery is one message.", max_length=64, unique=True
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("sms", "Sms"),
                                    ("email", "Email"),
                                    ("voice", "Voice"),
                                    ("page", "Their page"),
                                ],
                                default="sms",
                                max_length=5,
                            ),
                        ),
                        (
                            "from_address",
                            models.CharField(blank=True, help_text="Empty for their page.", max_length=254),
                        ),
                        ("to_address", models.CharField(blank=True, max_length=254)),
                        ("body", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("confirm", "Confirms"),
                                    ("reschedule", "Asks for another time"),
                                    ("video", "Asks to meet by video"),
                                    ("choice", "Chooses an offered time"),
                                    ("stop", "No more texts"),
                                    ("start", "Texts again"),
                                    ("help", "Asks for help"),
                                    ("call_back", "Asks to be called back"),
                                    ("wrong", "Says it is the wrong number"),
                                    ("check_in", "Answers a check-in"),
                                    ("free", "A message"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("resolution", models.CharField(blank=True, max_length=200)),
                        (
                            "client",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="inbound_messages",
                                to="clients.client",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="inbound_messages",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-received_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("resolved_at", None)),
                                fields=["received_at"],
                                name="inbound_unresolved",
                            ),
                            models.Index(fields=["client", "-received_at"], name="inbound_by_client"),
                            models.Index(fields=["from_address", "-received_at"], name="inbound_by_sender"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                db_default=models.Func(function="gen_random_uuid"),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("reminder", "Reminder"),
                                    ("moved", "New time"),
                                    ("cancelled", "Cancelled"),
                                    ("answer", "Answer"),
                                    ("outreach", "A word after a missed session"),
                                    ("staff", "Written by staff"),
                                    ("offer", "A time that became free"),
                                    ("check_in", "A check-in between sessions"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("subject_id", models.UUIDField(help_text="Public id of what it is about.")),
                        ("subject_version", models.PositiveIntegerField(default=1)),
                        ("template_key", models.CharField(blank=True, max_length=30)),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What a member of staff wrote themselves."
                            ),
                        ),
                        (
                            "is_correction",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Something went out that no longer held.",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("claimed", "Being sent"),
                                    ("sending", "With the provider"),
                                    ("sent", "Sent"),
                                    ("delivered", "Delivered"),
                                    ("failed", "Not delivered"),
                                    ("unknown", "Checking"),
                                    ("held", "Please decide"),
                                    ("expired", "No longer useful"),
                                    ("cancelled", "Not needed"),
                                    ("suppressed", "May not be sent"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="Why it waits or ended so; see reasons.py.",
                                max_length=30,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                help_text="0: somebody must know; 1: a reminder; 2: the rest."
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        (
                            "not_before",
                            models.DateTimeField(
                                help_text="Quiet hours and back-off move it; never before due_at."
                            ),
                        ),
                        ("expires_at", models.DateTimeField()),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "claimed_by",
                            models.BigIntegerField(
                                blank=True, help_text="The owner's advisory lock.", null=True
                            ),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                db_default=0, default=0, help_text="Attempts that were begun."
                            ),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True, help_text="Since when the state is final.", null=True
                            ),
                        ),
                        (
                            "needs_call",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="A notice that cannot be written: please telephone.",
                            ),
                        ),
                        ("call_done_at", models.DateTimeField(blank=True, null=True)),
                        ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "call_done_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dismissed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "inbound",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="reminders.inboundmessage",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="clients.client",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reminders.reminderrule",
                            ),
                        ),
                        (
                            "carried_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                help_text="The message whose text names this time too.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carries",
                                to="reminders.message",
                            ),
                        ),
                        (
                            "any_hour_because",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="Why a colleague sent it outside of hours.",
                                max_length=200,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-due_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "planned")),
                                fields=["not_before"],
                                name="message_due",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["claimed", "sending", "unknown", "held"])),
                                fields=["state", "claimed_at"],
                                name="message_in_flight",
                            ),
                            models.Index(fields=["recipient", "-due_at"], name="message_by_recipient"),
                            models.Index(fields=["session"], name="message_by_session"),
                            models.Index(
                                condition=models.Q(("call_done_at", None), ("needs_call", True)),
                                fields=["due_at"],
                                name="message_calls",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("dismissed_at", None),
                                    ("state__in", ["failed", "held", "suppressed", "expired"]),
                                ),
                                fields=["-due_at"],
                                name="message_needing_a_look",
                            ),
                            models.Index(
                                condition=models.Q(("reason", "combined"), ("state", "cancelled")),
                                fields=["expires_at"],
                                name="message_carried",
                            ),
                            models.Index(
                                condition=models.Q(("state", "planned")),
                                fields=["expires_at", "not_before"],
                                name="message_next",
                            ),
                            models.Index(
                                condition=models.Q(("priority", 0), ("state", "planned")),
                                fields=["expires_at"],
                                name="message_urgent",
                            ),
                            models.Index(
                                condition=models.Q(("inbound__isnull", False)),
                                fields=["inbound"],
                                name="message_by_inbound",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("purpose", "rule", "subject_id", "subject_version", "recipient"),
                                name="message_once_per_intent",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("not_before__gte", models.F("due_at"))),
                                name="message_not_before_it_is_due",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "claimed"), _negated=True),
                                    ("claimed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="claim_names_its_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("participant__isnull", False),
                                        ("purpose__in", ["reminder", "moved", "cancelled"]),
                                        ("session__isnull", False),
                                        ("recipient__isnull", False),
                                    ),
                                    models.Q(("inbound__isnull", False), ("purpose__in", ["answer"])),
                                    models.Q(
                                        ("purpose__in", ["outreach", "staff", "offer", "check_in"]),
                                        ("recipient__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_names_its_subject",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Under way"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("never", "Not begun"),
                                    ("unknown", "Not known"),
                                    ("not_found", "Did not arrive"),
                                    ("held", "Cannot be decided"),
                                ],
                                default="pending",
                                max_length=9,
                            ),
                        ),
                        (
                            "owner",
                            models.BigIntegerField(help_text="The advisory lock that its process holds."),
                        ),
                        ("committed_at", models.DateTimeField()),
                        (
                            "unknown_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When it became unknown, or its owner was first seen dead.",
                                null=True,
                            ),
                        ),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("provider_id", models.CharField(blank=True, max_length=128, null=True)),
                        ("provider_status", models.CharField(blank=True, db_default="", max_length=20)),
                        ("error_code", models.CharField(blank=True, db_default="", max_length=20)),
                        ("delivered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "contact_point",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="clients.contactpoint",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="reminders.message",
                            ),
                        ),
                        (
                            "polls",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="How often the provider was asked what became of it.",
                            ),
                        ),
                        (
                            "listed",
                            models.JSONField(
                                blank=True,
                                help_text="What the provider's list held when nobody could tell: asked_at, and found or nothing.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("committed_at",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["pending", "unknown"])),
                                fields=["state", "unknown_at"],
                                name="attempt_unresolved",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("delivered_at", None), ("polls__lt", 3), ("state", "accepted")
                                ),
                                fields=["resolved_at"],
                                name="attempt_silent",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["pending", "unknown"])),
                                fields=("address",),
                                name="one_unresolved_attempt_per_destination",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "unknown"), _negated=True),
                                    ("unknown_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="unknown_since_an_instant",
                            ),
                            models.UniqueConstraint(fields=("provider_id",), name="provider_id_binds_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessageTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("key", models.CharField(max_length=30)),
                        ("language", models.CharField(max_length=5)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        ("subject", models.CharField(blank=True, help_text="Of an e-mail.", max_length=120)),
                        ("body", models.TextField()),
                    ],
                    options={
                        "ordering": ("key", "language", "channel"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "language", "channel"),
                                name="template_once_per_key_language_channel",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "subject") VALUES (NEW."body", NEW."channel", NEW."id", NEW."key", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."subject"); RETURN NULL;',
                                    hash="d3aeb459d5299f8c050f145cc9fb004d458a2b5d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c4485",
                                    table="reminders_messagetemplate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "subject") VALUES (NEW."body", NEW."channel", NEW."id", NEW."key", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."subject"); RETURN NULL;',
                                    hash="6381f717da95da53b7de3e774427c0f97da3fc95",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3e19a",
                                    table="reminders_messagetemplate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_messagetemplateevent" ("body", "channel", "id", "key", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "subject") VALUES (OLD."body", OLD."channel", OLD."id", OLD."key", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."subject"); RETURN NULL;',
                                    hash="d77d3abe5a68cf48c416e24b3880bf5a32bf2e70",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4827e",
                                    table="reminders_messagetemplate",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessageTemplateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("key", models.CharField(max_length=30)),
                        ("language", models.CharField(max_length=5)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        ("subject", models.CharField(blank=True, help_text="Of an e-mail.", max_length=120)),
                        ("body", models.TextField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reminders.messagetemplate",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e0a3d01f8929449de032887e27e68cacc2f068b4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3991d",
                                    table="reminders_messagetemplateevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("asked_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=30)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "On its way"),
                                    ("sending", "With the provider"),
                                    ("sent", "Sent"),
                                    ("failed", "Not sent"),
                                    ("unknown", "It may have gone out"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="The provider's, where it refused.", max_length=20
                            ),
                        ),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-asked_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["asked_at"],
                                name="trial_waiting",
                            ),
                            models.Index(fields=["asked_by", "-asked_at"], name="trial_by_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("associate", "Business associate agreement"),
                                    ("qualified", "Qualified service organisation agreement"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(help_text="With whom, and where the paper is.", max_length=120),
                        ),
                        ("signed_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("kind", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("kind",),
                                name="agreement_in_force_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_provideragreementevent" ("ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "reference", "signed_on") VALUES (NEW."ended_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."signed_on"); RETURN NULL;',
                                    hash="f230df299c4e491d296ab9ddc935297fa12cfd65",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2ba38",
                                    table="reminders_provideragreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "reminders_provideragreementevent" ("ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "reference", "signed_on") VALUES (NEW."ended_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."signed_on"); RETURN NULL;',
                                    hash="e5e4eaed8d6a89d1f392854888cff4ce19fd872a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5fc8d",
                                    table="reminders_provideragreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_provideragreementevent" ("ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "reference", "signed_on") VALUES (OLD."ended_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."signed_on"); RETURN NULL;',
                                    hash="c7cc420cdb86ac7b4e7d7b9e03f2e6080a536a5a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5e34e",
                                    table="reminders_provideragreement",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderAgreementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("associate", "Business associate agreement"),
                                    ("qualified", "Qualified service organisation agreement"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(help_text="With whom, and where the paper is.", max_length=120),
                        ),
                        ("signed_on", models.DateField()),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reminders.provideragreement",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b58bb34a3e9dfd09de8154f1cf9df669f2968284",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_8ee2c",
                                    table="reminders_provideragreementevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SlotOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "address",
                            models.CharField(
                                help_text="Where it went; a digit from there answers it.", max_length=254
                            ),
                        ),
                        (
                            "session_version",
                            models.PositiveIntegerField(help_text="Of the session that would be moved."),
                        ),
                        (
                            "times",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateTimeField(),
                                help_text="In the order of their numbers.",
                                size=None,
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("chosen", "A time was chosen"),
                                    ("gone", "The time chosen had just been taken"),
                                    ("replaced", "Others were offered"),
                                    ("expired", "Too long ago"),
                                    ("void", "The session had changed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "inbound",
                            models.ForeignKey(
                                help_text="What asked for it.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="reminders.inboundmessage",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slot_offers",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slot_offers",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-offered_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("address",),
                                name="one_live_offer_per_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end", ""), ("ended_at", None)),
                                    models.Q(
                                        ("ended_at__isnull", False), models.Q(("end", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_ended_somehow",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("handed_at", models.DateTimeField()),
                        (
                            "colleague",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages_in_hand",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="handover",
                                to="reminders.message",
                            ),
                        ),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_handoverevent" ("colleague_id", "handed_at", "handed_by_id", "id", "message_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."colleague_id", NEW."handed_at", NEW."handed_by_id", NEW."id", NEW."message_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="11a7f6784ad71daf2099616b59fc2734d5893ce1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cd7e6",
                                    table="reminders_handover",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "reminders_handoverevent" ("colleague_id", "handed_at", "handed_by_id", "id", "message_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."colleague_id", NEW."handed_at", NEW."handed_by_id", NEW."id", NEW."message_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="08f53ad7504d453430f1b81b190af200a73aa079",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_82101",
                                    table="reminders_handover",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "reminders_handoverevent" ("colleague_id", "handed_at", "handed_by_id", "id", "message_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."colleague_id", OLD."handed_at", OLD."handed_by_id", OLD."id", OLD."message_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="671e71d81ab2066c9664b931718132fef690b5ad",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f0de2",
                                    table="reminders_handover",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("handed_at", models.DateTimeField()),
                        (
                            "colleague",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reminders.message",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reminders.handover",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9007e9b13aee6f5b21071f26034f1399ab56a8be",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c814a",
                                    table="reminders_handoverevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ToldClient",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("clients.client",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toldclient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="planning_hears_of_client",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."away_from" IS DISTINCT FROM (NEW."away_from") OR OLD."away_until" IS DISTINCT FROM (NEW."away_until") OR OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."needs_more_reminders" IS DISTINCT FROM (NEW."needs_more_reminders"))',
                            func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.id); RETURN NULL;",
                            hash="dbd1dd2fd501fec867019e4ac6fe5fbc00cab4d8",
                            operation="UPDATE",
                            pgid="pgtrigger_planning_hears_of_client_30cdb",
                            table="clients_client",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ToldParticipant",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("sessions_app.participant",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toldparticipant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="planning_hears_of_booking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="5f8d4caca5f8b48862eea51e23a51a3ca31e2e09",
                            operation="INSERT",
                            pgid="pgtrigger_planning_hears_of_booking_7d980",
                            table="sessions_app_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toldparticipant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="planning_hears_of_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))',
                            func="INSERT INTO reminders_planningnews (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="cc38664eaccad638324583fd4ae09573a41991f6",
                            operation="UPDATE",
                            pgid="pgtrigger_planning_hears_of_change_394f7",
                            table="sessions_app_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ToldRule",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("reminders.reminderrule",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toldrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="planning_hears_of_rule",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO reminders_planningnews (client_id) VALUES (NULL); RETURN NULL;",
                            hash="9d9c1b137806962389b2ac78ef4ae7b0c3533265",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_planning_hears_of_rule_fbe75",
                            table="reminders_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ToldSession",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("sessions_app.therapysession",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="toldsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="planning_hears_of_session",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."tell_clients" IS DISTINCT FROM (NEW."tell_clients") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."video_link" IS DISTINCT FROM (NEW."video_link"))',
                            func="\n                    INSERT INTO reminders_planningnews (client_id)\n                    SELECT client_id FROM sessions_app_participant WHERE session_id = NEW.id;\n                    RETURN NULL;\n                ",
                            hash="4a23c625092033fc83fe0caed0f98494bc71e978",
                            operation="UPDATE",
                            pgid="pgtrigger_planning_hears_of_session_a0a9f",
                            table="sessions_app_therapysession",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="PlanningNews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Empty: of everybody, as when a rule changed.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "planning news",
                    },
                ),
                migrations.CreateModel(
                    name="WhichAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "address",
                            models.CharField(
                                help_text="Where it went; a digit from there answers it.", max_length=254
                            ),
                        ),
                        (
                            "message_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                help_text="What told of each time, in the order of their numbers.",
                                size=None,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "inbound",
                            models.ForeignKey(
                                help_text="The R.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="reminders.inboundmessage",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("address",),
                                name="one_live_question_per_address",
                            )
                        ],
                    },
                ),
            ]
        ),
        # A claim steps over what left the queue and has not been swept. A share of the table would make
        # that grow with history; and with few dead rows PostgreSQL would sweep the table and leave its indexes.
        migrations.RunSQL(
            "ALTER TABLE reminders_message SET (autovacuum_vacuum_scale_factor = 0,"
            " autovacuum_vacuum_threshold = 1000, vacuum_index_cleanup = on)",
            "ALTER TABLE reminders_message"
            " RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, vacuum_index_cleanup)",
        ),
    ]
