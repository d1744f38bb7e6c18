"""Hands a parcel to the module of its channel."""

from django.db import connection

from reminders.transports import email, sms, voice
from reminders.transports.parcel import Parcel, Result


def prepare() -> None:
    """What the first calls would otherwise all make at once; for whoever is about to start threads."""
    sms.prepare()


def send(parcel: Parcel) -> Result:
    """Carry one parcel; never raises for what a provider or the network does.

    Raises RuntimeError inside a transaction: a slow provider would hold its locks.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a message may not be sent while a transaction is open")
    return _ROUTES[parcel.channel](parcel)


_ROUTES = {"sms": sms.send, "email": email.send, "voice": voice.send}
