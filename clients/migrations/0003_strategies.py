"""The strategies of requirements 2.6 to 2.13, and what each helps with."""

from django.db import migrations

STRATEGIES = [
    (
        "communication",
        "Say it beforehand",
        "A worry or an obstacle can be told before the day: in a text, on their page, on the telephone.",
        "message-circle",
        ("miscommunication", "stigma", "discomfort_with_process", "family_issue"),
    ),
    (
        "flexibility",
        "A time and a way that fit",
        "Look for a time together, evenings and weekends too; meet by video or telephone when that is easier.",
        "calendar-time",
        (
            "scheduling_conflict",
            "transportation",
            "overwhelmed_by_system",
            "illness",
            "family_issue",
            "unforeseen_event",
        ),
    ),
    (
        "reminders",
        "Reminders as they like them",
        "By text, e-mail or a call, and one more on the day if that helps.",
        "bell",
        ("forgot", "miscommunication", "overwhelmed_by_system"),
    ),
    (
        "resources",
        "Help with what stands in the way",
        "A ride, childcare, somebody who knows about forms and money: offer it, and ask how it went.",
        "lifebuoy",
        ("transportation", "financial_constraints", "family_issue", "overwhelmed_by_system"),
    ),
    (
        "contingency",
        "A plan for the day it does not work out",
        "Agree now what you do then: by video, by telephone, or a time to fall back on.",
        "umbrella",
        ("transportation", "illness", "emergency", "family_issue", "unforeseen_event"),
    ),
    (
        "check_ins",
        "A short word between sessions",
        "A text or a call in between, more often while times are hard.",
        "heartbeat",
        ("stigma", "fear_of_vulnerability", "anxiety", "overwhelmed_by_system", "emergency"),
    ),
    (
        "preventive",
        "Find together what makes coming easier",
        "Look at what tends to come between before it does, go at their pace, and agree on a first small step.",
        "heart-handshake",
        (
            "scheduling_conflict",
            "forgot",
            "stigma",
            "fear_of_vulnerability",
            "discomfort_with_process",
            "anxiety",
        ),
    ),
]


def add_strategies(apps, schema_editor):
    strategy, barrier = apps.get_model("clients", "Strategy"), apps.get_model("clients", "Barrier")
    for position, (code, name, details, icon, helps_with) in enumerate(STRATEGIES):
        added = strategy.objects.create(code=code, name=name, details=details, icon=icon, position=position)
        added.barriers.set(barrier.objects.filter(code__in=helps_with))


def remove_strategies(apps, schema_editor):
    apps.get_model("clients", "Strategy").objects.exclude(code=None).delete()


class Migration(migrations.Migration):
    replaces = [("clients", "0015_strategies")]
    dependencies = [("clients", "0002_barriers")]
    operations = [migrations.RunPython(add_strategies, remove_strategies)]
