import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clients", "0009_reporting_dates")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandate",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandate",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mandate",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="mandate",
            name="report_due_on",
        ),
        migrations.RemoveField(
            model_name="mandateevent",
            name="report_due_on",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
