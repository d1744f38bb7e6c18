"""E-mail through Django's mail API, which anymail's providers speak too."""

import smtplib
import threading
from email.utils import formataddr, parseaddr
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from requests import RequestException

from reminders.codes import Meaning, Verdict
from reminders.transports.parcel import ACCEPTED, CONFIGURATION, NOT_REACHED, UNKNOWN, Parcel, Result

_UNFIT = Meaning(Verdict.UNFIT, "next_address")
_LATER = Meaning(Verdict.THROTTLED, "back_off")
_REFUSED = Meaning(Verdict.FAILED, "refused")

# A mail connection serves one thread; opening one costs more than the message.
_own = threading.local()


def send(parcel: Parcel) -> Result:
    """Hand one mail over. Its Message-ID is the attempt's, so that a bounce finds its way back."""
    try:
        link = _connection()
    except smtplib.SMTPAuthenticationError as error:
        return Result(CONFIGURATION, code=str(error.smtp_code))
    except (OSError, smtplib.SMTPException):
        return Result(NOT_REACHED)
    mail = _mail(parcel, link)
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 - every provider raises its own; none may stop the pass
        _forget()
        return _refusal(error)
    status = getattr(mail, "anymail_status", None)
    return Result(ACCEPTED, provider_id=getattr(status, "message_id", None), status="sent")


def _mail(parcel: Parcel, link: Any) -> EmailMessage:
    mail = EmailMessage(parcel.subject, parcel.body, _sender(parcel), [parcel.address], connection=link)
    mail.extra_headers["Message-ID"] = f"<{parcel.attempt_id}@{_domain()}>"
    mail.metadata = {"attempt": str(parcel.attempt_id)}  # type: ignore[attr-defined]
    if parcel.calendar_file:
        kind = f"text/calendar; charset=utf-8; method={parcel.calendar_method}"
        mail.attach("appointment.ics", parcel.calendar_file.decode(), kind)
    return mail


def _sender(parcel: Parcel) -> str:
    """The address of the deployment under the name that clients know; its own name might tell more."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((parcel.sender or name, address))


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]


def _connection() -> Any:
    key = (settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT)
    if getattr(_own, "key", None) != key:
        link = get_connection()
        link.open()
        _own.link, _own.key = link, key
    return _own.link


def _forget() -> None:
    link, _own.key = _own.link, None
    try:
        link.close()
    except (OSError, smtplib.SMTPException):
        return


def _refusal(error: Exception) -> Result:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Result(UNKNOWN)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _ in error.recipients.values()), default=550)
        return Result(_UNFIT if code >= 500 else _LATER, code=str(code))
    if isinstance(error, smtplib.SMTPResponseException):
        return Result(_REFUSED if error.smtp_code >= 500 else _LATER, code=str(error.smtp_code))
    if isinstance(error, AnymailError):
        return _anymail_refusal(error)
    return Result(UNKNOWN if isinstance(error, OSError | RequestException) else _REFUSED)


def _anymail_refusal(error: AnymailError) -> Result:
    if isinstance(error, AnymailRecipientsRefused):
        return Result(_UNFIT, code="refused")
    status = error.status_code if isinstance(error, AnymailAPIError) else None
    if status is None or status >= 500:
        return Result(UNKNOWN)
    if status == 429:
        return Result(_LATER, code="429")
    return Result(CONFIGURATION if status in (401, 403) else _REFUSED, code=str(status))
