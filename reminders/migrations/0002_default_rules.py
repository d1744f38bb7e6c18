"""Every practice starts with reminders three days and one day before."""

from django.db import migrations


def add_rules(apps, schema_editor):
    rules = apps.get_model("reminders", "ReminderRule").objects
    if not rules.exists():
        rules.create(name="Three days before", lead_days=3)
        rules.create(name="One day before", lead_days=1)


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_squashed_0018_check_ins")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
