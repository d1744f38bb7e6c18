"""E-mail over real SMTP: kept per address, shown as text, attachments downloadable."""

import smtplib
from email.message import EmailMessage
from http.client import HTTPConnection

from sandbox.launch import Sandbox

CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def invitation(to: str = "Mara <Mara@example.org>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Harbor <desk@example.org>",
        to,
        "Dienstag, 15 Uhr: bestätigt",
    )
    mail.set_content("Tuesday 24 November, 15:00.\n")
    mail.add_alternative(
        "<style>p{}</style><p>Tuesday <b>24</b></p><script>alert(1)</script>", subtype="html"
    )
    mail.add_attachment(CALENDAR, maintype="text", subtype="calendar", filename="time <1>.ics")
    return mail


def deliver(sandbox: Sandbox, mail: EmailMessage, to: list[str] | None = None) -> None:
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=30) as smtp:
        smtp.send_message(mail, to_addrs=to)


def read(sandbox: Sandbox, path: str) -> tuple[int, bytes, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", sandbox.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, dict(answer.getheaders())


def test_mail_is_kept_with_its_parts(sandbox: Sandbox) -> None:
    deliver(sandbox, invitation())
    [mail] = sandbox.mails(to="mara@example.org")
    assert mail["subject"] == "Dienstag, 15 Uhr: bestätigt"
    assert mail["text"] == "Tuesday 24 November, 15:00."
    assert mail["html_words"] == "Tuesday 24"
    [file] = mail["attachments"]
    assert (file["name"], file["type"]) == ("time <1>.ics", "text/calendar")
    assert file["text"].encode().splitlines() == CALENDAR.splitlines()


def test_mail_for_two_lies_in_both_mailboxes(sandbox: Sandbox) -> None:
    deliver(sandbox, invitation(), to=["mara@example.org", "noah@example.org"])
    assert len(sandbox.mails(to="noah@example.org")) == len(sandbox.mails(to="mara@example.org")) == 1
    assert len(sandbox.mails()) == 1


def test_mailbox_page_shows_words_only_and_offers_the_file(sandbox: Sandbox) -> None:
    deliver(sandbox, invitation())
    status, body, _ = read(sandbox, "/mailboxes/mara@example.org")
    page = body.decode()
    assert status == 200
    assert "Tuesday 24 November, 15:00." in page
    assert "alert(1)" not in page
    assert "time &lt;1&gt;.ics" in page

    [mail] = sandbox.mails()
    status, file, headers = read(sandbox, f"/mails/{mail['id']}/attachments/0")
    assert (status, file.splitlines()) == (200, CALENDAR.splitlines())
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert read(sandbox, f"/mails/{mail['id']}/attachments/1")[0] == 404
