"""Secrets of second factors are unreadable where they are stored, and survive a change of key."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from accounts.models import User
from accounts.sealing import seal, unseal


def test_the_database_does_not_hold_the_secret_itself(amara: User) -> None:
    TOTP.activate(amara, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get(user=amara)
    assert "JBSWY3DPEHPK3PXP" not in str(stored.data)
    assert unseal(stored.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_an_old_key_still_opens_what_it_sealed(settings: Settings) -> None:
    settings.SECRET_KEY = "the old one" * 5
    sealed = seal("words")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the new one" * 5
    assert unseal(sealed) == "words"


def test_a_strange_key_opens_nothing(settings: Settings) -> None:
    sealed = seal("words")
    settings.SECRET_KEY = "somebody else's" * 5
    with pytest.raises(InvalidToken):
        unseal(sealed)
