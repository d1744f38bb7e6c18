"""Keeps the secrets of second factors unreadable in the database and in its backups."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str) -> str:
    """Encrypt under the deployment's SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Read what `seal` wrote, under the present key or one of SECRET_KEY_FALLBACKS.

    Raises cryptography.fernet.InvalidToken for anything else.
    """
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    # The secret is long and random already; this only gives it the length of a key of its own.
    digest = hashlib.sha256(b"kept second factors\0" + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
