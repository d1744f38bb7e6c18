"""Twilio's REST API for telephone calls: created, changed while they last, and fetched."""

import time

from aiohttp import web

from sandbox.company import COMPANY, Company
from sandbox.misbehaving import answered
from sandbox.records import Call, new_sid
from sandbox.refusals import RefusalError
from sandbox.rest import form_of, lists_of
from sandbox.shapes import call_json

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
    company.carrier.check_number(last("To"))
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
    )
