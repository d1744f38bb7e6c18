"""What stands in the way in the demonstration, what is offered for it, and what was agreed on."""

from datetime import datetime, timedelta

from accounts.models import User
from clients.agreeing import Agreement, agree_on_strategy
from clients.catalogue import BarrierDetails, ResourceDetails, write_barrier, write_resource
from clients.helping import Offer, ReferralNews, note_on_referral, offer_help
from clients.models import AgreedStrategy, Barrier, BarrierGroup, Client, Resource, Strategy
from importing.demo.practice import Setting

RESOURCES = (
    (
        "Harbor Rides (invented)",
        "Free rides to appointments in town; book a day ahead.",
        "+19145550171",
        ("transportation", "illness"),
    ),
    (
        "Family desk at the library (invented)",
        "Childcare for an hour or two, and somebody to talk to about school.",
        "+19145550172",
        ("family_issue", "scheduling_conflict", "childcare"),
    ),
    (
        "Open Book benefits advice (invented)",
        "Looks through letters and forms together; what help there is with costs.",
        "+19145550173",
        ("financial_constraints", "overwhelmed_by_system"),
    ),
    (
        "Tuesday circle (invented)",
        "A small group of people who found the first sessions hard, too.",
        "+19145550174",
        ("stigma", "fear_of_vulnerability", "anxiety"),
    ),
)
# Whose, what, for which barrier, since how many days, when to ask again, and how it stands by now.
OFFERS = (
    ("Daniel Cho", "Harbor Rides (invented)", "transportation", 16, 0, ("accepted", "in_contact")),
    ("Imani Wright", "Open Book benefits advice (invented)", "overwhelmed_by_system", 9, 5, ()),
    ("Marcus Hale", "Harbor Rides (invented)", "transportation", 30, 0, ("accepted", "helped")),
    ("Tess Laurent", "Tuesday circle (invented)", "anxiety", 12, 3, ("accepted",)),
    ("Vera Stone", "Family desk at the library (invented)", "family_issue", 20, 0, ("declined",)),
)
# With whom, which, since how many weeks, and what exactly.
AGREED = (
    ("Daniel Cho", "flexibility", 5, "By video when the bus does not come", "after"),
    ("Maya Field", "contingency", 4, "If one is late, we begin with whoever is here", "preventive"),
    ("Marcus Hale", "reminders", 6, "A call on the evening before", "after"),
    ("Vera Stone", "preventive", 3, "Shorter sessions at first", "preventive"),
)


def offer_and_agree(setting: Setting, *, now: datetime) -> None:
    """Fill the directory, and let some clients have been offered and have agreed on something."""
    write_barrier(barrier=None, details=BarrierDetails(label="Childcare", group=BarrierGroup.LOGISTICAL))
    for name, details, phone, codes in RESOURCES:
        helps_with = tuple(Barrier.objects.filter(code__in=codes))
        listed = ResourceDetails(name=name, details=details, phone=phone, barriers=helps_with)
        write_resource(resource=None, details=listed)
    for name, resource, code, days_ago, revisit_days, later in OFFERS:
        client = _client(name)
        offer = Offer(
            resource=Resource.objects.get(name=resource),
            barrier=Barrier.objects.get(code=code),
            is_practical=code == "transportation",
            owner=_clinician(client),
        )
        _offer(setting, client, offer, now - timedelta(days=days_ago), later, revisit_days)
    for name, code, weeks, what, timing in AGREED:
        _agree(setting, _client(name), code, weeks, what, timing, now)


def _offer(
    setting: Setting,
    client: Client,
    offer: Offer,
    offered_at: datetime,
    later: tuple[str, ...],
    revisit_days: int,
) -> None:
    zone, owner = setting.practice.zone, _clinician(client)
    referral = offer_help(
        case=client.cases.get(),
        client=client,
        offer=offer,
        actor=owner,
        now=offered_at,
        today=offered_at.astimezone(zone).date(),
    )
    for n, state in enumerate(later, 1):
        at = offered_at + timedelta(days=n)
        note_on_referral(
            referral=referral,
            news=ReferralNews(
                state=state, owner=owner, revisit_on=setting.today + timedelta(days=revisit_days)
            ),
            actor=owner,
            now=at,
            today=at.astimezone(zone).date(),
        )


def _agree(
    setting: Setting, client: Client, code: str, weeks: int, what: str, timing: str, now: datetime
) -> None:
    agree_on_strategy(
        case=client.cases.get(),
        client=client,
        agreement=Agreement(
            strategy=Strategy.objects.get(code=code),
            what=what,
            timing=timing,
            agreed_by=AgreedStrategy.AgreedBy.CLIENT,
            agreed_on=setting.today - timedelta(weeks=weeks),
        ),
        actor=_clinician(client),
        now=now,
        today=setting.today,
    )


def _client(name: str) -> Client:
    given, family = name.rsplit(" ", 1)
    return Client.objects.get(given_name=given, family_name=family)


def _clinician(client: Client) -> User:
    return client.cases.get().clinicians.get()
