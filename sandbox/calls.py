"""Plays a telephone call: it rings, somebody or a machine answers, words are said, keys pressed."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from sandbox.carrier import Carrier
from sandbox.faults import Faults
from sandbox.records import Answering, Call
from sandbox.settings import Settings
from sandbox.shapes import call_seconds
from sandbox.webhooks import Webhooks

MOST_DOCUMENTS = 20


@dataclass(slots=True)
class Calls:
    """Rings the phones."""

    settings: Settings
    carrier: Carrier
    faults: Faults
    webhooks: Webhooks

    def begin(self, call: Call) -> None:
        """Start ringing."""
        self.webhooks.start(self._play(call))

    async def _play(self, call: Call) -> None:
        phone = self.carrier.answering.get(call.to, Answering())
        await self._tell(call, "initiated")
        await self._pause()
        call.status = "ringing"
        await self._tell(call, "ringing")
        await self._pause()
        if phone.by in ("no-answer", "busy"):
            call.status = phone.by
        else:
            await self._talk(call, phone)
        call.ended_at = time.time()
        await self._tell(call, "completed")

    async def _talk(self, call: Call, phone: Answering) -> None:
        call.status, call.started_at = "in-progress", time.time()
        if call.machine_detection:
            call.answered_by = _answered_by(phone, call.machine_detection)
        await self._tell(call, "answered")
        if call.async_amd_callback:
            await self._post(call, call.async_amd_callback, "who answered", {})
        await self._pause()
        await self._follow(call, phone)
        call.status = "completed"

    async def _follow(self, call: Call, phone: Answering) -> None:
        """Say and do what the TwiML has it, from document to document."""
        words, base = call.twiml, call.url
        if not words:
            words = await self._post(call, call.url, "words", {})
        for _ in range(MOST_DOCUMENTS):
            step = _Step.after(words, call, phone)
            if step is None:
                return
            base = urljoin(base, step.url)
            words = await self._post(call, base, step.kind, step.fields)

    async def _tell(self, call: Call, event: str) -> None:
        if not call.status_callback or event not in call.status_events:
            return
        fields = {"CallbackSource": "call-progress-events"}
        if event == "completed":
            fields["CallDuration"] = call_seconds(call) or "0"
        await self._post(call, call.status_callback, event, fields)

    async def _post(self, call: Call, url: str, kind: str, more: dict[str, str]) -> str:
        fields = {
            "AccountSid": self.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": call.sid,
            "CallStatus": call.status,
            "Direction": "outbound-api",
            "From": call.sender,
            "To": call.to,
            **({"AnsweredBy": call.answered_by} if call.answered_by else {}),
            **more,
        }
        return await self.webhooks.post(url, fields, kind=kind, log=call.webhooks)

    async def _pause(self) -> None:
        await asyncio.sleep(self.faults.rates.carrier_seconds)


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the call goes on after a document, and with which keys pressed."""

    kind: str
    url: str
    fields: dict[str, str]

    @classmethod
    def after(cls, words: str, call: Call, phone: Answering) -> "_Step | None":
        """Play one document; the step that follows, or None when the call is over."""
        for verb in _verbs(words):
            if verb.tag == "Hangup":
                return None
            if verb.tag == "Redirect":
                return cls("words", (verb.text or "").strip(), {})
            call.spoken.extend(_said(verb))
            if verb.tag == "Gather" and (digits := _pressed(verb, call, phone)):
                return cls("keys", verb.get("action", ""), {"Digits": digits})
        return None


def _verbs(words: str) -> list[ET.Element]:
    try:
        return list(ET.fromstring(words))  # noqa: S314 - Kept's own words, on loopback
    except ET.ParseError:
        return []


def _said(verb: ET.Element) -> list[str]:
    heard = [" ".join((say.text or "").split()) for say in verb.iter("Say")]
    return [words for words in heard if words]


def _pressed(gather: ET.Element, call: Call, phone: Answering) -> str:
    """The keys that this person presses; each call has them once, a machine has none."""
    if phone.by != "human" or call.pressed:
        return ""
    call.pressed = phone.digits[: int(gather.get("numDigits", "1"))]
    return call.pressed


def _answered_by(phone: Answering, detection: str) -> str:
    if phone.by == "human":
        return "human"
    return "machine_end_beep" if detection == "DetectMessageEnd" else "machine_start"
