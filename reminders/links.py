"""Signed links to a client's own page: one person, one purpose, one version, until an hour.

A link is all that its holder needs, so it says nothing by itself and is short enough for a text:
25 bytes and 120 bits of signature, 55 letters. It is signed by Django's signer with the project's
key; keys that were in use before (SECRET_KEY_FALLBACKS) still open what they signed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

FORMAT = 1
SIGNATURE_LETTERS = 20
VERSIONS = 1 << 16
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


class LinkFor(IntEnum):
    """What a link opens; each value is written into links that are out there, and stays."""

    SESSION = 1
    OFFER = 2
    # What was just done: opens for an hour or two and shows a confirmation.
    CONFIRMED = 16
    MOVED = 17
    ASKED = 18
    BY_VIDEO = 19
    BY_PHONE = 20
    CANCELLED = 21
    KEPT = 22
    SAID = 23
    REACH = 24
    STOPPED = 25
    TAKEN = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says, signed. `subject_id` is the public id of a participant or an offer."""

    purpose: LinkFor
    subject_id: UUID
    recipient_tag: bytes
    version: int
    expires_at: datetime
    is_private: bool = False  # it went to an address that nobody else reads


class LinkInvalid(ValueError):
    """Not a link that this practice has made."""


def tag_of(recipient_id: UUID) -> bytes:
    """Two bytes that tell a participant from their guardians; they are no secret."""
    return recipient_id.bytes[:2]


def token_of(link: Link) -> str:
    """The letters that stand in an address; the end is rounded up to the hour."""
    hours = -((_EPOCH - link.expires_at) // _HOUR)
    flagged = FORMAT << 1 | link.is_private
    packed = b"".join(
        (
            bytes((flagged, link.purpose)),
            link.subject_id.bytes,
            link.recipient_tag,
            (link.version % VERSIONS).to_bytes(2),
            hours.to_bytes(3),
        )
    )
    return _signer().sign(urlsafe_b64encode(packed).decode().rstrip("="))


def read_token(token: str) -> Link:
    """What the letters say; raises LinkInvalid for what was forged, cut off or never ours."""
    try:
        letters = _signer().unsign(token)
        packed = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        if len(packed) != 25 or packed[0] >> 1 != FORMAT:
            raise LinkInvalid("unknown format")
        return Link(
            purpose=LinkFor(packed[1]),
            subject_id=UUID(bytes=packed[2:18]),
            recipient_tag=packed[18:20],
            version=int.from_bytes(packed[20:22]),
            expires_at=_EPOCH + int.from_bytes(packed[22:25]) * _HOUR,
            is_private=bool(packed[0] & 1),
        )
    except (BadSignature, NotBase64, ValueError) as error:
        raise LinkInvalid("not a link of ours") from error


def address_of(token: str, page: str = "portal:time") -> str:
    """The whole address of a client's page, under the practice's own neutral domain."""
    return settings.KEPT_LINK_BASE_URL + reverse(page, args=[token])


class _ShortSigner(Signer):
    """Django's signer with 120 bits of its signature: guesses are counted, and a text is short."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        return super().signature(value, key)[:SIGNATURE_LETTERS]


def _signer() -> Signer:
    # Made anew each time: keys may be turned while the program runs in a test, and it costs nothing.
    return _ShortSigner(salt="kept.links", sep=".")
