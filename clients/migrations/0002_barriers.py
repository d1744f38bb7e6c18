"""The barriers of row 2.1, and the two answers that name none."""

from django.db import migrations

BARRIERS = [
    ("scheduling_conflict", "logistical", "Clash of times", "calendar-x"),
    ("transportation", "logistical", "Transport", "bus"),
    ("miscommunication", "logistical", "Mix-up", "message-question"),
    ("forgot", "logistical", "Forgot", "bell-off"),
    ("financial_constraints", "financial", "Money", "coin"),
    ("stigma", "emotional", "What others think", "eye-off"),
    ("fear_of_vulnerability", "emotional", "Hard to open up", "shield"),
    ("discomfort_with_process", "emotional", "Uneasy with therapy", "mood-neutral"),
    ("anxiety", "emotional", "Nervous about it", "cloud"),
    ("overwhelmed_by_system", "emotional", "Too much at once", "stack-2"),
    ("illness", "life", "Illness", "mood-sick"),
    ("emergency", "life", "Emergency", "urgent"),
    ("family_issue", "life", "Family", "home-heart"),
    ("unforeseen_event", "life", "Something came up", "bolt"),
    ("unknown", "not_said", "Not known", "help"),
    ("prefers_not_to_say", "not_said", "Prefers not to say", "hand-stop"),
]


def add_barriers(apps, schema_editor):
    barrier = apps.get_model("clients", "Barrier")
    barrier.objects.bulk_create(
        barrier(code=code, group=group, label=label, icon=icon, position=position)
        for position, (code, group, label, icon) in enumerate(BARRIERS)
    )


def remove_barriers(apps, schema_editor):
    apps.get_model("clients", "Barrier").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_squashed_0018_check_ins")]
    operations = [migrations.RunPython(add_barriers, remove_barriers)]
