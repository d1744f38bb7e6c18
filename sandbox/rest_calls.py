"""Twilio's REST API for telephone calls: created, changed while they last, and fetched."""

import time
from urllib.parse import urlencode

from aiohttp import web

from sandbox.company import COMPANY, Company
from sandbox.misbehaving import answered
from sandbox.records import Call, new_sid
from sandbox.refusals import RefusalError
from sandbox.rest import form_of, lists_of, page_size, whole
from sandbox.shapes import API, call_json

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


async def create_call(request: web.Request) -> web.Response:
    """Ring somebody."""
    company = request.app[COMPANY]
    form = await lists_of(request)
    to = form.get("To", [""])[-1]

    def ring() -> tuple[Call, dict[str, object]]:
        call = _ordered(company, form)
        company.carrier.keep_call(call)
        answer = call_json(call, company.settings.account_sid)
        company.calls.begin(call)
        return call, answer

    return await answered(request, ring, verb="create", to=to, status=201)


async def update_call(request: web.Request) -> web.Response:
    """Give a call that is under way other words, or end it."""
    company = request.app[COMPANY]
    form = await form_of(request)

    def change() -> tuple[Call, dict[str, object]]:
        call = _known(company, request)
        if call.status in OVER:
            raise RefusalError(21220)
        call.twiml, call.url = form.get("Twiml", call.twiml), form.get("Url", call.url)
        if form.get("Status") in ("completed", "canceled"):
            call.twiml = "<Response><Hangup/></Response>"
        return call, call_json(call, company.settings.account_sid)

    return await answered(request, change, verb="update")


async def list_calls(request: web.Request) -> web.Response:
    """Calls by number and status, newest first, in pages."""
    company = request.app[COMPANY]
    query = dict(request.query)

    def look_up() -> tuple[None, dict[str, object]]:
        company.counts["listed"] += 1
        return None, _page(company, query)

    return await answered(request, look_up, verb="list", to=query.get("To", ""))


def _page(company: Company, query: dict[str, str]) -> dict[str, object]:
    size, number = page_size(query), whole(query, "Page", 0)
    known = company.carrier.listed_calls(to=query.get("To", ""), sender=query.get("From", ""))
    status = query.get("Status", "")
    calls = [call for call in known if status in ("", call.status)]
    start = number * size
    shown = calls[start : start + size]
    following = _uri(company, query, number + 1) if len(calls) > start + size else None
    return {
        "calls": [call_json(call, company.settings.account_sid) for call in shown],
        "end": start + len(shown) - 1,
        "first_page_uri": _uri(company, query, 0),
        "next_page_uri": following,
        "page": number,
        "page_size": size,
        "previous_page_uri": _uri(company, query, number - 1) if number else None,
        "start": start,
        "uri": _uri(company, query, number),
    }


def _uri(company: Company, query: dict[str, str], page: int) -> str:
    kept = {name: query[name] for name in query if name not in ("Page", "PageSize")}
    kept |= {"PageSize": str(page_size(query)), "Page": str(page)}
    return f"{API}/Accounts/{company.settings.account_sid}/Calls.json?{urlencode(kept)}"


def _seconds(given: str, usual: int) -> int:
    if not given:
        return usual
    if not given.isdecimal() or int(given) < 1:
        raise RefusalError(20001, f"seconds {given!r}")
    return int(given)


async def fetch_call(request: web.Request) -> web.Response:
    """One call by its sid."""
    company = request.app[COMPANY]

    def look_up() -> tuple[None, dict[str, object]]:
        return None, call_json(_known(company, request), company.settings.account_sid)

    return await answered(request, look_up, verb="fetch")


def _known(company: Company, request: web.Request) -> Call:
    call = company.carrier.calls.get(request.match_info["sid"])
    if call is None:
        raise RefusalError(20404, request.path)
    return call


def _ordered(company: Company, form: dict[str, list[str]]) -> Call:
    def last(name: str) -> str:
        return form.get(name, [""])[-1]

    if not last("To"):
        raise RefusalError(21201)
    company.carrier.check_number(last("To"), for_a_call=True)
    if not last("Twiml") and not last("Url"):
        raise RefusalError(21205)
    return Call(
        sid=new_sid("CA"),
        to=last("To"),
        sender=company.carrier.owned(last("From"), missing=21213),
        created_at=time.time(),
        twiml=last("Twiml"),
        url=last("Url"),
        machine_detection=last("MachineDetection"),
        async_amd_callback=last("AsyncAmdStatusCallback") if last("AsyncAmd") == "true" else "",
        status_callback=last("StatusCallback"),
        status_events=tuple(form.get("StatusCallbackEvent", ["completed"])),
        time_limit_seconds=_seconds(last("TimeLimit"), 14400),
        ring_seconds=_seconds(last("Timeout"), 60),
        listed_from=time.time() + company.faults.rates.listing_lag_seconds,
    )
