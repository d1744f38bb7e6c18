"""A real sandbox as a child process, the real Twilio client, and a listener in Kept's place."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest
from requests import Session
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from sandbox.launch import Sandbox, launched

CLIENT_TIMEOUT_SECONDS = 2.5


@dataclass(frozen=True)
class Heard:
    """One webhook as it arrived."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass
class Listener:
    """Stands where Kept would: a real HTTP server that keeps what it is told."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answer: Callable[[Heard], tuple[int, str]] = lambda _: (200, "<Response/>")
    refusals: int = 0

    def statuses(self, sid: str) -> list[str]:
        return [
            webhook.fields["MessageStatus"]
            for webhook in self.heard
            if webhook.fields.get("MessageSid") == sid
        ]

    def wait_for(self, count: int, within_seconds: float = 30) -> list[Heard]:
        give_up_at = time.monotonic() + within_seconds
        while len(self.heard) < count and time.monotonic() < give_up_at:
            time.sleep(0.01)
        assert len(self.heard) >= count, f"only {len(self.heard)} webhooks came"
        return self.heard


def _handler(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if listener.refusals:
                listener.refusals -= 1
                self.connection.close()
                self.close_connection = True
                return
            fields = dict(parse_qsl(body, keep_blank_values=True))
            heard = Heard(self.path, fields, dict(self.headers.items()))
            listener.heard.append(heard)
            status, words = listener.answer(heard)
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words.encode())

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def _kept() -> Iterator[Listener]:
    listener = Listener()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(listener))
    listener.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield listener
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def _sandbox(_kept: Listener) -> Iterator[Sandbox]:
    with launched("--webhook-base", _kept.url) as running:
        yield running


@pytest.fixture
def kept(_kept: Listener, sandbox: Sandbox) -> Listener:
    return _kept


@pytest.fixture
def sandbox(_kept: Listener, _sandbox: Sandbox) -> Sandbox:
    _sandbox.reset()
    _kept.heard.clear()
    _kept.refusals = 0
    _kept.answer = lambda _: (200, "<Response/>")
    _sandbox.misbehave(carrier_seconds=0.01)
    return _sandbox


class LoopbackHttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's own HTTP client, with scheme and host swapped for the sandbox's."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=CLIENT_TIMEOUT_SECONDS)
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        swapped = url.replace("https://api.twilio.com", self.base_url)
        response: Response = super().request(method, swapped, *args, **kwargs)
        return response

    def close(self) -> None:
        assert isinstance(self.session, Session)
        self.session.close()


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Client]:
    http_client = LoopbackHttpClient(sandbox.url)
    yield Client(sandbox.account_sid, sandbox.auth_token, http_client=http_client)
    http_client.close()


@pytest.fixture
def send(twilio: Client, sandbox: Sandbox) -> Callable[..., Any]:
    """Send one text as Kept does."""

    def send_text(to: str = "+12125550123", body: str = "Harbor: Tue 24 Nov 15:00.", **more: Any) -> Any:
        return twilio.messages.create(to=to, messaging_service_sid=sandbox.service_sid, body=body, **more)

    return send_text
