"""Plays a telephone call: it rings, somebody or a machine answers, words are said, keys pressed."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from sandbox.carrier import Carrier
from sandbox.faults import Faults
from sandbox.records import Answering, Call
from sandbox.settings import Settings
from sandbox.shapes import call_seconds
from sandbox.webhooks import Webhooks

MOST_DOCUMENTS = 20
# In place of keys: they are pressed on the page, while the call lasts.
BY_HAND = "by hand"


@dataclass(slots=True)
class Calls:
    """Rings the phones."""

    settings: Settings
    carrier: Carrier
    faults: Faults
    webhooks: Webhooks
    # What the evaluator does on the page with a call that is theirs to answer.
    hands: dict[str, asyncio.Queue[str]] = field(default_factory=dict)

    def by_hand(self, call: Call, done: str) -> bool:
        """The evaluator answers a call or presses a key; False when nothing is asked of them."""
        if call.sid not in self.hands or not call.awaits:
            return False
        self.hands[call.sid].put_nowait(done)
        return True

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
        if phone.by == "by-hand":
            phone = await self._ask_who_answers(call)
        if phone.by in ("no-answer", "busy"):
            call.status = phone.by
        else:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(call.time_limit_seconds):
                    await self._talk(call, phone)
            call.status, call.awaits = "completed", ""
        self.hands.pop(call.sid, None)
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

    async def _ask_who_answers(self, call: Call) -> Answering:
        """Ring until the evaluator does something, or until nobody has."""
        self.hands[call.sid] = asyncio.Queue()
        done = await self._await_hand(call, "answer", call.ring_seconds)
        if done in ("human", "machine"):
            return Answering(done, BY_HAND if done == "human" else "")
        return Answering("no-answer")

    async def _await_hand(self, call: Call, what: str, seconds: float) -> str:
        call.awaits = what
        try:
            return await asyncio.wait_for(self.hands[call.sid].get(), seconds)
        except TimeoutError:
            return ""
        finally:
            call.awaits = ""

    async def _follow(self, call: Call, phone: Answering) -> None:
        """Say and do what the TwiML has it, from document to document."""
        words, base = call.twiml, call.url
        if not words:
            words = await self._post(call, call.url, "words", {})
        for _ in range(MOST_DOCUMENTS):
            step = await self._after(words, call, phone)
            if step is None:
                return
            base = urljoin(base, step.url)
            words = await self._post(call, base, step.kind, step.fields)

    async def _after(self, words: str, call: Call, phone: Answering) -> "_Step | None":
        """Play one document; the step that follows, or None when the call is over."""
        for verb in _verbs(words):
            if verb.tag == "Hangup":
                return None
            if verb.tag == "Redirect":
                return _Step("words", (verb.text or "").strip(), {})
            call.spoken.extend(_said(verb))
            if verb.tag == "Gather" and (digits := await self._pressed(verb, call, phone)):
                return _Step("keys", verb.get("action", ""), {"Digits": digits})
        return None

    async def _pressed(self, gather: ET.Element, call: Call, phone: Answering) -> str:
        """The keys that this person presses; each call has them once, a machine has none."""
        if phone.by != "human" or call.pressed:
            return ""
        if phone.digits == BY_HAND:
            pressed = await self._await_hand(call, "key", float(gather.get("timeout", "5")))
        else:
            pressed = phone.digits
        call.pressed = pressed[: int(gather.get("numDigits", "1"))]
        return call.pressed

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


def _verbs(words: str) -> list[ET.Element]:
    try:
        return list(ET.fromstring(words))  # noqa: S314 - Kept's own words, on loopback
    except ET.ParseError:
        return []


def _said(verb: ET.Element) -> list[str]:
    heard = [" ".join((say.text or "").split()) for say in verb.iter("Say")]
    return [words for words in heard if words]


def _answered_by(phone: Answering, detection: str) -> str:
    if phone.by == "human":
        return "human"
    return "machine_end_beep" if detection == "DetectMessageEnd" else "machine_start"
