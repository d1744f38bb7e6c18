import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
from accounts.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("sessions_app", "0001_initial"),
        ("sessions_app", "0002_waitlist"),
        ("sessions_app", "0003_freed_times"),
        ("sessions_app", "0004_made_up_for"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0007_wellbeing_hours"),
        ("clients", "0001_squashed_0018_check_ins"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        CreateTables(
            [
                migrations.CreateModel(
                    name="Location",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("name",),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_locationevent" ("address", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "timezone") VALUES (NEW."address", NEW."id", NEW."is_active", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."timezone"); RETURN NULL;',
                                    hash="a5ff2deef596d5f2bd50026f5c8e290937ede97e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_5defb",
                                    table="sessions_app_location",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_locationevent" ("address", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "timezone") VALUES (NEW."address", NEW."id", NEW."is_active", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."timezone"); RETURN NULL;',
                                    hash="777761494db0bccaa6e009abc28d79dde4828ed1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fa9dc",
                                    table="sessions_app_location",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_locationevent" ("address", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "timezone") VALUES (OLD."address", OLD."id", OLD."is_active", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."timezone"); RETURN NULL;',
                                    hash="9b9ff57710bc003d5543eeac99b4743f83eb310a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_41f7b",
                                    table="sessions_app_location",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reason", models.CharField(blank=True, help_text="For staff.", max_length=80)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="sessions_app.location",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("on",),
                        "constraints": [
                            models.UniqueConstraint(fields=("location", "on"), name="closure_once_a_day")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_closureevent" ("id", "location_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."id", NEW."location_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="7713662f79c2caba6c8839eb93531c056f20d840",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_31344",
                                    table="sessions_app_closure",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_closureevent" ("id", "location_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."id", NEW."location_id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                                    hash="d57bed38a40cf6fdea97893d924798be66112d2c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1bfe1",
                                    table="sessions_app_closure",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_closureevent" ("id", "location_id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."id", OLD."location_id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                                    hash="0ca0888b7dd7da54d9f8a6c0d6647da2a7b8c34f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5ca58",
                                    table="sessions_app_closure",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.location",
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
                                    hash="2d48a99b5ad51ca65744d8b7cebca65ce8745647",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_57ba3",
                                    table="sessions_app_locationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rooms",
                                to="sessions_app.location",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("location__name", "name"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("location", "name"), name="room_once_per_location"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_roomevent" ("id", "is_active", "location_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."id", NEW."is_active", NEW."location_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                                    hash="5f734a1fd7e8ad9a287ee89a90281b4f5decaf1d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b6be5",
                                    table="sessions_app_room",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_roomevent" ("id", "is_active", "location_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."id", NEW."is_active", NEW."location_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                                    hash="0ca36012ea5e407241fb1320ecc59049c84ec6d2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_98bd8",
                                    table="sessions_app_room",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_roomevent" ("id", "is_active", "location_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."id", OLD."is_active", OLD."location_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                                    hash="9f9a43863f7c0f0216b0976d379da2526a92eae9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3cff7",
                                    table="sessions_app_room",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "location",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.location",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.room",
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
                                    hash="9d052090c476f23b615105b01ab7765ae816c636",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fa3c2",
                                    table="sessions_app_roomevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "rule",
                            models.CharField(help_text="RFC 5545 RRULE without DTSTART.", max_length=200),
                        ),
                        ("starts_on", models.DateField(help_text="Local day of the first one.")),
                        (
                            "at",
                            models.TimeField(help_text="Local wall time, the same across a clock change."),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="clients.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "series",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_seriesevent" ("at", "case_id", "created_at", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "starts_on", "timezone") VALUES (NEW."at", NEW."case_id", NEW."created_at", NEW."ended_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."rule", NEW."starts_on", NEW."timezone"); RETURN NULL;',
                                    hash="80e167c5800790e49f891d03738bbdcdb442d095",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_26aa5",
                                    table="sessions_app_series",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_seriesevent" ("at", "case_id", "created_at", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "starts_on", "timezone") VALUES (NEW."at", NEW."case_id", NEW."created_at", NEW."ended_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."rule", NEW."starts_on", NEW."timezone"); RETURN NULL;',
                                    hash="7ef16d8c4d8a97884597a35cda925362435c464c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5d8c1",
                                    table="sessions_app_series",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_seriesevent" ("at", "case_id", "created_at", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "starts_on", "timezone") VALUES (OLD."at", OLD."case_id", OLD."created_at", OLD."ended_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."rule", OLD."starts_on", OLD."timezone"); RETURN NULL;',
                                    hash="9a228b36ef92c79365e10e3dc7110b48e20b41a9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d5e77",
                                    table="sessions_app_series",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "rule",
                            models.CharField(help_text="RFC 5545 RRULE without DTSTART.", max_length=200),
                        ),
                        ("starts_on", models.DateField(help_text="Local day of the first one.")),
                        (
                            "at",
                            models.TimeField(help_text="Local wall time, the same across a clock change."),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.series",
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
                                    hash="6676bbefd05687d642dee44e3a99446a3ce65409",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6626f",
                                    table="sessions_app_seriesevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=80, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("individual", "Individual"),
                                    ("couple", "Couple"),
                                    ("family", "Family"),
                                    ("group", "Group"),
                                ],
                                default="individual",
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=50)),
                        ("video_offered", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("name",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (5, 720))),
                                name="service_minutes_possible",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_serviceevent" ("id", "is_active", "kind", "minutes", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "video_offered") VALUES (NEW."id", NEW."is_active", NEW."kind", NEW."minutes", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."video_offered"); RETURN NULL;',
                                    hash="b59489329885eb274afd6e3996b888f272288ac9",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6d86b",
                                    table="sessions_app_service",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_serviceevent" ("id", "is_active", "kind", "minutes", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "video_offered") VALUES (NEW."id", NEW."is_active", NEW."kind", NEW."minutes", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."video_offered"); RETURN NULL;',
                                    hash="2e0152199159242d8b781e25bbd3a82690586f72",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b857a",
                                    table="sessions_app_service",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_serviceevent" ("id", "is_active", "kind", "minutes", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "video_offered") VALUES (OLD."id", OLD."is_active", OLD."kind", OLD."minutes", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."video_offered"); RETURN NULL;',
                                    hash="20c54859abf72b4b0758a48fdf46c4d90ebe3000",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_325f0",
                                    table="sessions_app_service",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("individual", "Individual"),
                                    ("couple", "Couple"),
                                    ("family", "Family"),
                                    ("group", "Group"),
                                ],
                                default="individual",
                                max_length=10,
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(default=50)),
                        ("video_offered", models.BooleanField(default=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.service",
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
                                    hash="5dd0cabf5b930fc8522af1149bb2cdde04f8c679",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c189d",
                                    table="sessions_app_serviceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TherapySession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("external_id", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        (
                            "modality",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                ],
                                default="in_person",
                                max_length=10,
                            ),
                        ),
                        ("video_link", models.URLField(blank=True)),
                        ("on", models.DateField(help_text="Local calendar day.")),
                        (
                            "at",
                            models.TimeField(
                                blank=True, help_text="Local wall time; empty in old history.", null=True
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "late_cancellation_hours",
                            models.PositiveSmallIntegerField(
                                help_text="The policy in force when it was booked."
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When it was last moved, changed or called off.",
                                null=True,
                            ),
                        ),
                        (
                            "tell_clients",
                            models.BooleanField(
                                default=True,
                                help_text="Whether the participants are to hear of the last change.",
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_by",
                            models.CharField(
                                blank=True,
                                choices=[("client", "The client"), ("practice", "The practice")],
                                max_length=8,
                            ),
                        ),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when every participant is recorded or cancelled; attendance keeps it.",
                                null=True,
                            ),
                        ),
                        (
                            "is_history",
                            models.BooleanField(default=False, help_text="Imported: occupies nothing."),
                        ),
                        (
                            "booked_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "booked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="clients.case",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="sessions_app.location",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="sessions_app.room",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="sessions_app.series",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="sessions_app.service",
                            ),
                        ),
                        (
                            "makes_up_for",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                help_text="The missed session in whose place it was booked: its people hear of it.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="made_up_by",
                                to="sessions_app.therapysession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("starts_at", "pk"),
                        "indexes": [
                            models.Index(fields=["starts_at"], name="session_by_start"),
                            models.Index(fields=["case", "-starts_at"], name="session_by_case"),
                            models.Index(
                                condition=models.Q(("cancelled_at", None), ("settled_at", None)),
                                fields=["ends_at"],
                                name="session_unsettled_by_end",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="session_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at", None), ("cancelled_by", "")),
                                    models.Q(
                                        ("cancelled_at__isnull", False),
                                        models.Q(("cancelled_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_cancelled_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("at__isnull", False), ("is_history", True), _connector="OR"
                                ),
                                name="only_history_lacks_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_therapysessionevent" ("at", "booked_at", "booked_by_id", "cancel_reason", "cancelled_at", "cancelled_by", "case_id", "changed_at", "ends_at", "external_id", "id", "is_history", "late_cancellation_hours", "location_id", "makes_up_for_id", "minutes", "modality", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "series_id", "service_id", "settled_at", "starts_at", "tell_clients", "timezone", "version", "video_link") VALUES (NEW."at", NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by", NEW."case_id", NEW."changed_at", NEW."ends_at", NEW."external_id", NEW."id", NEW."is_history", NEW."late_cancellation_hours", NEW."location_id", NEW."makes_up_for_id", NEW."minutes", NEW."modality", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."room_id", NEW."series_id", NEW."service_id", NEW."settled_at", NEW."starts_at", NEW."tell_clients", NEW."timezone", NEW."version", NEW."video_link"); RETURN NULL;',
                                    hash="04ead7392a8ca5189cb6c2c1737749ae93742e38",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ca90d",
                                    table="sessions_app_therapysession",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_therapysessionevent" ("at", "booked_at", "booked_by_id", "cancel_reason", "cancelled_at", "cancelled_by", "case_id", "changed_at", "ends_at", "external_id", "id", "is_history", "late_cancellation_hours", "location_id", "makes_up_for_id", "minutes", "modality", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "series_id", "service_id", "settled_at", "starts_at", "tell_clients", "timezone", "version", "video_link") VALUES (NEW."at", NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by", NEW."case_id", NEW."changed_at", NEW."ends_at", NEW."external_id", NEW."id", NEW."is_history", NEW."late_cancellation_hours", NEW."location_id", NEW."makes_up_for_id", NEW."minutes", NEW."modality", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."room_id", NEW."series_id", NEW."service_id", NEW."settled_at", NEW."starts_at", NEW."tell_clients", NEW."timezone", NEW."version", NEW."video_link"); RETURN NULL;',
                                    hash="6ddc76c998a6ad8c3cd6501f15a8035574238443",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4592f",
                                    table="sessions_app_therapysession",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_therapysessionevent" ("at", "booked_at", "booked_by_id", "cancel_reason", "cancelled_at", "cancelled_by", "case_id", "changed_at", "ends_at", "external_id", "id", "is_history", "late_cancellation_hours", "location_id", "makes_up_for_id", "minutes", "modality", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "series_id", "service_id", "settled_at", "starts_at", "tell_clients", "timezone", "version", "video_link") VALUES (OLD."at", OLD."booked_at", OLD."booked_by_id", OLD."cancel_reason", OLD."cancelled_at", OLD."cancelled_by", OLD."case_id", OLD."changed_at", OLD."ends_at", OLD."external_id", OLD."id", OLD."is_history", OLD."late_cancellation_hours", OLD."location_id", OLD."makes_up_for_id", OLD."minutes", OLD."modality", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."room_id", OLD."series_id", OLD."service_id", OLD."settled_at", OLD."starts_at", OLD."tell_clients", OLD."timezone", OLD."version", OLD."video_link"); RETURN NULL;',
                                    hash="6c80e231078f9d375b65f2c5702d45223a711e8c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e8fae",
                                    table="sessions_app_therapysession",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "response",
                            models.CharField(
                                choices=[
                                    ("none", "No answer yet"),
                                    ("confirmed", "Confirmed"),
                                    ("asks_to_move", "Asks to move"),
                                ],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        ("responded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "responded_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("staff", "Told staff"),
                                    ("sms", "Sms"),
                                    ("email", "Email"),
                                    ("voice", "Voice"),
                                    ("link", "Their page"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "responded_version",
                            models.PositiveIntegerField(
                                blank=True, help_text="The session's version that they answered.", null=True
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_by",
                            models.CharField(
                                blank=True,
                                choices=[("client", "The client"), ("practice", "The practice")],
                                max_length=8,
                            ),
                        ),
                        ("cancelled_late", models.BooleanField(default=False)),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        ("arrived_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when there is an outcome; attendance keeps it.",
                                null=True,
                            ),
                        ),
                        ("is_walk_in", models.BooleanField(default=False)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="clients.client",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="sessions_app.therapysession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [
                            models.Index(fields=["client", "-starts_at"], name="participant_by_client"),
                            models.Index(
                                condition=models.Q(("cancelled_late", True)),
                                fields=["cancelled_at"],
                                name="participant_cancelled_late",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "client"), name="client_once_per_session"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cancelled_at", None),
                                        ("cancelled_by", ""),
                                        ("cancelled_late", False),
                                    ),
                                    models.Q(
                                        ("cancelled_at__isnull", False),
                                        models.Q(("cancelled_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="participant_cancelled_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cancelled_at", None), ("arrived_at", None), _connector="OR"
                                ),
                                name="participant_cancelled_or_arrived",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cancelled_at", None), ("recorded_at", None), _connector="OR"
                                ),
                                name="participant_cancelled_or_recorded",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("response", "none"),
                                    ("responded_version__isnull", False),
                                    _connector="OR",
                                ),
                                name="answer_names_its_version",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_participantevent" ("arrived_at", "cancel_reason", "cancelled_at", "cancelled_by", "cancelled_late", "client_id", "id", "is_walk_in", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "responded_at", "responded_by", "responded_version", "response", "session_id", "starts_at") VALUES (NEW."arrived_at", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by", NEW."cancelled_late", NEW."client_id", NEW."id", NEW."is_walk_in", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."responded_at", NEW."responded_by", NEW."responded_version", NEW."response", NEW."session_id", NEW."starts_at"); RETURN NULL;',
                                    hash="d116d734db10ae44c7b14bc41d2336bf9669339e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_646f6",
                                    table="sessions_app_participant",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_participantevent" ("arrived_at", "cancel_reason", "cancelled_at", "cancelled_by", "cancelled_late", "client_id", "id", "is_walk_in", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "responded_at", "responded_by", "responded_version", "response", "session_id", "starts_at") VALUES (NEW."arrived_at", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by", NEW."cancelled_late", NEW."client_id", NEW."id", NEW."is_walk_in", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."responded_at", NEW."responded_by", NEW."responded_version", NEW."response", NEW."session_id", NEW."starts_at"); RETURN NULL;',
                                    hash="404dc70dc9c25e8f3b8a5f2d5fc3e5d8758b27d9",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f2fc7",
                                    table="sessions_app_participant",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_participantevent" ("arrived_at", "cancel_reason", "cancelled_at", "cancelled_by", "cancelled_late", "client_id", "id", "is_walk_in", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "responded_at", "responded_by", "responded_version", "response", "session_id", "starts_at") VALUES (OLD."arrived_at", OLD."cancel_reason", OLD."cancelled_at", OLD."cancelled_by", OLD."cancelled_late", OLD."client_id", OLD."id", OLD."is_walk_in", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_at", OLD."responded_at", OLD."responded_by", OLD."responded_version", OLD."response", OLD."session_id", OLD."starts_at"); RETURN NULL;',
                                    hash="6f1f106c70fe22948e493d6080881452b7a87d6b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d5062",
                                    table="sessions_app_participant",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "response",
                            models.CharField(
                                choices=[
                                    ("none", "No answer yet"),
                                    ("confirmed", "Confirmed"),
                                    ("asks_to_move", "Asks to move"),
                                ],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        ("responded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "responded_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("staff", "Told staff"),
                                    ("sms", "Sms"),
                                    ("email", "Email"),
                                    ("voice", "Voice"),
                                    ("link", "Their page"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "responded_version",
                            models.PositiveIntegerField(
                                blank=True, help_text="The session's version that they answered.", null=True
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_by",
                            models.CharField(
                                blank=True,
                                choices=[("client", "The client"), ("practice", "The practice")],
                                max_length=8,
                            ),
                        ),
                        ("cancelled_late", models.BooleanField(default=False)),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        ("arrived_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when there is an outcome; attendance keeps it.",
                                null=True,
                            ),
                        ),
                        ("is_walk_in", models.BooleanField(default=False)),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
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
                                    hash="ddb137fc65f821f6fe046cad9bc5671c7ebf1a94",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_91866",
                                    table="sessions_app_participantevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionClinician",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="session_clinicians",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="session_clinicians",
                                to="sessions_app.therapysession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [
                            models.Index(fields=["clinician", "starts_at"], name="session_by_clinician")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "clinician"), name="clinician_once_per_session"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_sessionclinicianevent" ("clinician_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "starts_at") VALUES (NEW."clinician_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."session_id", NEW."starts_at"); RETURN NULL;',
                                    hash="1406d306b5c737d93ace54497a137ef6b2a1c9d1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_57a3f",
                                    table="sessions_app_sessionclinician",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_sessionclinicianevent" ("clinician_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "starts_at") VALUES (NEW."clinician_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."session_id", NEW."starts_at"); RETURN NULL;',
                                    hash="7a5af51a86f7a8530801509d4324176496514546",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a1007",
                                    table="sessions_app_sessionclinician",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_sessionclinicianevent" ("clinician_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "starts_at") VALUES (OLD."clinician_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."session_id", OLD."starts_at"); RETURN NULL;',
                                    hash="a38e50aff56bc347d55f773bb24cb561df29648d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_76965",
                                    table="sessions_app_sessionclinician",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionClinicianEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        (
                            "clinician",
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
                                to="sessions_app.sessionclinician",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
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
                                    hash="2771987bb1ac64f649c5272ee48b5d4921c9415d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f658d",
                                    table="sessions_app_sessionclinicianevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TherapySessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("external_id", models.CharField(blank=True, max_length=64, null=True)),
                        (
                            "modality",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                ],
                                default="in_person",
                                max_length=10,
                            ),
                        ),
                        ("video_link", models.URLField(blank=True)),
                        ("on", models.DateField(help_text="Local calendar day.")),
                        (
                            "at",
                            models.TimeField(
                                blank=True, help_text="Local wall time; empty in old history.", null=True
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "late_cancellation_hours",
                            models.PositiveSmallIntegerField(
                                help_text="The policy in force when it was booked."
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When it was last moved, changed or called off.",
                                null=True,
                            ),
                        ),
                        (
                            "tell_clients",
                            models.BooleanField(
                                default=True,
                                help_text="Whether the participants are to hear of the last change.",
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_by",
                            models.CharField(
                                blank=True,
                                choices=[("client", "The client"), ("practice", "The practice")],
                                max_length=8,
                            ),
                        ),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when every participant is recorded or cancelled; attendance keeps it.",
                                null=True,
                            ),
                        ),
                        (
                            "is_history",
                            models.BooleanField(default=False, help_text="Imported: occupies nothing."),
                        ),
                        (
                            "booked_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "booked_by",
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
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.location",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.room",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.series",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.service",
                            ),
                        ),
                        (
                            "makes_up_for",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="The missed session in whose place it was booked: its people hear of it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
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
                                    hash="3bf326ea722c55d6c92efb881cb340fe723a4ba9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3f7a4",
                                    table="sessions_app_therapysessionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimeOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, help_text="For staff.", max_length=80)),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="time_off",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="time_off_in_order",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_timeoffevent" ("clinician_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "starts_at") VALUES (NEW."clinician_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."starts_at"); RETURN NULL;',
                                    hash="8a832857f9f6449cecbfb340a8a97c743265c101",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7c160",
                                    table="sessions_app_timeoff",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_timeoffevent" ("clinician_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "starts_at") VALUES (NEW."clinician_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."starts_at"); RETURN NULL;',
                                    hash="60958bdc238e87ffed9ce6c1f9c4cf1ce70960aa",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_42692",
                                    table="sessions_app_timeoff",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_timeoffevent" ("clinician_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "starts_at") VALUES (OLD."clinician_id", OLD."ends_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."starts_at"); RETURN NULL;',
                                    hash="a94e4bf20deee5b686b05a63a93a3127e132ff1f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4e3a7",
                                    table="sessions_app_timeoff",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TimeOffEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, help_text="For staff.", max_length=80)),
                        (
                            "clinician",
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
                                to="sessions_app.timeoff",
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
                                    hash="77ae7d8bba8e0cfc204d76b632b3e6b89f5aefdc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_379aa",
                                    table="sessions_app_timeoffevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("wishes", models.CharField(blank=True, help_text="For staff.", max_length=200)),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waitlist_entries",
                                to="clients.case",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sessions_app.service",
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waitlist_entries",
                                to="clients.client",
                            ),
                        ),
                        (
                            "clinicians",
                            models.ManyToManyField(
                                blank=True,
                                help_text="With whom; without any, who leads the case.",
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("taken", "Took a time"),
                                    ("removed", "Taken off by staff"),
                                    ("over", "Their last day has passed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "from_time",
                            models.TimeField(
                                blank=True, help_text="Not before, on the clock of the place.", null=True
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                help_text="The one that they would move; without it they get one more.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="waitlist_entries",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "until_on",
                            models.DateField(
                                blank=True, help_text="The last day that would help.", null=True
                            ),
                        ),
                        ("until_time", models.TimeField(blank=True, help_text="Over by then.", null=True)),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                help_text="Monday is 0; none is any.",
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "waitlist entries",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("case", "client"),
                                name="waits_once_in_a_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end", ""), ("ended_at", None)),
                                    models.Q(
                                        ("ended_at__isnull", False), models.Q(("end", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="waiting_ended_for_a_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_waitlistentryevent" ("added_by_id", "case_id", "client_id", "end", "ended_at", "from_time", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "service_id", "session_id", "since_at", "until_on", "until_time", "weekdays", "wishes") VALUES (NEW."added_by_id", NEW."case_id", NEW."client_id", NEW."end", NEW."ended_at", NEW."from_time", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."service_id", NEW."session_id", NEW."since_at", NEW."until_on", NEW."until_time", NEW."weekdays", NEW."wishes"); RETURN NULL;',
                                    hash="8c9a92e064efb6be6f68550ccaaeaf51e5cbef5a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fa191",
                                    table="sessions_app_waitlistentry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_waitlistentryevent" ("added_by_id", "case_id", "client_id", "end", "ended_at", "from_time", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "service_id", "session_id", "since_at", "until_on", "until_time", "weekdays", "wishes") VALUES (NEW."added_by_id", NEW."case_id", NEW."client_id", NEW."end", NEW."ended_at", NEW."from_time", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."service_id", NEW."session_id", NEW."since_at", NEW."until_on", NEW."until_time", NEW."weekdays", NEW."wishes"); RETURN NULL;',
                                    hash="72c39249df229210d11126cf95c0f696b24cebd8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_efeee",
                                    table="sessions_app_waitlistentry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_waitlistentryevent" ("added_by_id", "case_id", "client_id", "end", "ended_at", "from_time", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "service_id", "session_id", "since_at", "until_on", "until_time", "weekdays", "wishes") VALUES (OLD."added_by_id", OLD."case_id", OLD."client_id", OLD."end", OLD."ended_at", OLD."from_time", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."service_id", OLD."session_id", OLD."since_at", OLD."until_on", OLD."until_time", OLD."weekdays", OLD."wishes"); RETURN NULL;',
                                    hash="28d4dcccf09200ac7e0b81e2f5a931e84ea39b8f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_96a13",
                                    table="sessions_app_waitlistentry",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "ordering": ("since_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("wishes", models.CharField(blank=True, help_text="For staff.", max_length=200)),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.waitlistentry",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.service",
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
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("taken", "Took a time"),
                                    ("removed", "Taken off by staff"),
                                    ("over", "Their last day has passed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "from_time",
                            models.TimeField(
                                blank=True, help_text="Not before, on the clock of the place.", null=True
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="The one that they would move; without it they get one more.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "until_on",
                            models.DateField(
                                blank=True, help_text="The last day that would help.", null=True
                            ),
                        ),
                        ("until_time", models.TimeField(blank=True, help_text="Over by then.", null=True)),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                help_text="Monday is 0; none is any.",
                                size=None,
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
                                    hash="c4631ee4f5c930f5fceccae2c4d841eb4987f8f7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fa991",
                                    table="sessions_app_waitlistentryevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("reason", models.CharField(blank=True, help_text="For staff.", max_length=80)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.closure",
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.location",
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
                                    hash="be83204114cefec19783faf2440797aa525827cb",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_245f3",
                                    table="sessions_app_closureevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Availability",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("weekday", models.PositiveSmallIntegerField(help_text="Monday is 0.")),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="availabilities",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="availabilities",
                                to="sessions_app.location",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "availabilities",
                        "ordering": ("clinician_id", "weekday", "starts"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)), name="availability_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))),
                                name="availability_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vacancy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when it is offered; empty while it suits nobody.",
                                null=True,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("taken", "Somebody took it"),
                                    ("nobody", "Nobody took it"),
                                    ("released", "Given back by staff"),
                                    ("gone", "It was no longer free"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                help_text="Whose time it was.",
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="vacancies",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        ("at", models.TimeField(help_text="Local wall time.")),
                        ("clinicians", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("ends_at", models.DateTimeField()),
                        ("freed_at", models.DateTimeField(help_text="When the session left it.")),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sessions_app.location",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
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
                        ("on", models.DateField(help_text="Local calendar day.")),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sessions_app.room",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sessions_app.service",
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(help_text="The session's version whose time it was."),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "vacancies",
                        "ordering": ("-opened_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["opened_at"],
                                name="vacancy_open",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None), ("opened_at", None)),
                                fields=["freed_at"],
                                name="vacancy_freed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("end", "")),
                                    models.Q(
                                        ("closed_at__isnull", False), models.Q(("end", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="vacancy_closed_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                fields=("session", "version"), name="a_time_is_freed_once"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_vacancyevent" ("at", "closed_at", "closed_by_id", "end", "ends_at", "freed_at", "id", "location_id", "minutes", "modality", "on", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "service_id", "session_id", "starts_at", "timezone", "version") VALUES (NEW."at", NEW."closed_at", NEW."closed_by_id", NEW."end", NEW."ends_at", NEW."freed_at", NEW."id", NEW."location_id", NEW."minutes", NEW."modality", NEW."on", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."room_id", NEW."service_id", NEW."session_id", NEW."starts_at", NEW."timezone", NEW."version"); RETURN NULL;',
                                    hash="0578f10aabf7939206c05bfbd1792166722a5a0c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_245fc",
                                    table="sessions_app_vacancy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_vacancyevent" ("at", "closed_at", "closed_by_id", "end", "ends_at", "freed_at", "id", "location_id", "minutes", "modality", "on", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "service_id", "session_id", "starts_at", "timezone", "version") VALUES (NEW."at", NEW."closed_at", NEW."closed_by_id", NEW."end", NEW."ends_at", NEW."freed_at", NEW."id", NEW."location_id", NEW."minutes", NEW."modality", NEW."on", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."room_id", NEW."service_id", NEW."session_id", NEW."starts_at", NEW."timezone", NEW."version"); RETURN NULL;',
                                    hash="790ba9b19067fe124beeab8e7beb54dfec1f4649",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_12be5",
                                    table="sessions_app_vacancy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_vacancyevent" ("at", "closed_at", "closed_by_id", "end", "ends_at", "freed_at", "id", "location_id", "minutes", "modality", "on", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "room_id", "service_id", "session_id", "starts_at", "timezone", "version") VALUES (OLD."at", OLD."closed_at", OLD."closed_by_id", OLD."end", OLD."ends_at", OLD."freed_at", OLD."id", OLD."location_id", OLD."minutes", OLD."modality", OLD."on", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."room_id", OLD."service_id", OLD."session_id", OLD."starts_at", OLD."timezone", OLD."version"); RETURN NULL;',
                                    hash="5e31c24c703c3ba9dae458b4e1db025623e405a8",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3043d",
                                    table="sessions_app_vacancy",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Occupancy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resource",
                            models.CharField(help_text="clinician:<id> or room:<id>", max_length=30),
                        ),
                        ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occupancies",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "time_off",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occupancies",
                                to="sessions_app.timeoff",
                            ),
                        ),
                        (
                            "vacancy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occupancies",
                                to="sessions_app.vacancy",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("released_at", None)),
                                expressions=[("resource", "="), ("during", "&&")],
                                name="nobody_is_in_two_places",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("resource__regex", "^(clinician|room):[0-9]+$")),
                                name="occupancy_resource_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("session__isnull", False), ("time_off", None), ("vacancy", None)
                                    ),
                                    models.Q(
                                        ("session", None), ("time_off__isnull", False), ("vacancy", None)
                                    ),
                                    models.Q(
                                        ("session", None), ("time_off", None), ("vacancy__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="occupancy_of_a_session_time_off_or_hold",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Asked"),
                                    ("taken", "Took it"),
                                    ("declined", "Not this one"),
                                    ("expired", "No answer in time"),
                                    ("gone", "Somebody else was first"),
                                    ("withdrawn", "Taken back"),
                                    ("unreached", "Could not be reached"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="sessions_app.waitlistentry",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                help_text="Who is asked: they, or a guardian.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "vacancy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="sessions_app.vacancy",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("offered_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["expires_at"],
                                name="offer_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("vacancy", "entry"), name="offered_once_to_each"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "taken")),
                                fields=("vacancy",),
                                name="one_takes_a_freed_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("entry",),
                                name="asked_once_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_offerevent" ("answered_at", "entry_id", "expires_at", "id", "offered_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recipient_id", "state", "vacancy_id") VALUES (NEW."answered_at", NEW."entry_id", NEW."expires_at", NEW."id", NEW."offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recipient_id", NEW."state", NEW."vacancy_id"); RETURN NULL;',
                                    hash="5d32575e6be0d736e8373c3148573688accafc56",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b524d",
                                    table="sessions_app_offer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "sessions_app_offerevent" ("answered_at", "entry_id", "expires_at", "id", "offered_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recipient_id", "state", "vacancy_id") VALUES (NEW."answered_at", NEW."entry_id", NEW."expires_at", NEW."id", NEW."offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."recipient_id", NEW."state", NEW."vacancy_id"); RETURN NULL;',
                                    hash="8f8a60264eb4092f2487096481f73e750d84f918",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_dd574",
                                    table="sessions_app_offer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "sessions_app_offerevent" ("answered_at", "entry_id", "expires_at", "id", "offered_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recipient_id", "state", "vacancy_id") VALUES (OLD."answered_at", OLD."entry_id", OLD."expires_at", OLD."id", OLD."offered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."recipient_id", OLD."state", OLD."vacancy_id"); RETURN NULL;',
                                    hash="1b51ed8cc157c38f7aa0b2a9d667de82216358bc",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_757ae",
                                    table="sessions_app_offer",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Asked"),
                                    ("taken", "Took it"),
                                    ("declined", "Not this one"),
                                    ("expired", "No answer in time"),
                                    ("gone", "Somebody else was first"),
                                    ("withdrawn", "Taken back"),
                                    ("unreached", "Could not be reached"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.waitlistentry",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="sessions_app.offer",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Who is asked: they, or a guardian.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "vacancy",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.vacancy",
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
                                    hash="7853706d7f99ae658b8739b28722190a44c30640",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_bf8d1",
                                    table="sessions_app_offerevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VacancyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when it is offered; empty while it suits nobody.",
                                null=True,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "end",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("taken", "Somebody took it"),
                                    ("nobody", "Nobody took it"),
                                    ("released", "Given back by staff"),
                                    ("gone", "It was no longer free"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "closed_by",
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
                                to="sessions_app.vacancy",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Whose time it was.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        ("at", models.TimeField(help_text="Local wall time.")),
                        ("ends_at", models.DateTimeField()),
                        ("freed_at", models.DateTimeField(help_text="When the session left it.")),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.location",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
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
                        ("on", models.DateField(help_text="Local calendar day.")),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.room",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.service",
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(help_text="The session's version whose time it was."),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="18efdf4118e3f24bde2e2fb1342510421a08c9e1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_54bcd",
                                    table="sessions_app_vacancyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="TherapySession",
            name="clients",
            field=models.ManyToManyField(
                related_name="therapy_sessions", through="sessions_app.Participant", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="TherapySession",
            name="clinicians",
            field=models.ManyToManyField(
                related_name="therapy_sessions",
                through="sessions_app.SessionClinician",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
