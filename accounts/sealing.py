"""Keeps the secrets of second factors, and files that are passing through, unreadable in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

_SECOND_FACTORS = b"kept second factors"
_FILES = b"kept files passing through"


def seal(text: str) -> str:
    """Encrypt under the deployment's SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Read what `seal` wrote, under the present key or one of SECRET_KEY_FALLBACKS.

    Raises cryptography.fernet.InvalidToken for anything else.
    """
    return _keys().decrypt(sealed.encode()).decode()


def seal_file(content: bytes) -> bytes:
    """Encrypt a file under a key of its own."""
    return _keys(_FILES).encrypt(content)


def unseal_file(sealed: bytes) -> bytes:
    """Read what `seal_file` wrote; raises InvalidToken as `unseal` does."""
    return _keys(_FILES).decrypt(sealed)


def _keys(purpose: bytes = _SECOND_FACTORS) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(purpose, secret) for secret in secrets])


def _key(purpose: bytes, secret: str | bytes) -> Fernet:
    # The secret is long and random already; this only gives it the length of a key of its own.
    digest = hashlib.sha256(purpose + b"\0" + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
