"""Figures for a monitoring system (Prometheus), read from the database when they are asked for.

Nothing is counted in a process: whichever worker answers, and however many there are, the figures are the
same. Labels are names of ours (a state, a sweep, a channel, a reason); no person, number or word is in them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from reminders.health import Health, read_health

Labelled = dict[str, float]


class Outbox(Collector):
    """The health of sending at one moment, as gauges."""

    def __init__(self, health: Health, now: datetime) -> None:
        self._health = health
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        health = self._health
        yield _figure("kept_ready", "1 while messages get out, as /readyz says.", health.is_ready)
        yield _figure("kept_sending_paused", "1 while nothing may be sent.", health.is_paused)
        yield _figure(
            "kept_oldest_due_seconds",
            "How long the oldest message that may go waits.",
            health.oldest_due_seconds,
        )
        yield _figures(
            "kept_last_pass_timestamp_seconds",
            "When each sweep last ended; absent before its first.",
            "sweep",
            {sweep.kind.value: sweep.ended_at.timestamp() for sweep in health.sweeps if sweep.ended_at},
        )
        yield _figures("kept_messages", "Messages that are not at an end.", "state", health.queue)
        yield _figures(
            "kept_messages_waiting", "Messages that are due and wait, by why.", "reason", self._because()
        )
        yield from self._channels()

    def _because(self) -> Labelled:
        return {reason or "its_turn": count for reason, count in self._health.waiting_because.items()}

    def _channels(self) -> Iterator[GaugeMetricFamily]:
        standing = {state.channel: state.standing(self._now) for state in self._health.channels}
        paused = {channel: float(stands == "paused") for channel, stands in standing.items()}
        resting = {channel: float(stands in ("open", "trying")) for channel, stands in standing.items()}
        failures = {state.channel: float(state.failures_running) for state in self._health.channels}
        yield _figures("kept_channel_paused", "1 until a person resumes this way out.", "channel", paused)
        yield _figures("kept_breaker_open", "1 while the breaker rests this way out.", "channel", resting)
        yield _figures("kept_failures_in_a_row", "Calls to the provider that failed.", "channel", failures)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """403 without the token; without a token set, open to this machine and its private network where allowed."""
    if not may_scrape(request):
        return HttpResponse("Metrics need the bearer token of METRICS_TOKEN.\n", "text/plain", status=403)
    now = timezone.now()
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Outbox(read_health(now), now))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


def may_scrape(request: HttpRequest) -> bool:
    """Whether these figures may be given to whoever asks."""
    token: str = settings.KEPT_METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {token}".encode())
    # Behind a proxy every caller has a private address: production asks for the token.
    return settings.KEPT_METRICS_TO_NEIGHBOURS and _is_near(request.META.get("REMOTE_ADDR", ""))


def _is_near(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


def _figure(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _figures(name: str, meaning: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family
