"""The protocols as Kept ships them: data, from which immutable versions are made.

A changed protocol gets the next `revision`; follow-ups that began with an older one keep it.
Fields in braces are filled by `scripts.py`. Scripts are for staff to say: warm, short, no blame.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as came_with_kept

from followups.models import ProtocolCode, StepKind

CLINICIAN = "clinician"

OPEN_WITH_CONCERN = {
    "en": (
        "Hi, it's {clinician}. Is this {name}? Can you talk freely? "
        "I noticed we didn't meet {day} and wanted to hear how you are."
    ),
    "es": (
        "Hola, le habla {clinician}. ¿Hablo con {name}? ¿Puede hablar con libertad? "
        "Noté que no nos vimos {day} y quería saber cómo está."
    ),
}
SORRY_WE_MISSED_EACH_OTHER = {
    "en": "{practice}: Sorry we missed each other {day}. No need to explain. R for another time, or call {phone}.",
    "es": (
        "{practice}: Sentimos no habernos visto {day}. No hace falta explicar. "
        "R para otra hora, o llame al {phone}."
    ),
}
YOU_ARE_WELCOME = {
    "en": "{practice}: Your next time is {next}; you are welcome. C confirm, R move, or call {phone}.",
    "es": "{practice}: Su próxima cita es {next}; le esperamos. C confirma, R cambia, o llame al {phone}.",
}


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One protocol of the house."""

    code: ProtocolCode
    rank: int
    revision: int
    steps: tuple[dict[str, Any], ...]
    is_sensitive: bool = False
    closes_itself: bool = False
    pattern_count: int = 1
    pattern_days: int = 30
    misses_in_days: tuple[int, int] | None = None  # the first pattern; a practice sets its own


AT_RISK = Shipped(
    code=ProtocolCode.AT_RISK,
    rank=70,
    revision=1,
    is_sensitive=True,
    steps=(
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name} and hear how they are"),
            "owner": CLINICIAN,
            "tries": 2,
            "opening": {
                "en": (
                    "Hi, it's {clinician}. Is this {name}? Can you talk freely? "
                    "I've been thinking of you and wanted to hear how you are."
                ),
                "es": (
                    "Hola, le habla {clinician}. ¿Hablo con {name}? ¿Puede hablar con libertad? "
                    "He pensado en usted y quería saber cómo está."
                ),
            },
            "listen": came_with_kept(
                "How they are right now. Ask openly whether they are safe, and who is with them."
            ),
            "later": came_with_kept(
                "Agree what happens next, today, and who else may help. "
                "In danger: {emergency}. To talk at any hour: {crisis}."
            ),
        },
        {
            "kind": StepKind.CONSULTATION,
            "title": came_with_kept("Talk it over with your supervisor today"),
            "owner": CLINICIAN,
            "listen": came_with_kept("What you know, what worries you, and what {name} would want."),
        },
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name} again, as agreed"),
            "owner": CLINICIAN,
            "due_days": 1,
            "tries": 2,
            "opening": {
                "en": "Hi, it's {clinician}. Is this {name}? Can you talk freely? How have you been since we talked?",
                "es": (
                    "Hola, le habla {clinician}. ¿Hablo con {name}? ¿Puede hablar con libertad? "
                    "¿Cómo ha estado desde que hablamos?"
                ),
            },
            "listen": came_with_kept("What has changed, and what helped."),
            "later": came_with_kept("A next meeting soon, in the way that is easiest for them."),
        },
    ),
)

COURT_MANDATED = Shipped(
    code=ProtocolCode.COURT_MANDATED,
    rank=60,
    revision=1,
    is_sensitive=True,
    pattern_days=90,
    steps=(
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name}"),
            "owner": CLINICIAN,
            "tries": 3,
            "opening": OPEN_WITH_CONCERN,
            "listen": came_with_kept(
                "Say first what goes to the court and what does not. "
                "Then what got in the way, in their own words."
            ),
            "later": came_with_kept(
                "Offer help with it. Say when the court expects news, and that you want to get there together."
            ),
        },
        {
            "kind": StepKind.RESOURCE,
            "title": came_with_kept("Arrange help with what got in the way"),
            "owner": CLINICIAN,
            "due_days": 2,
            "listen": came_with_kept(
                "Transport, family, a misunderstanding, nerves, too much at once: what would make it easier?"
            ),
            "later": came_with_kept("Name one thing that the practice does, and by when."),
        },
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Make a plan together"),
            "owner": CLINICIAN,
            "due_days": 3,
            "listen": came_with_kept("What {name} thinks will work, and what they want from coming."),
            "later": came_with_kept("Write the plan down in words that {name} agrees with."),
        },
        {
            "kind": StepKind.REPORT,
            "title": came_with_kept(
                "Prepare what the court expects, with {name}'s account and plan beside the dates"
            ),
            "owner": CLINICIAN,
            "due_days": 5,
            "later": came_with_kept("Attendance only, unless {name} has approved more."),
        },
    ),
)

REPEATED_NO_SHOWS = Shipped(
    code=ProtocolCode.REPEATED_NO_SHOWS,
    rank=50,
    revision=1,
    misses_in_days=(2, 30),
    steps=(
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name}"),
            "owner": CLINICIAN,
            "tries": 2,
            "opening": OPEN_WITH_CONCERN,
            "listen": came_with_kept(
                "Say openly, without judging, that you have missed each other more than once. Then listen: "
                "life, the time of day, money, or how the sessions themselves feel."
            ),
            "later": came_with_kept(
                "What can change: how often, when, by video or telephone, other support beside it."
            ),
        },
        {
            "kind": StepKind.TEXT,
            "title": came_with_kept("Send {name} a short text"),
            "owner": CLINICIAN,
            "due_days": 2,
            "opening": SORRY_WE_MISSED_EACH_OTHER,
        },
        {
            "kind": StepKind.RESOURCE,
            "title": came_with_kept("See what would make coming easier"),
            "owner": CLINICIAN,
            "due_days": 2,
            "listen": came_with_kept("Look at what got in the way each time. Is there help for it?"),
        },
        {
            "kind": StepKind.CONSULTATION,
            "title": came_with_kept("Talk it over with a colleague"),
            "owner": CLINICIAN,
            "due_days": 5,
            "listen": came_with_kept(
                "It is all right to feel stuck. What has been tried, and what do you wish for {name}?"
            ),
        },
        {
            "kind": StepKind.REVIEW,
            "title": came_with_kept("Ask what would serve {name} now"),
            "owner": CLINICIAN,
            "due_days": 10,
            "listen": came_with_kept(
                "Nobody is at fault. We haven't reached {name}: what would serve them now?"
            ),
            "later": came_with_kept(
                "Name the other kinds of help that you considered. Nothing closes by itself."
            ),
        },
    ),
)

ABSENT_PARTNER = Shipped(
    code=ProtocolCode.ABSENT_PARTNER,
    rank=40,
    revision=2,
    is_sensitive=True,
    steps=(
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Decide whether, and how, to reach {name}"),
            "owner": CLINICIAN,
            "listen": came_with_kept(
                "After the session, not during it. Is it safe for both? "
                "Nothing that was said without {name} goes along."
            ),
            "later": came_with_kept("If it is better to wait for the next session, say so here and close."),
        },
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name}"),
            "owner": CLINICIAN,
            "due_days": 1,
            "tries": 2,
            "opening": OPEN_WITH_CONCERN,
            "listen": came_with_kept("How it is for them. Their view stands on its own."),
            "later": came_with_kept(
                "Three purposes. Clarity: when you meet next. Accountability: their part matters, and is theirs "
                "to take. Invitation: they are welcome; press nobody. Nothing that was said without them goes along."
            ),
        },
        {
            "kind": StepKind.TEXT,
            "title": came_with_kept("Send {name} an invitation to the next time"),
            "owner": CLINICIAN,
            "due_days": 1,
            "opening": YOU_ARE_WELCOME,
            "listen": came_with_kept("The text only invites. Clarity and accountability belong into a talk."),
        },
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Bring it into the next session"),
            "owner": CLINICIAN,
            "due_days": 5,
            "listen": came_with_kept("Both are there: what was it like, for each of them?"),
        },
    ),
)

# Of the partner who does not come yet. Its headings invite nobody: they stand in lists before anybody
# was asked alone; what invites is in the script, which is shown once the screen allows it.
RELUCTANT_PARTNER = Shipped(
    code=ProtocolCode.RELUCTANT_PARTNER,
    rank=35,
    revision=2,
    is_sensitive=True,
    steps=(
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Ask each of them, alone, whether it is safe"),
            "owner": CLINICIAN,
            "due_days": 5,
            "listen": came_with_kept("Not yet asked counts as not safe. What each says stays with them."),
        },
        {
            "kind": StepKind.JOINT_OFFER,
            "title": came_with_kept("See what can be offered {name} now"),
            "owner": CLINICIAN,
            "due_days": 5,
            "listen": came_with_kept(
                "First of all sessions together, on the relationship. The one who comes approves the words "
                "of the invitation and hands it over. Kept sends nothing by itself."
            ),
            "later": came_with_kept(
                "One person's change unsettles both: that is why it can help to talk together."
            ),
        },
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Look at the other ways"),
            "owner": CLINICIAN,
            "due_days": 10,
            "listen": came_with_kept("Their own therapy, or a support group. What would feel possible?"),
            "later": came_with_kept("Agree on a day to look at it again."),
        },
    ),
)

SINGLE_MISSED = Shipped(
    code=ProtocolCode.SINGLE_MISSED,
    rank=20,
    revision=1,
    closes_itself=True,
    steps=(
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name}"),
            "tries": 2,
            "opening": OPEN_WITH_CONCERN,
            "listen": came_with_kept("Let them tell it their way. They need not explain."),
            "later": came_with_kept(
                "Find a new time before you hang up. By video or telephone, or in the evening, if that is easier."
            ),
        },
        {
            "kind": StepKind.TEXT,
            "title": came_with_kept("Send {name} a short text"),
            "due_days": 1,
            "opening": SORRY_WE_MISSED_EACH_OTHER,
        },
        {
            "kind": StepKind.CONVERSATION,
            "title": came_with_kept("Decide what would help {name} next"),
            "owner": CLINICIAN,
            "due_days": 3,
            "listen": came_with_kept(
                "You know them best. Wait for the next session, write, or call once more?"
            ),
        },
    ),
)

LATE_CANCELLATION = Shipped(
    code=ProtocolCode.LATE_CANCELLATION,
    rank=10,
    revision=1,
    closes_itself=True,
    steps=(
        {
            "kind": StepKind.CALL,
            "title": came_with_kept("Call {name} and offer another time"),
            "due_days": 1,
            "opening": {
                "en": (
                    "Hi, it's {clinician}. Is this {name}? Can you talk freely? "
                    "Thank you for telling us about {day}. How are you?"
                ),
                "es": (
                    "Hola, le habla {clinician}. ¿Hablo con {name}? ¿Puede hablar con libertad? "
                    "Gracias por avisarnos de la cita. ¿Cómo está?"
                ),
            },
            "listen": came_with_kept("They let us know: that is worth a thank-you. They need not explain."),
            "later": came_with_kept("Offer another time, or another way to meet, if they would like one."),
        },
        {
            "kind": StepKind.TEXT,
            "title": came_with_kept("Send {name} a short text"),
            "due_days": 2,
            "opening": {
                "en": "{practice}: Thank you for telling us. R finds another time, or call {phone}.",
                "es": "{practice}: Gracias por avisarnos. R para otra hora, o llame al {phone}.",
            },
        },
    ),
)

SHIPPED = (
    AT_RISK,
    COURT_MANDATED,
    REPEATED_NO_SHOWS,
    ABSENT_PARTNER,
    RELUCTANT_PARTNER,
    SINGLE_MISSED,
    LATE_CANCELLATION,
)
