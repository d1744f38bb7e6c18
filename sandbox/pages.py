"""The page for evaluators: every phone and mailbox, and a way to answer as the client would."""

from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import drawing
from sandbox.company import COMPANY
from sandbox.mailbox import Mail, attachments
from sandbox.records import ANSWERS, Answering, is_e164
from sandbox.rest import form_of

STATIC = Path(__file__).parent / "static"
# What may be done with a call, by what it waits for.
HANDS = {"": (), "answer": ("human", "machine", "no-answer"), "key": tuple("123456789*0#")}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


async def front(request: web.Request) -> web.Response:
    """What this is, and the list of phones and mailboxes."""
    return _html(drawing.front(request.app[COMPANY], request.query.get("q", "")))


async def phone(request: web.Request) -> web.Response:
    """One phone with its texts and calls."""
    return _html(drawing.phone(request.app[COMPANY], _number(request)))


async def reply(request: web.Request) -> web.Response:
    """The person with this phone texts the practice."""
    number = _number(request)
    form = await form_of(request)
    words = (form.get("quick") or form.get("body", "")).strip()
    if words:
        request.app[COMPANY].delivery.receive(phone=number, body=words)
    raise web.HTTPSeeOther(f"/phones/{quote(number)}")


async def first_text(request: web.Request) -> web.Response:
    """Somebody unknown texts the practice."""
    form = await form_of(request)
    number, words = form.get("number", "").replace(" ", ""), form.get("body", "").strip()
    if not is_e164(number) or not words:
        page = drawing.front(request.app[COMPANY], "", number=number, body=words, wrong=True)
        return _html(page, status=422)
    request.app[COMPANY].delivery.receive(phone=number, body=words)
    raise web.HTTPSeeOther(f"/phones/{quote(number)}")


async def answering(request: web.Request) -> web.Response:
    """Arrange who answers this phone, and which key is pressed."""
    number = _number(request)
    form = await form_of(request)
    if form.get("by") not in ANSWERS:
        raise web.HTTPUnprocessableEntity(text="Choose who answers.")
    wish = Answering(form["by"], form.get("digits", "")[:5])
    request.app[COMPANY].carrier.answering[number] = wish
    raise web.HTTPSeeOther(f"/phones/{quote(number)}")


async def call_hand(request: web.Request) -> web.Response:
    """Answer a call that is ringing, or press a key while it lasts; too late changes nothing."""
    company = request.app[COMPANY]
    call = company.carrier.calls.get(request.match_info["sid"])
    if call is None:
        raise web.HTTPNotFound(text="There is no such call.")
    done = (await form_of(request)).get("do", "")
    if done in HANDS[call.awaits]:
        company.calls.by_hand(call, done)
    raise web.HTTPSeeOther(f"/phones/{quote(call.to)}")


async def mailbox(request: web.Request) -> web.Response:
    """One address's mail."""
    return _html(drawing.mailbox(request.app[COMPANY], request.match_info["address"].lower()))


async def attachment(request: web.Request) -> web.Response:
    """One attached file, always as a download."""
    mail: Mail | None = request.app[COMPANY].mailbox.mails.get(request.match_info["mail"])
    files = attachments(mail) if mail else []
    place = int(request.match_info["place"])
    if place >= len(files):
        raise web.HTTPNotFound
    name = quote(files[place].name)
    return web.Response(
        body=files[place].content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@web.middleware
async def careful_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let pages load nothing from elsewhere, and take no form from elsewhere."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise web.HTTPForbidden(text="This form was sent from another site.")
    answer = await handler(request)
    if answer.content_type != "application/json":
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _html(page: str, status: int = 200) -> web.Response:
    return web.Response(
        text=page, status=status, content_type="text/html", headers={"Cache-Control": "no-store"}
    )


def _number(request: web.Request) -> str:
    number = request.match_info["number"].replace(" ", "+")
    if not is_e164(number):
        raise web.HTTPNotFound(text="That is not a phone number.")
    return number


ROUTES = [
    web.get("/", front),
    web.post("/texts/", first_text),
    web.get("/phones/{number}", phone),
    web.post("/phones/{number}/texts/", reply),
    web.post("/phones/{number}/answering/", answering),
    web.post("/calls/{sid}/hand/", call_hand),
    web.get("/mailboxes/{address}", mailbox),
    web.get(r"/mails/{mail}/attachments/{place:\d+}", attachment),
    web.static("/static", STATIC),
]
