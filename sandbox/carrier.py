"""The carrier: takes texts in, knows each phone and who opted out, and lists what it sent."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from sandbox.records import Answering, Call, Message, is_e164, new_sid
from sandbox.refusals import RefusalError, is_refused_at_once, magic_code
from sandbox.settings import Settings

STOP_WORDS = frozenset(("STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"))
START_WORDS = frozenset(("START", "YES", "UNSTOP"))
HELP_WORDS = frozenset(("HELP", "INFO"))

STOP_ANSWER = "You have been unsubscribed and get no more texts from this number. START resumes."
START_ANSWER = "You get texts from this number again. Reply STOP to end them."

FAILS_BEFORE_SENDING = frozenset({30001, 30002, 30036})
# A landline takes no texts and can be rung up; so can a phone that opted out of texts.
CONCERNS_TEXTS = frozenset({21610, 21612, 21614, 21635})
LONGEST_BODY = 1600
LONGEST_VALIDITY_SECONDS = 36000


def opt_out_type(body: str) -> str:
    """STOP, START or HELP when the whole text is such a word, as Twilio matches it; else ''."""
    word = body.strip().upper()
    if word in STOP_WORDS:
        return "STOP"
    if word in START_WORDS:
        return "START"
    return "HELP" if word in HELP_WORDS else ""


@dataclass(frozen=True, slots=True)
class TextOrder:
    """A text that Kept asks to have sent, before anything about it was checked."""

    to: str = ""
    sender: str = ""
    service_sid: str = ""
    body: str = ""
    status_callback: str = ""
    validity_period: str = ""


@dataclass(slots=True)
class Carrier:
    """Everything that the pretend company knows about numbers, texts and calls."""

    settings: Settings
    messages: dict[str, Message] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    by_phone: dict[str, list[Message]] = field(default_factory=dict)
    calls_by_phone: dict[str, list[Call]] = field(default_factory=dict)
    opted_out: set[tuple[str, str]] = field(default_factory=set)
    codes: dict[str, int] = field(default_factory=dict)
    answering: dict[str, Answering] = field(default_factory=dict)
    accepted: int = 0

    def accept(self, order: TextOrder, *, listing_lag_seconds: float) -> Message:
        """Take a text for sending, or raise the RefusalError that Twilio would answer with."""
        sender = self._sender_of(order)
        self._check_text(order)
        self.check_number(order.to)
        if (order.to, sender) in self.opted_out:
            raise RefusalError(21610)
        now = time.time()
        message = Message(
            sid=new_sid("SM"),
            direction="outbound-api",
            to=order.to,
            sender=sender,
            body=order.body,
            status="accepted" if order.service_sid else "queued",
            created_at=now,
            updated_at=now,
            service_sid=order.service_sid,
            status_callback=order.status_callback,
            validity_seconds=_validity_seconds(order.validity_period),
            listed_from=now + listing_lag_seconds,
        )
        if self.settings.fast:
            self.advance(message, "sent")
        self.keep(message)
        self.accepted += 1
        return message

    def check_number(self, to: str, *, for_a_call: bool = False) -> None:
        """Raise the RefusalError that this number gets at once, by its shape or by arrangement."""
        if not is_e164(to):
            raise RefusalError(21211, to)
        code = self.code_of(to)
        if for_a_call and code in CONCERNS_TEXTS:
            return
        if code and is_refused_at_once(code):
            raise RefusalError(code)

    def code_of(self, number: str) -> int | None:
        """The Twilio error arranged for this number, or meant by its digits."""
        return self.codes.get(number) or magic_code(number)

    def keep(self, message: Message) -> None:
        """Remember a text under its sid and its phone."""
        self.messages[message.sid] = message
        self.by_phone.setdefault(message.phone, []).append(message)

    def keep_call(self, call: Call) -> None:
        """Remember a call under its sid and its phone."""
        self.calls[call.sid] = call
        self.calls_by_phone.setdefault(call.to, []).append(call)

    def advance(self, message: Message, status: str) -> None:
        """Move a text to its next status, now."""
        message.status = status
        message.updated_at = time.time()
        if status in ("sent", "undelivered", "failed"):
            message.error_code = self.failure_of(message) if status != "sent" else None
        if status == "sent":
            message.sent_at = message.updated_at

    def failure_of(self, message: Message) -> int | None:
        """The code with which this text fails on the way, or None when it arrives."""
        if time.time() > message.created_at + message.validity_seconds:
            return 30036
        code = self.code_of(message.to)
        return code if code and not is_refused_at_once(code) else None

    def receive(self, *, phone: str, body: str, to: str = "") -> Message:
        """A client's own text arrives; STOP and START change what this phone accepts."""
        sender = to or self.settings.numbers[0]
        now = time.time()
        message = Message(
            sid=new_sid("SM"),
            direction="inbound",
            to=sender,
            sender=phone,
            body=body,
            status="received",
            created_at=now,
            updated_at=now,
            sent_at=now,
            service_sid=self.settings.service_sid,
        )
        self.keep(message)
        self._obey(opt_out_type(body), phone, sender)
        return message

    def listed(self, *, to: str = "", sender: str = "") -> Iterator[Message]:
        """Texts that the API's list shows by now, newest first."""
        now = time.time()
        known = self.by_phone.get(to) or self.by_phone.get(sender)
        if known is None:
            known = [] if is_client(to, self) else list(self.messages.values())
        for message in reversed(known):
            if message.listed_from > now or message.direction == "carrier":
                continue
            if (not to or message.to == to) and (not sender or message.sender == sender):
                yield message

    def listed_calls(self, *, to: str = "", sender: str = "") -> Iterator[Call]:
        """Calls that the API's list shows by now, newest first."""
        now = time.time()
        known = self.calls_by_phone.get(to, []) if to else list(self.calls.values())
        for call in reversed(known):
            if call.listed_from <= now and (not sender or call.sender == sender):
                yield call

    def phones(self) -> list[str]:
        """Every client number seen, the latest heard of first."""
        seen = {*self.by_phone, *self.calls_by_phone, *self.answering}
        return sorted(seen, key=self.last_heard, reverse=True)

    def last_heard(self, phone: str) -> float:
        """When something last happened on this phone (seconds since the epoch)."""
        newest: Iterable[Message | Call] = chain(
            self.by_phone.get(phone, [])[-1:], self.calls_by_phone.get(phone, [])[-1:]
        )
        return max((event.created_at for event in newest), default=0.0)

    def has_opted_out(self, phone: str) -> bool:
        """Whether this phone refuses the practice's first number."""
        return (phone, self.settings.numbers[0]) in self.opted_out

    def forget(self) -> None:
        """Begin anew: no phones, no texts, nobody opted out."""
        for known in (self.messages, self.calls, self.by_phone, self.calls_by_phone):
            known.clear()
        self.opted_out.clear()
        self.codes.clear()
        self.answering.clear()
        self.accepted = 0

    def _sender_of(self, order: TextOrder) -> str:
        if order.service_sid:
            if order.service_sid != self.settings.service_sid:
                raise RefusalError(21701)
            return order.sender or self.settings.numbers[0]
        return self.owned(order.sender, missing=21603)

    def owned(self, sender: str, *, missing: int) -> str:
        """This sender, if the account owns it; the RefusalError that it does not, otherwise."""
        if not sender:
            raise RefusalError(missing)
        if not is_e164(sender):
            raise RefusalError(21212, sender)
        if sender not in self.settings.numbers:
            raise RefusalError(21606)
        return sender

    def _check_text(self, order: TextOrder) -> None:
        if not order.to:
            raise RefusalError(21604)
        if not order.body:
            raise RefusalError(21602)
        if len(order.body) > LONGEST_BODY:
            raise RefusalError(21617)

    def _obey(self, wish: str, phone: str, sender: str) -> None:
        if wish == "STOP":
            self.opted_out.add((phone, sender))
            self._answer_itself(phone, sender, STOP_ANSWER)
        elif wish == "START" and (phone, sender) in self.opted_out:
            self.opted_out.discard((phone, sender))
            self._answer_itself(phone, sender, START_ANSWER)

    def _answer_itself(self, phone: str, sender: str, words: str) -> None:
        """The carrier's own text: on the phone, but in no list, like Twilio's opt-out answers."""
        if not self.settings.answers_stop:
            return
        now = time.time()
        self.keep(Message(new_sid("SM"), "carrier", phone, sender, words, "delivered", now))


def is_client(number: str, carrier: Carrier) -> bool:
    """Whether a number asked for is somebody else's and not one of the practice's own."""
    return bool(number) and number not in carrier.settings.numbers


def _validity_seconds(given: str) -> int:
    if not given:
        return LONGEST_VALIDITY_SECONDS
    if not given.isdigit() or not 1 <= int(given) <= LONGEST_VALIDITY_SECONDS:
        raise RefusalError(20001, "ValidityPeriod must be between 1 and 36000 seconds")
    return int(given)
