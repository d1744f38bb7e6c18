"""Texts through Twilio's own client."""

import os
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.urls import reverse
from requests.adapters import HTTPAdapter
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from reminders.codes import twilio_meaning
from reminders.transports.parcel import ACCEPTED, NOT_REACHED, UNKNOWN, Parcel, Result, Sent

TIMEOUT_SECONDS = 10.0
CONNECTIONS = 64
# Enough to hold everything that one number got within the time that is asked about.
LIST_LIMIT = 200


class KeptHttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's client with kept-alive connections, one timeout, no retry of its own.

    It takes no proxy from the environment: reading that costs as much as the request. The
    client's `edge` and `region` cannot name this machine, so the sandbox's address is put in
    the place of Twilio's here.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS, max_retries=None)
        base = urlsplit(base_url)
        self._scheme, self._host = base.scheme, base.netloc
        if self.session is not None:
            self.session.trust_env = False
            adapter = HTTPAdapter(pool_connections=4, pool_maxsize=CONNECTIONS, max_retries=0)
            self.session.mount("https://", adapter)
            self.session.mount("http://", adapter)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if self._host:
            url = urlsplit(url)._replace(scheme=self._scheme, netloc=self._host).geturl()
        return super().request(method, url, *args, **kwargs)


def send(parcel: Parcel) -> Result:
    """Hand one text over. There is no idempotency key: an unknown outcome stays unknown."""
    try:
        taken = _client(*_account()).messages.create(
            to=parcel.address,
            messaging_service_sid=settings.TWILIO_MESSAGING_SERVICE_SID,
            body=parcel.body,
            status_callback=_callback_of(parcel),
            validity_period=parcel.validity_seconds,
        )
    except TwilioException as error:
        return _refusal(error)
    except requests.RequestException as error:
        return Result(NOT_REACHED if _never_connected(error) else UNKNOWN)
    except ValueError:
        return Result(UNKNOWN)
    return Result(ACCEPTED, provider_id=taken.sid, status=str(taken.status or ""))


def sent_to(address: str) -> list[Sent] | None:
    """What the provider says it took for this address, newest first; None if it does not say."""
    try:
        taken = _client(*_account()).messages.list(to=address, limit=LIST_LIMIT, page_size=LIST_LIMIT)
    except (TwilioException, requests.RequestException, ValueError):
        return None
    return [
        Sent(str(m.sid), m.body or "", m.date_created, str(m.status or ""), str(m.error_code or ""))
        for m in taken
        if m.date_created and "inbound" not in str(m.direction)
    ]


def _account() -> tuple[str, str, str]:
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_API_BASE_URL


@lru_cache(maxsize=4)
def _client(account_sid: str, token: str, base_url: str) -> Client:
    return Client(account_sid, token, http_client=KeptHttpClient(base_url))


# Two processes writing on one kept-alive connection would take each other's answers for their own.
os.register_at_fork(after_in_child=_client.cache_clear)


def _callback_of(parcel: Parcel) -> str:
    return settings.KEPT_PUBLIC_BASE_URL + reverse("twilio-status", args=[parcel.attempt_id])


def _refusal(error: TwilioException) -> Result:
    # Two classes that share no base with these fields; an answer without a status is unknown.
    status = int(getattr(error, "status", 0) or 0)
    code = getattr(error, "code", None)
    if not status:
        return Result(UNKNOWN)
    return Result(twilio_meaning(code, status), code=str(code or status))


def _never_connected(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)
