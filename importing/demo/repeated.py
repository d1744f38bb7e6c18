"""The demonstration's story of somebody who has missed several times, and of a worry about somebody else."""

from datetime import datetime, timedelta

from accounts.models import User
from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.models import Barrier, Case, Client
from followups.models import AttemptChannel, AttemptResult, FollowUp, ProtocolCode, ReviewOutcome
from followups.repeated import (
    CostDetails,
    TalkDetails,
    ask_supervisor,
    note_cost,
    note_pattern_talk,
)
from followups.reviews import Judgement, open_review, sign_review
from followups.services import AttemptDetails, close_follow_up, log_attempt, open_follow_up
from followups.wellbeing import raise_wellbeing_concern
from importing.demo.practice import Setting
from sessions_app.models import Participant

MISSES = 3
KNOWN = ("transportation", "anxiety")
# Days ago, and how each call to Victor ended.
CALLS = ((9, AttemptResult.NO_ANSWER), (6, AttemptResult.LEFT_WORD), (2, AttemptResult.NO_ANSWER))
LETTER = (
    "Dear Victor,\n\n"
    "I called a few times and would have liked to hear how you are. Nothing ends by itself.\n\n"
    "If another place suits you better, the one below knows that you may call. "
    "If you would rather go on with me, one word is enough."
)


def tell_of_repeated_misses(setting: Setting, *, now: datetime) -> None:
    """Daniel has stayed away for weeks, Victor does not answer, and the desk worries about Imani: Dr. Okafor's."""
    amara = setting.clinicians["amara"]
    daniel = Client.objects.get(given_name="Daniel", family_name="Cho")
    case = _own_case(daniel)
    _miss_the_last(daniel, amara, KNOWN, now=now)
    _talk(daniel, case, amara, now=now)
    _begin_a_review(Client.objects.get(given_name="Victor", family_name="Amsel"), amara, now=now)
    imani = Client.objects.get(given_name="Imani", family_name="Wright")
    raise_wellbeing_concern(
        client=imani,
        case=_own_case(imani),
        words="She sounded very low on the telephone this morning, and hung up.",
        actor=User.objects.get(name="Fran Castillo"),
        now=now - timedelta(minutes=40),
    )


def _own_case(client: Client) -> Case:
    """Some come as one of two besides."""
    return client.cases.get(kind=Case.Kind.INDIVIDUAL)


def _miss_the_last(client: Client, actor: User, named: tuple[str, ...], *, now: datetime) -> None:
    past = Participant.objects.filter(client=client, session__ends_at__lt=now - timedelta(days=1))
    past = past.filter(session__case=_own_case(client))
    latest = past.filter(cancelled_at=None, session__cancelled_at=None).order_by("-starts_at")
    barriers = tuple(Barrier.objects.filter(code__in=named))
    for participant in latest.select_related("session", "client")[:MISSES]:
        seen = Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD, barriers=barriers)
        record_outcome(
            participant=participant,
            seen=seen,
            actor=actor,
            now=participant.starts_at + timedelta(hours=2),
        )


def _talk(client: Client, case: Case, clinician: User, *, now: datetime) -> None:
    follow_up = open_follow_up(
        client=client,
        case=case,
        protocol_code=ProtocolCode.REPEATED_NO_SHOWS,
        actor=clinician,
        now=now - timedelta(days=1),
    )
    said = TalkDetails(
        scheduling="The bus takes two hours in the evening.",
        discomfort="After the last time I could not sleep for days.",
    )
    note_pattern_talk(follow_up=follow_up, details=said, actor=clinician, now=now - timedelta(days=1))
    cost = CostDetails(unresolved="Sleep, and the quarrel with his brother", concern="some")
    note_cost(follow_up=follow_up, details=cost, actor=clinician, now=now - timedelta(days=1))
    ask_supervisor(
        follow_up=follow_up,
        question="He comes back only to miss again. How do I ask whether it is me?",
        actor=clinician,
        now=now - timedelta(hours=3),
    )


def _begin_a_review(client: Client, clinician: User, *, now: datetime) -> None:
    """Nobody has reached him: his clinician asks what would serve him, and has set a name under it."""
    case = _own_case(client)
    _miss_the_last(client, clinician, (), now=now)
    for standing in FollowUp.objects.open().filter(client=client, case=case):
        close_follow_up(follow_up=standing, because="Looked at as a whole.", actor=clinician, now=now)
    follow_up = open_follow_up(
        client=client,
        case=case,
        protocol_code=ProtocolCode.REPEATED_NO_SHOWS,
        actor=clinician,
        now=now - timedelta(days=10),
    )
    for days, result in CALLS:
        attempt = AttemptDetails(channel=AttemptChannel.CALL, result=result)
        log_attempt(follow_up=follow_up, attempt=attempt, actor=clinician, now=now - timedelta(days=days))
    at = now - timedelta(hours=18)
    review = open_review(follow_up=follow_up, actor=clinician, now=at)
    judgement = Judgement(
        serves="Somebody nearer to where he works now, in the evening.",
        considered="Sessions by video, another hour, a pause until the new year.",
        outcome=ReviewOutcome.REFER,
        referrals="Tuesday circle (invented), in the evening: (914) 555-0174",
        letter=LETTER,
    )
    sign_review(review=review, judgement=judgement, actor=clinician, now=at)
