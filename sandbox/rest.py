"""Twilio's REST API, the part that Kept uses: texts are created, listed and fetched here."""

from datetime import UTC, datetime
from itertools import islice
from urllib.parse import parse_qs, parse_qsl, urlencode

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import signing
from sandbox.carrier import TextOrder
from sandbox.company import COMPANY, Company
from sandbox.misbehaving import answered, refused
from sandbox.records import Message
from sandbox.refusals import RefusalError
from sandbox.shapes import API, message_json

LARGEST_PAGE = 1000
USUAL_PAGE = 50


async def create_message(request: web.Request) -> web.Response:
    """Take one text for sending."""
    company = request.app[COMPANY]
    form = await form_of(request)
    order = TextOrder(
        to=form.get("To", ""),
        sender=form.get("From", ""),
        service_sid=form.get("MessagingServiceSid", ""),
        body=form.get("Body", ""),
        status_callback=form.get("StatusCallback", ""),
        validity_period=form.get("ValidityPeriod", ""),
    )

    def take() -> tuple[Message, dict[str, object]]:
        lag = company.faults.rates.listing_lag_seconds
        message = company.carrier.accept(order, listing_lag_seconds=lag)
        answer = message_json(message, company.settings.account_sid)
        company.delivery.begin(message)
        return message, answer

    return await answered(request, take, verb="create", to=order.to, status=201)


async def fetch_message(request: web.Request) -> web.Response:
    """One text by its sid."""
    company = request.app[COMPANY]

    def look_up() -> tuple[None, dict[str, object]]:
        message = company.carrier.messages.get(request.match_info["sid"])
        if message is None or message.direction == "carrier":
            raise RefusalError(20404, request.path)
        company.counts["fetched"] += 1
        return None, message_json(message, company.settings.account_sid)

    return await answered(request, look_up, verb="fetch")


async def list_messages(request: web.Request) -> web.Response:
    """Texts by number and time, newest first, in pages."""
    company = request.app[COMPANY]
    query = dict(request.query)

    def look_up() -> tuple[None, dict[str, object]]:
        company.counts["listed"] += 1
        return None, _page(company, query)

    return await answered(request, look_up, verb="list", to=query.get("To", ""))


def check_account(request: web.Request, company: Company) -> None:
    """Refuse whoever is not the account's holder, and any other account."""
    given = request.headers.get("Authorization", "")
    settings = company.settings
    if not signing.is_same(given, signing.basic_authorization(settings.account_sid, settings.auth_token)):
        raise RefusalError(20003)
    if request.match_info.get("account") != settings.account_sid:
        raise RefusalError(20404, request.path)


@web.middleware
async def account_holders_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Ask for the account's credentials on every address of the API."""
    if not request.path.startswith(API):
        return await handler(request)
    try:
        check_account(request, request.app[COMPANY])
        return await handler(request)
    except RefusalError as refusal:
        return refused(refusal)


async def form_of(request: web.Request) -> dict[str, str]:
    """The form's fields; of one given twice, the last counts."""
    return dict(parse_qsl((await request.read()).decode(errors="replace"), keep_blank_values=True))


async def lists_of(request: web.Request) -> dict[str, list[str]]:
    """The form's fields with all of their values."""
    return parse_qs((await request.read()).decode(errors="replace"), keep_blank_values=True)


def _page(company: Company, query: dict[str, str]) -> dict[str, object]:
    """One page of the list; a token continues after the text it names, whatever came since."""
    size, number = page_size(query), whole(query, "Page", 0)
    known = company.carrier.listed(to=query.get("To", ""), sender=query.get("From", ""))
    texts = (text for text in known if _is_within(text, query))
    if token := query.get("PageToken", "").removeprefix("PA"):
        for text in texts:
            if text.sid == token:
                break
        start = 0
    else:
        start = number * size
    shown = list(islice(texts, start, start + size + 1))
    following = _uri(company, query, number + 1, shown[size - 1].sid) if len(shown) > size else None
    return {
        "first_page_uri": _uri(company, query, 0),
        "end": number * size + min(len(shown), size) - 1,
        "messages": [message_json(text, company.settings.account_sid) for text in shown[:size]],
        "next_page_uri": following,
        "page": number,
        "page_size": size,
        "previous_page_uri": None,
        "start": number * size,
        "uri": _uri(company, query, number),
    }


def page_size(query: dict[str, str]) -> int:
    """How many a page shows, within the API's bounds."""
    return max(1, min(LARGEST_PAGE, whole(query, "PageSize", USUAL_PAGE)))


def whole(query: dict[str, str], name: str, default: int) -> int:
    """A whole number from the address, or its default."""
    given = query.get(name, str(default))
    if not given.isdecimal():
        raise RefusalError(20001, f"{name} {given!r}")
    return int(given)


def _uri(company: Company, query: dict[str, str], page: int, after: str = "") -> str:
    kept = {name: query[name] for name in query if name not in ("Page", "PageToken", "PageSize")}
    kept |= {"PageSize": str(page_size(query)), "Page": str(page)}
    if after:
        kept["PageToken"] = f"PA{after}"
    return f"{API}/Accounts/{company.settings.account_sid}/Messages.json?{urlencode(kept)}"


def _is_within(message: Message, query: dict[str, str]) -> bool:
    """Whether the text was sent (or, while it waits, created) in the time asked for."""
    at = message.sent_at or message.created_at
    if (given := query.get("DateSent>")) and at < _instant(given):
        return False
    if (given := query.get("DateSent<")) and at > _instant(given):
        return False
    given = query.get("DateSent")
    return not given or datetime.fromtimestamp(at, UTC).date().isoformat() == given[:10]


def _instant(given: str) -> float:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise RefusalError(20001, f"DateSent {given!r}") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
