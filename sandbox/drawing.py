"""Draws the evaluator's pages as HTML; every word that came from outside is escaped."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from sandbox import bubbles
from sandbox.company import Company
from sandbox.mailbox import Mail, attachments, html_as_text, plain_text, subject
from sandbox.records import Answering, Call, Message

TEMPLATES = Path(__file__).parent / "templates"
MOST_IN_DIRECTORY = 200
MOST_IN_THREAD = 100
ANSWERED_BY = {
    "human": "Somebody answers",
    "machine": "The answering machine does",
    "no-answer": "Nobody does",
    "busy": "It is busy",
    "by-hand": "You do, on this page",
}


def front(company: Company, search: str, *, number: str = "", body: str = "", wrong: bool = False) -> str:
    """The first page; a text that could not be sent keeps what was typed."""
    main = _fill(
        "front.html",
        accepted=f"{company.carrier.accepted:,}",
        practice=escape(bubbles.spaced(company.settings.numbers[0])),
        number=escape(number),
        body=escape(body),
        complaint=_fill("complaint.html") if wrong else "",
        invalid="true" if wrong else "false",
        opened=" open" if wrong else "",
    )
    return _page(company, "A pretend phone company", main, here="", search=search)


def phone(company: Company, number: str) -> str:
    """One phone, drawn like one."""
    carrier = company.carrier
    wish = carrier.answering.get(number, Answering())
    main = _fill(
        "phone.html",
        number=escape(bubbles.spaced(number)),
        path=quote(number),
        practice=escape(bubbles.spaced(company.settings.numbers[0])),
        thread=_thread(company, number),
        opted_out=_fill("opted_out.html") if carrier.has_opted_out(number) else "",
        answers="".join(_choice(by, words, wish.by) for by, words in ANSWERED_BY.items()),
        digits=escape(wish.digits),
    )
    return _page(company, bubbles.spaced(number), main, here=number)


def mailbox(company: Company, address: str) -> str:
    """One person's mail, newest first."""
    mails = company.mailbox.of(address)[:MOST_IN_THREAD]
    main = _fill(
        "mailbox.html",
        address=escape(address),
        mails="".join(_mail(mail) for mail in mails) or '<li id="none">No mail yet.</li>',
    )
    return _page(company, address, main, here=address)


def _thread(company: Company, number: str) -> str:
    carrier = company.carrier
    events: list[Message | Call] = [
        *carrier.by_phone.get(number, [])[-MOST_IN_THREAD:],
        *carrier.calls_by_phone.get(number, [])[-MOST_IN_THREAD:],
    ]
    drawn = [bubbles.drawn(event) for event in sorted(events, key=lambda event: event.created_at)]
    return "".join(drawn) or '<li id="none" class="none">Nothing has reached this phone yet.</li>'


def _mail(mail: Mail) -> str:
    text, words = plain_text(mail), html_as_text(mail)
    return _fill(
        "mail.html",
        id=mail.id,
        subject=escape(subject(mail)),
        sender=escape(str(mail.parsed["from"] or mail.sender)),
        time=bubbles.clock(mail.at),
        text=escape(text or words or "(nothing written)"),
        html=_fill("html_part.html", words=escape(words)) if text and words else "",
        attachments=_attachments(mail),
    )


def _attachments(mail: Mail) -> str:
    items = "".join(
        f'<li><a href="/mails/{mail.id}/attachments/{place}" download>{escape(file.name)}</a> '
        f"<small>{escape(file.content_type)}, {len(file.content):,} bytes</small></li>"
        for place, file in enumerate(attachments(mail))
    )
    return f'<ul class="files" aria-label="Attachments">{items}</ul>' if items else ""


def _page(company: Company, title: str, main: str, *, here: str, search: str = "") -> str:
    return _fill(
        "page.html",
        title=escape(title),
        main=main,
        place="inside" if here else "front",
        search=escape(search),
        phones=_phones(company, here, search),
        mailboxes=_mailboxes(company, here, search),
    )


def _phones(company: Company, here: str, search: str) -> str:
    wanted = "".join(letter for letter in search if letter.isdigit())
    carrier = company.carrier
    found = [number for number in carrier.phones() if wanted in number and (wanted or not search)]
    return _directory(
        (
            _entry(
                f"/phones/{quote(number)}",
                bubbles.spaced(number),
                bubbles.preview(carrier, number),
                is_here=number == here,
                at=carrier.last_heard(number),
            )
            for number in found[:MOST_IN_DIRECTORY]
        ),
        empty="No phone has heard anything yet.",
        more=len(found) - MOST_IN_DIRECTORY,
    )


def _mailboxes(company: Company, here: str, search: str) -> str:
    newest: dict[str, Mail] = {}
    for mail in company.mailbox.mails.values():
        newest.update(dict.fromkeys(mail.recipients, mail))
    found = [place for place in company.mailbox.addresses() if search.lower() in place]
    return _directory(
        (
            _entry(
                f"/mailboxes/{quote(place)}",
                place,
                subject(newest[place]),
                is_here=place == here,
                at=newest[place].at,
            )
            for place in found[:MOST_IN_DIRECTORY]
        ),
        empty="No mail has come yet.",
        more=len(found) - MOST_IN_DIRECTORY,
    )


def _directory(entries: Iterable[str], *, empty: str, more: int) -> str:
    drawn = "".join(entries) or f'<li id="empty-{len(empty)}" class="none">{empty}</li>'
    if more > 0:
        drawn += f'<li id="more-{len(empty)}" class="none">and {more:,} more: search above</li>'
    return drawn


def _entry(path: str, name: str, words: str, *, is_here: bool, at: float) -> str:
    current = ' aria-current="page"' if is_here else ""
    return (
        f'<li id="to-{escape(path)}"><a href="{escape(path)}"{current}><b>{escape(name)}</b>'
        f"{bubbles.clock(at) if at else ''}<span>{escape(words)}</span></a></li>"
    )


def _choice(by: str, words: str, chosen: str) -> str:
    mark = " selected" if by == chosen else ""
    return f'<option value="{by}"{mark}>{words}</option>'


def _fill(name: str, **words: str) -> str:
    return _TEMPLATES[name].substitute(words)


_TEMPLATES = {path.name: Template(path.read_text()) for path in TEMPLATES.glob("*.html")}
