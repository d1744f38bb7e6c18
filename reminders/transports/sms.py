"""Texts through Twilio's own client."""

import logging
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import certifi
from django.conf import settings
from django.urls import reverse
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3 import PoolManager, make_headers
from urllib3.exceptions import ConnectTimeoutError, HTTPError

from reminders.codes import twilio_meaning
from reminders.transports.parcel import ACCEPTED, NOT_REACHED, UNKNOWN, Parcel, Result, Sent

TIMEOUT_SECONDS = 10.0
CONNECTIONS = 64
# Enough to hold everything that one number got within the time that is asked about.
LIST_LIMIT = 200
_ANY = UUID(int=0)


class KeptHttpClient(HttpClient):  # type: ignore[misc]
    """Carries what Twilio's client asks for, on kept-alive connections, with one timeout and no retry.

    Twilio's own carrier goes through requests, which costs twice as much CPU for each text as the
    urllib3 beneath it. Forms only, no proxy from the environment, and nothing is logged. The client's
    `edge` and `region` cannot name this machine, so the sandbox's address is put in the place of
    Twilio's here. Raises urllib3's HTTPError where no answer came.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False, timeout=TIMEOUT_SECONDS)
        self._base = base_url.rstrip("/")
        self._pools = PoolManager(
            maxsize=CONNECTIONS, timeout=TIMEOUT_SECONDS, retries=False, ca_certs=certifi.where()
        )

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_its_own: object,
    ) -> Response:
        answer = self._pools.urlopen(
            method,
            self._address(url, params),
            body=urlencode(data, doseq=True) if data else None,
            headers={**(headers or {}), **_signed_in(auth)},
            redirect=False,
        )
        return Response(answer.status, answer.data.decode(), answer.headers)

    def _address(self, url: str, params: Mapping[str, object] | None) -> str:
        parts = urlsplit(url)
        query = "&".join(filter(None, [parts.query, urlencode(params or {}, doseq=True)]))
        base = self._base or f"{parts.scheme}://{parts.netloc}"
        return f"{base}{parts.path}?{query}" if query else base + parts.path


@lru_cache(maxsize=4)
def _signed_in(auth: tuple[str, str] | None) -> dict[str, str]:
    return make_headers(basic_auth=":".join(auth)) if auth else {}


def prepare() -> None:
    """Make what all calls share, in one thread: fifty at once would each read every address of Kept."""
    _callback_pattern()
    _ = _client(*_account()).messages


def send(parcel: Parcel) -> Result:
    """Hand one text over. There is no idempotency key: an unknown outcome stays unknown."""
    return tried(
        lambda: client().messages.create(
            to=parcel.address,
            messaging_service_sid=settings.TWILIO_MESSAGING_SERVICE_SID,
            body=parcel.body,
            status_callback=_callback_of(parcel),
            validity_period=parcel.validity_seconds,
        )
    )


def tried(create: Callable[[], Any]) -> Result:
    """How a create ended: a text's or a call's."""
    try:
        taken = create()
    except TwilioException as error:
        return _refusal(error)
    except ConnectTimeoutError:
        # Nobody answered the door, or there was none: this one is raised for a refused connection too.
        return Result(NOT_REACHED)
    except (HTTPError, ValueError):
        return Result(UNKNOWN)
    return Result(ACCEPTED, provider_id=taken.sid, status=str(taken.status or ""))


def sent_to(address: str) -> list[Sent] | None:
    """What the provider says it took for this address, newest first; None if it does not say."""
    taken = listed(lambda: client().messages.list(to=address, limit=LIST_LIMIT, page_size=LIST_LIMIT))
    if taken is None:
        return None
    return [
        Sent(str(m.sid), m.body or "", m.date_created, str(m.status or ""), str(m.error_code or ""))
        for m in taken
        if m.date_created and "inbound" not in str(m.direction)
    ]


def fetched(provider_id: str) -> Sent | None:
    """What became of one text; None if the provider does not say."""
    text = listed(lambda: client().messages(provider_id).fetch())
    if text is None or not text.date_created:
        return None
    code = str(text.error_code or "")
    return Sent(provider_id, text.body or "", text.date_created, str(text.status or ""), code)


def listed(ask: Callable[[], Any]) -> Any | None:
    """What was asked for; None where the provider does not say."""
    try:
        return ask()
    except (TwilioException, HTTPError, ValueError):
        return None


def client() -> Client:
    """The one client of this process."""
    return _client(*_account())


def _account() -> tuple[str, str, str]:
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_API_BASE_URL


@lru_cache(maxsize=4)
def _client(account_sid: str, token: str, base_url: str) -> Client:
    return Client(account_sid, token, http_client=KeptHttpClient(base_url))


# Two processes writing on one kept-alive connection would take each other's answers for their own.
os.register_at_fork(after_in_child=_client.cache_clear)


def _callback_of(parcel: Parcel) -> str:
    path = _callback_pattern().replace(str(_ANY), str(parcel.attempt_id))
    return settings.KEPT_PUBLIC_BASE_URL + path


@lru_cache(maxsize=1)
def _callback_pattern() -> str:
    # Looked up once: asking Django for each text costs a tenth of the whole call.
    return reverse("twilio-status", args=[_ANY])


def _refusal(error: TwilioException) -> Result:
    # Two classes that share no base with these fields; an answer without a status is unknown.
    status = int(getattr(error, "status", 0) or 0)
    code = getattr(error, "code", None)
    if not status:
        return Result(UNKNOWN)
    return Result(twilio_meaning(code, status), code=str(code or status))
