"""What the demonstration's people agreed on: for the day when they cannot come, and for the time between."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from accounts.models import User
from clients.check_ins import CheckInTerms, Stress, agree_on_check_ins, mark_stress
from clients.contingency import Agreed, agree_on_plan
from clients.models import Case, CheckInWay, ContactPoint
from clients.models.contingency import FallbackTime

SUPPORTS = ("A neighbour can drive.", "The bus pass is in the welcome folder.", "")
WAYS = (CheckInWay.SMS, CheckInWay.CALL, CheckInWay.EMAIL)
# Of each list of individuals so many are asked in between.
ASKED = 3


def agree(
    cases: Mapping[str, Sequence[Case]], clinicians: Mapping[str, User], *, today: date, now: datetime
) -> None:
    """A plan with everybody who comes alone, and with the couples; check-ins with a few."""
    for mail, theirs in cases.items():
        alone = [case for case in theirs if case.kind == Case.Kind.INDIVIDUAL]
        for n, case in enumerate([*alone, *_couples(theirs)]):
            _plan(case, n, clinicians[mail], today, now)
        for n, case in enumerate(alone[:ASKED]):
            _ask(case, n, clinicians[mail], today, now)


def _couples(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.kind == Case.Kind.COUPLE]


def _plan(case: Case, n: int, clinician: User, today: date, now: datetime) -> None:
    members = tuple(case.clients.order_by("pk"))
    agreed = Agreed(
        agreed_on=today - timedelta(days=20 + n % 9),
        by_video=n % 3 != 1,
        by_phone=n % 3 != 0,
        times=(FallbackTime((today.weekday() + 2 + n) % 7, time(16, 30)),),
        support=SUPPORTS[n % len(SUPPORTS)],
        agreed_by=members,
    )
    for client in members:
        agree_on_plan(case=case, client=client, agreed=agreed, actor=clinician, today=today, now=now)


def _ask(case: Case, n: int, clinician: User, today: date, now: datetime) -> None:
    member = case.members.select_related("client", "case").get()
    written = ContactPoint.objects.filter(client=member.client, consents__purpose="check_ins").exists()
    way = WAYS[n % len(WAYS)] if written and not member.client.is_minor(today) else CheckInWay.CALL
    terms = CheckInTerms(
        way=way,
        every_days=7,
        starts_on=today - timedelta(days=21),
        agreed_on=today - timedelta(days=22),
        at=time(10, 30),
    )
    plan = agree_on_check_ins(member=member, terms=terms, actor=clinician, today=today, now=now)
    if n == 0:
        stress = Stress(
            from_on=today - timedelta(days=2),
            until_on=today + timedelta(days=9),
            every_days=2,
            words="Moving house, with two small children.",
        )
        mark_stress(plan=plan, stress=stress, actor=clinician)
