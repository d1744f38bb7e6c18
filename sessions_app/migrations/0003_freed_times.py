"""A freed time is copied from its session, which goes on: what a move frees is offered as well."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models

# Not at the end: a table with checks to come cannot be altered.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"
_COLUMNS = """
    version = s.version, service_id = s.service_id, location_id = s.location_id, room_id = s.room_id,
    modality = s.modality, "on" = s."on", at = coalesce(s.at, (s.starts_at AT TIME ZONE s.timezone)::time),
    timezone = s.timezone, minutes = s.minutes, ends_at = s.ends_at,
    freed_at = coalesce(s.cancelled_at, v.opened_at)
"""
# Until now each was of a session that was called off, and so stands where it stood.
_COPY = f"""
UPDATE sessions_app_vacancy v SET {_COLUMNS} FROM sessions_app_therapysession s WHERE s.id = v.session_id
"""  # noqa: S608 - fixed text
_COPY_CLINICIANS = """
INSERT INTO sessions_app_vacancy_clinicians (vacancy_id, user_id)
SELECT v.id, one.clinician_id
FROM sessions_app_vacancy v JOIN sessions_app_sessionclinician one ON one.session_id = v.session_id
"""
# The history is only ever added to, but for this once: its rows get the columns that they lacked.
_COPY_HISTORY = f"""
ALTER TABLE sessions_app_vacancyevent DISABLE TRIGGER USER;
UPDATE sessions_app_vacancyevent v SET {_COLUMNS}
FROM sessions_app_therapysession s WHERE s.id = v.session_id;
-- Of a session that is no more, what its row still tells.
UPDATE sessions_app_vacancyevent SET version = 0, modality = '', "on" = (starts_at AT TIME ZONE 'UTC')::date,
    at = (starts_at AT TIME ZONE 'UTC')::time, timezone = 'UTC', minutes = 0, ends_at = starts_at,
    freed_at = opened_at
WHERE version IS NULL;
ALTER TABLE sessions_app_vacancyevent ENABLE TRIGGER USER;
"""  # noqa: S608 - fixed text


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0002_waitlist"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="vacancy",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vacancy",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vacancy",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="vacancy",
            name="at",
            field=models.TimeField(help_text="Local wall time.", null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="clinicians",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="freed_at",
            field=models.DateTimeField(help_text="When the session left it.", null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.location",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="minutes",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="modality",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By telephone")],
                max_length=10,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="on",
            field=models.DateField(help_text="Local calendar day.", null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.room",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="service",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.service",
            ),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="timezone",
            field=models.CharField(max_length=60, validators=[accounts.models.validate_zone], null=True),
        ),
        migrations.AddField(
            model_name="vacancy",
            name="version",
            field=models.PositiveIntegerField(
                help_text="The session's version whose time it was.", null=True
            ),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="at",
            field=models.TimeField(help_text="Local wall time.", null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="freed_at",
            field=models.DateTimeField(help_text="When the session left it.", null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="location",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="vacancyevent",
            name="minutes",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="modality",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By telephone")],
                max_length=10,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="on",
            field=models.DateField(help_text="Local calendar day.", null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="room",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="vacancyevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="sessions_app.service",
            ),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="timezone",
            field=models.CharField(max_length=60, validators=[accounts.models.validate_zone], null=True),
        ),
        migrations.AddField(
            model_name="vacancyevent",
            name="version",
            field=models.PositiveIntegerField(
                help_text="The session's version whose time it was.", null=True
            ),
        ),
        migrations.RunSQL([_CHECK_NOW, _COPY, _COPY_CLINICIANS, _COPY_HISTORY], migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="vacancy",
            name="at",
            field=models.TimeField(help_text="Local wall time."),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="ends_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="freed_at",
            field=models.DateTimeField(help_text="When the session left it."),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="minutes",
            field=models.PositiveSmallIntegerField(),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="modality",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By telephone")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="on",
            field=models.DateField(help_text="Local calendar day."),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="timezone",
            field=models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="version",
            field=models.PositiveIntegerField(help_text="The session's version whose time it was."),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="at",
            field=models.TimeField(help_text="Local wall time."),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="ends_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="freed_at",
            field=models.DateTimeField(help_text="When the session left it."),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="minutes",
            field=models.PositiveSmallIntegerField(),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="modality",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By telephone")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="on",
            field=models.DateField(help_text="Local calendar day."),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="timezone",
            field=models.CharField(max_length=60, validators=[accounts.models.validate_zone]),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="version",
            field=models.PositiveIntegerField(help_text="The session's version whose time it was."),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="opened_at",
            field=models.DateTimeField(
                blank=True, help_text="Since when it is offered; empty while it suits nobody.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="vacancy",
            name="session",
            field=models.ForeignKey(
                help_text="Whose time it was.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="vacancies",
                to="sessions_app.therapysession",
            ),
        ),
        migrations.AlterField(
            model_name="vacancyevent",
            name="opened_at",
            field=models.DateTimeField(
                blank=True, help_text="Since when it is offered; empty while it suits nobody.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("opened_at", None)),
                fields=["freed_at"],
                name="vacancy_freed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vacancy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vacancy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vacancy",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(fields=("session", "version"), name="a_time_is_freed_once"),
        ),
    ]
