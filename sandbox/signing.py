"""Signatures of webhooks, written from Twilio's description and not with its library."""

import base64
import hmac
from collections.abc import Mapping

HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"


def signature(*, url: str, fields: Mapping[str, str], secret: str, digest: str) -> str:
    """HMAC of the address followed by each field's name and value, sorted by name, as base64."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), digest)).decode()


def headers(
    *, url: str, fields: Mapping[str, str], auth_token: str, key: str = "", key_secret: str = ""
) -> dict[str, str]:
    """The signature headers of one webhook.

    With a SharedKey, Twilio signs with HMAC-SHA256 and the key's secret, and names both in
    a second header; without, with HMAC-SHA1 and the account's token.
    """
    if not key:
        made = signature(url=url, fields=fields, secret=auth_token, digest="sha1")
        return {HEADER: made}
    made = signature(url=url, fields=fields, secret=key_secret, digest="sha256")
    return {HEADER: made, SETTINGS_HEADER: f"key={key},algorithm=HMAC_SHA256"}


def basic_authorization(account_sid: str, auth_token: str) -> str:
    """The Authorization header that a client with these credentials sends."""
    return "Basic " + base64.b64encode(f"{account_sid}:{auth_token}".encode()).decode()


def is_same(given: str, expected: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
