"""Texts and calls as the bubbles of a phone, with what became of them and how Kept answered."""

from datetime import UTC, datetime
from html import escape

from sandbox.carrier import Carrier
from sandbox.records import Call, Message, WebhookResult

STATUS = {
    "accepted": ("…", "waiting"),
    "queued": ("…", "waiting"),
    "sent": ("✓", "sent"),
    "delivered": ("✓✓", "delivered"),
    "undelivered": ("✗", "not delivered"),
    "failed": ("✗", "failed"),
    "received": ("↑", "sent"),
}
CALL_STATUS = {
    "queued": "about to ring",
    "ringing": "ringing",
    "in-progress": "talking",
    "completed": "ended",
    "no-answer": "nobody answered",
    "busy": "busy",
}

FAULTS = {
    "5xx_after": "Kept was told that this failed",
    "drop_after": "the connection was cut before Kept had its answer",
    "timeout_after": "Kept waited in vain for its answer",
}


def drawn(event: Message | Call) -> str:
    """One text or call as a list item."""
    return _text(event) if isinstance(event, Message) else _call(event)


def spaced(number: str) -> str:
    """A number as people write it: +1 555 010 0123; others are only parted from their plus."""
    if number.startswith("+1") and len(number) == 12:
        return f"+1 {number[2:5]} {number[5:8]} {number[8:]}"
    return number


def clock(instant: float) -> str:
    """A time of day on this computer's clock, with the date unless it is today."""
    moment = datetime.fromtimestamp(instant, UTC).astimezone()
    is_today = moment.date() == datetime.now(UTC).astimezone().date()
    words = moment.strftime("%H:%M" if is_today else "%d %b, %H:%M")
    return f'<time datetime="{moment.isoformat(timespec="seconds")}">{words}</time>'


def preview(carrier: Carrier, number: str) -> str:
    """The last words on this phone, for the list."""
    texts = carrier.by_phone.get(number, [])
    if not texts or texts[-1].created_at < carrier.last_heard(number):
        return "A call" if carrier.calls_by_phone.get(number) else "Nothing yet"
    return ("You: " if texts[-1].direction == "inbound" else "") + texts[-1].body


def _text(message: Message) -> str:
    side = "mine" if message.direction == "inbound" else "theirs"
    who = {"inbound": "You", "carrier": "The carrier"}.get(message.direction, "The practice")
    return (
        f'<li id="{message.sid}" class="bubble" data-side="{side}" data-state="{message.status}">'
        f'<span class="who">{who} wrote:</span>'
        f"<p>{escape(message.body)}</p>"
        f'<div class="fate">{clock(message.created_at)} {_fate(message)}'
        f"{_own_words(message)}{_answers(message.webhooks)}{_fault(message.fault)}</div></li>"
    )


def _fate(message: Message) -> str:
    icon, word = STATUS.get(message.status, ("", message.status))
    code = f" ({message.error_code})" if message.error_code else ""
    return f'<span class="status"><i aria-hidden="true">{icon}</i> {escape(word)}{code}</span>'


def _own_words(message: Message) -> str:
    """Says that a text is the carrier's: Kept knows nothing of it."""
    return "<span>the carrier's own answer</span>" if message.direction == "carrier" else ""


def _answers(results: list[WebhookResult]) -> str:
    """The last thing that Kept said about this, and the whole story behind it."""
    if not results:
        return ""
    story = "".join(
        f"<li>{escape(result.kind)}: {_answer(result)} {clock(result.at)} {escape(result.note)}</li>"
        for result in results
    )
    last = results[-1]
    state = "ok" if last.answer is not None and last.answer < 400 else "bad"
    return f'<details data-state="{state}"><summary>{_answer(last)}</summary><ul>{story}</ul></details>'


def _answer(result: WebhookResult) -> str:
    if result.answer is None:
        return "Kept did not answer"
    return f"Kept answered {result.answer}"


def _fault(kind: str) -> str:
    return f'<span class="fault">On demand: {escape(FAULTS.get(kind, kind))}</span>' if kind else ""


_DO = {
    "answer": (("human", "Answer"), ("machine", "To voicemail"), ("no-answer", "Let it ring out")),
    "key": tuple((key, key) for key in "123456789*0#"),
}


def _hand(call: Call) -> str:
    """The buttons of a telephone that rings, or its keypad while a key is waited for."""
    if not call.awaits:
        return ""
    buttons = "".join(
        f'<button name="do" value="{value}">{escape(words)}</button>' for value, words in _DO[call.awaits]
    )
    label = "The telephone rings" if call.awaits == "answer" else "Press a key"
    return (
        f'<form class="hand" data-awaits="{call.awaits}" method="post" action="/calls/{call.sid}/hand/">'
        f'<div role="group" aria-label="{label}">{buttons}</div></form>'
    )


def _call(call: Call) -> str:
    words = "".join(f"<p>{escape(line)}</p>" for line in call.spoken)
    pressed = f'<p class="key">Pressed <kbd>{escape(call.pressed)}</kbd></p>' if call.pressed else ""
    by = " by a machine" if call.answered_by.startswith("machine") else ""
    return (
        f'<li id="{call.sid}" class="bubble" data-side="theirs" data-kind="call"'
        f' data-state="{escape(call.status)}"><span class="who">The practice called:</span>'
        f'<b><i aria-hidden="true">☎</i> Call, {CALL_STATUS.get(call.status, call.status)}{by}</b>'
        f'{words}{pressed}{_hand(call)}<div class="fate">{clock(call.created_at)} {_answers(call.webhooks)}'
        f"{_fault(call.fault)}</div></li>"
    )
