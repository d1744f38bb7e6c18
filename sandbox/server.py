"""Puts the company on the wire: its addresses, its SMTP port, and an orderly end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiohttp import web
from aiosmtpd.smtp import SMTP

from sandbox import control, pages, rest, rest_calls, state
from sandbox.company import COMPANY, Company, found
from sandbox.mailbox import LARGEST_MAIL_BYTES
from sandbox.settings import HOST, Settings
from sandbox.shapes import API


def build(company: Company) -> web.Application:
    """The web application with all of its addresses."""
    application = web.Application(
        middlewares=[rest.account_holders_only, control.plain_complaints, pages.careful_headers]
    )
    application[COMPANY] = company
    account = API + "/Accounts/{account}"
    application.add_routes(
        [
            web.post(account + "/Messages.json", rest.create_message),
            web.get(account + "/Messages.json", rest.list_messages),
            web.get(account + "/Messages/{sid}.json", rest.fetch_message),
            web.post(account + "/Calls.json", rest_calls.create_call),
            web.get(account + "/Calls.json", rest_calls.list_calls),
            web.get(account + "/Calls/{sid}.json", rest_calls.fetch_call),
            web.post(account + "/Calls/{sid}.json", rest_calls.update_call),
            web.get("/control/faults", control.show_faults),
            web.post("/control/faults", control.change_faults),
            web.post("/control/reset", control.reset),
            web.get("/control/messages", control.messages),
            web.get("/control/calls", control.calls),
            web.get("/control/mails", control.mails),
            web.get("/control/stats", control.stats),
            web.post("/control/reply", control.reply),
            web.post("/control/numbers", control.number),
            *pages.ROUTES,
        ]
    )
    return application


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Company]:
    """Serve until the block ends; what was remembered is then saved, if asked for."""
    company = found(settings)
    state.load(company)
    await company.webhooks.open()
    runner = web.AppRunner(build(company), access_log=None, shutdown_timeout=1)
    await runner.setup()
    post_office: asyncio.Server | None = None
    saving = asyncio.create_task(state.keep_saving(company))
    try:
        await web.TCPSite(runner, HOST, settings.port, reuse_address=True).start()
        post_office = await _open_post_office(company)
        company.port = runner.addresses[0][1]
        company.smtp_port = post_office.sockets[0].getsockname()[1]
        yield company
    finally:
        saving.cancel()
        if post_office is not None:
            post_office.close()
        await company.webhooks.close()
        await runner.cleanup()
        state.save(company)


async def _open_post_office(company: Company) -> asyncio.Server:
    def clerk() -> SMTP:
        return SMTP(
            company.mailbox,
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL_BYTES,
            hostname="sandbox",
        )

    loop = asyncio.get_running_loop()
    return await loop.create_server(clerk, HOST, company.settings.smtp_port)
