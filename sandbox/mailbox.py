"""Mail for everybody: an SMTP server that keeps each message under every address it is for."""

import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.records import new_sid

LARGEST_MAIL_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail as it came in."""

    id: str
    at: float
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The message with its parts."""
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in an e-mail."""

    name: str
    content_type: str
    content: bytes


# Without slots: aiosmtpd looks at every attribute, and Python 3.11.2's slotted dataclasses do not bear it.
@dataclass
class Mailbox:
    """All mail, in the order it came."""

    mails: dict[str, Mail] = field(default_factory=dict)

    def keep(self, mail: Mail) -> None:
        """Remember one e-mail."""
        self.mails[mail.id] = mail

    def addresses(self) -> list[str]:
        """Everybody who got mail, the latest first."""
        latest = {address: mail.at for mail in self.mails.values() for address in mail.recipients}
        return sorted(latest, key=latest.__getitem__, reverse=True)

    def of(self, address: str) -> list[Mail]:
        """One person's mail, newest first."""
        return [mail for mail in reversed(self.mails.values()) if address in mail.recipients]

    def forget(self) -> None:
        """Throw all mail away."""
        self.mails.clear()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep what was sent; aiosmtpd calls this by its name."""
        content = envelope.original_content or b""
        recipients = tuple(address.lower() for address in envelope.rcpt_tos)
        sender = envelope.mail_from or ""
        self.keep(Mail(new_sid("EM"), time.time(), sender, recipients, content))
        return "250 Kept for you to read"


def subject(mail: Mail) -> str:
    """The subject line, or a word in its place."""
    return str(mail.parsed["subject"] or "(no subject)")


def plain_text(mail: Mail) -> str:
    """The text part, or '' when there is none."""
    return _content(mail, "plain")


def html_as_text(mail: Mail) -> str:
    """The words of the HTML part, without its tags."""
    reader = _Words()
    reader.feed(_content(mail, "html"))
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)


def attachments(mail: Mail) -> list[Attachment]:
    """Every part that is neither the text nor the HTML, calendar files included."""
    message = mail.parsed
    shown = [message.get_body(("plain",)), message.get_body(("html",))]
    files = []
    for part in message.walk():
        if part.is_multipart() or any(part is body for body in shown):
            continue
        content = part.get_payload(decode=True)
        name = part.get_filename() or _name_for(part.get_content_type())
        files.append(
            Attachment(name, part.get_content_type(), content if isinstance(content, bytes) else b"")
        )
    return files


def _content(mail: Mail, kind: str) -> str:
    body = mail.parsed.get_body((kind,))
    return str(body.get_content()).strip() if body else ""


def _name_for(content_type: str) -> str:
    return "invitation.ics" if content_type == "text/calendar" else "part"


class _Words(HTMLParser):
    """Collects what a reader would see."""

    BREAKS = frozenset(("p", "br", "div", "tr", "li", "h1", "h2", "h3", "table"))
    HIDDEN = frozenset(("style", "script", "title"))

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
