"""Sending reminders through the real client to the sandbox, every rule on.

The floor is the bare client in a loop, as many at once, measured before and after. The sandbox's CPU
counts for neither. `floor_own_transport` is the same loop over the program's own, lighter transport.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from statistics import mean
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from twilio.http import HttpClient

from accounts.services import get_practice
from bench.bare import BareHttpClient, client_over
from bench.filling import ZONE
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from clients.models import Case, Client, Consent, ContactPoint
from reminders.dispatch import IN_FLIGHT, dispatch
from reminders.models import Message, ProviderState
from reminders.reconcile import reconcile
from reminders.transports.sms import KeptHttpClient
from sandbox.launch import Sandbox, launched
from sessions_app.models import Participant, TherapySession
from sessions_app.wall_time import instants

MESSAGES = 2_000
# Each half of a floor, before and after.
LOOPS = 1_000
# A provider is not on the same machine: so long does each answer take, for the floor as well. One that
# answers at once shows what the program itself can do.
LATENCIES_MS = (20, 0)
AFTERNOON = time(15)
# A token bucket that never runs dry costs what every other does.
RATE = {"rate_per_second": 100_000.0, "burst": 100_000, "tokens": 100_000.0, "filled_at": None}


def run(at: World) -> None:
    """Print messages a second, and the CPU of each: sender and PostgreSQL beside the bare client."""
    ProviderState.objects.update_or_create(channel="sms", defaults=RATE)
    with launched("--fast", "--auth-token", settings.TWILIO_AUTH_TOKEN) as sandbox:
        settings.TWILIO_API_BASE_URL = sandbox.url
        # First, so that neither pays for loading the client.
        _loop(BareHttpClient(sandbox.url), 100)
        for latency_ms in LATENCIES_MS:
            sandbox.misbehave(latency_ms=latency_ms)
            _measure(at, sandbox, latency_ms)


def _measure(at: World, sandbox: Sandbox, latency_ms: int) -> None:
    now = _moment()
    _crowd(now)
    planned = reconcile(now=now).reminders
    bare, own_transport = BareHttpClient(sandbox.url), KeptHttpClient(sandbox.url)
    floors, lighter = [_loop(bare)], [_loop(own_transport)]
    before = sandbox.stats()["accepted"]
    with measured(sender=own, postgres=at.postgres) as spent:
        sent = 0
        while Message.objects.filter(state="planned", not_before__lte=now).exists():
            sent += dispatch(now=now)
    accepted = sandbox.stats()["accepted"] - before
    floors, lighter = [*floors, _loop(bare)], [*lighter, _loop(own_transport)]
    figure(
        "dispatch",
        sent / spent.wall,
        "messages a second",
        sessions=at.sessions,
        planned=planned,
        sent=sent,
        accepted=accepted,
        provider_latency_ms=latency_ms,
    )
    figure(
        "dispatch_cpu",
        spent.milliseconds(sent),
        "ms CPU a message",
        floor=mean(floors),
        floor_own_transport=round(mean(lighter), 3),
        sender=round(spent.milliseconds(sent, "sender"), 3),
        postgres=round(spent.milliseconds(sent, "postgres"), 3),
        provider_latency_ms=latency_ms,
    )


def _moment() -> datetime:
    """Three o'clock at the practice, on a day that no earlier run has used."""
    last = (
        TherapySession.objects.filter(at=AFTERNOON, external_id__startswith="dispatch").order_by("on").last()
    )
    on = last.on - timedelta(days=2) if last else timezone.now().date()
    return datetime.combine(on, AFTERNOON, tzinfo=ZoneInfo(ZONE))


def _crowd(now: datetime) -> None:
    """People of their own, each expected three days from now, whose reminder is due now."""
    mark = f"{now:%y%m%d}"
    people = Client.objects.bulk_create(
        Client(given_name=f"Crowd {n}", external_id=f"crowd-{mark}-{n}", timezone=ZONE)
        for n in range(MESSAGES)
    )
    phones = ContactPoint.objects.bulk_create(
        ContactPoint(client=person, kind="phone", address=f"+1{mark}{n:05d}")
        for n, person in enumerate(people)
    )
    Consent.objects.bulk_create(
        Consent(contact_point=phone, purpose="appointments", how="signed", given_at=now) for phone in phones
    )
    case = Case.objects.order_by("pk")[0]
    sessions = TherapySession.objects.bulk_create(
        _session(case, now, f"dispatch-{mark}-{n}") for n in range(MESSAGES)
    )
    Participant.objects.bulk_create(
        Participant(session=session, client=person, starts_at=session.starts_at)
        for session, person in zip(sessions, people, strict=True)
    )


def _session(case: Case, now: datetime, external_id: str) -> TherapySession:
    on = (now + timedelta(days=3)).date()
    starts_at, ends_at = instants(on=on, at=AFTERNOON, timezone=ZONE, minutes=50)
    return TherapySession(
        case=case,
        external_id=external_id,
        on=on,
        at=AFTERNOON,
        timezone=ZONE,
        minutes=50,
        starts_at=starts_at,
        ends_at=ends_at,
        late_cancellation_hours=24,
        booked_at=now - timedelta(days=10),
    )


def _loop(http_client: HttpClient, count: int = LOOPS) -> float:
    """Milliseconds of CPU of a client in a loop for each message, as many in flight."""
    client = client_over(http_client)
    body = f"{get_practice().display_name}: Fri Nov 20 at 3:00 PM. C to confirm, R for another time."

    def create(number: int) -> None:
        client.messages.create(
            to=f"+1646{number:07d}",
            messaging_service_sid=settings.TWILIO_MESSAGING_SERVICE_SID,
            body=body,
            status_callback="http://127.0.0.1:1/",
            validity_period=36_000,
        )

    with measured(sender=own) as spent, ThreadPoolExecutor(IN_FLIGHT) as pool:
        list(pool.map(create, range(count)))
    return spent.milliseconds(count)
