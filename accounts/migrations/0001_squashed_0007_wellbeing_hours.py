import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.models
from accounts.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0003_texts_a_day"),
        ("accounts", "0004_segment_price"),
        ("accounts", "0005_client_pages"),
        ("accounts", "0006_waitlist_settings"),
        ("accounts", "0007_wellbeing_hours"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        (
                            "name",
                            models.CharField(
                                help_text="As clients know them: Dr. Amara Okafor.", max_length=120
                            ),
                        ),
                        (
                            "credentials",
                            models.CharField(
                                blank=True,
                                help_text="For staff pages only; never in a message.",
                                max_length=60,
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("clinician", "Clinician"),
                                        ("front_desk", "Front desk"),
                                        ("supervisor", "Supervisor"),
                                        ("practice_admin", "Practice admin"),
                                    ],
                                    max_length=20,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="supervisees",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "video_link",
                            models.URLField(
                                blank=True,
                                help_text="Their own video room: where a client may meet them by video instead.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_email_once_whatever_its_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "roles__contained_by",
                                        ["clinician", "front_desk", "supervisor", "practice_admin"],
                                    )
                                ),
                                name="user_roles_are_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_userevent" ("created_at", "credentials", "deactivated_at", "email", "id", "invited_at", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "roles", "supervisor_id", "video_link") VALUES (NEW."created_at", NEW."credentials", NEW."deactivated_at", NEW."email", NEW."id", NEW."invited_at", NEW."is_active", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."public_id", NEW."roles", NEW."supervisor_id", NEW."video_link"); RETURN NULL;',
                                    hash="b2042ba318b97ce27074170c3b023be96a5d1b6d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3867c",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credentials" IS DISTINCT FROM (NEW."credentials") OR OLD."deactivated_at" IS DISTINCT FROM (NEW."deactivated_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."video_link" IS DISTINCT FROM (NEW."video_link"))',
                                    func='INSERT INTO "accounts_userevent" ("created_at", "credentials", "deactivated_at", "email", "id", "invited_at", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "roles", "supervisor_id", "video_link") VALUES (NEW."created_at", NEW."credentials", NEW."deactivated_at", NEW."email", NEW."id", NEW."invited_at", NEW."is_active", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."public_id", NEW."roles", NEW."supervisor_id", NEW."video_link"); RETURN NULL;',
                                    hash="706bb598743813d2492c4be512f9caee193913ee",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0e890",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_userevent" ("created_at", "credentials", "deactivated_at", "email", "id", "invited_at", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "roles", "supervisor_id", "video_link") VALUES (OLD."created_at", OLD."credentials", OLD."deactivated_at", OLD."email", OLD."id", OLD."invited_at", OLD."is_active", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."public_id", OLD."roles", OLD."supervisor_id", OLD."video_link"); RETURN NULL;',
                                    hash="8530797725193ce09f0d28429bada16ff3893d4d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_19f14",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                            "digest",
                            models.CharField(
                                help_text="SHA-256 of the key, in hex.", max_length=64, unique=True
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_apitokenevent" ("created_at", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "user_id") VALUES (NEW."created_at", NEW."digest", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                                    hash="efac7634f43ee61c25fa52b57e7153a497dcb2c0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_01b7d",
                                    table="accounts_apitoken",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                                    func='INSERT INTO "accounts_apitokenevent" ("created_at", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "user_id") VALUES (NEW."created_at", NEW."digest", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                                    hash="3481982daeb01df9fc2a88179008059699c2ce8e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_df53b",
                                    table="accounts_apitoken",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_apitokenevent" ("created_at", "digest", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "user_id") VALUES (OLD."created_at", OLD."digest", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."revoked_at", OLD."user_id"); RETURN NULL;',
                                    hash="f7f95587f9f2fd269aa17d1670211c2cdbab7c2b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6e065",
                                    table="accounts_apitoken",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiTokenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("digest", models.CharField(help_text="SHA-256 of the key, in hex.", max_length=64)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.apitoken",
                            ),
                        ),
                        (
                            "user",
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
                                    hash="bc095a3000ebe7169f0e579188212d997c91f15c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f6ae5",
                                    table="accounts_apitokenevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Practice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "display_name",
                            models.CharField(
                                help_text="What every text calls the practice: neutral, and the same for all clients.",
                                max_length=40,
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(max_length=128, region=None),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "timezone",
                            models.CharField(
                                default="America/New_York",
                                max_length=60,
                                validators=[accounts.models.validate_zone],
                            ),
                        ),
                        ("country", models.CharField(default="US", max_length=2)),
                        ("emergency_number", models.CharField(default="911", max_length=20)),
                        ("crisis_line", models.CharField(default="988", max_length=60)),
                        (
                            "live_from",
                            models.DateField(
                                blank=True, help_text="Sessions before this day open no follow-up.", null=True
                            ),
                        ),
                        ("sending_paused_at", models.DateTimeField(blank=True, null=True)),
                        ("sending_paused_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "undo_minutes",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="For so long after a change nobody is told and no slot is offered.",
                            ),
                        ),
                        ("late_cancellation_hours", models.PositiveSmallIntegerField(default=24)),
                        (
                            "waiting_minutes",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="How long a session waits for the one who is not there yet.",
                            ),
                        ),
                        (
                            "follow_up_owner",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                default="clinician",
                                max_length=12,
                            ),
                        ),
                        ("mfa_required", models.BooleanField(default=False)),
                        (
                            "opens_at",
                            models.TimeField(default="08:00", help_text="First hour that the board shows."),
                        ),
                        ("closes_at", models.TimeField(default="20:00")),
                        (
                            "sending_paused_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "texts_per_day",
                            models.PositiveSmallIntegerField(
                                db_default=1,
                                default=1,
                                help_text="Reminders and the like that one person gets in a day; notices are not counted.",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "texts_per_week",
                            models.PositiveSmallIntegerField(
                                db_default=3,
                                default=3,
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "segment_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                help_text="What one segment of a text costs, in US dollars, as the provider bills it.",
                                max_digits=6,
                                null=True,
                            ),
                        ),
                        (
                            "late_policy",
                            models.CharField(
                                blank=True,
                                help_text="Read by clients before they cancel late, in English.",
                                max_length=300,
                            ),
                        ),
                        (
                            "late_policy_es",
                            models.CharField(
                                blank=True,
                                help_text="The same in Spanish; without it they read the English.",
                                max_length=300,
                            ),
                        ),
                        (
                            "offer_batch",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="How many on the waitlist are asked at once; the first answer wins.",
                            ),
                        ),
                        (
                            "offer_hold_minutes",
                            models.PositiveSmallIntegerField(
                                default=120, help_text="For so long a freed time is held for who is asked."
                            ),
                        ),
                        (
                            "offer_lead_hours",
                            models.PositiveSmallIntegerField(
                                default=4,
                                help_text="A freed time nearer than this is not offered to the waitlist.",
                            ),
                        ),
                        (
                            "wellbeing_hours",
                            models.PositiveSmallIntegerField(
                                db_default=4,
                                default=4,
                                help_text="Within so many hours, day and night, somebody takes a worry about a client's wellbeing.",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="one_practice_in_a_deployment"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_practiceevent" ("closes_at", "country", "crisis_line", "display_name", "email", "emergency_number", "follow_up_owner", "id", "late_cancellation_hours", "late_policy", "late_policy_es", "live_from", "mfa_required", "name", "offer_batch", "offer_hold_minutes", "offer_lead_hours", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "segment_price", "sending_paused_at", "sending_paused_by_id", "sending_paused_reason", "texts_per_day", "texts_per_week", "timezone", "undo_minutes", "waiting_minutes", "wellbeing_hours") VALUES (NEW."closes_at", NEW."country", NEW."crisis_line", NEW."display_name", NEW."email", NEW."emergency_number", NEW."follow_up_owner", NEW."id", NEW."late_cancellation_hours", NEW."late_policy", NEW."late_policy_es", NEW."live_from", NEW."mfa_required", NEW."name", NEW."offer_batch", NEW."offer_hold_minutes", NEW."offer_lead_hours", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."segment_price", NEW."sending_paused_at", NEW."sending_paused_by_id", NEW."sending_paused_reason", NEW."texts_per_day", NEW."texts_per_week", NEW."timezone", NEW."undo_minutes", NEW."waiting_minutes", NEW."wellbeing_hours"); RETURN NULL;',
                                    hash="9f40330854c846f50ed3aba2ba5c07ef6a267dc2",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b815a",
                                    table="accounts_practice",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "accounts_practiceevent" ("closes_at", "country", "crisis_line", "display_name", "email", "emergency_number", "follow_up_owner", "id", "late_cancellation_hours", "late_policy", "late_policy_es", "live_from", "mfa_required", "name", "offer_batch", "offer_hold_minutes", "offer_lead_hours", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "segment_price", "sending_paused_at", "sending_paused_by_id", "sending_paused_reason", "texts_per_day", "texts_per_week", "timezone", "undo_minutes", "waiting_minutes", "wellbeing_hours") VALUES (NEW."closes_at", NEW."country", NEW."crisis_line", NEW."display_name", NEW."email", NEW."emergency_number", NEW."follow_up_owner", NEW."id", NEW."late_cancellation_hours", NEW."late_policy", NEW."late_policy_es", NEW."live_from", NEW."mfa_required", NEW."name", NEW."offer_batch", NEW."offer_hold_minutes", NEW."offer_lead_hours", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."segment_price", NEW."sending_paused_at", NEW."sending_paused_by_id", NEW."sending_paused_reason", NEW."texts_per_day", NEW."texts_per_week", NEW."timezone", NEW."undo_minutes", NEW."waiting_minutes", NEW."wellbeing_hours"); RETURN NULL;',
                                    hash="a0a7b27f47406cd4c2d3e7bda76c5fe091633f3b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e3e2d",
                                    table="accounts_practice",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_practiceevent" ("closes_at", "country", "crisis_line", "display_name", "email", "emergency_number", "follow_up_owner", "id", "late_cancellation_hours", "late_policy", "late_policy_es", "live_from", "mfa_required", "name", "offer_batch", "offer_hold_minutes", "offer_lead_hours", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "segment_price", "sending_paused_at", "sending_paused_by_id", "sending_paused_reason", "texts_per_day", "texts_per_week", "timezone", "undo_minutes", "waiting_minutes", "wellbeing_hours") VALUES (OLD."closes_at", OLD."country", OLD."crisis_line", OLD."display_name", OLD."email", OLD."emergency_number", OLD."follow_up_owner", OLD."id", OLD."late_cancellation_hours", OLD."late_policy", OLD."late_policy_es", OLD."live_from", OLD."mfa_required", OLD."name", OLD."offer_batch", OLD."offer_hold_minutes", OLD."offer_lead_hours", OLD."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."segment_price", OLD."sending_paused_at", OLD."sending_paused_by_id", OLD."sending_paused_reason", OLD."texts_per_day", OLD."texts_per_week", OLD."timezone", OLD."undo_minutes", OLD."waiting_minutes", OLD."wellbeing_hours"); RETURN NULL;',
                                    hash="cee177123cfab78fd7bca49decd88d98b61cdd37",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c827e",
                                    table="accounts_practice",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        (
                            "display_name",
                            models.CharField(
                                help_text="What every text calls the practice: neutral, and the same for all clients.",
                                max_length=40,
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(max_length=128, region=None),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "timezone",
                            models.CharField(
                                default="America/New_York",
                                max_length=60,
                                validators=[accounts.models.validate_zone],
                            ),
                        ),
                        ("country", models.CharField(default="US", max_length=2)),
                        ("emergency_number", models.CharField(default="911", max_length=20)),
                        ("crisis_line", models.CharField(default="988", max_length=60)),
                        (
                            "live_from",
                            models.DateField(
                                blank=True, help_text="Sessions before this day open no follow-up.", null=True
                            ),
                        ),
                        ("sending_paused_at", models.DateTimeField(blank=True, null=True)),
                        ("sending_paused_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "undo_minutes",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="For so long after a change nobody is told and no slot is offered.",
                            ),
                        ),
                        ("late_cancellation_hours", models.PositiveSmallIntegerField(default=24)),
                        (
                            "waiting_minutes",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="How long a session waits for the one who is not there yet.",
                            ),
                        ),
                        (
                            "follow_up_owner",
                            models.CharField(
                                choices=[("clinician", "The clinician"), ("desk", "The front desk")],
                                default="clinician",
                                max_length=12,
                            ),
                        ),
                        ("mfa_required", models.BooleanField(default=False)),
                        (
                            "opens_at",
                            models.TimeField(default="08:00", help_text="First hour that the board shows."),
                        ),
                        ("closes_at", models.TimeField(default="20:00")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.practice",
                            ),
                        ),
                        (
                            "sending_paused_by",
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
                            "texts_per_day",
                            models.PositiveSmallIntegerField(
                                db_default=1,
                                default=1,
                                help_text="Reminders and the like that one person gets in a day; notices are not counted.",
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "texts_per_week",
                            models.PositiveSmallIntegerField(
                                db_default=3,
                                default=3,
                                validators=[django.core.validators.MinValueValidator(1)],
                            ),
                        ),
                        (
                            "segment_price",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                help_text="What one segment of a text costs, in US dollars, as the provider bills it.",
                                max_digits=6,
                                null=True,
                            ),
                        ),
                        (
                            "late_policy",
                            models.CharField(
                                blank=True,
                                help_text="Read by clients before they cancel late, in English.",
                                max_length=300,
                            ),
                        ),
                        (
                            "late_policy_es",
                            models.CharField(
                                blank=True,
                                help_text="The same in Spanish; without it they read the English.",
                                max_length=300,
                            ),
                        ),
                        (
                            "offer_batch",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="How many on the waitlist are asked at once; the first answer wins.",
                            ),
                        ),
                        (
                            "offer_hold_minutes",
                            models.PositiveSmallIntegerField(
                                default=120, help_text="For so long a freed time is held for who is asked."
                            ),
                        ),
                        (
                            "offer_lead_hours",
                            models.PositiveSmallIntegerField(
                                default=4,
                                help_text="A freed time nearer than this is not offered to the waitlist.",
                            ),
                        ),
                        (
                            "wellbeing_hours",
                            models.PositiveSmallIntegerField(
                                db_default=4,
                                default=4,
                                help_text="Within so many hours, day and night, somebody takes a worry about a client's wellbeing.",
                                validators=[django.core.validators.MinValueValidator(1)],
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
                                    hash="c235895f508406eba886ee59780d671d9f34a16e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c597c",
                                    table="accounts_practiceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UserEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("email", models.EmailField(max_length=254)),
                        (
                            "name",
                            models.CharField(
                                help_text="As clients know them: Dr. Amara Okafor.", max_length=120
                            ),
                        ),
                        (
                            "credentials",
                            models.CharField(
                                blank=True,
                                help_text="For staff pages only; never in a message.",
                                max_length=60,
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("clinician", "Clinician"),
                                        ("front_desk", "Front desk"),
                                        ("supervisor", "Supervisor"),
                                        ("practice_admin", "Practice admin"),
                                    ],
                                    max_length=20,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "video_link",
                            models.URLField(
                                blank=True,
                                help_text="Their own video room: where a client may meet them by video instead.",
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
                                    hash="9e9498e73f6fbdf2642fb33fa14189f1ad2382c8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_45b21",
                                    table="accounts_userevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViewLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "kind",
                            models.CharField(help_text="client, case, session, follow_up…", max_length=20),
                        ),
                        (
                            "object_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(),
                                help_text="Public ids: one for a page, all for a list.",
                                size=None,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "-at"], name="view_log_by_kind")],
                    },
                ),
            ]
        ),
    ]
