import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from accounts.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("attendance", "0001_initial"),
        ("attendance", "0002_held_sessions"),
        ("attendance", "0003_joint_parts"),
        ("attendance", "0004_fallback_uses"),
        ("attendance", "0005_fees"),
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
                    name="AttendanceRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("attended", "Attended"),
                                    ("attended_late", "Came late"),
                                    ("left_early", "Left early"),
                                    ("too_late", "Came too late to be seen"),
                                    ("could_not_be_seen", "Came, could not be seen"),
                                    ("could_not_connect", "Could not connect"),
                                    ("no_show", "Missed"),
                                    ("not_brought", "Was not brought"),
                                    ("excused", "Excused"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("late_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("left_early_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("board", "Day board"),
                                    ("today", "Today"),
                                    ("api", "API"),
                                    ("import", "Import"),
                                    ("admin", "Admin site"),
                                    ("settled", "Arrived, and the session ended"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("corrected_at", models.DateTimeField(blank=True, null=True)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance_records",
                                to="clients.client",
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "indexes": [
                            models.Index(fields=["client", "-starts_at"], name="attendance_by_client"),
                            models.Index(
                                condition=models.Q(("outcome__in", ["no_show", "not_brought"])),
                                fields=["recorded_at"],
                                name="attendance_missed",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("corrected_at__isnull", False),
                                    ("outcome__in", ["no_show", "not_brought"]),
                                ),
                                fields=["corrected_at"],
                                name="attendance_corrected_to_missed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("late_minutes", None),
                                    ("outcome__in", ["attended_late", "too_late"]),
                                    _connector="OR",
                                ),
                                name="late_minutes_of_a_late_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_early_minutes", None), ("outcome", "left_early"), _connector="OR"
                                ),
                                name="left_early_minutes_of_leaving_early",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_attendancerecordevent" ("client_id", "corrected_at", "id", "late_minutes", "left_early_minutes", "outcome", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_at") VALUES (NEW."client_id", NEW."corrected_at", NEW."id", NEW."late_minutes", NEW."left_early_minutes", NEW."outcome", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_at"); RETURN NULL;',
                                    hash="01acfe68c390b2b2bf018cd183b57cd047fe30c7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_85034",
                                    table="attendance_attendancerecord",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_attendancerecordevent" ("client_id", "corrected_at", "id", "late_minutes", "left_early_minutes", "outcome", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_at") VALUES (NEW."client_id", NEW."corrected_at", NEW."id", NEW."late_minutes", NEW."left_early_minutes", NEW."outcome", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_at"); RETURN NULL;',
                                    hash="96a084fddfd118308c608f4a06954d330f2f7f10",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_cb229",
                                    table="attendance_attendancerecord",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_attendancerecordevent" ("client_id", "corrected_at", "id", "late_minutes", "left_early_minutes", "outcome", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_at") VALUES (OLD."client_id", OLD."corrected_at", OLD."id", OLD."late_minutes", OLD."left_early_minutes", OLD."outcome", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."starts_at"); RETURN NULL;',
                                    hash="a7e838b82e2c037c2594e2a9e6b7652a9b126d5b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b1cda",
                                    table="attendance_attendancerecord",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("attended", "Attended"),
                                    ("attended_late", "Came late"),
                                    ("left_early", "Left early"),
                                    ("too_late", "Came too late to be seen"),
                                    ("could_not_be_seen", "Came, could not be seen"),
                                    ("could_not_connect", "Could not connect"),
                                    ("no_show", "Missed"),
                                    ("not_brought", "Was not brought"),
                                    ("excused", "Excused"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("late_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("left_early_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("board", "Day board"),
                                    ("today", "Today"),
                                    ("api", "API"),
                                    ("import", "Import"),
                                    ("admin", "Admin site"),
                                    ("settled", "Arrived, and the session ended"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("corrected_at", models.DateTimeField(blank=True, null=True)),
                        ("starts_at", models.DateTimeField()),
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
                                to="attendance.attendancerecord",
                            ),
                        ),
                        (
                            "recorded_by",
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
                                    hash="c766bbaeb7f4f01ac8dace46bc7d090779c4de77",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3b89d",
                                    table="attendance_attendancerecordevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BarrierNamed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "named_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
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
                            "named_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="barriers_named",
                                to="sessions_app.participant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("participant", "barrier"), name="barrier_once_per_absence"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_barriernamedevent" ("barrier_id", "id", "named_at", "named_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."barrier_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="b5dbaf1d9eb90d6b22a8a4a9c659c86fc9d03108",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_72c24",
                                    table="attendance_barriernamed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_barriernamedevent" ("barrier_id", "id", "named_at", "named_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."barrier_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="7ffa0a96ae1a8c6f05600d8ee9d341f21241e5d3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0e0c7",
                                    table="attendance_barriernamed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_barriernamedevent" ("barrier_id", "id", "named_at", "named_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."barrier_id", OLD."id", OLD."named_at", OLD."named_by_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="47227c4e8f9115fc77628f3942d4eea841a4e320",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0b654",
                                    table="attendance_barriernamed",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BarrierNamedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "named_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
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
                            "named_by",
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
                                to="attendance.barriernamed",
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
                                    hash="918f8b9e872344e2df95fd5ac92593852209fea8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f28f6",
                                    table="attendance_barriernamedevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Concern",
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
                                    ("relationship", "The relationship"),
                                    ("addiction", "Addiction"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("raised", "Raised"),
                                    ("addressed", "Addressed"),
                                    ("carried", "Carried forward"),
                                ],
                                default="raised",
                                max_length=9,
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, help_text="When it was last marked.", null=True),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="concerns",
                                to="sessions_app.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "carried")),
                                fields=["participant"],
                                name="concern_carried",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_concernevent" ("id", "kind", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "settled_at", "state", "words") VALUES (NEW."id", NEW."kind", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."raised_at", NEW."settled_at", NEW."state", NEW."words"); RETURN NULL;',
                                    hash="4d09249ca9f981086d4fb426c64a200097629597",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f831a",
                                    table="attendance_concern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_concernevent" ("id", "kind", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "settled_at", "state", "words") VALUES (NEW."id", NEW."kind", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."raised_at", NEW."settled_at", NEW."state", NEW."words"); RETURN NULL;',
                                    hash="eb7914f7f716be3ca268e752827fcb89e8fcc5bd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_81b28",
                                    table="attendance_concern",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_concernevent" ("id", "kind", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_at", "settled_at", "state", "words") VALUES (OLD."id", OLD."kind", OLD."noted_by_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."raised_at", OLD."settled_at", OLD."state", OLD."words"); RETURN NULL;',
                                    hash="9309da50c618f4e0600498742b4fe759df9f7939",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_46ead",
                                    table="attendance_concern",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernEvent",
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
                                    ("relationship", "The relationship"),
                                    ("addiction", "Addiction"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("raised", "Raised"),
                                    ("addressed", "Addressed"),
                                    ("carried", "Carried forward"),
                                ],
                                default="raised",
                                max_length=9,
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, help_text="When it was last marked.", null=True),
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
                                to="attendance.concern",
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
                                    hash="596b6ba70d4e83d16be9beaa5d037f4bde49bec4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f2730",
                                    table="attendance_concernevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("needs", models.TextField(blank=True, help_text="What they need now.")),
                        (
                            "strengths",
                            models.TextField(blank=True, help_text="Strengths and moments of connection."),
                        ),
                        (
                            "bring_in",
                            models.TextField(
                                blank=True, help_text="How the topic comes into the next session."
                            ),
                        ),
                        ("used_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "heard",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "validated",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "prepared",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "answer_of",
                            models.CharField(
                                blank=True,
                                choices=[("client", "Their own answer"), ("clinician", "My impression")],
                                max_length=9,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="held_part",
                                to="sessions_app.participant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("heard", ""), ("prepared", ""), ("validated", "")),
                                    models.Q(("answer_of", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="closing_check_says_whose_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("used_minutes", None), ("used_minutes__lte", 720), _connector="OR"
                                ),
                                name="used_minutes_possible",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_heldpartevent" ("answer_of", "bring_in", "heard", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared", "strengths", "used_minutes", "validated") VALUES (NEW."answer_of", NEW."bring_in", NEW."heard", NEW."id", NEW."needs", NEW."noted_at", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared", NEW."strengths", NEW."used_minutes", NEW."validated"); RETURN NULL;',
                                    hash="33cc072fbf1f4564143ee28800bb139d4e1e99dd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2d95c",
                                    table="attendance_heldpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_heldpartevent" ("answer_of", "bring_in", "heard", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared", "strengths", "used_minutes", "validated") VALUES (NEW."answer_of", NEW."bring_in", NEW."heard", NEW."id", NEW."needs", NEW."noted_at", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared", NEW."strengths", NEW."used_minutes", NEW."validated"); RETURN NULL;',
                                    hash="48c94023f832478beacfaa141cd53b885e2ea4d7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_513b4",
                                    table="attendance_heldpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_heldpartevent" ("answer_of", "bring_in", "heard", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared", "strengths", "used_minutes", "validated") VALUES (OLD."answer_of", OLD."bring_in", OLD."heard", OLD."id", OLD."needs", OLD."noted_at", OLD."noted_by_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared", OLD."strengths", OLD."used_minutes", OLD."validated"); RETURN NULL;',
                                    hash="5b01b5d7301a6fe029d854251843666e2b196ba6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_bad82",
                                    table="attendance_heldpart",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldPartEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("needs", models.TextField(blank=True, help_text="What they need now.")),
                        (
                            "strengths",
                            models.TextField(blank=True, help_text="Strengths and moments of connection."),
                        ),
                        (
                            "bring_in",
                            models.TextField(
                                blank=True, help_text="How the topic comes into the next session."
                            ),
                        ),
                        ("used_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "heard",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "validated",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "prepared",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("not_yet", "Not yet")],
                                max_length=7,
                            ),
                        ),
                        (
                            "answer_of",
                            models.CharField(
                                blank=True,
                                choices=[("client", "Their own answer"), ("clinician", "My impression")],
                                max_length=9,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
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
                                to="attendance.heldpart",
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
                                    hash="02f54c8fe41377ba46863964d8266e942cc2ca1e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3101c",
                                    table="attendance_heldpartevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_at", models.DateTimeField()),
                        ("reassured_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reassurance",
                            models.TextField(
                                blank=True, help_text="What was read out, as it stood that day."
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
                        (
                            "reassured_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="held",
                                to="sessions_app.therapysession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("reassurance", ""), ("reassured_at", None), ("reassured_by", None)
                                    ),
                                    models.Q(
                                        ("reassured_at__isnull", False),
                                        ("reassured_by__isnull", False),
                                        models.Q(("reassurance", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reassurance_says_who_and_what",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_heldsessionevent" ("held_at", "held_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reassurance", "reassured_at", "reassured_by_id", "session_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reassurance", NEW."reassured_at", NEW."reassured_by_id", NEW."session_id"); RETURN NULL;',
                                    hash="e9346f51911cdd2c69660e63b35210a3ff04c798",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7de2b",
                                    table="attendance_heldsession",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_heldsessionevent" ("held_at", "held_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reassurance", "reassured_at", "reassured_by_id", "session_id") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reassurance", NEW."reassured_at", NEW."reassured_by_id", NEW."session_id"); RETURN NULL;',
                                    hash="accde4324f70684d8fae5ff4a5eb99ae35241fb5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_73b03",
                                    table="attendance_heldsession",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_heldsessionevent" ("held_at", "held_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reassurance", "reassured_at", "reassured_by_id", "session_id") VALUES (OLD."held_at", OLD."held_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reassurance", OLD."reassured_at", OLD."reassured_by_id", OLD."session_id"); RETURN NULL;',
                                    hash="01bcc6f9abb30fe974d37d6bdc6ee519ced5c331",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_456ec",
                                    table="attendance_heldsession",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldSessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("held_at", models.DateTimeField()),
                        ("reassured_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reassurance",
                            models.TextField(
                                blank=True, help_text="What was read out, as it stood that day."
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
                                to="attendance.heldsession",
                            ),
                        ),
                        (
                            "reassured_by",
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
                                    hash="8105a9eeed4fab61c7e55a65e1948b1bdcc62605",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_42aa4",
                                    table="attendance_heldsessionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JointPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("feelings", models.TextField(blank=True)),
                        ("concerns", models.TextField(blank=True)),
                        ("wishes", models.TextField(blank=True)),
                        ("needs", models.TextField(blank=True)),
                        ("support", models.TextField(blank=True)),
                        (
                            "shareable",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("feelings", "Feelings"),
                                        ("concerns", "Concerns"),
                                        ("wishes", "Wishes"),
                                        ("needs", "Needs"),
                                        ("support", "How the others can support"),
                                    ],
                                    max_length=8,
                                ),
                                blank=True,
                                default=list,
                                help_text="The parts that they said may be shown to the others.",
                                size=None,
                            ),
                        ),
                        (
                            "understanding",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="How well understood they felt, 0 to 10.", null=True
                            ),
                        ),
                        (
                            "progress",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="How far along with their own concerns, 0 to 10.",
                                null=True,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="joint_part",
                                to="sessions_app.participant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("understanding", None), ("understanding__lte", 10), _connector="OR"
                                    ),
                                    models.Q(("progress", None), ("progress__lte", 10), _connector="OR"),
                                ),
                                name="joint_scales_from_0_to_10",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_jointpartevent" ("concerns", "feelings", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "shareable", "support", "understanding", "wishes") VALUES (NEW."concerns", NEW."feelings", NEW."id", NEW."needs", NEW."noted_at", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."progress", NEW."shareable", NEW."support", NEW."understanding", NEW."wishes"); RETURN NULL;',
                                    hash="73e9889d52cd8f31fe36eebe6a25747e4e23386f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bf626",
                                    table="attendance_jointpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_jointpartevent" ("concerns", "feelings", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "shareable", "support", "understanding", "wishes") VALUES (NEW."concerns", NEW."feelings", NEW."id", NEW."needs", NEW."noted_at", NEW."noted_by_id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."progress", NEW."shareable", NEW."support", NEW."understanding", NEW."wishes"); RETURN NULL;',
                                    hash="20c09408879130a4e87f1ff4223fb732967a0dd7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_669ca",
                                    table="attendance_jointpart",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_jointpartevent" ("concerns", "feelings", "id", "needs", "noted_at", "noted_by_id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "shareable", "support", "understanding", "wishes") VALUES (OLD."concerns", OLD."feelings", OLD."id", OLD."needs", OLD."noted_at", OLD."noted_by_id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."progress", OLD."shareable", OLD."support", OLD."understanding", OLD."wishes"); RETURN NULL;',
                                    hash="c8f17bcd476b6893f0de303590187ffbd6aaa408",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9102c",
                                    table="attendance_jointpart",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JointPartEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("feelings", models.TextField(blank=True)),
                        ("concerns", models.TextField(blank=True)),
                        ("wishes", models.TextField(blank=True)),
                        ("needs", models.TextField(blank=True)),
                        ("support", models.TextField(blank=True)),
                        (
                            "shareable",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("feelings", "Feelings"),
                                        ("concerns", "Concerns"),
                                        ("wishes", "Wishes"),
                                        ("needs", "Needs"),
                                        ("support", "How the others can support"),
                                    ],
                                    max_length=8,
                                ),
                                blank=True,
                                default=list,
                                help_text="The parts that they said may be shown to the others.",
                                size=None,
                            ),
                        ),
                        (
                            "understanding",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="How well understood they felt, 0 to 10.", null=True
                            ),
                        ),
                        (
                            "progress",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="How far along with their own concerns, 0 to 10.",
                                null=True,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
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
                                to="attendance.jointpart",
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
                                    hash="f612c2981833bc81587ef6ef3508a3e45a2e2ec5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cb96c",
                                    table="attendance_jointpartevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FallbackUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                    ("other_time", "Another time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("used_at", models.DateTimeField()),
                        (
                            "session_version",
                            models.PositiveIntegerField(help_text="What the session became by it."),
                        ),
                        ("was_on", models.DateField(help_text="Its day before.")),
                        ("was_at", models.TimeField(help_text="Its time before.")),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "booked",
                            models.ForeignKey(
                                blank=True,
                                help_text="Booked in its place, where it was missed already or somebody else had come.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="sessions_app.therapysession",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fallback_uses",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "used_by",
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
                        "ordering": ("-used_at", "-pk"),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_fallbackuseevent" ("booked_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_version", "step", "undone_at", "used_at", "used_by_id", "was_at", "was_on") VALUES (NEW."booked_id", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_version", NEW."step", NEW."undone_at", NEW."used_at", NEW."used_by_id", NEW."was_at", NEW."was_on"); RETURN NULL;',
                                    hash="1a756ca298bf8ea01a337b56cbc05e5a7813dd54",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_73209",
                                    table="attendance_fallbackuse",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_fallbackuseevent" ("booked_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_version", "step", "undone_at", "used_at", "used_by_id", "was_at", "was_on") VALUES (NEW."booked_id", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_version", NEW."step", NEW."undone_at", NEW."used_at", NEW."used_by_id", NEW."was_at", NEW."was_on"); RETURN NULL;',
                                    hash="49dda197a579f8f075d3abda31d472d1280deeea",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_af097",
                                    table="attendance_fallbackuse",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_fallbackuseevent" ("booked_id", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_version", "step", "undone_at", "used_at", "used_by_id", "was_at", "was_on") VALUES (OLD."booked_id", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_version", OLD."step", OLD."undone_at", OLD."used_at", OLD."used_by_id", OLD."was_at", OLD."was_on"); RETURN NULL;',
                                    hash="71bbef382c386d864dabbf7ee404362b9892c03e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_11d9d",
                                    table="attendance_fallbackuse",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FallbackUseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("video", "By video"),
                                    ("phone", "By telephone"),
                                    ("other_time", "Another time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("used_at", models.DateTimeField()),
                        (
                            "session_version",
                            models.PositiveIntegerField(help_text="What the session became by it."),
                        ),
                        ("was_on", models.DateField(help_text="Its day before.")),
                        ("was_at", models.TimeField(help_text="Its time before.")),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "booked",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Booked in its place, where it was missed already or somebody else had come.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="sessions_app.therapysession",
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
                                to="attendance.fallbackuse",
                            ),
                        ),
                        (
                            "used_by",
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
                                    hash="bece3b72434f6b4a6fd9339a7e82ea92bf46d3f0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_90376",
                                    table="attendance_fallbackuseevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeExemption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                choices=[
                                    ("payer", "Whoever pays for them forbids it"),
                                    ("agreed", "We agreed so with them"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "client",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_exemption",
                                to="clients.client",
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
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_feeexemptionevent" ("because", "client_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."because", NEW."client_id", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="8491d3a25dae60b571595e07f5ed26b722e4ffe8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_30049",
                                    table="attendance_feeexemption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_feeexemptionevent" ("because", "client_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."because", NEW."client_id", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="e62048e659063a7e46c98eb3925d9d701fe3a9b5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_aa29b",
                                    table="attendance_feeexemption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_feeexemptionevent" ("because", "client_id", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."because", OLD."client_id", OLD."id", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="61952db1c92f6600f6b4a85c9da378894d831e4b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_72d2b",
                                    table="attendance_feeexemption",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeExemptionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "because",
                            models.CharField(
                                choices=[
                                    ("payer", "Whoever pays for them forbids it"),
                                    ("agreed", "We agreed so with them"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
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
                                to="attendance.feeexemption",
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
                                    hash="28ff4b98257652eeb856fd3996c381886db67532",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e0a17",
                                    table="attendance_feeexemptionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeTerms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "missed_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: a missed session costs nothing.",
                                max_digits=8,
                                null=True,
                            ),
                        ),
                        (
                            "late_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: cancelling late costs nothing.",
                                max_digits=8,
                                null=True,
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "free_absences",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="So many in twelve months cost nothing."
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                help_text="What clients read beforehand, in English.",
                                max_length=400,
                            ),
                        ),
                        ("words_es", models.CharField(blank=True, max_length=400)),
                        ("in_force_from", models.DateField()),
                        ("written_at", models.DateTimeField()),
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
                        "ordering": ("-in_force_from", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("late_amount", None), ("missed_amount", None)),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="fee_terms_say_what_it_costs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("missed_amount", None), ("missed_amount__gt", 0), _connector="OR"
                                    ),
                                    models.Q(("late_amount", None), ("late_amount__gt", 0), _connector="OR"),
                                ),
                                name="fee_terms_amounts_possible",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="fee_terms_are_immutable",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="6f5b9062a592a4de67d1282fc9f3f29c64c339c2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_fee_terms_are_immutable_ebc68",
                                    table="attendance_feeterms",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[("charged", "Charged"), ("waived", "Waived")], max_length=7
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                        ),
                        ("because", models.CharField(blank=True, max_length=200)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fee",
                                to="sessions_app.participant",
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fees",
                                to="attendance.feeterms",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount__gt", 0), ("decision", "charged"), ("terms__isnull", False)
                                    ),
                                    models.Q(
                                        ("amount", None),
                                        ("decision", "waived"),
                                        ("terms", None),
                                        models.Q(("because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_is_charged_by_terms_or_waived_with_a_reason",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_feeevent" ("amount", "because", "decided_at", "decided_by_id", "decision", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id") VALUES (NEW."amount", NEW."because", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."terms_id"); RETURN NULL;',
                                    hash="e856e80792eb28f1eb89afd38c8c207fac836ea3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_85615",
                                    table="attendance_fee",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_feeevent" ("amount", "because", "decided_at", "decided_by_id", "decision", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id") VALUES (NEW."amount", NEW."because", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."terms_id"); RETURN NULL;',
                                    hash="2284cb91c30fd432bf969340d0c7e3edf96be43a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3e873",
                                    table="attendance_fee",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_feeevent" ("amount", "because", "decided_at", "decided_by_id", "decision", "id", "participant_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id") VALUES (OLD."amount", OLD."because", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."terms_id"); RETURN NULL;',
                                    hash="c2dba8a0dce7f2f19637319e23e7580021b5d3b9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_20bc0",
                                    table="attendance_fee",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "decision",
                            models.CharField(
                                choices=[("charged", "Charged"), ("waived", "Waived")], max_length=7
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                        ),
                        ("because", models.CharField(blank=True, max_length=200)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
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
                                to="attendance.fee",
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="attendance.feeterms",
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
                                    hash="97a24bf1c3cce14aac3c35502638772fade5e419",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_bc246",
                                    table="attendance_feeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsTold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "They signed it"),
                                    ("said", "We talked about it"),
                                    ("sent", "They have it in writing"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("told_on", models.DateField()),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_terms_told",
                                to="clients.client",
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
                        (
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="attendance.feeterms",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-told_on", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("client", "terms"), name="terms_told_once_each")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_termstoldevent" ("client_id", "how", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "told_on") VALUES (NEW."client_id", NEW."how", NEW."id", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."terms_id", NEW."told_on"); RETURN NULL;',
                                    hash="aeb62ed90184e015f1d9c3c5b3de35c77c2e4428",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a03ca",
                                    table="attendance_termstold",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "attendance_termstoldevent" ("client_id", "how", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "told_on") VALUES (NEW."client_id", NEW."how", NEW."id", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."terms_id", NEW."told_on"); RETURN NULL;',
                                    hash="e547dc9675a101b5a7ee70a2273c3abf20dfe8c6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3341a",
                                    table="attendance_termstold",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "attendance_termstoldevent" ("client_id", "how", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "terms_id", "told_on") VALUES (OLD."client_id", OLD."how", OLD."id", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."terms_id", OLD."told_on"); RETURN NULL;',
                                    hash="bbd91c610db9fd1f7e0f703ebe15b40f22ee02b0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b04b8",
                                    table="attendance_termstold",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsToldEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "They signed it"),
                                    ("said", "We talked about it"),
                                    ("sent", "They have it in writing"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("told_on", models.DateField()),
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
                                to="attendance.termstold",
                            ),
                        ),
                        (
                            "terms",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="attendance.feeterms",
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
                                    hash="cc5b249c94bbbb9e2d7a2f0ed3e8c62dbce64693",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_32ba3",
                                    table="attendance_termstoldevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
