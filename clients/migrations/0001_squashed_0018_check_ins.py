import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
from accounts.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("clients", "0001_initial"),
        ("clients", "0003_closing_a_case"),
        ("clients", "0004_more_reminders"),
        ("clients", "0005_call_position"),
        ("clients", "0006_contact_unfit"),
        ("clients", "0007_offers"),
        ("clients", "0008_confidentiality"),
        ("clients", "0009_reporting_dates"),
        ("clients", "0010_mandate_dates_moved"),
        ("clients", "0011_disclosure_bases"),
        ("clients", "0012_coercion_screens"),
        ("clients", "0013_record_requests"),
        ("clients", "0014_helping"),
        ("clients", "0016_protective_orders"),
        ("clients", "0017_contingency"),
        ("clients", "0018_check_ins"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0007_wellbeing_hours"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.UnaccentExtension(),
        CreateTables(
            [
                migrations.CreateModel(
                    name="Barrier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True)),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("logistical", "Getting there"),
                                    ("financial", "Money"),
                                    ("emotional", "How it feels"),
                                    ("life", "Life"),
                                    ("not_said", "Not known"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("label", models.CharField(max_length=60)),
                        ("icon", models.CharField(blank=True, max_length=30)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "is_own",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Added by this practice; the others stay as they are.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("position", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("individual", "Individual"),
                                    ("couple", "Couple"),
                                    ("family", "Family"),
                                    ("group", "Group"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="For staff; groups need one. Never in a message.",
                                max_length=80,
                            ),
                        ),
                        (
                            "is_addiction",
                            models.BooleanField(
                                default=False,
                                help_text="Addiction counselling: the stricter disclosure rules apply.",
                            ),
                        ),
                        ("presenting_issues", models.TextField(blank=True, help_text="Clinicians only.")),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "closed_because",
                            models.CharField(blank=True, help_text="Clinicians only.", max_length=200),
                        ),
                        (
                            "goals",
                            models.TextField(
                                blank=True,
                                db_default="",
                                help_text="What they want in the long run. Clinicians only.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "group"), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="group_case_has_a_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="case_closed_after_opened",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_caseevent" ("closed_because", "closed_on", "external_id", "goals", "id", "is_addiction", "kind", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenting_issues", "public_id", "title") VALUES (NEW."closed_because", NEW."closed_on", NEW."external_id", NEW."goals", NEW."id", NEW."is_addiction", NEW."kind", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."presenting_issues", NEW."public_id", NEW."title"); RETURN NULL;',
                                    hash="e16d48506e909aa0404f8c82d400b1b55135a5f6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4a87d",
                                    table="clients_case",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_caseevent" ("closed_because", "closed_on", "external_id", "goals", "id", "is_addiction", "kind", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenting_issues", "public_id", "title") VALUES (NEW."closed_because", NEW."closed_on", NEW."external_id", NEW."goals", NEW."id", NEW."is_addiction", NEW."kind", NEW."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."presenting_issues", NEW."public_id", NEW."title"); RETURN NULL;',
                                    hash="594809f9abc78e98b849cd1a93329b0d44882aaf",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_dd8d0",
                                    table="clients_case",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_caseevent" ("closed_because", "closed_on", "external_id", "goals", "id", "is_addiction", "kind", "opened_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenting_issues", "public_id", "title") VALUES (OLD."closed_because", OLD."closed_on", OLD."external_id", OLD."goals", OLD."id", OLD."is_addiction", OLD."kind", OLD."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."presenting_issues", OLD."public_id", OLD."title"); RETURN NULL;',
                                    hash="27c9f48d52176c993c9984708178751982031e56",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c2d9f",
                                    table="clients_case",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("details", models.TextField(blank=True)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("url", models.URLField(blank=True)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "barriers",
                            models.ManyToManyField(
                                blank=True, related_name="resources", to="clients.barrier"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="Suppression",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.CharField(max_length=254)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("opted_out", "They asked us to stop"),
                                    ("wrong_person", "Belongs to somebody else"),
                                    ("bounced", "Mail came back"),
                                    ("complaint", "Marked as unwanted"),
                                    ("unsafe", "Not safe to use"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("address", "channel"),
                                name="suppression_in_force_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_suppressionevent" ("address", "channel", "id", "lifted_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (NEW."address", NEW."channel", NEW."id", NEW."lifted_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."since_at"); RETURN NULL;',
                                    hash="3c00271f9a8d46bda667b85901fd8c45036050d6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_674b4",
                                    table="clients_suppression",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_suppressionevent" ("address", "channel", "id", "lifted_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (NEW."address", NEW."channel", NEW."id", NEW."lifted_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."since_at"); RETURN NULL;',
                                    hash="8fdb664075fff684af1b0ebb04a27d0d8674eefc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3aafa",
                                    table="clients_suppression",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_suppressionevent" ("address", "channel", "id", "lifted_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (OLD."address", OLD."channel", OLD."id", OLD."lifted_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."since_at"); RETURN NULL;',
                                    hash="d805f3666e155cd7606836a43353855d743475b4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_92267",
                                    table="clients_suppression",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuppressionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("address", models.CharField(max_length=254)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("sms", "Text"), ("email", "E-mail"), ("voice", "Call")],
                                max_length=5,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("opted_out", "They asked us to stop"),
                                    ("wrong_person", "Belongs to somebody else"),
                                    ("bounced", "Mail came back"),
                                    ("complaint", "Marked as unwanted"),
                                    ("unsafe", "Not safe to use"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.suppression",
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
                                    hash="e6071be40c88f27a4298e8ada023371cdd48eb8f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a8b05",
                                    table="clients_suppressionevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseClinician",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_lead", models.BooleanField(default=True)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="case_clinicians",
                                to="clients.case",
                            ),
                        ),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_clinicians",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "clinician"), name="clinician_once_per_case"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_caseclinicianevent" ("case_id", "clinician_id", "id", "is_lead", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on") VALUES (NEW."case_id", NEW."clinician_id", NEW."id", NEW."is_lead", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."until_on"); RETURN NULL;',
                                    hash="bf16312e55519f427a6be45325e5e9133373e82f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_46dc7",
                                    table="clients_caseclinician",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_caseclinicianevent" ("case_id", "clinician_id", "id", "is_lead", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on") VALUES (NEW."case_id", NEW."clinician_id", NEW."id", NEW."is_lead", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."until_on"); RETURN NULL;',
                                    hash="2a86bc61fd7143312c744a1119e85c100cdc189b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_57ade",
                                    table="clients_caseclinician",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_caseclinicianevent" ("case_id", "clinician_id", "id", "is_lead", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on") VALUES (OLD."case_id", OLD."clinician_id", OLD."id", OLD."is_lead", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."until_on"); RETURN NULL;',
                                    hash="1e28ccda5ffa301bda6ef620ebc29477f8878f71",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_70c68",
                                    table="clients_caseclinician",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseClinicianEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("is_lead", models.BooleanField(default=True)),
                        ("until_on", models.DateField(blank=True, null=True)),
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
                                to="clients.caseclinician",
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
                                    hash="ba7289b6d8b151df48d1ea7954683b545c69cb8d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_da7e7",
                                    table="clients_caseclinicianevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("individual", "Individual"),
                                    ("couple", "Couple"),
                                    ("family", "Family"),
                                    ("group", "Group"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="For staff; groups need one. Never in a message.",
                                max_length=80,
                            ),
                        ),
                        (
                            "is_addiction",
                            models.BooleanField(
                                default=False,
                                help_text="Addiction counselling: the stricter disclosure rules apply.",
                            ),
                        ),
                        ("presenting_issues", models.TextField(blank=True, help_text="Clinicians only.")),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.case",
                            ),
                        ),
                        (
                            "closed_because",
                            models.CharField(blank=True, help_text="Clinicians only.", max_length=200),
                        ),
                        (
                            "goals",
                            models.TextField(
                                blank=True,
                                db_default="",
                                help_text="What they want in the long run. Clinicians only.",
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
                                    hash="b95b87b110dbe4d1ae7656e0ecb1097e5d97aa97",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fb7e4",
                                    table="clients_caseevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Client",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="Id in the system before Kept.",
                                max_length=64,
                                null=True,
                                unique=True,
                            ),
                        ),
                        ("given_name", models.CharField(max_length=80)),
                        ("family_name", models.CharField(blank=True, max_length=80)),
                        (
                            "name_used",
                            models.CharField(
                                blank=True,
                                help_text="What they like to be called, if not the given name.",
                                max_length=80,
                            ),
                        ),
                        ("pronouns", models.CharField(blank=True, max_length=30)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        (
                            "birth_year",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Tells two people of one name apart.", null=True
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(
                                blank=True,
                                help_text="Empty while unknown.",
                                max_length=60,
                                validators=[accounts.models.validate_zone],
                            ),
                        ),
                        ("away_from", models.DateField(blank=True, null=True)),
                        (
                            "away_until",
                            models.DateField(blank=True, help_text="The first day back.", null=True),
                        ),
                        (
                            "away_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("travel", "Travelling"),
                                    ("hospital", "In hospital"),
                                    ("jail", "In custody"),
                                    ("other", "Away"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("left_on", models.DateField(blank=True, null=True)),
                        ("died_on", models.DateField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.text.Lower(
                                    django.db.models.functions.text.Concat(
                                        models.F("name_used"),
                                        models.Value(" "),
                                        models.F("given_name"),
                                        models.Value(" "),
                                        models.F("family_name"),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "needs_more_reminders",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Set by staff: rules for high need reach them.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("family_name", "given_name", "pk"),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search_text"], name="client_search", opclasses=["gin_trgm_ops"]
                            ),
                            models.Index(fields=["family_name", "given_name", "id"], name="client_by_name"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("birth_year", None), ("birth_year__range", (1890, 2100)), _connector="OR"
                                ),
                                name="client_birth_year_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("away_from", None), ("away_until", None)),
                                    models.Q(
                                        ("away_from__isnull", False),
                                        models.Q(
                                            ("away_until", None),
                                            ("away_until__gte", models.F("away_from")),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="client_away_in_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_clientevent" ("away_from", "away_reason", "away_until", "birth_year", "born_on", "created_at", "died_on", "external_id", "family_name", "given_name", "id", "language", "left_on", "name_used", "needs_more_reminders", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "public_id", "timezone") VALUES (NEW."away_from", NEW."away_reason", NEW."away_until", NEW."birth_year", NEW."born_on", NEW."created_at", NEW."died_on", NEW."external_id", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."left_on", NEW."name_used", NEW."needs_more_reminders", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pronouns", NEW."public_id", NEW."timezone"); RETURN NULL;',
                                    hash="b43827416f2e8e9535458a266e75f1ab1286265b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a5391",
                                    table="clients_client",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_clientevent" ("away_from", "away_reason", "away_until", "birth_year", "born_on", "created_at", "died_on", "external_id", "family_name", "given_name", "id", "language", "left_on", "name_used", "needs_more_reminders", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "public_id", "timezone") VALUES (NEW."away_from", NEW."away_reason", NEW."away_until", NEW."birth_year", NEW."born_on", NEW."created_at", NEW."died_on", NEW."external_id", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."left_on", NEW."name_used", NEW."needs_more_reminders", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pronouns", NEW."public_id", NEW."timezone"); RETURN NULL;',
                                    hash="d191f627226bf5bd5185c5a14b9fd0b62c0aa069",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_757e7",
                                    table="clients_client",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_clientevent" ("away_from", "away_reason", "away_until", "birth_year", "born_on", "created_at", "died_on", "external_id", "family_name", "given_name", "id", "language", "left_on", "name_used", "needs_more_reminders", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "public_id", "timezone") VALUES (OLD."away_from", OLD."away_reason", OLD."away_until", OLD."birth_year", OLD."born_on", OLD."created_at", OLD."died_on", OLD."external_id", OLD."family_name", OLD."given_name", OLD."id", OLD."language", OLD."left_on", OLD."name_used", OLD."needs_more_reminders", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pronouns", OLD."public_id", OLD."timezone"); RETURN NULL;',
                                    hash="3d6b2e59f9973429f8c724633ddf78658e50f10d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f8895",
                                    table="clients_client",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClientEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="Id in the system before Kept.",
                                max_length=64,
                                null=True,
                            ),
                        ),
                        ("given_name", models.CharField(max_length=80)),
                        ("family_name", models.CharField(blank=True, max_length=80)),
                        (
                            "name_used",
                            models.CharField(
                                blank=True,
                                help_text="What they like to be called, if not the given name.",
                                max_length=80,
                            ),
                        ),
                        ("pronouns", models.CharField(blank=True, max_length=30)),
                        ("born_on", models.DateField(blank=True, null=True)),
                        (
                            "birth_year",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Tells two people of one name apart.", null=True
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5
                            ),
                        ),
                        (
                            "timezone",
                            models.CharField(
                                blank=True,
                                help_text="Empty while unknown.",
                                max_length=60,
                                validators=[accounts.models.validate_zone],
                            ),
                        ),
                        ("away_from", models.DateField(blank=True, null=True)),
                        (
                            "away_until",
                            models.DateField(blank=True, help_text="The first day back.", null=True),
                        ),
                        (
                            "away_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("travel", "Travelling"),
                                    ("hospital", "In hospital"),
                                    ("jail", "In custody"),
                                    ("other", "Away"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("left_on", models.DateField(blank=True, null=True)),
                        ("died_on", models.DateField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.text.Lower(
                                    django.db.models.functions.text.Concat(
                                        models.F("name_used"),
                                        models.Value(" "),
                                        models.F("given_name"),
                                        models.Value(" "),
                                        models.F("family_name"),
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.client",
                            ),
                        ),
                        (
                            "needs_more_reminders",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Set by staff: rules for high need reach them.",
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
                                    hash="80c22ec4a1df4225284700a4524ea7870d75db51",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2989c",
                                    table="clients_clientevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPoint",
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
                            models.CharField(choices=[("phone", "Phone"), ("email", "E-mail")], max_length=5),
                        ),
                        (
                            "address",
                            models.CharField(help_text="E.164, or an e-mail in lower case.", max_length=254),
                        ),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="Mobile, work, shared with…", max_length=40
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, help_text="Tried in this order."),
                        ),
                        ("may_text", models.BooleanField(default=True)),
                        ("may_call", models.BooleanField(default=True)),
                        ("may_leave_word", models.BooleanField(default=False)),
                        (
                            "is_private",
                            models.BooleanField(
                                default=False, help_text="Nobody else reads it: calendar files may go there."
                            ),
                        ),
                        (
                            "is_discreet",
                            models.BooleanField(default=False, help_text="Ask before saying who calls."),
                        ),
                        ("unfit_at", models.DateTimeField(blank=True, null=True)),
                        ("unfit_reason", models.CharField(blank=True, max_length=60)),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, help_text="No longer theirs.", null=True),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_points",
                                to="clients.client",
                            ),
                        ),
                        (
                            "call_position",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Where a call by machine to this number stands in that order; empty: none is made.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("position", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["address"],
                                name="contact_by_address",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at", None), ("unfit_at__isnull", False)),
                                fields=["-unfit_at"],
                                name="contact_unfit",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address__regex", "^\\+[1-9][0-9]{6,14}$"), ("kind", "phone")),
                                    models.Q(
                                        (
                                            "address__regex",
                                            "^[^@[:space:][:upper:]]+@[^@[:space:][:upper:]]+$",
                                        ),
                                        ("kind", "email"),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_address_is_e164_or_email",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("client", "address"),
                                name="contact_address_once_per_person",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_contactpointevent" ("address", "call_position", "client_id", "ended_at", "id", "is_discreet", "is_private", "kind", "label", "may_call", "may_leave_word", "may_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "unfit_at", "unfit_reason") VALUES (NEW."address", NEW."call_position", NEW."client_id", NEW."ended_at", NEW."id", NEW."is_discreet", NEW."is_private", NEW."kind", NEW."label", NEW."may_call", NEW."may_leave_word", NEW."may_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."unfit_at", NEW."unfit_reason"); RETURN NULL;',
                                    hash="71c781d86d391b8e9f4acd7ec4337963eec8173b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3b506",
                                    table="clients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_contactpointevent" ("address", "call_position", "client_id", "ended_at", "id", "is_discreet", "is_private", "kind", "label", "may_call", "may_leave_word", "may_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "unfit_at", "unfit_reason") VALUES (NEW."address", NEW."call_position", NEW."client_id", NEW."ended_at", NEW."id", NEW."is_discreet", NEW."is_private", NEW."kind", NEW."label", NEW."may_call", NEW."may_leave_word", NEW."may_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."unfit_at", NEW."unfit_reason"); RETURN NULL;',
                                    hash="9914b14b2bd6e8dcd9e2087b81d9e04202b6506f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_57750",
                                    table="clients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_contactpointevent" ("address", "call_position", "client_id", "ended_at", "id", "is_discreet", "is_private", "kind", "label", "may_call", "may_leave_word", "may_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "unfit_at", "unfit_reason") VALUES (OLD."address", OLD."call_position", OLD."client_id", OLD."ended_at", OLD."id", OLD."is_discreet", OLD."is_private", OLD."kind", OLD."label", OLD."may_call", OLD."may_leave_word", OLD."may_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."unfit_at", OLD."unfit_reason"); RETURN NULL;',
                                    hash="38940a90d61e45b92016d19c89dce84fb5b4731a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_41b8a",
                                    table="clients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("appointments", "Appointments: reminders and changes"),
                                    ("check_ins", "Check-ins between sessions"),
                                    ("outreach", "A word after a missed session"),
                                    ("offers", "Other times that become free"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed form"),
                                    ("verbal", "Said to staff"),
                                    ("text", "By text"),
                                    ("imported", "Came with the import"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                        (
                            "contact_point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="clients.contactpoint",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("contact_point", "purpose"),
                                name="consent_in_force_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_consentevent" ("contact_point_id", "given_at", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "withdrawn_at") VALUES (NEW."contact_point_id", NEW."given_at", NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="a2b076ecf1fbfd91ce961064952f6c401377ed0d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_27479",
                                    table="clients_consent",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_consentevent" ("contact_point_id", "given_at", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "withdrawn_at") VALUES (NEW."contact_point_id", NEW."given_at", NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."recorded_by_id", NEW."withdrawn_at"); RETURN NULL;',
                                    hash="4d532f6253be13d715985724aae4103065a27b8a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9f63f",
                                    table="clients_consent",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_consentevent" ("contact_point_id", "given_at", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_by_id", "withdrawn_at") VALUES (OLD."contact_point_id", OLD."given_at", OLD."how", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."recorded_by_id", OLD."withdrawn_at"); RETURN NULL;',
                                    hash="3878030aaf4c60c9124aa71274743f76b1a37be2",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7feba",
                                    table="clients_consent",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("appointments", "Appointments: reminders and changes"),
                                    ("check_ins", "Check-ins between sessions"),
                                    ("outreach", "A word after a missed session"),
                                    ("offers", "Other times that become free"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed form"),
                                    ("verbal", "Said to staff"),
                                    ("text", "By text"),
                                    ("imported", "Came with the import"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.consent",
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
                        (
                            "contact_point",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.contactpoint",
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
                                    hash="0156d73815007e58c6a6e611073e57d1951dd611",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d42d9",
                                    table="clients_consentevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPointEvent",
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
                            models.CharField(choices=[("phone", "Phone"), ("email", "E-mail")], max_length=5),
                        ),
                        (
                            "address",
                            models.CharField(help_text="E.164, or an e-mail in lower case.", max_length=254),
                        ),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="Mobile, work, shared with…", max_length=40
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, help_text="Tried in this order."),
                        ),
                        ("may_text", models.BooleanField(default=True)),
                        ("may_call", models.BooleanField(default=True)),
                        ("may_leave_word", models.BooleanField(default=False)),
                        (
                            "is_private",
                            models.BooleanField(
                                default=False, help_text="Nobody else reads it: calendar files may go there."
                            ),
                        ),
                        (
                            "is_discreet",
                            models.BooleanField(default=False, help_text="Ask before saying who calls."),
                        ),
                        ("unfit_at", models.DateTimeField(blank=True, null=True)),
                        ("unfit_reason", models.CharField(blank=True, max_length=60)),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, help_text="No longer theirs.", null=True),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.contactpoint",
                            ),
                        ),
                        (
                            "call_position",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Where a call by machine to this number stands in that order; empty: none is made.",
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
                                    hash="0075df1f0cd80a08f4e03656827fc89509d1e3c1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_af240",
                                    table="clients_contactpointevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContingencyPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", models.CharField(blank=True, help_text="Clinicians only.", max_length=300)),
                        ("agreed_on", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contingency_plans",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contingency_plans",
                                to="clients.client",
                            ),
                        ),
                        ("by_phone", models.BooleanField(db_default=False, default=False)),
                        ("by_video", models.BooleanField(db_default=False, default=False)),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, help_text="Since when it holds no more.", null=True
                            ),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "minutes_of_week",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="Other times that suit them: minutes since Monday, 0:00, by the clock of the place.",
                                size=None,
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
                            "support",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="What else helps then. Clinicians only.",
                                max_length=300,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "client"), name="one_plan_per_member"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_video", True),
                                    ("by_phone", True),
                                    models.Q(("minutes_of_week", []), _negated=True),
                                    models.Q(("support", ""), _negated=True),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="plan_holds_something",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_contingencyplanevent" ("agreed_on", "by_phone", "by_video", "case_id", "client_id", "ended_at", "entered_at", "entered_by_id", "id", "minutes_of_week", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "support") VALUES (NEW."agreed_on", NEW."by_phone", NEW."by_video", NEW."case_id", NEW."client_id", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."minutes_of_week", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."support"); RETURN NULL;',
                                    hash="812d4c2a57aaa47b8248da3ed199943632f2c85e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ed7a1",
                                    table="clients_contingencyplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_contingencyplanevent" ("agreed_on", "by_phone", "by_video", "case_id", "client_id", "ended_at", "entered_at", "entered_by_id", "id", "minutes_of_week", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "support") VALUES (NEW."agreed_on", NEW."by_phone", NEW."by_video", NEW."case_id", NEW."client_id", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."minutes_of_week", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."support"); RETURN NULL;',
                                    hash="236c0f06188523861d4b902ecf3e2bead657efe3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_48ffd",
                                    table="clients_contingencyplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_contingencyplanevent" ("agreed_on", "by_phone", "by_video", "case_id", "client_id", "ended_at", "entered_at", "entered_by_id", "id", "minutes_of_week", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "support") VALUES (OLD."agreed_on", OLD."by_phone", OLD."by_video", OLD."case_id", OLD."client_id", OLD."ended_at", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."minutes_of_week", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."support"); RETURN NULL;',
                                    hash="6901ba6c74b255ff3730fdc3144796b955d0f191",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_607ef",
                                    table="clients_contingencyplan",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContingencyPlanEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("note", models.CharField(blank=True, help_text="Clinicians only.", max_length=300)),
                        ("agreed_on", models.DateField()),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.contingencyplan",
                            ),
                        ),
                        ("by_phone", models.BooleanField(db_default=False, default=False)),
                        ("by_video", models.BooleanField(db_default=False, default=False)),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, help_text="Since when it holds no more.", null=True
                            ),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
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
                            "minutes_of_week",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="Other times that suit them: minutes since Monday, 0:00, by the clock of the place.",
                                size=None,
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                db_default=models.Func(function="gen_random_uuid"),
                                default=uuid.uuid4,
                                editable=False,
                            ),
                        ),
                        (
                            "support",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="What else helps then. Clinicians only.",
                                max_length=300,
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
                                    hash="ca935cb9ce257fa2a1ae788c99fae06633083b80",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fff8b",
                                    table="clients_contingencyplanevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guardianship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "relation",
                            models.CharField(blank=True, help_text="Mother, foster father…", max_length=40),
                        ),
                        (
                            "may_receive",
                            models.BooleanField(default=False, help_text="Gets the minor's messages."),
                        ),
                        ("may_consent", models.BooleanField(default=False)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "guardian",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wards",
                                to="clients.client",
                            ),
                        ),
                        (
                            "minor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guardianships",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("guardian", "minor"), name="guardian_once_per_minor"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("guardian", models.F("minor")), _negated=True),
                                name="nobody_is_their_own_guardian",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_guardianshipevent" ("guardian_id", "id", "may_consent", "may_receive", "minor_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "relation", "until") VALUES (NEW."guardian_id", NEW."id", NEW."may_consent", NEW."may_receive", NEW."minor_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."relation", NEW."until"); RETURN NULL;',
                                    hash="735ff329175c21fe7e90f68cfbb6cc75a0019dcd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ebcab",
                                    table="clients_guardianship",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_guardianshipevent" ("guardian_id", "id", "may_consent", "may_receive", "minor_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "relation", "until") VALUES (NEW."guardian_id", NEW."id", NEW."may_consent", NEW."may_receive", NEW."minor_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."relation", NEW."until"); RETURN NULL;',
                                    hash="21e7f2b60ac764ee8752f62af960047d2e2e8b37",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b87b0",
                                    table="clients_guardianship",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_guardianshipevent" ("guardian_id", "id", "may_consent", "may_receive", "minor_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "relation", "until") VALUES (OLD."guardian_id", OLD."id", OLD."may_consent", OLD."may_receive", OLD."minor_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."relation", OLD."until"); RETURN NULL;',
                                    hash="3d2fb00629c908c8c6617cb201baf023ae8240e7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ee116",
                                    table="clients_guardianship",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardianshipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "relation",
                            models.CharField(blank=True, help_text="Mother, foster father…", max_length=40),
                        ),
                        (
                            "may_receive",
                            models.BooleanField(default=False, help_text="Gets the minor's messages."),
                        ),
                        ("may_consent", models.BooleanField(default=False)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "guardian",
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
                            "minor",
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
                                to="clients.guardianship",
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
                                    hash="d0af03c2913afed0a72a447986580e1e7fa4a443",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2f925",
                                    table="clients_guardianshipevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("order_reference", models.CharField(max_length=80)),
                        ("terms", models.TextField(blank=True)),
                        ("contact_name", models.CharField(blank=True, max_length=120)),
                        ("contact_details", models.CharField(blank=True, max_length=200)),
                        ("misses_before_alert", models.PositiveSmallIntegerField(default=2)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mandates",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_mandateevent" ("case_id", "client_id", "contact_details", "contact_name", "ended_on", "id", "misses_before_alert", "order_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "terms") VALUES (NEW."case_id", NEW."client_id", NEW."contact_details", NEW."contact_name", NEW."ended_on", NEW."id", NEW."misses_before_alert", NEW."order_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."terms"); RETURN NULL;',
                                    hash="6ad1c908a53790e9a2f82bdd84af87c53ad143bd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_56ab8",
                                    table="clients_mandate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_mandateevent" ("case_id", "client_id", "contact_details", "contact_name", "ended_on", "id", "misses_before_alert", "order_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "terms") VALUES (NEW."case_id", NEW."client_id", NEW."contact_details", NEW."contact_name", NEW."ended_on", NEW."id", NEW."misses_before_alert", NEW."order_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."terms"); RETURN NULL;',
                                    hash="e364686b36377442927b61cb4c9daaa632ddacc8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ea418",
                                    table="clients_mandate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_mandateevent" ("case_id", "client_id", "contact_details", "contact_name", "ended_on", "id", "misses_before_alert", "order_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "terms") VALUES (OLD."case_id", OLD."client_id", OLD."contact_details", OLD."contact_name", OLD."ended_on", OLD."id", OLD."misses_before_alert", OLD."order_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."terms"); RETURN NULL;',
                                    hash="35877961662f64538eeeaf4865ccdb9f35050c7e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_096e8",
                                    table="clients_mandate",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MandateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("order_reference", models.CharField(max_length=80)),
                        ("terms", models.TextField(blank=True)),
                        ("contact_name", models.CharField(blank=True, max_length=120)),
                        ("contact_details", models.CharField(blank=True, max_length=200)),
                        ("misses_before_alert", models.PositiveSmallIntegerField(default=2)),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.mandate",
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
                                    hash="ff7eb556db931cf5d9e97459251f4ff6afaa7b80",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_273cc",
                                    table="clients_mandateevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("discreet", "Discreet: say only a name and a number"),
                                    ("call_only", "Telephone only, nothing in writing"),
                                    ("do_not_contact", "Do not contact"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, help_text="Read by the person's clinicians only."),
                        ),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="safe_contacts",
                                to="clients.client",
                            ),
                        ),
                        (
                            "contact_point",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="safe_contacts",
                                to="clients.contactpoint",
                            ),
                        ),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_safecontactevent" ("client_id", "contact_point_id", "ended_at", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (NEW."client_id", NEW."contact_point_id", NEW."ended_at", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."since_at"); RETURN NULL;',
                                    hash="52923d81cc9431d44ea7542c48eaccd04a8d676f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_10129",
                                    table="clients_safecontact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_safecontactevent" ("client_id", "contact_point_id", "ended_at", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (NEW."client_id", NEW."contact_point_id", NEW."ended_at", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."since_at"); RETURN NULL;',
                                    hash="24514e09f4b25e078af8b71ff8166ffdbab63507",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b835a",
                                    table="clients_safecontact",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_safecontactevent" ("client_id", "contact_point_id", "ended_at", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since_at") VALUES (OLD."client_id", OLD."contact_point_id", OLD."ended_at", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."since_at"); RETURN NULL;',
                                    hash="ef1edc1475edf8dd655672bf3b8165792451cc88",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_35f48",
                                    table="clients_safecontact",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("discreet", "Discreet: say only a name and a number"),
                                    ("call_only", "Telephone only, nothing in writing"),
                                    ("do_not_contact", "Do not contact"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, help_text="Read by the person's clinicians only."),
                        ),
                        (
                            "since_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "contact_point",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.contactpoint",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clients.safecontact",
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
                                    hash="d8869c5a01abf5f802f06ff60a79e499004a752e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f2037",
                                    table="clients_safecontactevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("client", "Client"),
                                    ("partner", "Partner"),
                                    ("family", "Family member"),
                                    ("group", "Group member"),
                                ],
                                default="client",
                                max_length=8,
                            ),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[
                                    ("hesitant", "Hesitant"),
                                    ("resists", "Resists"),
                                    ("invited", "Invited"),
                                    ("joined", "Joined"),
                                    ("declined", "Declined"),
                                ],
                                default="joined",
                                max_length=8,
                            ),
                        ),
                        ("joined_on", models.DateField()),
                        ("left_on", models.DateField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_on", None)),
                                fields=("case", "client"),
                                name="client_once_per_case",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_casememberevent" ("case_id", "client_id", "engagement", "id", "joined_on", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role") VALUES (NEW."case_id", NEW."client_id", NEW."engagement", NEW."id", NEW."joined_on", NEW."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role"); RETURN NULL;',
                                    hash="c5f17b9382756870bd7f7d03e125352638937f64",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_918c5",
                                    table="clients_casemember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_casememberevent" ("case_id", "client_id", "engagement", "id", "joined_on", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role") VALUES (NEW."case_id", NEW."client_id", NEW."engagement", NEW."id", NEW."joined_on", NEW."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."role"); RETURN NULL;',
                                    hash="3a0b05e22d26b79b12d632d3fcae539d6095f206",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bd079",
                                    table="clients_casemember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_casememberevent" ("case_id", "client_id", "engagement", "id", "joined_on", "left_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role") VALUES (OLD."case_id", OLD."client_id", OLD."engagement", OLD."id", OLD."joined_on", OLD."left_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role"); RETURN NULL;',
                                    hash="8fa51b380c12d8093dd35bcaf00743c0940f503f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_aa07b",
                                    table="clients_casemember",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseMemberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("client", "Client"),
                                    ("partner", "Partner"),
                                    ("family", "Family member"),
                                    ("group", "Group member"),
                                ],
                                default="client",
                                max_length=8,
                            ),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[
                                    ("hesitant", "Hesitant"),
                                    ("resists", "Resists"),
                                    ("invited", "Invited"),
                                    ("joined", "Joined"),
                                    ("declined", "Declined"),
                                ],
                                default="joined",
                                max_length=8,
                            ),
                        ),
                        ("joined_on", models.DateField()),
                        ("left_on", models.DateField(blank=True, null=True)),
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
                                to="clients.casemember",
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
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="0fd34b2f662e3637ea8145d08c00ce9cf3ac2fca",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b893b",
                                    table="clients_casememberevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfidentialityPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wording",
                            models.TextField(
                                help_text="What stays with the one who says it, as they both signed it."
                            ),
                        ),
                        (
                            "danger",
                            models.CharField(
                                help_text="The limit when somebody is in danger.", max_length=300
                            ),
                        ),
                        (
                            "abuse",
                            models.CharField(
                                help_text="The limit when somebody is being harmed.", max_length=300
                            ),
                        ),
                        (
                            "court_order",
                            models.CharField(help_text="The limit when a court orders it.", max_length=300),
                        ),
                        ("signed_on", models.DateField()),
                        (
                            "entered_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confidentiality",
                                to="clients.case",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "confidentiality policies",
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_confidentialitypolicyevent" ("abuse", "case_id", "court_order", "danger", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "wording") VALUES (NEW."abuse", NEW."case_id", NEW."court_order", NEW."danger", NEW."entered_at", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."signed_on", NEW."wording"); RETURN NULL;',
                                    hash="a98c156527cbdbdf9c383b8563944ca21718731b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_12533",
                                    table="clients_confidentialitypolicy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_confidentialitypolicyevent" ("abuse", "case_id", "court_order", "danger", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "wording") VALUES (NEW."abuse", NEW."case_id", NEW."court_order", NEW."danger", NEW."entered_at", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."signed_on", NEW."wording"); RETURN NULL;',
                                    hash="c71304a8cd00bc47734769e86127965e694cd238",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_7120c",
                                    table="clients_confidentialitypolicy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_confidentialitypolicyevent" ("abuse", "case_id", "court_order", "danger", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_on", "wording") VALUES (OLD."abuse", OLD."case_id", OLD."court_order", OLD."danger", OLD."entered_at", OLD."entered_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."signed_on", OLD."wording"); RETURN NULL;',
                                    hash="869ebf04a1e1f8ca18a2ce1908731d2dbbd551d3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_6635d",
                                    table="clients_confidentialitypolicy",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfidentialityPolicyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "wording",
                            models.TextField(
                                help_text="What stays with the one who says it, as they both signed it."
                            ),
                        ),
                        (
                            "danger",
                            models.CharField(
                                help_text="The limit when somebody is in danger.", max_length=300
                            ),
                        ),
                        (
                            "abuse",
                            models.CharField(
                                help_text="The limit when somebody is being harmed.", max_length=300
                            ),
                        ),
                        (
                            "court_order",
                            models.CharField(help_text="The limit when a court orders it.", max_length=300),
                        ),
                        ("signed_on", models.DateField()),
                        (
                            "entered_at",
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
                            "entered_by",
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
                                to="clients.confidentialitypolicy",
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
                                    hash="4fd03d015c8e3c56683572d5aadf74aeeeab616b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d8a01",
                                    table="clients_confidentialitypolicyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportingDate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("due_on", models.DateField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_because", models.CharField(blank=True, max_length=200)),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reporting_dates",
                                to="clients.mandate",
                            ),
                        ),
                        (
                            "settled_by",
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
                        "ordering": ("due_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at", None)),
                                fields=["due_on"],
                                name="reporting_dates_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("mandate", "due_on"), name="reporting_date_once_per_mandate"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_at", None),
                                    models.Q(("settled_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="settled_reporting_date_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_reportingdateevent" ("due_on", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_because", "settled_by_id") VALUES (NEW."due_on", NEW."id", NEW."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."settled_at", NEW."settled_because", NEW."settled_by_id"); RETURN NULL;',
                                    hash="981ec04de3f45caf77b26ff1715857ae8e0510d5",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_79555",
                                    table="clients_reportingdate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_reportingdateevent" ("due_on", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_because", "settled_by_id") VALUES (NEW."due_on", NEW."id", NEW."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."settled_at", NEW."settled_because", NEW."settled_by_id"); RETURN NULL;',
                                    hash="bacc774ee83ccd7b8b830a62a937244f5b3c73ca",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_8d005",
                                    table="clients_reportingdate",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_reportingdateevent" ("due_on", "id", "mandate_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_because", "settled_by_id") VALUES (OLD."due_on", OLD."id", OLD."mandate_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."settled_at", OLD."settled_because", OLD."settled_by_id"); RETURN NULL;',
                                    hash="d2847a0231a38bb9ef09ffebdbb1a79d215eecd9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e1e9a",
                                    table="clients_reportingdate",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportingDateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("due_on", models.DateField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_because", models.CharField(blank=True, max_length=200)),
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
                                to="clients.reportingdate",
                            ),
                        ),
                        (
                            "settled_by",
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
                                    hash="4f1b0f699e50b86da6797393ab52bd03f7ee957f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_47ec5",
                                    table="clients_reportingdateevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureBasis",
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
                                choices=[("consent", "Signed consent"), ("order", "Sufficient court order")],
                                max_length=7,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="Where the paper is, or its number.", max_length=80
                            ),
                        ),
                        ("discloser", models.CharField(help_text="Who may disclose.", max_length=120)),
                        ("recipient", models.CharField(help_text="To whom.", max_length=200)),
                        (
                            "covers",
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
                                help_text="What.",
                                size=None,
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200)),
                        ("signed_on", models.DateField()),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        (
                            "expires_when",
                            models.CharField(
                                blank=True, help_text="An event, in place of a day.", max_length=200
                            ),
                        ),
                        ("says_how_to_revoke", models.BooleanField(default=False)),
                        ("says_redisclosure", models.BooleanField(default=False)),
                        ("names_substance_use", models.BooleanField(default=False)),
                        (
                            "is_under_part_2",
                            models.BooleanField(
                                default=False, help_text="An order under 42 CFR 2.61 to 2.67."
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("revoked", "Revoked by the client"),
                                    ("event", "The event it named has come"),
                                    ("set_aside", "Replaced or set aside"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bases",
                                to="clients.mandate",
                            ),
                        ),
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
                        "ordering": ("-signed_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "consent"), _negated=True),
                                    ("expires_on__isnull", False),
                                    models.Q(("expires_when", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consent_names_its_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_how", ""), ("ended_on", None)),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        models.Q(("ended_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_basis_says_how",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("covers__contains", ["attendance"])),
                                name="basis_covers_attendance",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_disclosurebasisevent" ("covers", "discloser", "ended_how", "ended_on", "expires_on", "expires_when", "id", "is_under_part_2", "kind", "mandate_id", "names_substance_use", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "recorded_by_id", "reference", "says_how_to_revoke", "says_redisclosure", "signed_on") VALUES (NEW."covers", NEW."discloser", NEW."ended_how", NEW."ended_on", NEW."expires_on", NEW."expires_when", NEW."id", NEW."is_under_part_2", NEW."kind", NEW."mandate_id", NEW."names_substance_use", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."recorded_by_id", NEW."reference", NEW."says_how_to_revoke", NEW."says_redisclosure", NEW."signed_on"); RETURN NULL;',
                                    hash="118a1339a6dc3fa1a185512d6243b36971766c85",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_26be4",
                                    table="clients_disclosurebasis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_disclosurebasisevent" ("covers", "discloser", "ended_how", "ended_on", "expires_on", "expires_when", "id", "is_under_part_2", "kind", "mandate_id", "names_substance_use", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "recorded_by_id", "reference", "says_how_to_revoke", "says_redisclosure", "signed_on") VALUES (NEW."covers", NEW."discloser", NEW."ended_how", NEW."ended_on", NEW."expires_on", NEW."expires_when", NEW."id", NEW."is_under_part_2", NEW."kind", NEW."mandate_id", NEW."names_substance_use", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."recipient", NEW."recorded_by_id", NEW."reference", NEW."says_how_to_revoke", NEW."says_redisclosure", NEW."signed_on"); RETURN NULL;',
                                    hash="0ffe388112320e7ea436b86092540d0bf5e6c673",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1fe2c",
                                    table="clients_disclosurebasis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_disclosurebasisevent" ("covers", "discloser", "ended_how", "ended_on", "expires_on", "expires_when", "id", "is_under_part_2", "kind", "mandate_id", "names_substance_use", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "recipient", "recorded_by_id", "reference", "says_how_to_revoke", "says_redisclosure", "signed_on") VALUES (OLD."covers", OLD."discloser", OLD."ended_how", OLD."ended_on", OLD."expires_on", OLD."expires_when", OLD."id", OLD."is_under_part_2", OLD."kind", OLD."mandate_id", OLD."names_substance_use", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose", OLD."recipient", OLD."recorded_by_id", OLD."reference", OLD."says_how_to_revoke", OLD."says_redisclosure", OLD."signed_on"); RETURN NULL;',
                                    hash="b35cf635edbc3752b722a768a1f205536747a4ac",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0b820",
                                    table="clients_disclosurebasis",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureBasisEvent",
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
                                choices=[("consent", "Signed consent"), ("order", "Sufficient court order")],
                                max_length=7,
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="Where the paper is, or its number.", max_length=80
                            ),
                        ),
                        ("discloser", models.CharField(help_text="Who may disclose.", max_length=120)),
                        ("recipient", models.CharField(help_text="To whom.", max_length=200)),
                        (
                            "covers",
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
                                help_text="What.",
                                size=None,
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200)),
                        ("signed_on", models.DateField()),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        (
                            "expires_when",
                            models.CharField(
                                blank=True, help_text="An event, in place of a day.", max_length=200
                            ),
                        ),
                        ("says_how_to_revoke", models.BooleanField(default=False)),
                        ("says_redisclosure", models.BooleanField(default=False)),
                        ("names_substance_use", models.BooleanField(default=False)),
                        (
                            "is_under_part_2",
                            models.BooleanField(
                                default=False, help_text="An order under 42 CFR 2.61 to 2.67."
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("revoked", "Revoked by the client"),
                                    ("event", "The event it named has come"),
                                    ("set_aside", "Replaced or set aside"),
                                ],
                                max_length=9,
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
                                to="clients.disclosurebasis",
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
                                    hash="0a94e8aa0c2363af9b260800ab89468e0d3062f8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9698e",
                                    table="clients_disclosurebasisevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoercionScreen",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("safe", "Safe"),
                                    ("unsure", "Not sure: counts as not safe"),
                                    ("unsafe", "Not safe"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="Read by the person's own clinicians only."
                            ),
                        ),
                        ("taken_at", models.DateTimeField()),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coercion_screens",
                                to="clients.client",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-taken_at", "-pk"),
                        "indexes": [models.Index(fields=["client", "-taken_at"], name="screens_of_a_client")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_coercionscreenevent" ("client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "taken_at", "taken_by_id", "words") VALUES (NEW."client_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."result", NEW."taken_at", NEW."taken_by_id", NEW."words"); RETURN NULL;',
                                    hash="c82bc949ade4cdec9b83121156302742a9f7a72f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1f8b4",
                                    table="clients_coercionscreen",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_coercionscreenevent" ("client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "taken_at", "taken_by_id", "words") VALUES (NEW."client_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."result", NEW."taken_at", NEW."taken_by_id", NEW."words"); RETURN NULL;',
                                    hash="c918620df8ee5abb3c89e8d389fea45b89c990f7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_638eb",
                                    table="clients_coercionscreen",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_coercionscreenevent" ("client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "taken_at", "taken_by_id", "words") VALUES (OLD."client_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."result", OLD."taken_at", OLD."taken_by_id", OLD."words"); RETURN NULL;',
                                    hash="0fb383c508af7a8a240276fa7832a4f65e114e60",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f911c",
                                    table="clients_coercionscreen",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoercionScreenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("safe", "Safe"),
                                    ("unsure", "Not sure: counts as not safe"),
                                    ("unsafe", "Not safe"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="Read by the person's own clinicians only."
                            ),
                        ),
                        ("taken_at", models.DateTimeField()),
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
                                to="clients.coercionscreen",
                            ),
                        ),
                        (
                            "taken_by",
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
                                    hash="36f994147e1fbdde5ae0a9042d527fe4354f91ab",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b8e43",
                                    table="clients_coercionscreenevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("released", "Given out, after a review"),
                                    ("kept_back", "Not given out"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What went, or why not. The case's clinicians only."
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="record_requests",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record_requests",
                                to="clients.client",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "ordering": ("-asked_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("decision", ""),
                                        ("words", ""),
                                    ),
                                    models.Q(
                                        models.Q(("decision", ""), _negated=True),
                                        models.Q(("words", ""), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="record_decision_says_who_when_and_what",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")),
                                fields=("case", "client"),
                                name="record_asked_for_once_at_a_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_recordrequestevent" ("asked_at", "case_id", "client_id", "decided_at", "decided_by_id", "decision", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (NEW."asked_at", NEW."case_id", NEW."client_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."words"); RETURN NULL;',
                                    hash="8566d3b847b2cf5214f9d862ecf93b488815a59a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a0cfc",
                                    table="clients_recordrequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_recordrequestevent" ("asked_at", "case_id", "client_id", "decided_at", "decided_by_id", "decision", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (NEW."asked_at", NEW."case_id", NEW."client_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."words"); RETURN NULL;',
                                    hash="9fa379d76e304193590ae75d661da675acf8b287",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f893a",
                                    table="clients_recordrequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_recordrequestevent" ("asked_at", "case_id", "client_id", "decided_at", "decided_by_id", "decision", "id", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (OLD."asked_at", OLD."case_id", OLD."client_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."words"); RETURN NULL;',
                                    hash="85a013c0ee1bff397a8ef09473bd40308fcf587e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1ec53",
                                    table="clients_recordrequest",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("released", "Given out, after a review"),
                                    ("kept_back", "Not given out"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="What went, or why not. The case's clinicians only."
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                            "decided_by",
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
                                to="clients.recordrequest",
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
                                    hash="78e463b447dce19a856e04ff4429a15ca0374959",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_527cc",
                                    table="clients_recordrequestevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consequence",
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
                                    ("continuity", "The thread is lost"),
                                    ("impeded_progress", "Progress is held up"),
                                    ("strained_alliance", "Trust between us is strained"),
                                    ("stagnation_or_regression", "Standing still, or slipping back"),
                                    ("symptoms", "Symptoms come up again"),
                                    ("isolation_or_hopelessness", "Isolation or hopelessness"),
                                    ("disconnection", "Out of touch with treatment"),
                                    ("resource_strain", "It strains their time or money"),
                                    ("delayed_support", "Support comes late"),
                                    ("avoidance_cycle", "Staying away makes coming back harder"),
                                ],
                                max_length=25,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="The case's clinicians and their supervisors only."
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consequences",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consequences",
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
                        "ordering": ("-noted_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["client", "-noted_at"], name="consequence_by_client")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_consequenceevent" ("case_id", "client_id", "id", "kind", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (NEW."case_id", NEW."client_id", NEW."id", NEW."kind", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."words"); RETURN NULL;',
                                    hash="1494291239573396dee2da8c36f3498a12c4f0d6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8ca47",
                                    table="clients_consequence",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_consequenceevent" ("case_id", "client_id", "id", "kind", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (NEW."case_id", NEW."client_id", NEW."id", NEW."kind", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."words"); RETURN NULL;',
                                    hash="dabadf1f6ce176b9946c22b7c84fcc81dc104d9f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_10d29",
                                    table="clients_consequence",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_consequenceevent" ("case_id", "client_id", "id", "kind", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "words") VALUES (OLD."case_id", OLD."client_id", OLD."id", OLD."kind", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."words"); RETURN NULL;',
                                    hash="60d94f821ce5259650f364c3008f87e26e6d6406",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3a3f9",
                                    table="clients_consequence",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsequenceEvent",
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
                                    ("continuity", "The thread is lost"),
                                    ("impeded_progress", "Progress is held up"),
                                    ("strained_alliance", "Trust between us is strained"),
                                    ("stagnation_or_regression", "Standing still, or slipping back"),
                                    ("symptoms", "Symptoms come up again"),
                                    ("isolation_or_hopelessness", "Isolation or hopelessness"),
                                    ("disconnection", "Out of touch with treatment"),
                                    ("resource_strain", "It strains their time or money"),
                                    ("delayed_support", "Support comes late"),
                                    ("avoidance_cycle", "Staying away makes coming back harder"),
                                ],
                                max_length=25,
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="The case's clinicians and their supervisors only."
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
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
                                to="clients.consequence",
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
                                    hash="3677c2781c4847c30b30db436454069f3c10ef2a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cc3dd",
                                    table="clients_consequenceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "what",
                            models.CharField(
                                blank=True, help_text="Help that is in no directory.", max_length=200
                            ),
                        ),
                        (
                            "is_practical",
                            models.BooleanField(
                                default=False,
                                help_text="The desk may arrange it; everything else is for clinicians.",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "Offered"),
                                    ("accepted", "They want it"),
                                    ("in_contact", "In contact"),
                                    ("declined", "Rather not"),
                                    ("helped", "Resolved: it helped"),
                                    ("not_helped", "Resolved: it did not help"),
                                ],
                                default="offered",
                                max_length=10,
                            ),
                        ),
                        (
                            "revisit_on",
                            models.DateField(
                                blank=True, help_text="When to ask again; empty once it ended.", null=True
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        (
                            "barrier",
                            models.ForeignKey(
                                blank=True,
                                help_text="From which.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.barrier",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="clients.client",
                            ),
                        ),
                        (
                            "offered_by",
                            models.ForeignKey(
                                blank=True,
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
                                help_text="Whose it is; empty: the desk's.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="clients.resource",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-offered_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("revisit_on__isnull", False)),
                                fields=["owner", "revisit_on"],
                                name="referral_to_revisit",
                            ),
                            models.Index(fields=["client", "-offered_at"], name="referral_by_client"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resource__isnull", False),
                                    models.Q(("what", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="referral_says_to_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revisit_on__isnull", False),
                                        ("state__in", ("offered", "accepted", "in_contact")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("offered", "accepted", "in_contact")),
                                            _negated=True,
                                        ),
                                        ("revisit_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="open_referral_has_a_revisit_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner__isnull", False), ("is_practical", True), _connector="OR"
                                ),
                                name="desk_has_practical_referrals",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_referralevent" ("barrier_id", "case_id", "client_id", "id", "is_practical", "offered_at", "offered_by_id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "revisit_on", "state", "what") VALUES (NEW."barrier_id", NEW."case_id", NEW."client_id", NEW."id", NEW."is_practical", NEW."offered_at", NEW."offered_by_id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."resource_id", NEW."revisit_on", NEW."state", NEW."what"); RETURN NULL;',
                                    hash="0a4f9b38a151264ad7e4a019c63675a467f253d8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1a5aa",
                                    table="clients_referral",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_referralevent" ("barrier_id", "case_id", "client_id", "id", "is_practical", "offered_at", "offered_by_id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "revisit_on", "state", "what") VALUES (NEW."barrier_id", NEW."case_id", NEW."client_id", NEW."id", NEW."is_practical", NEW."offered_at", NEW."offered_by_id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."resource_id", NEW."revisit_on", NEW."state", NEW."what"); RETURN NULL;',
                                    hash="4e15a6472651dbfc635c5def2340c988abc481d7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_44190",
                                    table="clients_referral",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_referralevent" ("barrier_id", "case_id", "client_id", "id", "is_practical", "offered_at", "offered_by_id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "revisit_on", "state", "what") VALUES (OLD."barrier_id", OLD."case_id", OLD."client_id", OLD."id", OLD."is_practical", OLD."offered_at", OLD."offered_by_id", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."resource_id", OLD."revisit_on", OLD."state", OLD."what"); RETURN NULL;',
                                    hash="a032f3be730dcf3ded208f3ca9434bf55bef1c28",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d60f0",
                                    table="clients_referral",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "what",
                            models.CharField(
                                blank=True, help_text="Help that is in no directory.", max_length=200
                            ),
                        ),
                        (
                            "is_practical",
                            models.BooleanField(
                                default=False,
                                help_text="The desk may arrange it; everything else is for clinicians.",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "Offered"),
                                    ("accepted", "They want it"),
                                    ("in_contact", "In contact"),
                                    ("declined", "Rather not"),
                                    ("helped", "Resolved: it helped"),
                                    ("not_helped", "Resolved: it did not help"),
                                ],
                                default="offered",
                                max_length=10,
                            ),
                        ),
                        (
                            "revisit_on",
                            models.DateField(
                                blank=True, help_text="When to ask again; empty once it ended.", null=True
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        (
                            "barrier",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="From which.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.barrier",
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
                            "offered_by",
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
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Whose it is; empty: the desk's.",
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
                                to="clients.referral",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.resource",
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
                                    hash="16484bc4fa61e722c60621c338d334c125d95d88",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4766d",
                                    table="clients_referralevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "Offered"),
                                    ("accepted", "They want it"),
                                    ("in_contact", "In contact"),
                                    ("declined", "Rather not"),
                                    ("helped", "Resolved: it helped"),
                                    ("not_helped", "Resolved: it did not help"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, help_text="Clinicians only; the desk may write it."),
                        ),
                        ("revisit_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="clients.referral",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("at", "pk"),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_referralstepevent" ("at", "by_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "revisit_on", "state") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."revisit_on", NEW."state"); RETURN NULL;',
                                    hash="4b2084788d70876ec7e3ee8ef08e1e4c2d5a45ad",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e44aa",
                                    table="clients_referralstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_referralstepevent" ("at", "by_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "revisit_on", "state") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."referral_id", NEW."revisit_on", NEW."state"); RETURN NULL;',
                                    hash="9fe2c64f1642a5e800169fd24084098e7fb6cac4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_346de",
                                    table="clients_referralstep",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_referralstepevent" ("at", "by_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "revisit_on", "state") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."referral_id", OLD."revisit_on", OLD."state"); RETURN NULL;',
                                    hash="633bbe79fd0c892fc38da6270f8a5b4a4b88a279",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ee941",
                                    table="clients_referralstep",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "Offered"),
                                    ("accepted", "They want it"),
                                    ("in_contact", "In contact"),
                                    ("declined", "Rather not"),
                                    ("helped", "Resolved: it helped"),
                                    ("not_helped", "Resolved: it did not help"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, help_text="Clinicians only; the desk may write it."),
                        ),
                        ("revisit_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
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
                                to="clients.referralstep",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.referral",
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
                                    hash="2bcccfa62242d790b08e23e43c107d79f56065ed",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b1e28",
                                    table="clients_referralstepevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Strategy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "code",
                            models.SlugField(
                                blank=True,
                                help_text="Of those that Kept came with; empty for own ones.",
                                null=True,
                                unique=True,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "details",
                            models.CharField(blank=True, help_text="How one goes about it.", max_length=300),
                        ),
                        ("icon", models.CharField(blank=True, max_length=30)),
                        ("position", models.PositiveSmallIntegerField(default=100)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "barriers",
                            models.ManyToManyField(
                                blank=True, related_name="strategies", to="clients.barrier"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "strategies",
                        "ordering": ("position", "name", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="AgreedStrategy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "what",
                            models.CharField(
                                blank=True, help_text="What exactly was agreed.", max_length=200
                            ),
                        ),
                        (
                            "timing",
                            models.CharField(
                                choices=[
                                    ("preventive", "Before anything was missed"),
                                    ("after", "After a session was missed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "agreed_by",
                            models.CharField(
                                choices=[
                                    ("client", "They themselves"),
                                    ("guardian", "A parent or guardian"),
                                    ("together", "Everybody in this case, together"),
                                ],
                                default="client",
                                max_length=8,
                            ),
                        ),
                        ("client_words", models.TextField(blank=True, help_text="As the client put it.")),
                        ("agreed_on", models.DateField()),
                        ("noted_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed_strategies",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed_strategies",
                                to="clients.client",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "strategy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clients.strategy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "agreed strategies",
                        "ordering": ("-agreed_on", "-pk"),
                        "indexes": [models.Index(fields=["client", "-agreed_on"], name="agreed_by_client")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("strategy__isnull", False),
                                    models.Q(("what", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreed_strategy_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_because", ""), ("ended_on", None)),
                                    ("ended_on__gte", models.F("agreed_on")),
                                    _connector="OR",
                                ),
                                name="agreed_strategy_ended_after_it_began",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_agreedstrategyevent" ("agreed_by", "agreed_on", "case_id", "client_id", "client_words", "ended_because", "ended_on", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "strategy_id", "timing", "what") VALUES (NEW."agreed_by", NEW."agreed_on", NEW."case_id", NEW."client_id", NEW."client_words", NEW."ended_because", NEW."ended_on", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."strategy_id", NEW."timing", NEW."what"); RETURN NULL;',
                                    hash="86e7933246d48dbcb5784f021c9dcd1d06eea37f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c4bf1",
                                    table="clients_agreedstrategy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_agreedstrategyevent" ("agreed_by", "agreed_on", "case_id", "client_id", "client_words", "ended_because", "ended_on", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "strategy_id", "timing", "what") VALUES (NEW."agreed_by", NEW."agreed_on", NEW."case_id", NEW."client_id", NEW."client_words", NEW."ended_because", NEW."ended_on", NEW."id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."strategy_id", NEW."timing", NEW."what"); RETURN NULL;',
                                    hash="203badc04818e1bfc271c996f88555e924146a35",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_70f5d",
                                    table="clients_agreedstrategy",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_agreedstrategyevent" ("agreed_by", "agreed_on", "case_id", "client_id", "client_words", "ended_because", "ended_on", "id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "strategy_id", "timing", "what") VALUES (OLD."agreed_by", OLD."agreed_on", OLD."case_id", OLD."client_id", OLD."client_words", OLD."ended_because", OLD."ended_on", OLD."id", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."strategy_id", OLD."timing", OLD."what"); RETURN NULL;',
                                    hash="3f00c05829c49f5a40ff9877b94ddf83152addad",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_165e3",
                                    table="clients_agreedstrategy",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedStrategyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "what",
                            models.CharField(
                                blank=True, help_text="What exactly was agreed.", max_length=200
                            ),
                        ),
                        (
                            "timing",
                            models.CharField(
                                choices=[
                                    ("preventive", "Before anything was missed"),
                                    ("after", "After a session was missed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "agreed_by",
                            models.CharField(
                                choices=[
                                    ("client", "They themselves"),
                                    ("guardian", "A parent or guardian"),
                                    ("together", "Everybody in this case, together"),
                                ],
                                default="client",
                                max_length=8,
                            ),
                        ),
                        ("client_words", models.TextField(blank=True, help_text="As the client put it.")),
                        ("agreed_on", models.DateField()),
                        ("noted_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
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
                            "noted_by",
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
                                to="clients.agreedstrategy",
                            ),
                        ),
                        (
                            "strategy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clients.strategy",
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
                                    hash="c9d75d72689d3ddf2209324105e1745e2cf7169d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_50b97",
                                    table="clients_agreedstrategyevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EngagementChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[
                                    ("hesitant", "Hesitant"),
                                    ("resists", "Resists"),
                                    ("invited", "Invited"),
                                    ("joined", "Joined"),
                                    ("declined", "Declined"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="engagement_changes",
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
                        "ordering": ("-noted_at", "-pk"),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_engagementchangeevent" ("engagement", "id", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."engagement", NEW."id", NEW."member_id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="511be8307634504b6c4a6b3897b1e6a906c32242",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fa412",
                                    table="clients_engagementchange",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_engagementchangeevent" ("engagement", "id", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."engagement", NEW."id", NEW."member_id", NEW."noted_at", NEW."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="8e64333dd3aee543c294518e4d6255595c39705e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_8e696",
                                    table="clients_engagementchange",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_engagementchangeevent" ("engagement", "id", "member_id", "noted_at", "noted_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."engagement", OLD."id", OLD."member_id", OLD."noted_at", OLD."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="07519cc00aef77cef7a64950c2fd7826d4646a5b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e07c9",
                                    table="clients_engagementchange",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EngagementChangeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "engagement",
                            models.CharField(
                                choices=[
                                    ("hesitant", "Hesitant"),
                                    ("resists", "Resists"),
                                    ("invited", "Invited"),
                                    ("joined", "Joined"),
                                    ("declined", "Declined"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                to="clients.engagementchange",
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
                                    hash="99965603575bdb4422e158ed1fac042007aeabfc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ef571",
                                    table="clients_engagementchangeevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtectiveOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="Where the paper is, or its number.", max_length=200
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="protective_orders",
                                to="clients.client",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "other",
                            models.ForeignKey(
                                help_text="Kept away.",
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-noted_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("client", "other"),
                                name="protective_order_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("client", models.F("other")), _negated=True),
                                name="protective_order_between_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ended_protective_order_says_who",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_protectiveorderevent" ("client_id", "ended_at", "ended_by_id", "id", "noted_at", "noted_by_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (NEW."client_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."noted_at", NEW."noted_by_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reference"); RETURN NULL;',
                                    hash="76b8d276295f7d46e9f9816dfc9cf63a210567a4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e16d3",
                                    table="clients_protectiveorder",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_protectiveorderevent" ("client_id", "ended_at", "ended_by_id", "id", "noted_at", "noted_by_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (NEW."client_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."noted_at", NEW."noted_by_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reference"); RETURN NULL;',
                                    hash="a2829b1c3e7afbff3e792d11b20c344bc20ba043",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_afe1b",
                                    table="clients_protectiveorder",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_protectiveorderevent" ("client_id", "ended_at", "ended_by_id", "id", "noted_at", "noted_by_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (OLD."client_id", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."noted_at", OLD."noted_by_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reference"); RETURN NULL;',
                                    hash="cc579a83e6915ae803fff3a1f6fcc457d9e5fe68",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_39e33",
                                    table="clients_protectiveorder",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtectiveOrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "reference",
                            models.CharField(
                                blank=True, help_text="Where the paper is, or its number.", max_length=200
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "ended_by",
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
                            "other",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="Kept away.",
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
                                to="clients.protectiveorder",
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
                                    hash="67083cfd5dafca52ac307f259e429e5fcbe6f778",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a8131",
                                    table="clients_protectiveorderevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwaySupport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("words", models.CharField(help_text="Clinicians only.", max_length=500)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when it was talked about and put away.",
                                null=True,
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="away_supports",
                                to="clients.client",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "settled_by",
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
                        "ordering": ("-entered_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at", None)),
                                fields=("client",),
                                name="one_support_while_away",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_awaysupportevent" ("client_id", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_by_id", "words") VALUES (NEW."client_id", NEW."entered_at", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."settled_at", NEW."settled_by_id", NEW."words"); RETURN NULL;',
                                    hash="bb3342db937087d27e61f34d7f77eb8d7e953dd1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_80641",
                                    table="clients_awaysupport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_awaysupportevent" ("client_id", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_by_id", "words") VALUES (NEW."client_id", NEW."entered_at", NEW."entered_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."settled_at", NEW."settled_by_id", NEW."words"); RETURN NULL;',
                                    hash="5f4b21d52888f8f18205d11122e8fd8f85bd5f00",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4313a",
                                    table="clients_awaysupport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_awaysupportevent" ("client_id", "entered_at", "entered_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "settled_at", "settled_by_id", "words") VALUES (OLD."client_id", OLD."entered_at", OLD."entered_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."settled_at", OLD."settled_by_id", OLD."words"); RETURN NULL;',
                                    hash="39503fa93ec75fa4068e8c216ba82cde3cf5619e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1a176",
                                    table="clients_awaysupport",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwaySupportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("words", models.CharField(help_text="Clinicians only.", max_length=500)),
                        ("entered_at", models.DateTimeField()),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when it was talked about and put away.",
                                null=True,
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
                            "entered_by",
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
                                to="clients.awaysupport",
                            ),
                        ),
                        (
                            "settled_by",
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
                                    hash="7f27de31a22d567ac059c5be7eccffa10421fbc0",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_63052",
                                    table="clients_awaysupportevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agreed_on", models.DateField()),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clients.client",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreements",
                                to="clients.contingencyplan",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "client"), name="agreed_once_to_a_plan")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_planagreementevent" ("agreed_on", "client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."agreed_on", NEW."client_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_id"); RETURN NULL;',
                                    hash="4a38a780a87ee116e08de5f10bc57b751baa90b3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_84d11",
                                    table="clients_planagreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_planagreementevent" ("agreed_on", "client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."agreed_on", NEW."client_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_id"); RETURN NULL;',
                                    hash="9b9f5053ee3e87e20d4f22ea36b6a70acaab4e54",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0fab8",
                                    table="clients_planagreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_planagreementevent" ("agreed_on", "client_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (OLD."agreed_on", OLD."client_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan_id"); RETURN NULL;',
                                    hash="d2c0897b3a48fa6372ac053e3953a39fa587a6e7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_97a85",
                                    table="clients_planagreement",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanAgreementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("agreed_on", models.DateField()),
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
                                to="clients.planagreement",
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
                                to="clients.contingencyplan",
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
                                    hash="cadfc6a9735cf0c1750952c73a7757f1099646ed",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b6720",
                                    table="clients_planagreementevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "way",
                            models.CharField(
                                choices=[("sms", "By text"), ("email", "By e-mail"), ("call", "By a call")],
                                max_length=5,
                            ),
                        ),
                        (
                            "every_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Every day"),
                                    (2, "Every other day"),
                                    (3, "Every three days"),
                                    (7, "Every week"),
                                    (14, "Every two weeks"),
                                ],
                                default=7,
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(help_text="The first one; the others are counted from here."),
                        ),
                        ("at", models.TimeField(help_text="By the clock where they are.")),
                        ("until_on", models.DateField(blank=True, help_text="The last day.", null=True)),
                        (
                            "caller",
                            models.CharField(
                                choices=[("clinician", "Their clinician"), ("desk", "The front desk")],
                                default="clinician",
                                max_length=9,
                            ),
                        ),
                        ("agreed_on", models.DateField()),
                        (
                            "entered_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "effective_at",
                            models.DateTimeField(help_text="Nothing due before is made up for."),
                        ),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_in_plans",
                                to="clients.case",
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_in_plans",
                                to="clients.client",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("case", "client"),
                                name="one_check_in_plan_per_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every_days__gte", 1)), name="check_in_every_so_often"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on", None),
                                    ("until_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="check_ins_in_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_checkinplanevent" ("agreed_on", "at", "caller", "case_id", "client_id", "effective_at", "ended_at", "entered_at", "entered_by_id", "every_days", "id", "paused_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "until_on", "way") VALUES (NEW."agreed_on", NEW."at", NEW."caller", NEW."case_id", NEW."client_id", NEW."effective_at", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."every_days", NEW."id", NEW."paused_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."starts_on", NEW."until_on", NEW."way"); RETURN NULL;',
                                    hash="4bbd034e94f6f1e25c747f331aafa465c27c1eaa",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_359b2",
                                    table="clients_checkinplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_checkinplanevent" ("agreed_on", "at", "caller", "case_id", "client_id", "effective_at", "ended_at", "entered_at", "entered_by_id", "every_days", "id", "paused_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "until_on", "way") VALUES (NEW."agreed_on", NEW."at", NEW."caller", NEW."case_id", NEW."client_id", NEW."effective_at", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."every_days", NEW."id", NEW."paused_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."starts_on", NEW."until_on", NEW."way"); RETURN NULL;',
                                    hash="1b6207a652b25bcdc9fa8a6409cc554b843e4fb6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2cf05",
                                    table="clients_checkinplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_checkinplanevent" ("agreed_on", "at", "caller", "case_id", "client_id", "effective_at", "ended_at", "entered_at", "entered_by_id", "every_days", "id", "paused_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "until_on", "way") VALUES (OLD."agreed_on", OLD."at", OLD."caller", OLD."case_id", OLD."client_id", OLD."effective_at", OLD."ended_at", OLD."entered_at", OLD."entered_by_id", OLD."every_days", OLD."id", OLD."paused_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."starts_on", OLD."until_on", OLD."way"); RETURN NULL;',
                                    hash="d1aefdc90587e878d38189a6687c84d9feaff6c8",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_84f3d",
                                    table="clients_checkinplan",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInPlanEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "way",
                            models.CharField(
                                choices=[("sms", "By text"), ("email", "By e-mail"), ("call", "By a call")],
                                max_length=5,
                            ),
                        ),
                        (
                            "every_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Every day"),
                                    (2, "Every other day"),
                                    (3, "Every three days"),
                                    (7, "Every week"),
                                    (14, "Every two weeks"),
                                ],
                                default=7,
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(help_text="The first one; the others are counted from here."),
                        ),
                        ("at", models.TimeField(help_text="By the clock where they are.")),
                        ("until_on", models.DateField(blank=True, help_text="The last day.", null=True)),
                        (
                            "caller",
                            models.CharField(
                                choices=[("clinician", "Their clinician"), ("desk", "The front desk")],
                                default="clinician",
                                max_length=9,
                            ),
                        ),
                        ("agreed_on", models.DateField()),
                        (
                            "entered_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                        (
                            "effective_at",
                            models.DateTimeField(help_text="Nothing due before is made up for."),
                        ),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
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
                            "entered_by",
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
                                    hash="fe7075b98ef41b9f4f1f202f16801e6cabbeaaf6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c9a70",
                                    table="clients_checkinplanevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StressPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(help_text="The last day.")),
                        (
                            "every_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Every day"),
                                    (2, "Every other day"),
                                    (3, "Every three days"),
                                    (7, "Every week"),
                                    (14, "Every two weeks"),
                                ],
                                default=2,
                            ),
                        ),
                        ("words", models.CharField(blank=True, help_text="Clinicians only.", max_length=200)),
                        (
                            "entered_by",
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
                                related_name="stress_periods",
                                to="clients.checkinplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("from_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))),
                                name="stress_period_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every_days__gte", 1)),
                                name="stress_period_every_so_often",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_stressperiodevent" ("entered_by_id", "every_days", "from_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "until_on", "words") VALUES (NEW."entered_by_id", NEW."every_days", NEW."from_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."public_id", NEW."until_on", NEW."words"); RETURN NULL;',
                                    hash="e9701fe3124cb713467b682f8008564875047a85",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_74713",
                                    table="clients_stressperiod",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "clients_stressperiodevent" ("entered_by_id", "every_days", "from_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "until_on", "words") VALUES (NEW."entered_by_id", NEW."every_days", NEW."from_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."public_id", NEW."until_on", NEW."words"); RETURN NULL;',
                                    hash="3d83b21c99f786fa63a940501951a6473fda8db5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_314ee",
                                    table="clients_stressperiod",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "clients_stressperiodevent" ("entered_by_id", "every_days", "from_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "public_id", "until_on", "words") VALUES (OLD."entered_by_id", OLD."every_days", OLD."from_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."public_id", OLD."until_on", OLD."words"); RETURN NULL;',
                                    hash="1c2083ae37441331566eb85b9b88fa3c3c6ad034",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b6175",
                                    table="clients_stressperiod",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StressPeriodEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(help_text="The last day.")),
                        (
                            "every_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Every day"),
                                    (2, "Every other day"),
                                    (3, "Every three days"),
                                    (7, "Every week"),
                                    (14, "Every two weeks"),
                                ],
                                default=2,
                            ),
                        ),
                        ("words", models.CharField(blank=True, help_text="Clinicians only.", max_length=200)),
                        (
                            "entered_by",
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
                                to="clients.stressperiod",
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
                                    hash="894d5a29f0d53bbbdcde68bb2f38b01650a849ed",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_faef1",
                                    table="clients_stressperiodevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="Case",
            name="clinicians",
            field=models.ManyToManyField(
                related_name="cases", through="clients.CaseClinician", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="Case",
            name="clients",
            field=models.ManyToManyField(
                related_name="cases", through="clients.CaseMember", to="clients.client"
            ),
        ),
    ]
