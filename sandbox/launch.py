"""Starts a sandbox as a child process and speaks to its control API: for tests and benches."""

import contextlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.settings import (
    DEFAULT_ACCOUNT_SID,
    DEFAULT_AUTH_TOKEN,
    DEFAULT_NUMBER,
    DEFAULT_SERVICE_SID,
    HOST,
)

READY = "sandbox ready on http://"
ANSWER_WITHIN_SECONDS = 60
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, seen from outside."""

    process: subprocess.Popen[Any]
    port: int
    account_sid: str = DEFAULT_ACCOUNT_SID
    auth_token: str = DEFAULT_AUTH_TOKEN
    service_sid: str = DEFAULT_SERVICE_SID
    number: str = DEFAULT_NUMBER

    @property
    def url(self) -> str:
        """Where its API and its page are."""
        return f"http://{HOST}:{self.port}"

    @property
    def smtp_port(self) -> int:
        """Where it takes mail."""
        return int(self.stats()["smtp_port"])

    def ask(self, path: str, wishes: Mapping[str, object] | None = None) -> dict[str, Any]:
        """GET a control address, or POST wishes to it; raises ValueError with its complaint."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_WITHIN_SECONDS)
        with contextlib.closing(connection):
            if wishes is None:
                connection.request("GET", f"/control/{path}")
            else:
                connection.request("POST", f"/control/{path}", json.dumps(wishes))
            answer = connection.getresponse()
            words: dict[str, Any] = json.loads(answer.read())
        if answer.status >= http.client.BAD_REQUEST:
            raise ValueError(words.get("error", str(answer.status)))
        return words

    def misbehave(self, **wishes: object) -> dict[str, Any]:
        """Set faults, such as rate_429=0.1 or next=[{"kind": "drop_after"}]."""
        return self.ask("faults", wishes)

    def reset(self) -> None:
        """Forget everything and behave well."""
        self.ask("reset", {})

    def messages(self, **narrowed: str) -> list[dict[str, Any]]:
        """Texts in the order they were taken, narrowed by to, since or direction."""
        return list(self.ask(f"messages?{urlencode(narrowed)}")["messages"])

    def calls(self) -> list[dict[str, Any]]:
        """Every call so far."""
        return list(self.ask("calls")["calls"])

    def mails(self, **narrowed: str) -> list[dict[str, Any]]:
        """Every e-mail so far, narrowed by to."""
        return list(self.ask(f"mails?{urlencode(narrowed)}")["mails"])

    def stats(self) -> dict[str, Any]:
        """Counters, and the processor seconds that the sandbox itself used."""
        return self.ask("stats")

    def reply(self, phone: str, body: str) -> dict[str, Any]:
        """Text the practice from this phone; the record says how the webhook was answered."""
        return self.ask("reply", {"from": phone, "body": body})

    def arrange(self, phone: str, **wishes: object) -> dict[str, Any]:
        """Give a number its fate: code=30003, answers="machine", digits="1"."""
        return self.ask("numbers", {"number": phone, **wishes})

    def wait_until_settled(self, within_seconds: float = 10) -> None:
        """Wait until no delivery, call or webhook is under way; raises TimeoutError."""
        give_up_at = time.monotonic() + within_seconds
        while self.stats()["under_way"]:
            if time.monotonic() > give_up_at:
                raise TimeoutError("the sandbox is still busy")
            time.sleep(0.02)


@contextlib.contextmanager
def launched(*options: str, port: int = 0, smtp_port: int = 0) -> Iterator[Sandbox]:
    """A sandbox for as long as the block lasts; port 0 takes any free one."""
    ports = ("--port", str(port), "--smtp-port", str(smtp_port))
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "sandbox", *ports, *options],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Sandbox(process, _port_of(process))
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def _port_of(process: subprocess.Popen[str]) -> int:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line.startswith(READY):
        raise RuntimeError("the sandbox did not start")
    return int(line.rsplit(":", 1)[1])
