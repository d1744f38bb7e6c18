"""The ways out, one module for each; none may be used while a transaction is open."""

from reminders.transports.parcel import Parcel, Result, Sent
from reminders.transports.routes import prepare, send

__all__ = ["Parcel", "Result", "Sent", "prepare", "send"]
