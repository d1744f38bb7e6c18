"""Keeps this installation's own secrets in files that only their owner can read."""

import os
import secrets
from pathlib import Path


def private_secret(path: Path) -> str:
    """Return the secret kept at `path`, making it on first use (mode 0600)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
