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
        ("followups", "0001_initial"),
        ("followups", "0002_news"),
        ("followups", "0003_more_news"),
        ("followups", "0004_disclosures"),
        ("followups", "0005_queued_outreach"),
        ("followups", "0006_court_talks"),
        ("followups", "0007_court_reports"),
        ("followups", "0008_attempt_due_before"),
        ("followups", "0009_miss_patterns"),
        ("followups", "0010_invitations"),
        ("followups", "0011_check_in_calls"),
        ("followups", "0012_repeated_no_shows"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0007_wellbeing_hours"),
        ("attendance", "0001_squashed_0005_fees"),
        ("clients", "0001_squashed_0018_check_ins"),
        ("reminders", "0001_squashed_0018_check_ins"),
        ("sessions_app", "0001_squashed_0004_made_up_for"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="ReconcilePass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("full_at", models.DateTimeField(help_text="When everything was last looked at.")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="one_follow_up_reconcile_pass"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Protocol",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                help_text="The highest among its causes leads a follow-up.", unique=True
                            ),
                        ),
                        (
                            "is_sensitive",
                            models.BooleanField(
                                default=False,
                                help_text="Clinicians' work: the desk never sees the cause; a named person closes it.",
                            ),
                        ),
                        (
                            "closes_itself",
                            models.BooleanField(
                                default=False,
                                help_text="When the client is back, has a new time, or answers.",
                            ),
                        ),
                        (
                            "pattern_count",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="How many in the window open it."
                            ),
                        ),
                        (
                            "pattern_days",
                            models.PositiveSmallIntegerField(default=30, help_text="The window, in days."),
                        ),
                    ],
                    options={
                        "ordering": ("-rank",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_itself", True), ("is_sensitive", True), _negated=True
                                ),
                                name="sensitive_protocol_is_closed_by_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pattern_count__gte", 1), ("pattern_days__gte", 1)),
                                name="protocol_pattern_possible",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_protocolevent" ("closes_itself", "code", "id", "is_sensitive", "name", "pattern_count", "pattern_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank") VALUES (NEW."closes_itself", NEW."code", NEW."id", NEW."is_sensitive", NEW."name", NEW."pattern_count", NEW."pattern_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rank"); RETURN NULL;',
                                    hash="eae3a8027a087d1fae92965eccfd31d77e1b1073",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_46a40",
                                    table="followups_protocol",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_protocolevent" ("closes_itself", "code", "id", "is_sensitive", "name", "pattern_count", "pattern_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank") VALUES (NEW."closes_itself", NEW."code", NEW."id", NEW."is_sensitive", NEW."name", NEW."pattern_count", NEW."pattern_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rank"); RETURN NULL;',
                                    hash="8dc2c8dbca9a4196a645102e572314b028c99e44",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b9415",
                                    table="followups_protocol",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_protocolevent" ("closes_itself", "code", "id", "is_sensitive", "name", "pattern_count", "pattern_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank") VALUES (OLD."closes_itself", OLD."code", OLD."id", OLD."is_sensitive", OLD."name", OLD."pattern_count", OLD."pattern_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rank"); RETURN NULL;',
                                    hash="45f7e858e872f907de20698b9b0e01432892dbc4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5d065",
                                    table="followups_protocol",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("code", models.SlugField(db_index=False)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                help_text="The highest among its causes leads a follow-up."
                            ),
                        ),
                        (
                            "is_sensitive",
                            models.BooleanField(
                                default=False,
                                help_text="Clinicians' work: the desk never sees the cause; a named person closes it.",
                            ),
                        ),
                        (
                            "closes_itself",
                            models.BooleanField(
                                default=False,
                                help_text="When the client is back, has a new time, or answers.",
                            ),
                        ),
                        (
                            "pattern_count",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="How many in the window open it."
                            ),
                        ),
                        (
                            "pattern_days",
                            models.PositiveSmallIntegerField(default=30, help_text="The window, in days."),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.protocol",
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
                                    hash="6b7113521b496073972418c055732ed50bdf7b65",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5414d",
                                    table="followups_protocolevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "shipped_revision",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Which of Kept's own revisions this is; empty if the practice's.",
                                null=True,
                            ),
                        ),
                        ("steps", models.JSONField(help_text="A list of step plans, in order.")),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="followups.protocol",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("protocol", "-number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("protocol", "number"), name="protocol_version_number_once"
                            ),
                            models.UniqueConstraint(
                                fields=("protocol", "shipped_revision"), name="protocol_revision_shipped_once"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="protocol_version_is_immutable",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="bcd50ebe3e2ace06cdf6a1d6198a871d250cc369",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_protocol_version_is_immutable_dbdac",
                                    table="followups_protocolversion",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "last_cause_at",
                            models.DateTimeField(help_text="When the latest of its absences began."),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Of the current step; empty once every step was taken.",
                                null=True,
                            ),
                        ),
                        (
                            "owner_role",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                max_length=12,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_because", models.CharField(blank=True, max_length=200)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="clients.client",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: it closed itself.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: anyone in that role.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="followups.protocolversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-opened_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["due_at"],
                                name="follow_up_open_by_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["owner", "due_at"],
                                name="follow_up_open_by_owner",
                            ),
                            models.Index(fields=["client", "-opened_at"], name="follow_up_by_client"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("client", "case"),
                                name="one_open_follow_up_per_client_and_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_because", ""), ("state", "open")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("closed_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_follow_up_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupevent" ("case_id", "client_id", "closed_at", "closed_because", "closed_by_id", "due_at", "id", "last_cause_at", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_version_id", "public_id", "state") VALUES (NEW."case_id", NEW."client_id", NEW."closed_at", NEW."closed_because", NEW."closed_by_id", NEW."due_at", NEW."id", NEW."last_cause_at", NEW."opened_at", NEW."owner_id", NEW."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protocol_version_id", NEW."public_id", NEW."state"); RETURN NULL;',
                                    hash="0187a8a0c66983912ba3ce79506aae90e56c2e45",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9fe79",
                                    table="followups_followup",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_followupevent" ("case_id", "client_id", "closed_at", "closed_because", "closed_by_id", "due_at", "id", "last_cause_at", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_version_id", "public_id", "state") VALUES (NEW."case_id", NEW."client_id", NEW."closed_at", NEW."closed_because", NEW."closed_by_id", NEW."due_at", NEW."id", NEW."last_cause_at", NEW."opened_at", NEW."owner_id", NEW."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protocol_version_id", NEW."public_id", NEW."state"); RETURN NULL;',
                                    hash="fe571c929c071662a25a89ef32ad520829ca9a26",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ba379",
                                    table="followups_followup",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupevent" ("case_id", "client_id", "closed_at", "closed_because", "closed_by_id", "due_at", "id", "last_cause_at", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_version_id", "public_id", "state") VALUES (OLD."case_id", OLD."client_id", OLD."closed_at", OLD."closed_because", OLD."closed_by_id", OLD."due_at", OLD."id", OLD."last_cause_at", OLD."opened_at", OLD."owner_id", OLD."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protocol_version_id", OLD."public_id", OLD."state"); RETURN NULL;',
                                    hash="1b30b724dc7afb89e30ec6ce76d28633bca28036",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_62c0f",
                                    table="followups_followup",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpCause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "occurred_at",
                            models.DateTimeField(help_text="When the absence began, or was cancelled."),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                blank=True, help_text="Since when it is known not to have been so.", null=True
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="causes",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty where a person opened it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_up_causes",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="followups.protocol",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("occurred_at", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("participant", "protocol"), name="follow_up_cause_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("participant", None)),
                                fields=("follow_up", "protocol"),
                                name="follow_up_cause_by_hand_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("participant__isnull", False),
                                    ("added_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="follow_up_cause_is_a_fact_or_a_person_s",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupcauseevent" ("added_at", "added_by_id", "follow_up_id", "id", "occurred_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "withdrawn_at") VALUES (NEW."added_at", NEW."added_by_id", NEW."follow_up_id", NEW."id", NEW."occurred_at", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protocol_id", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="a965df7a9f676783e19afccaf0463f7fc1fd0cc2",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a7f6d",
                                    table="followups_followupcause",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_followupcauseevent" ("added_at", "added_by_id", "follow_up_id", "id", "occurred_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "withdrawn_at") VALUES (NEW."added_at", NEW."added_by_id", NEW."follow_up_id", NEW."id", NEW."occurred_at", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protocol_id", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="66dc38791e203d1bfab8334d3c4f87b27715ec2a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_26cbc",
                                    table="followups_followupcause",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupcauseevent" ("added_at", "added_by_id", "follow_up_id", "id", "occurred_at", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "withdrawn_at") VALUES (OLD."added_at", OLD."added_by_id", OLD."follow_up_id", OLD."id", OLD."occurred_at", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protocol_id", OLD."withdrawn_at"); RETURN NULL;',
                                    hash="49286bd10d41cb619a04053d3a40534d8a760d9a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_94266",
                                    table="followups_followupcause",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "last_cause_at",
                            models.DateTimeField(help_text="When the latest of its absences began."),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Of the current step; empty once every step was taken.",
                                null=True,
                            ),
                        ),
                        (
                            "owner_role",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                max_length=12,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_because", models.CharField(blank=True, max_length=200)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Empty: it closed itself.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Empty: anyone in that role.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.protocolversion",
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
                                    hash="f770973aabddaffc4d482b3f2bb670df97e7568a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6119d",
                                    table="followups_followupevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField(help_text="In that version, from 1.")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("call", "Call"),
                                    ("text", "Text"),
                                    ("letter", "Letter"),
                                    ("joint_offer", "Offer of joint sessions"),
                                    ("resource", "Help with what got in the way"),
                                    ("conversation", "Conversation"),
                                    ("consultation", "Consultation"),
                                    ("review", "Review"),
                                    ("report", "Report"),
                                    ("fee", "Fee"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "owner_role",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                max_length=12,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("skipped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Why it was skipped, or what came of it.",
                                max_length=200,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="followups.protocolversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("done_at", None), ("skipped_at", None)),
                                fields=("follow_up",),
                                name="one_current_step_per_follow_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("done_at", None), ("skipped_at", None), _connector="OR"),
                                name="step_done_or_skipped",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupstepevent" ("done_at", "due_at", "follow_up_id", "id", "kind", "note", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "protocol_version_id", "public_id", "skipped_at") VALUES (NEW."done_at", NEW."due_at", NEW."follow_up_id", NEW."id", NEW."kind", NEW."note", NEW."opened_at", NEW."owner_id", NEW."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."protocol_version_id", NEW."public_id", NEW."skipped_at"); RETURN NULL;',
                                    hash="ef8406ace47aa8926d4ca4084b6fe19517826c49",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_64677",
                                    table="followups_followupstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_followupstepevent" ("done_at", "due_at", "follow_up_id", "id", "kind", "note", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "protocol_version_id", "public_id", "skipped_at") VALUES (NEW."done_at", NEW."due_at", NEW."follow_up_id", NEW."id", NEW."kind", NEW."note", NEW."opened_at", NEW."owner_id", NEW."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."protocol_version_id", NEW."public_id", NEW."skipped_at"); RETURN NULL;',
                                    hash="56256d840d8229de027ada9e885eda387bec73cf",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c4526",
                                    table="followups_followupstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_followupstepevent" ("done_at", "due_at", "follow_up_id", "id", "kind", "note", "opened_at", "owner_id", "owner_role", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "protocol_version_id", "public_id", "skipped_at") VALUES (OLD."done_at", OLD."due_at", OLD."follow_up_id", OLD."id", OLD."kind", OLD."note", OLD."opened_at", OLD."owner_id", OLD."owner_role", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."protocol_version_id", OLD."public_id", OLD."skipped_at"); RETURN NULL;',
                                    hash="1a5ef8758fb9b9398311fcae2e45ae64d566a5d9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_521ea",
                                    table="followups_followupstep",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactAttempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("call", "Call"),
                                    ("text", "Text"),
                                    ("email", "E-mail"),
                                    ("letter", "Letter"),
                                    ("in_person", "In person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("reached", "We talked"),
                                    ("left_word", "Left word"),
                                    ("no_answer", "No answer"),
                                    ("wrong_number", "Wrong number"),
                                    ("declined", "Rather not talk"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "client_words",
                            models.TextField(
                                blank=True,
                                help_text="As the client put it. The desk may write it and cannot read it back.",
                            ),
                        ),
                        (
                            "next_step",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_time", "Find a new time"),
                                    ("other_form", "Meet another way"),
                                    ("extra_support", "Help with something"),
                                    ("call_again", "Call again"),
                                    ("they_call", "They will call us"),
                                    ("nothing_more", "Nothing more for now"),
                                ],
                                max_length=13,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "logged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="followups.followupstep",
                            ),
                        ),
                        (
                            "due_before",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its step fell due until then: what taking it back restores.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("next_step", ""), ("result", "reached"), _connector="OR"),
                                name="only_a_talk_agrees_something",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_contactattemptevent" ("at", "channel", "client_words", "due_before", "follow_up_id", "id", "logged_by_id", "next_step", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "step_id") VALUES (NEW."at", NEW."channel", NEW."client_words", NEW."due_before", NEW."follow_up_id", NEW."id", NEW."logged_by_id", NEW."next_step", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."result", NEW."step_id"); RETURN NULL;',
                                    hash="c55c481ac28dd4922179c8134b721ed1a26e69d8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2abe6",
                                    table="followups_contactattempt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_contactattemptevent" ("at", "channel", "client_words", "due_before", "follow_up_id", "id", "logged_by_id", "next_step", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "step_id") VALUES (NEW."at", NEW."channel", NEW."client_words", NEW."due_before", NEW."follow_up_id", NEW."id", NEW."logged_by_id", NEW."next_step", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."result", NEW."step_id"); RETURN NULL;',
                                    hash="846d062ed698932cc6352066a33b2545f2c8d7c6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_59f75",
                                    table="followups_contactattempt",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_contactattemptevent" ("at", "channel", "client_words", "due_before", "follow_up_id", "id", "logged_by_id", "next_step", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "step_id") VALUES (OLD."at", OLD."channel", OLD."client_words", OLD."due_before", OLD."follow_up_id", OLD."id", OLD."logged_by_id", OLD."next_step", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."result", OLD."step_id"); RETURN NULL;',
                                    hash="87ec6bd6926714d33c4e97e306a0801c5f9f6eb7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b9afb",
                                    table="followups_contactattempt",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptBarrier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "barrier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.barrier",
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="barriers_named",
                                to="followups.contactattempt",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("attempt", "barrier"), name="barrier_once_per_attempt"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_attemptbarrierevent" ("attempt_id", "barrier_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attempt_id", NEW."barrier_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="e6b28d34f0e99ee932d46b1af48d2a6951ec9b60",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e6f4f",
                                    table="followups_attemptbarrier",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_attemptbarrierevent" ("attempt_id", "barrier_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attempt_id", NEW."barrier_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="2ddbdfb568769a957a4987d7736c619719db36e8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f40ff",
                                    table="followups_attemptbarrier",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_attemptbarrierevent" ("attempt_id", "barrier_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."attempt_id", OLD."barrier_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="a639ed2f1cbc13bf8ec2923f23e524831f5f78a7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_382ad",
                                    table="followups_attemptbarrier",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptBarrierEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "barrier",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.barrier",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.attemptbarrier",
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.contactattempt",
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
                                    hash="91045489dc2684f75a4c85da89f60a3b18aacef0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5ddf5",
                                    table="followups_attemptbarrierevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactAttemptEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("call", "Call"),
                                    ("text", "Text"),
                                    ("email", "E-mail"),
                                    ("letter", "Letter"),
                                    ("in_person", "In person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("reached", "We talked"),
                                    ("left_word", "Left word"),
                                    ("no_answer", "No answer"),
                                    ("wrong_number", "Wrong number"),
                                    ("declined", "Rather not talk"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "client_words",
                            models.TextField(
                                blank=True,
                                help_text="As the client put it. The desk may write it and cannot read it back.",
                            ),
                        ),
                        (
                            "next_step",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new_time", "Find a new time"),
                                    ("other_form", "Meet another way"),
                                    ("extra_support", "Help with something"),
                                    ("call_again", "Call again"),
                                    ("they_call", "They will call us"),
                                    ("nothing_more", "Nothing more for now"),
                                ],
                                max_length=13,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "logged_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.contactattempt",
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followupstep",
                            ),
                        ),
                        (
                            "due_before",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its step fell due until then: what taking it back restores.",
                                null=True,
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
                                    hash="089a33a73f488cfeb84c30a5c54dd13b99ef7fbc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0c049",
                                    table="followups_contactattemptevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField(help_text="In that version, from 1.")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("call", "Call"),
                                    ("text", "Text"),
                                    ("letter", "Letter"),
                                    ("joint_offer", "Offer of joint sessions"),
                                    ("resource", "Help with what got in the way"),
                                    ("conversation", "Conversation"),
                                    ("consultation", "Consultation"),
                                    ("review", "Review"),
                                    ("report", "Report"),
                                    ("fee", "Fee"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        (
                            "owner_role",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                max_length=12,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("skipped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Why it was skipped, or what came of it.",
                                max_length=200,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "owner",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.followupstep",
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.protocolversion",
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
                                    hash="9c929289e51557873f726e7749c1081a40a1efa3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6bcdb",
                                    table="followups_followupstepevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpCauseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "occurred_at",
                            models.DateTimeField(help_text="When the absence began, or was cancelled."),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                blank=True, help_text="Since when it is known not to have been so.", null=True
                            ),
                        ),
                        (
                            "added_by",
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
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Empty where a person opened it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.followupcause",
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.protocol",
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
                                    hash="c8175404f31354fb7addb31e0f78542d63fbd8d2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f1c09",
                                    table="followups_followupcauseevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeardAttendance",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("attendance.attendancerecord",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardattendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_attendance",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    INSERT INTO followups_news (client_id)\n    SELECT other.client_id\n    FROM sessions_app_participant mine JOIN sessions_app_participant other USING (session_id)\n    WHERE mine.id = coalesce(NEW.participant_id, OLD.participant_id);\n    RETURN NULL;\n",
                            hash="0258ea1a273c2bf0818602ce4a9eae30848dbf6e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_follow_ups_hear_of_attendance_c70e7",
                            table="attendance_attendancerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="HeardClient",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("clients.client",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardclient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_leaving",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on"))',
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.id); RETURN NULL;",
                            hash="7f6a5ea78bfb79ac7a9af25f9af13a5e2a000b9f",
                            operation="UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_leaving_494d9",
                            table="clients_client",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardclient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_absence",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."away_from" IS DISTINCT FROM (NEW."away_from") OR OLD."away_until" IS DISTINCT FROM (NEW."away_until"))',
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.id); RETURN NULL;",
                            hash="f702da0140a721dc7ae5fdbb7c77a09f46b426e8",
                            operation="UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_absence_385e3",
                            table="clients_client",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="HeardMessage",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("reminders.inboundmessage",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_message",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."client_id" IS NOT NULL)',
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="c44f8c14bba083b4b0c281c730cee1caf52dda04",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_message_ada7f",
                            table="reminders_inboundmessage",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="HeardParticipant",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("sessions_app.participant",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardparticipant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_booking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="e04626d89b904d43aa50b4be0bede19f5b23ce65",
                            operation="INSERT",
                            pgid="pgtrigger_follow_ups_hear_of_booking_70df3",
                            table="sessions_app_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardparticipant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_late" IS DISTINCT FROM (NEW."cancelled_late") OR OLD."responded_at" IS DISTINCT FROM (NEW."responded_at") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))',
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="9ece7a0f59aeb683fc8be3cdb9f7db1c84318478",
                            operation="UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_change_22eed",
                            table="sessions_app_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="News",
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
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "news",
                    },
                ),
                migrations.CreateModel(
                    name="HeardCase",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("clients.case",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardcase",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_reopened_case",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."closed_on" IS NULL AND OLD."closed_on" IS NOT NULL)',
                            func="\n    INSERT INTO followups_news (client_id)\n    SELECT client_id FROM clients_casemember WHERE case_id = NEW.id AND left_on IS NULL;\n    RETURN NULL;\n",
                            hash="b9bcd0cccb50681edce488e715fc8b84ef141370",
                            operation="UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_reopened_case_b4003",
                            table="clients_case",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="HeardFollowUp",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("followups.followup",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardfollowup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_reopening",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'open' AND OLD.\"state\" = 'closed')",
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="13c0533e734e8618a9f30f8ca88100e89909c9dd",
                            operation="UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_reopening_e1774",
                            table="followups_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="HeardMandate",
                    fields=[],
                    options={
                        "proxy": True,
                    },
                    bases=("clients.mandate",),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heardmandate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follow_ups_hear_of_mandate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO followups_news (client_id) VALUES (NEW.client_id); RETURN NULL;",
                            hash="30195d71d631a20dc1e3ac996dff2133cdfdeab0",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_follow_ups_hear_of_mandate_a8efa",
                            table="clients_mandate",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ReportException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("because", models.CharField(max_length=300)),
                        ("granted_at", models.DateTimeField()),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reporting_date",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="clients.reportingdate",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("granted_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("because", ""), _negated=True), name="exception_says_why"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="report_exception_is_immutable",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d5878c8db9ba13f82d918d35efa071671a58414e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_report_exception_is_immutable_cd2a5",
                                    table="followups_reportexception",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
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
                                    ("routine", "A routine report"),
                                    ("favourable", "Good news"),
                                    ("notice", "A notice of non-compliance"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("attendance", "Attendance"),
                                        ("outreach", "How we tried to reach them"),
                                        ("account", "Their own account"),
                                        ("barriers", "What got in the way"),
                                        ("plan", "The plan"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                            ),
                        ),
                        (
                            "is_approved",
                            models.BooleanField(
                                default=False, help_text="The client approved what goes beyond attendance."
                            ),
                        ),
                        (
                            "recipient",
                            models.CharField(help_text="As the basis named them then.", max_length=200),
                        ),
                        (
                            "notice",
                            models.TextField(help_text="The notice on redistribution that went along."),
                        ),
                        ("disclosed_at", models.DateTimeField()),
                        (
                            "basis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="clients.disclosurebasis",
                            ),
                        ),
                        (
                            "disclosed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="clients.mandate",
                            ),
                        ),
                        (
                            "reporting_date",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="clients.reportingdate",
                            ),
                        ),
                        (
                            "exception",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="followups.reportexception",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-disclosed_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parts", ["attendance"]), ("is_approved", True), _connector="OR"
                                ),
                                name="beyond_attendance_is_approved",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="disclosure_is_immutable",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e40fd3ac6f6bd24f79c5dda4cafdbf7acdce2ff3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_disclosure_is_immutable_823ca",
                                    table="followups_disclosure",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueuedOutreach",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("queued_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When a follow-up opened by it, or it was no longer needed.",
                                null=True,
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queued_outreach",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "queued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at", None)),
                                fields=["queued_at"],
                                name="queued_outreach_waiting",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_queuedoutreachevent" ("id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "queued_by_id", "settled_at") VALUES (NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."queued_at", NEW."queued_by_id", NEW."settled_at"); RETURN NULL;',
                                    hash="891cc254e366b897ba3a186efe4114bc738fb535",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a99d7",
                                    table="followups_queuedoutreach",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_queuedoutreachevent" ("id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "queued_by_id", "settled_at") VALUES (NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."queued_at", NEW."queued_by_id", NEW."settled_at"); RETURN NULL;',
                                    hash="ee56d019b94e49788b7d413146b13f148c322311",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2d9e3",
                                    table="followups_queuedoutreach",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_queuedoutreachevent" ("id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "queued_by_id", "settled_at") VALUES (OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."queued_at", OLD."queued_by_id", OLD."settled_at"); RETURN NULL;',
                                    hash="daf97183e4c996bd432d6941dc1063e8d406eaca",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_06ced",
                                    table="followups_queuedoutreach",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueuedOutreachEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("queued_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When a follow-up opened by it, or it was no longer needed.",
                                null=True,
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.queuedoutreach",
                            ),
                        ),
                        (
                            "queued_by",
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
                                    hash="1be4cd19b5432dd0bbb53ad2163b4c4bdf27349e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3ff98",
                                    table="followups_queuedoutreachevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtTalk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "said_what_goes",
                            models.BooleanField(
                                default=False, help_text="What is reported, and what is not."
                            ),
                        ),
                        (
                            "said_what_follows",
                            models.BooleanField(default=False, help_text="What the order says may follow."),
                        ),
                        ("help_offered", models.CharField(blank=True, max_length=300)),
                        (
                            "plan",
                            models.TextField(
                                blank=True, help_text="What was planned together for what gets in the way."
                            ),
                        ),
                        (
                            "court_words",
                            models.TextField(
                                blank=True, help_text="What the client wants the court to know."
                            ),
                        ),
                        (
                            "is_approved",
                            models.BooleanField(default=False, help_text="The client approved these words."),
                        ),
                        (
                            "attempt",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="court_talk",
                                to="followups.contactattempt",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_approved", False),
                                    models.Q(("court_words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="only_words_are_approved",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_courttalkevent" ("attempt_id", "court_words", "help_offered", "id", "is_approved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "said_what_follows", "said_what_goes") VALUES (NEW."attempt_id", NEW."court_words", NEW."help_offered", NEW."id", NEW."is_approved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan", NEW."said_what_follows", NEW."said_what_goes"); RETURN NULL;',
                                    hash="f076aea21bdb9a720f128ce2bd838e2f52da70a2",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cc91c",
                                    table="followups_courttalk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_courttalkevent" ("attempt_id", "court_words", "help_offered", "id", "is_approved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "said_what_follows", "said_what_goes") VALUES (NEW."attempt_id", NEW."court_words", NEW."help_offered", NEW."id", NEW."is_approved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan", NEW."said_what_follows", NEW."said_what_goes"); RETURN NULL;',
                                    hash="7917b00542f9b29bbcf2d5572e31f3a664a2c123",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_69ab5",
                                    table="followups_courttalk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_courttalkevent" ("attempt_id", "court_words", "help_offered", "id", "is_approved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "said_what_follows", "said_what_goes") VALUES (OLD."attempt_id", OLD."court_words", OLD."help_offered", OLD."id", OLD."is_approved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan", OLD."said_what_follows", OLD."said_what_goes"); RETURN NULL;',
                                    hash="79fb00d475d4e87127c7ad5afb6eae9c7cc226bb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_50925",
                                    table="followups_courttalk",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtTalkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "said_what_goes",
                            models.BooleanField(
                                default=False, help_text="What is reported, and what is not."
                            ),
                        ),
                        (
                            "said_what_follows",
                            models.BooleanField(default=False, help_text="What the order says may follow."),
                        ),
                        ("help_offered", models.CharField(blank=True, max_length=300)),
                        (
                            "plan",
                            models.TextField(
                                blank=True, help_text="What was planned together for what gets in the way."
                            ),
                        ),
                        (
                            "court_words",
                            models.TextField(
                                blank=True, help_text="What the client wants the court to know."
                            ),
                        ),
                        (
                            "is_approved",
                            models.BooleanField(default=False, help_text="The client approved these words."),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.contactattempt",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.courttalk",
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
                                    hash="c51a6bf82170ab9393b92208e887836b36143d92",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2a530",
                                    table="followups_courttalkevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtReport",
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
                                    ("routine", "A routine report"),
                                    ("favourable", "Good news"),
                                    ("notice", "A notice of non-compliance"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("attendance", "Attendance"),
                                        ("outreach", "How we tried to reach them"),
                                        ("account", "Their own account"),
                                        ("barriers", "What got in the way"),
                                        ("plan", "The plan"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                            ),
                        ),
                        ("since_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("account", models.TextField(blank=True)),
                        ("barriers", models.TextField(blank=True)),
                        ("plan", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "holds",
                            models.JSONField(blank=True, help_text="The paper as it was signed.", null=True),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who notes that the client read and approved it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "disclosure",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="followups.disclosure",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="clients.mandate",
                            ),
                        ),
                        (
                            "reporting_date",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="clients.reportingdate",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-written_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("since_on__lte", models.F("until_on"))),
                                name="report_begins_before_its_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holds", None), ("signed_at", None), ("signed_by", None)),
                                    models.Q(
                                        ("holds__isnull", False),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_report_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at", None),
                                    ("parts", ["attendance"]),
                                    ("approved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="signed_beyond_attendance_is_approved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disclosure", None), ("signed_at__isnull", False), _connector="OR"
                                ),
                                name="only_a_signed_report_goes",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="signed_report_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."signed_at" IS NOT NULL AND (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."parts" IS DISTINCT FROM (NEW."parts") OR OLD."since_on" IS DISTINCT FROM (NEW."since_on") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."account" IS DISTINCT FROM (NEW."account") OR OLD."barriers" IS DISTINCT FROM (NEW."barriers") OR OLD."plan" IS DISTINCT FROM (NEW."plan") OR OLD."holds" IS DISTINCT FROM (NEW."holds")))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="cd9003498d22df4bbeca1c58830117fe63ceb484",
                                    operation="UPDATE",
                                    pgid="pgtrigger_signed_report_stays_0cf0d",
                                    table="followups_courtreport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="signed_report_is_kept",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."signed_at" IS NOT NULL)',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="ae507fcebdb0faf73c5aebeeba4165d6ec4753d3",
                                    operation="DELETE",
                                    pgid="pgtrigger_signed_report_is_kept_32b22",
                                    table="followups_courtreport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_courtreportevent" ("account", "approved_at", "approved_by_id", "barriers", "disclosure_id", "holds", "id", "kind", "mandate_id", "parts", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "reporting_date_id", "signed_at", "signed_by_id", "since_on", "until_on", "written_at", "written_by_id") VALUES (NEW."account", NEW."approved_at", NEW."approved_by_id", NEW."barriers", NEW."disclosure_id", NEW."holds", NEW."id", NEW."kind", NEW."mandate_id", NEW."parts", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan", NEW."public_id", NEW."reporting_date_id", NEW."signed_at", NEW."signed_by_id", NEW."since_on", NEW."until_on", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="3aa25a59f19a1e1bfd8afbf9cb3f8fccd12b118c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fdcea",
                                    table="followups_courtreport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_courtreportevent" ("account", "approved_at", "approved_by_id", "barriers", "disclosure_id", "holds", "id", "kind", "mandate_id", "parts", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "reporting_date_id", "signed_at", "signed_by_id", "since_on", "until_on", "written_at", "written_by_id") VALUES (NEW."account", NEW."approved_at", NEW."approved_by_id", NEW."barriers", NEW."disclosure_id", NEW."holds", NEW."id", NEW."kind", NEW."mandate_id", NEW."parts", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan", NEW."public_id", NEW."reporting_date_id", NEW."signed_at", NEW."signed_by_id", NEW."since_on", NEW."until_on", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="1e53fcc01ee7b2683f2bd8469b66f6e245c8b038",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_69300",
                                    table="followups_courtreport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_courtreportevent" ("account", "approved_at", "approved_by_id", "barriers", "disclosure_id", "holds", "id", "kind", "mandate_id", "parts", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "public_id", "reporting_date_id", "signed_at", "signed_by_id", "since_on", "until_on", "written_at", "written_by_id") VALUES (OLD."account", OLD."approved_at", OLD."approved_by_id", OLD."barriers", OLD."disclosure_id", OLD."holds", OLD."id", OLD."kind", OLD."mandate_id", OLD."parts", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan", OLD."public_id", OLD."reporting_date_id", OLD."signed_at", OLD."signed_by_id", OLD."since_on", OLD."until_on", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                                    hash="99f7576285cb27fda822b3b58ed6b2e3d83ee0e0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_42579",
                                    table="followups_courtreport",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourtReportEvent",
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
                                    ("routine", "A routine report"),
                                    ("favourable", "Good news"),
                                    ("notice", "A notice of non-compliance"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("attendance", "Attendance"),
                                        ("outreach", "How we tried to reach them"),
                                        ("account", "Their own account"),
                                        ("barriers", "What got in the way"),
                                        ("plan", "The plan"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                            ),
                        ),
                        ("since_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("account", models.TextField(blank=True)),
                        ("barriers", models.TextField(blank=True)),
                        ("plan", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "holds",
                            models.JSONField(blank=True, help_text="The paper as it was signed.", null=True),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Who notes that the client read and approved it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "disclosure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.disclosure",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.mandate",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.courtreport",
                            ),
                        ),
                        (
                            "reporting_date",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.reportingdate",
                            ),
                        ),
                        (
                            "signed_by",
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
                            "written_by",
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
                                    hash="233b6aef260034544494d6b18e5fe002f91ad58a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_70b54",
                                    table="followups_courtreportevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MissPattern",
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
                                    ("in_days", "So many within a number of days"),
                                    ("running", "So many one after the other"),
                                    ("share", "A share of the last sessions"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "counted",
                            models.CharField(
                                choices=[
                                    ("without_notice", "Missed without notice"),
                                    ("with_notice", "Cancelled late"),
                                    ("both", "Both, missed or cancelled late"),
                                ],
                                default="without_notice",
                                max_length=14,
                            ),
                        ),
                        (
                            "times",
                            models.PositiveSmallIntegerField(
                                help_text="How many it takes; of a share the least count."
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="The window, in days.", null=True
                            ),
                        ),
                        ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "of_last",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of how many sessions the share is taken.", null=True
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="patterns",
                                to="followups.protocol",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("times__gte", 1), ("times__lte", 50)),
                                name="pattern_counts_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("days__gte", 1),
                                        ("days__lte", 365),
                                        ("kind", "in_days"),
                                        ("of_last", None),
                                        ("percent", None),
                                    ),
                                    models.Q(
                                        ("days", None),
                                        ("kind", "running"),
                                        ("of_last", None),
                                        ("percent", None),
                                    ),
                                    models.Q(
                                        ("days", None),
                                        ("kind", "share"),
                                        ("of_last__gte", 2),
                                        ("of_last__lte", 50),
                                        ("percent__gte", 1),
                                        ("percent__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="pattern_has_what_its_kind_needs",
                            ),
                            models.UniqueConstraint(
                                fields=("protocol", "kind", "counted", "times", "days", "percent", "of_last"),
                                name="miss_pattern_once",
                                nulls_distinct=False,
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_misspatternevent" ("counted", "days", "id", "kind", "of_last", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "public_id", "times") VALUES (NEW."counted", NEW."days", NEW."id", NEW."kind", NEW."of_last", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protocol_id", NEW."public_id", NEW."times"); RETURN NULL;',
                                    hash="bcc3321b91614ac6f12b321f9c4e9a2c11a18fa8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e27d7",
                                    table="followups_misspattern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_misspatternevent" ("counted", "days", "id", "kind", "of_last", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "public_id", "times") VALUES (NEW."counted", NEW."days", NEW."id", NEW."kind", NEW."of_last", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protocol_id", NEW."public_id", NEW."times"); RETURN NULL;',
                                    hash="d1abdda87f67ebcf59d9c0d55c56cea00d0b35b2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_096b5",
                                    table="followups_misspattern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_misspatternevent" ("counted", "days", "id", "kind", "of_last", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "public_id", "times") VALUES (OLD."counted", OLD."days", OLD."id", OLD."kind", OLD."of_last", OLD."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protocol_id", OLD."public_id", OLD."times"); RETURN NULL;',
                                    hash="ae963e7e890d2ddc7a6b1e7e72fe81535880d22b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_81998",
                                    table="followups_misspattern",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MissPatternEvent",
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
                                    ("in_days", "So many within a number of days"),
                                    ("running", "So many one after the other"),
                                    ("share", "A share of the last sessions"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "counted",
                            models.CharField(
                                choices=[
                                    ("without_notice", "Missed without notice"),
                                    ("with_notice", "Cancelled late"),
                                    ("both", "Both, missed or cancelled late"),
                                ],
                                default="without_notice",
                                max_length=14,
                            ),
                        ),
                        (
                            "times",
                            models.PositiveSmallIntegerField(
                                help_text="How many it takes; of a share the least count."
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="The window, in days.", null=True
                            ),
                        ),
                        ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "of_last",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Of how many sessions the share is taken.", null=True
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.misspattern",
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.protocol",
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
                                    hash="56a9b872d878a52a0fec29d96278914233cec11d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_36fa9",
                                    table="followups_misspatternevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("language", models.CharField(max_length=5)),
                        ("words", models.TextField()),
                        (
                            "goes_to",
                            models.CharField(
                                choices=[
                                    ("by_hand", "They hand it over themselves"),
                                    ("letter", "A letter, to this address"),
                                    ("email", "An e-mail, to this address"),
                                ],
                                default="by_hand",
                                max_length=7,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=254)),
                        ("written_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "approved_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed", "Signed on paper"),
                                    ("in_the_room", "Wrote their name here, in the room"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "approved_as",
                            models.CharField(
                                blank=True, help_text="The name under the approval.", max_length=160
                            ),
                        ),
                        (
                            "given_at",
                            models.DateTimeField(
                                blank=True, help_text="Handed over, or sent by a person.", null=True
                            ),
                        ),
                        (
                            "replaced_at",
                            models.DateTimeField(
                                blank=True, help_text="Other words took their place.", null=True
                            ),
                        ),
                        (
                            "approval_noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                help_text="In whose name, and who approves.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                help_text="Who is invited.",
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="clients.casemember",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-written_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("given_at", None), ("replaced_at", None)),
                                fields=("member",),
                                name="one_invitation_in_hand",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address", ""), ("goes_to", "by_hand")),
                                    models.Q(
                                        models.Q(("goes_to", "by_hand"), _negated=True),
                                        models.Q(("address", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="invitation_by_post_has_an_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approval_noted_by", None),
                                        ("approved_as", ""),
                                        ("approved_at", None),
                                        ("approved_how", ""),
                                    ),
                                    models.Q(
                                        ("approval_noted_by__isnull", False),
                                        ("approved_at__isnull", False),
                                        models.Q(("approved_how", ""), _negated=True),
                                        models.Q(("approved_as", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_says_how_and_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_at", None), ("given_by", None)),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("given_at__isnull", False),
                                        ("given_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_approved_words_are_given",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="approved_invitation_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."approved_at" IS NOT NULL AND (OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."goes_to" IS DISTINCT FROM (NEW."goes_to") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_as" IS DISTINCT FROM (NEW."approved_as")))',
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                                    hash="570f56fecafed48b18f67454dcb024cd58890f8e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_approved_invitation_stays_06ea7",
                                    table="followups_invitation",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_invitationevent" ("address", "approval_noted_by_id", "approved_as", "approved_at", "approved_how", "asker_id", "given_at", "given_by_id", "goes_to", "id", "language", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replaced_at", "words", "written_at", "written_by_id") VALUES (NEW."address", NEW."approval_noted_by_id", NEW."approved_as", NEW."approved_at", NEW."approved_how", NEW."asker_id", NEW."given_at", NEW."given_by_id", NEW."goes_to", NEW."id", NEW."language", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."replaced_at", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="24f5a0ff647100136ae8c4da8fed3acdbb628edc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_696ae",
                                    table="followups_invitation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_invitationevent" ("address", "approval_noted_by_id", "approved_as", "approved_at", "approved_how", "asker_id", "given_at", "given_by_id", "goes_to", "id", "language", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replaced_at", "words", "written_at", "written_by_id") VALUES (NEW."address", NEW."approval_noted_by_id", NEW."approved_as", NEW."approved_at", NEW."approved_how", NEW."asker_id", NEW."given_at", NEW."given_by_id", NEW."goes_to", NEW."id", NEW."language", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."replaced_at", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                                    hash="82c6c0016faaf1a5e07e9e080ab4808ab1650485",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_09536",
                                    table="followups_invitation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_invitationevent" ("address", "approval_noted_by_id", "approved_as", "approved_at", "approved_how", "asker_id", "given_at", "given_by_id", "goes_to", "id", "language", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "replaced_at", "words", "written_at", "written_by_id") VALUES (OLD."address", OLD."approval_noted_by_id", OLD."approved_as", OLD."approved_at", OLD."approved_how", OLD."asker_id", OLD."given_at", OLD."given_by_id", OLD."goes_to", OLD."id", OLD."language", OLD."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."replaced_at", OLD."words", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                                    hash="bd8b1368ce99891db278a1e26f08f11b66fd8a2a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_13956",
                                    table="followups_invitation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("language", models.CharField(max_length=5)),
                        ("words", models.TextField()),
                        (
                            "goes_to",
                            models.CharField(
                                choices=[
                                    ("by_hand", "They hand it over themselves"),
                                    ("letter", "A letter, to this address"),
                                    ("email", "An e-mail, to this address"),
                                ],
                                default="by_hand",
                                max_length=7,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=254)),
                        ("written_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "approved_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("signed", "Signed on paper"),
                                    ("in_the_room", "Wrote their name here, in the room"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "approved_as",
                            models.CharField(
                                blank=True, help_text="The name under the approval.", max_length=160
                            ),
                        ),
                        (
                            "given_at",
                            models.DateTimeField(
                                blank=True, help_text="Handed over, or sent by a person.", null=True
                            ),
                        ),
                        (
                            "replaced_at",
                            models.DateTimeField(
                                blank=True, help_text="Other words took their place.", null=True
                            ),
                        ),
                        (
                            "approval_noted_by",
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
                            "asker",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="In whose name, and who approves.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "given_by",
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
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Who is invited.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.casemember",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.invitation",
                            ),
                        ),
                        (
                            "written_by",
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
                                    hash="30eddb09bf1a33d42a79ef5d6469e67153e90788",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_13bb0",
                                    table="followups_invitationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LaterOption",
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
                                    ("own_therapy", "Therapy of their own"),
                                    ("support_group", "A support group for couples"),
                                    ("alone", "The client alone, for now"),
                                ],
                                max_length=13,
                            ),
                        ),
                        (
                            "was_asked_for",
                            models.BooleanField(
                                default=False, help_text="They asked for it: it opens at once."
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, help_text="The case's clinicians only.", max_length=300
                            ),
                        ),
                        ("revisit_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_view", "In view"),
                                    ("taken_up", "Taken up"),
                                    ("let_go", "Let go"),
                                ],
                                default="in_view",
                                max_length=8,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later_options",
                                to="clients.case",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                help_text="Whom it is for.",
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later_options",
                                to="clients.casemember",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("revisit_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "in_view")),
                                fields=["revisit_on"],
                                name="options_to_revisit",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_view")),
                                fields=("member", "kind"),
                                name="option_in_view_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at", None), ("state", "in_view")),
                                    models.Q(
                                        models.Q(("state", "in_view"), _negated=True),
                                        ("settled_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="settled_option_says_when",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_lateroptionevent" ("case_id", "id", "kind", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revisit_on", "settled_at", "state", "was_asked_for", "words") VALUES (NEW."case_id", NEW."id", NEW."kind", NEW."member_id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."revisit_on", NEW."settled_at", NEW."state", NEW."was_asked_for", NEW."words"); RETURN NULL;',
                                    hash="a2b3185085a12041c3dd68cb32bf0ab237b67a8a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c5b19",
                                    table="followups_lateroption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_lateroptionevent" ("case_id", "id", "kind", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revisit_on", "settled_at", "state", "was_asked_for", "words") VALUES (NEW."case_id", NEW."id", NEW."kind", NEW."member_id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."revisit_on", NEW."settled_at", NEW."state", NEW."was_asked_for", NEW."words"); RETURN NULL;',
                                    hash="e02851331cdabea6a04f32ac97244fe9dbe6c3b4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b9d89",
                                    table="followups_lateroption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_lateroptionevent" ("case_id", "id", "kind", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revisit_on", "settled_at", "state", "was_asked_for", "words") VALUES (OLD."case_id", OLD."id", OLD."kind", OLD."member_id", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."revisit_on", OLD."settled_at", OLD."state", OLD."was_asked_for", OLD."words"); RETURN NULL;',
                                    hash="216edd493e017400307457ab0719175ff2a340dc",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_81318",
                                    table="followups_lateroption",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LaterOptionEvent",
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
                                    ("own_therapy", "Therapy of their own"),
                                    ("support_group", "A support group for couples"),
                                    ("alone", "The client alone, for now"),
                                ],
                                max_length=13,
                            ),
                        ),
                        (
                            "was_asked_for",
                            models.BooleanField(
                                default=False, help_text="They asked for it: it opens at once."
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, help_text="The case's clinicians only.", max_length=300
                            ),
                        ),
                        ("revisit_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_view", "In view"),
                                    ("taken_up", "Taken up"),
                                    ("let_go", "Let go"),
                                ],
                                default="in_view",
                                max_length=8,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.case",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Whom it is for.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.casemember",
                            ),
                        ),
                        (
                            "noted_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.lateroption",
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
                                    hash="d8f95385d79d6675bad6af7ab7cd0341e555d996",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_33dad",
                                    table="followups_lateroptionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("due_on", models.DateField()),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("reached", "We talked"),
                                    ("left_word", "Left word"),
                                    ("no_answer", "No answer"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("words", models.CharField(blank=True, help_text="Clinicians only.", max_length=500)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="clients.checkinplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-due_on", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "due_on"), name="check_in_call_once_a_day"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_checkincallevent" ("due_on", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "result", "words") VALUES (NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."public_id", NEW."result", NEW."words"); RETURN NULL;',
                                    hash="c72eae0cc2737bc546564ef23d2ddfdaddcc4bc9",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_15b3a",
                                    table="followups_checkincall",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_checkincallevent" ("due_on", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "result", "words") VALUES (NEW."due_on", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."public_id", NEW."result", NEW."words"); RETURN NULL;',
                                    hash="519decd847c6922d6389660213a3dfa7037ae3e3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1bac0",
                                    table="followups_checkincall",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_checkincallevent" ("due_on", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "result", "words") VALUES (OLD."due_on", OLD."id", OLD."made_at", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."public_id", OLD."result", OLD."words"); RETURN NULL;',
                                    hash="a90bedfd12ce90b3e45a9239df4a9809cf1bdad4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_619fc",
                                    table="followups_checkincall",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInCallEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("due_on", models.DateField()),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("reached", "We talked"),
                                    ("left_word", "Left word"),
                                    ("no_answer", "No answer"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("words", models.CharField(blank=True, help_text="Clinicians only.", max_length=500)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.checkincall",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.checkinplan",
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
                                    hash="3d5765d1032668db8f2eb569a9cfbcd8337e01e4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9a8b1",
                                    table="followups_checkincallevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("agreed_on", models.DateField()),
                        ("applied_at", models.DateTimeField()),
                        ("every_weeks", models.PositiveSmallIntegerField()),
                        ("weekday", models.PositiveSmallIntegerField(help_text="Monday is 0.")),
                        ("at", models.TimeField(help_text="Local wall time.")),
                        (
                            "modality",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "support",
                            models.TextField(blank=True, help_text="What else was agreed; clinicians only."),
                        ),
                        ("stayed", models.PositiveSmallIntegerField()),
                        ("changed", models.PositiveSmallIntegerField()),
                        ("booked", models.PositiveSmallIntegerField()),
                        ("called_off", models.PositiveSmallIntegerField()),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreed_changes",
                                to="followups.followup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-applied_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)), name="agreed_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every_weeks__gte", 1), ("every_weeks__lte", 12)),
                                name="agreed_every_so_many_weeks",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_agreedchangeevent" ("agreed_by_id", "agreed_on", "applied_at", "at", "booked", "called_off", "changed", "every_weeks", "follow_up_id", "id", "modality", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stayed", "support", "weekday") VALUES (NEW."agreed_by_id", NEW."agreed_on", NEW."applied_at", NEW."at", NEW."booked", NEW."called_off", NEW."changed", NEW."every_weeks", NEW."follow_up_id", NEW."id", NEW."modality", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."stayed", NEW."support", NEW."weekday"); RETURN NULL;',
                                    hash="3ed68b0fd0d78c039c57f4d95b125d889452fd96",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2036b",
                                    table="followups_agreedchange",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_agreedchangeevent" ("agreed_by_id", "agreed_on", "applied_at", "at", "booked", "called_off", "changed", "every_weeks", "follow_up_id", "id", "modality", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stayed", "support", "weekday") VALUES (NEW."agreed_by_id", NEW."agreed_on", NEW."applied_at", NEW."at", NEW."booked", NEW."called_off", NEW."changed", NEW."every_weeks", NEW."follow_up_id", NEW."id", NEW."modality", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."stayed", NEW."support", NEW."weekday"); RETURN NULL;',
                                    hash="dc92b7e693070efc638bcdc6a7bb3a5fa9f004e7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c9a59",
                                    table="followups_agreedchange",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_agreedchangeevent" ("agreed_by_id", "agreed_on", "applied_at", "at", "booked", "called_off", "changed", "every_weeks", "follow_up_id", "id", "modality", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stayed", "support", "weekday") VALUES (OLD."agreed_by_id", OLD."agreed_on", OLD."applied_at", OLD."at", OLD."booked", OLD."called_off", OLD."changed", OLD."every_weeks", OLD."follow_up_id", OLD."id", OLD."modality", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."stayed", OLD."support", OLD."weekday"); RETURN NULL;',
                                    hash="1324db25ecfd8726a8a14a5d84b6c4535dad54b7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6c078",
                                    table="followups_agreedchange",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedChangeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("agreed_on", models.DateField()),
                        ("applied_at", models.DateTimeField()),
                        ("every_weeks", models.PositiveSmallIntegerField()),
                        ("weekday", models.PositiveSmallIntegerField(help_text="Monday is 0.")),
                        ("at", models.TimeField(help_text="Local wall time.")),
                        (
                            "modality",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "support",
                            models.TextField(blank=True, help_text="What else was agreed; clinicians only."),
                        ),
                        ("stayed", models.PositiveSmallIntegerField()),
                        ("changed", models.PositiveSmallIntegerField()),
                        ("booked", models.PositiveSmallIntegerField()),
                        ("called_off", models.PositiveSmallIntegerField()),
                        (
                            "agreed_by",
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
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.agreedchange",
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
                                    hash="26665d3cb47bc419c6491dbee0bf757e2983c487",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_89f2d",
                                    table="followups_agreedchangeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("question", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "read_at",
                            models.DateTimeField(
                                blank=True, help_text="When who asked has read the answer.", null=True
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultations",
                                to="followups.followup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("asked_at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("question", ""), _negated=True),
                                name="consultation_asks_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_answered_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("follow_up", "asked_by"),
                                name="one_open_question_for_each",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "follow_up_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "read_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."asked_of_id", NEW."follow_up_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."question", NEW."read_at"); RETURN NULL;',
                                    hash="f599df563e9e7f1beb4077a91a433d0586f7baba",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_22aab",
                                    table="followups_consultation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "follow_up_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "read_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."asked_of_id", NEW."follow_up_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."question", NEW."read_at"); RETURN NULL;',
                                    hash="d29316a1431c2aa68c4287e81f4aa9d13bf09d25",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_02a8f",
                                    table="followups_consultation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_consultationevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "follow_up_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "read_at") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."asked_of_id", OLD."follow_up_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."question", OLD."read_at"); RETURN NULL;',
                                    hash="85704543bd3216d714c8421c1e5c351ab7985241",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_81d83",
                                    table="followups_consultation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("question", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "read_at",
                            models.DateTimeField(
                                blank=True, help_text="When who asked has read the answer.", null=True
                            ),
                        ),
                        (
                            "answered_by",
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
                            "asked_by",
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
                            "asked_of",
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
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.consultation",
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
                                    hash="e5ccfea93d3a7c6d1ba6a992feaf4e69c2181432",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2085d",
                                    table="followups_consultationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostOfMisses",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "unresolved",
                            models.TextField(blank=True, help_text="What stays unresolved meanwhile."),
                        ),
                        ("support_missed", models.TextField(blank=True)),
                        (
                            "concern",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Not worried"),
                                    ("some", "Somewhat worried"),
                                    ("much", "Very worried"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "charges",
                            models.CharField(
                                blank=True,
                                help_text="What the client was charged, if anything.",
                                max_length=120,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "follow_up",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cost",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "costs of misses",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_costofmissesevent" ("charges", "concern", "follow_up_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "support_missed", "unresolved") VALUES (NEW."charges", NEW."concern", NEW."follow_up_id", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."support_missed", NEW."unresolved"); RETURN NULL;',
                                    hash="fc2f671c741a74cc421ffc4cd1e86ca96d497e81",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cfa27",
                                    table="followups_costofmisses",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_costofmissesevent" ("charges", "concern", "follow_up_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "support_missed", "unresolved") VALUES (NEW."charges", NEW."concern", NEW."follow_up_id", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."support_missed", NEW."unresolved"); RETURN NULL;',
                                    hash="ade5a40398d8b7493afef13844a4462280878c4d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_26a95",
                                    table="followups_costofmisses",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_costofmissesevent" ("charges", "concern", "follow_up_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "support_missed", "unresolved") VALUES (OLD."charges", OLD."concern", OLD."follow_up_id", OLD."id", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."support_missed", OLD."unresolved"); RETURN NULL;',
                                    hash="1fbe5e7c95bd1743d052b1bb4af2df4ae4f3a30e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_16fe3",
                                    table="followups_costofmisses",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostOfMissesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "unresolved",
                            models.TextField(blank=True, help_text="What stays unresolved meanwhile."),
                        ),
                        ("support_missed", models.TextField(blank=True)),
                        (
                            "concern",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Not worried"),
                                    ("some", "Somewhat worried"),
                                    ("much", "Very worried"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "charges",
                            models.CharField(
                                blank=True,
                                help_text="What the client was charged, if anything.",
                                max_length=120,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "noted_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.costofmisses",
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
                                    hash="8dffb50dc885b7a1b85f795a3e1014486cfd1c8c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_86724",
                                    table="followups_costofmissesevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatternTalk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("personal", models.TextField(blank=True)),
                        ("scheduling", models.TextField(blank=True)),
                        ("financial", models.TextField(blank=True)),
                        (
                            "discomfort",
                            models.TextField(blank=True, help_text="How the sessions themselves feel."),
                        ),
                        ("held_at", models.DateTimeField()),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pattern_talks",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-held_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("discomfort", ""),
                                    ("financial", ""),
                                    ("personal", ""),
                                    ("scheduling", ""),
                                    _negated=True,
                                ),
                                name="pattern_talk_holds_something",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_patterntalkevent" ("discomfort", "financial", "follow_up_id", "held_at", "held_by_id", "id", "personal", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheduling") VALUES (NEW."discomfort", NEW."financial", NEW."follow_up_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."personal", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scheduling"); RETURN NULL;',
                                    hash="9682e4dcfe03f6ab5880a644b6faf97ed6c8929b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_88f03",
                                    table="followups_patterntalk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_patterntalkevent" ("discomfort", "financial", "follow_up_id", "held_at", "held_by_id", "id", "personal", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheduling") VALUES (NEW."discomfort", NEW."financial", NEW."follow_up_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."personal", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scheduling"); RETURN NULL;',
                                    hash="577c5d91ce17bf83550bd7a4295f86ec6a4f8d98",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_24f33",
                                    table="followups_patterntalk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_patterntalkevent" ("discomfort", "financial", "follow_up_id", "held_at", "held_by_id", "id", "personal", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheduling") VALUES (OLD."discomfort", OLD."financial", OLD."follow_up_id", OLD."held_at", OLD."held_by_id", OLD."id", OLD."personal", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scheduling"); RETURN NULL;',
                                    hash="b4905099d1a12308fb295561411f1b339aba046f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a47f6",
                                    table="followups_patterntalk",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatternTalkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("personal", models.TextField(blank=True)),
                        ("scheduling", models.TextField(blank=True)),
                        ("financial", models.TextField(blank=True)),
                        (
                            "discomfort",
                            models.TextField(blank=True, help_text="How the sessions themselves feel."),
                        ),
                        ("held_at", models.DateTimeField()),
                        (
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "held_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.patterntalk",
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
                                    hash="edb9ef9f332de08e2b3efba233b77515396b8020",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9c351",
                                    table="followups_patterntalkevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrivateNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("feeling", models.TextField(blank=True, help_text="Sealed.")),
                        ("words", models.TextField(blank=True, help_text="Sealed.")),
                        ("written_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="private_notes",
                                to="followups.followup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("follow_up", "author"), name="one_private_note_for_each"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuitabilityReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "serves",
                            models.TextField(blank=True, help_text="What would serve the client now."),
                        ),
                        (
                            "considered",
                            models.TextField(blank=True, help_text="Which other ways were considered."),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("continue", "Go on as it is"),
                                    ("adjust", "Go on in another way"),
                                    ("refer", "Help them to somebody else"),
                                    ("pause", "Pause, and say when we look again"),
                                    ("end", "End, with a letter and referrals"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("referrals", models.TextField(blank=True)),
                        ("letter", models.TextField(blank=True)),
                        ("clinician_at", models.DateTimeField(blank=True, null=True)),
                        ("supervisor_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "evidence",
                            models.JSONField(
                                blank=True, help_text="What lay before them when it was decided.", null=True
                            ),
                        ),
                        (
                            "clinician",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-opened_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at", None)),
                                fields=("follow_up",),
                                name="one_open_review_per_follow_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_at", None),
                                    models.Q(
                                        ("clinician__isnull", False),
                                        ("supervisor__isnull", False),
                                        models.Q(("clinician", models.F("supervisor")), _negated=True),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("serves", ""), _negated=True),
                                        models.Q(("considered", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="review_is_decided_by_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_at", None),
                                    models.Q(("outcome", "end"), _negated=True),
                                    models.Q(
                                        models.Q(("letter", ""), _negated=True),
                                        models.Q(("referrals", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_has_a_letter_and_referrals",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_suitabilityreviewevent" ("clinician_at", "clinician_id", "considered", "decided_at", "evidence", "follow_up_id", "id", "letter", "look_again_on", "opened_at", "opened_by_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "referrals", "serves", "supervisor_at", "supervisor_id") VALUES (NEW."clinician_at", NEW."clinician_id", NEW."considered", NEW."decided_at", NEW."evidence", NEW."follow_up_id", NEW."id", NEW."letter", NEW."look_again_on", NEW."opened_at", NEW."opened_by_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."referrals", NEW."serves", NEW."supervisor_at", NEW."supervisor_id"); RETURN NULL;',
                                    hash="a6d95bda3f7d6ecfbaaffe87868cc60d84212d58",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e4d57",
                                    table="followups_suitabilityreview",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_suitabilityreviewevent" ("clinician_at", "clinician_id", "considered", "decided_at", "evidence", "follow_up_id", "id", "letter", "look_again_on", "opened_at", "opened_by_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "referrals", "serves", "supervisor_at", "supervisor_id") VALUES (NEW."clinician_at", NEW."clinician_id", NEW."considered", NEW."decided_at", NEW."evidence", NEW."follow_up_id", NEW."id", NEW."letter", NEW."look_again_on", NEW."opened_at", NEW."opened_by_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."referrals", NEW."serves", NEW."supervisor_at", NEW."supervisor_id"); RETURN NULL;',
                                    hash="dc20de8a257095572e2657d62bd26a4358989b31",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_35e2a",
                                    table="followups_suitabilityreview",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_suitabilityreviewevent" ("clinician_at", "clinician_id", "considered", "decided_at", "evidence", "follow_up_id", "id", "letter", "look_again_on", "opened_at", "opened_by_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "referrals", "serves", "supervisor_at", "supervisor_id") VALUES (OLD."clinician_at", OLD."clinician_id", OLD."considered", OLD."decided_at", OLD."evidence", OLD."follow_up_id", OLD."id", OLD."letter", OLD."look_again_on", OLD."opened_at", OLD."opened_by_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."referrals", OLD."serves", OLD."supervisor_at", OLD."supervisor_id"); RETURN NULL;',
                                    hash="9390f476aed734e9d9296e0f7d927479f8ad405b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_86b04",
                                    table="followups_suitabilityreview",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuitabilityReviewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "serves",
                            models.TextField(blank=True, help_text="What would serve the client now."),
                        ),
                        (
                            "considered",
                            models.TextField(blank=True, help_text="Which other ways were considered."),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("continue", "Go on as it is"),
                                    ("adjust", "Go on in another way"),
                                    ("refer", "Help them to somebody else"),
                                    ("pause", "Pause, and say when we look again"),
                                    ("end", "End, with a letter and referrals"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("look_again_on", models.DateField(blank=True, null=True)),
                        ("referrals", models.TextField(blank=True)),
                        ("letter", models.TextField(blank=True)),
                        ("clinician_at", models.DateTimeField(blank=True, null=True)),
                        ("supervisor_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "evidence",
                            models.JSONField(
                                blank=True, help_text="What lay before them when it was decided.", null=True
                            ),
                        ),
                        (
                            "clinician",
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
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "opened_by",
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.suitabilityreview",
                            ),
                        ),
                        (
                            "supervisor",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d8d56334606e493bc0e39004a634630a05c17924",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_275f8",
                                    table="followups_suitabilityreviewevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WellbeingConcern",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "words",
                            models.TextField(
                                help_text="What gives rise to it. The desk may write it and cannot read it back."
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(help_text="By when it is taken; day and night.")),
                        ("escalated_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.TextField(blank=True, help_text="What was done, and how they are."),
                        ),
                        (
                            "asked",
                            models.ForeignKey(
                                help_text="Who is asked by name.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_concerns",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_concerns",
                                to="clients.client",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_escalated",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follow_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_concerns",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wellbeing_concerns",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("due_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("done_at", None), ("escalated_at", None), ("taken_at", None)
                                ),
                                fields=["due_at"],
                                name="concern_waiting_by_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="concern_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("raised_at"))),
                                name="concern_due_after_raised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("taken_at", None), ("taken_by", None)),
                                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="concern_taken_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None), ("outcome", "")),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="concern_done_says_by_whom_and_how",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("done_at", None)),
                                fields=("client", "case"),
                                name="one_open_concern_per_client_and_case",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_wellbeingconcernevent" ("asked_id", "case_id", "client_id", "done_at", "done_by_id", "due_at", "escalated_at", "escalated_to_id", "follow_up_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "raised_by_id", "session_id", "taken_at", "taken_by_id", "words") VALUES (NEW."asked_id", NEW."case_id", NEW."client_id", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."escalated_at", NEW."escalated_to_id", NEW."follow_up_id", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."raised_at", NEW."raised_by_id", NEW."session_id", NEW."taken_at", NEW."taken_by_id", NEW."words"); RETURN NULL;',
                                    hash="ed8415273c2468bedfc7dfce952e905b079960dc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f6e85",
                                    table="followups_wellbeingconcern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "followups_wellbeingconcernevent" ("asked_id", "case_id", "client_id", "done_at", "done_by_id", "due_at", "escalated_at", "escalated_to_id", "follow_up_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "raised_by_id", "session_id", "taken_at", "taken_by_id", "words") VALUES (NEW."asked_id", NEW."case_id", NEW."client_id", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."escalated_at", NEW."escalated_to_id", NEW."follow_up_id", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."raised_at", NEW."raised_by_id", NEW."session_id", NEW."taken_at", NEW."taken_by_id", NEW."words"); RETURN NULL;',
                                    hash="dedf1670d5d381ea8d62b90d7ae4f0a758f61708",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_95d86",
                                    table="followups_wellbeingconcern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "followups_wellbeingconcernevent" ("asked_id", "case_id", "client_id", "done_at", "done_by_id", "due_at", "escalated_at", "escalated_to_id", "follow_up_id", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "raised_by_id", "session_id", "taken_at", "taken_by_id", "words") VALUES (OLD."asked_id", OLD."case_id", OLD."client_id", OLD."done_at", OLD."done_by_id", OLD."due_at", OLD."escalated_at", OLD."escalated_to_id", OLD."follow_up_id", OLD."id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."raised_at", OLD."raised_by_id", OLD."session_id", OLD."taken_at", OLD."taken_by_id", OLD."words"); RETURN NULL;',
                                    hash="2349177b6bc9be74456651e905dc2a7c7e56765b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a80a8",
                                    table="followups_wellbeingconcern",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WellbeingConcernEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "words",
                            models.TextField(
                                help_text="What gives rise to it. The desk may write it and cannot read it back."
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(help_text="By when it is taken; day and night.")),
                        ("escalated_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.TextField(blank=True, help_text="What was done, and how they are."),
                        ),
                        (
                            "asked",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Who is asked by name.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "done_by",
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
                            "escalated_to",
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
                            "follow_up",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followups.followup",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="followups.wellbeingconcern",
                            ),
                        ),
                        (
                            "raised_by",
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
                            "session",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "taken_by",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="90347256293d7a12ac00876e7b24818ad76dea6d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_95146",
                                    table="followups_wellbeingconcernevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="ContactAttempt",
            name="barriers",
            field=models.ManyToManyField(
                blank=True, related_name="+", through="followups.AttemptBarrier", to="clients.barrier"
            ),
        ),
    ]
