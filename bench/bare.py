"""Twilio's own client as one finds it, only tuned: the floor beneath sending."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

TIMEOUT_SECONDS = 10.0
CONNECTIONS = 64


class BareHttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Through requests, in the floor's favour: connections kept alive for each thread, no proxy looked up."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS, max_retries=None)
        base = urlsplit(base_url)
        self._scheme, self._host = base.scheme, base.netloc
        if self.session is not None:
            self.session.trust_env = False
            self.session.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS, max_retries=0))

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        url = urlsplit(url)._replace(scheme=self._scheme, netloc=self._host).geturl()
        return super().request(method, url, *args, **kwargs)


def client_over(http_client: object) -> Client:
    """Twilio's client for the sandbox's account."""
    return Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http_client)
