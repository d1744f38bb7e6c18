"""What has left the queue is swept away after as many rows with a long history as with a short one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reminders", "0016_which_of_several")]

    operations = [
        # A claim steps over what left the queue and has not been swept. A share of the table made that
        # grow with history; and with few dead rows PostgreSQL would sweep the table and leave its indexes.
        migrations.RunSQL(
            "ALTER TABLE reminders_message SET (autovacuum_vacuum_scale_factor = 0,"
            " autovacuum_vacuum_threshold = 1000, vacuum_index_cleanup = on)",
            "ALTER TABLE reminders_message SET (autovacuum_vacuum_scale_factor = 0.01,"
            " autovacuum_vacuum_threshold = 5000), RESET (vacuum_index_cleanup)",
        ),
    ]
