"""Answers an API request with the fault that is due, before or after doing the work."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from sandbox.company import COMPANY
from sandbox.faults import Fault
from sandbox.records import Call, Message
from sandbox.refusals import RefusalError


class DroppedError(Exception):
    """The connection was cut: nobody is left to answer."""


Work = Callable[[], tuple[Message | Call | None, dict[str, object]]]


async def answered(
    request: web.Request, work: Work, *, verb: str, to: str = "", status: int = 200
) -> web.Response:
    """Do the work unless a fault comes first, and answer unless one comes after.

    `work` does its whole effect at once and returns the record it made, and the answer.
    """
    company = request.app[COMPANY]
    fault = company.faults.draw(verb, to)
    if wait := company.faults.latency_seconds():
        await asyncio.sleep(wait)
    try:
        if fault and not fault.is_after:
            await _strike(request, fault)
        record, answer = work()
        if fault and fault.is_after:
            if record is not None:
                record.fault = fault.kind
            await _strike(request, fault)
    except RefusalError as refusal:
        company.counts[f"refused_{refusal.code}"] += 1
        return refused(refusal)
    except DroppedError:
        return web.Response()
    return json_answer(answer, status)


def json_answer(answer: dict[str, object], status: int = 200) -> web.Response:
    """A JSON response, without the cost of aiohttp's own checks."""
    return web.Response(body=json.dumps(answer).encode(), status=status, content_type="application/json")


def refused(refusal: RefusalError) -> web.Response:
    """The response in which Twilio wraps a refusal."""
    return json_answer(refusal.as_json(), refusal.status)


async def _strike(request: web.Request, fault: Fault) -> None:
    faults = request.app[COMPANY].faults
    if fault.kind == "429":
        raise RefusalError(20429)
    if fault.kind == "error":
        raise RefusalError(fault.code or 20500)
    if fault.kind.startswith("5xx"):
        raise RefusalError(20500, status=fault.status)
    if fault.kind.startswith("timeout"):
        await asyncio.sleep(faults.rates.hang_seconds if fault.seconds is None else fault.seconds)
    if request.transport is not None:
        request.transport.abort()
    raise DroppedError
