"""Signed webhooks to Kept: posted, tried once more when nobody answers, and remembered."""

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine, Mapping

import aiohttp
from yarl import URL

from sandbox import signing
from sandbox.records import WebhookResult
from sandbox.settings import Settings

CONNECT_WITHIN_SECONDS = 10
ANSWER_WITHIN_SECONDS = 15
AT_ONCE = 20
RETRY_AFTER_SECONDS = 0.5


class Webhooks:
    """The company's outgoing side: one HTTP session, and the tasks that use it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.counts: Counter[str] = Counter()
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """How many deliveries, calls and webhooks have not ended yet."""
        return len(self._tasks)

    async def open(self) -> None:
        """Get ready to post; needs the running loop."""
        self._session = aiohttp.ClientSession(
            # A kept connection that Kept closes meanwhile would look like no answer.
            connector=aiohttp.TCPConnector(limit=AT_ONCE, force_close=True),
            # No total: waiting for one's turn is not Kept's slowness.
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=CONNECT_WITHIN_SECONDS, sock_read=ANSWER_WITHIN_SECONDS
            ),
            headers={"User-Agent": "TwilioProxy/1.1 (Kept sandbox)"},
        )

    async def close(self) -> None:
        """Let go of whatever is still under way."""
        await self.drop_all()
        if self._session is not None:
            await self._session.close()

    async def drop_all(self) -> None:
        """Forget the deliveries and calls under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run something in the background, held so that it is neither lost nor left behind."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def post(self, url: str, fields: Mapping[str, str], *, kind: str, log: list[WebhookResult]) -> str:
        """Post one signed webhook; the answer's body, or '' when nobody answered."""
        for attempt in (1, 2):
            try:
                return await self._post_once(url, fields, kind=kind, log=log)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                self.counts["unanswered"] += 1
                log.append(WebhookResult(kind, time.time(), None, type(error).__name__))
                if attempt == 1:
                    await asyncio.sleep(RETRY_AFTER_SECONDS)
        return ""

    async def _post_once(
        self, url: str, fields: Mapping[str, str], *, kind: str, log: list[WebhookResult]
    ) -> str:
        if self._session is None:
            raise RuntimeError("webhooks are not open yet")
        target = as_sent(url)
        headers = signing.headers(
            url=str(target),
            fields=fields,
            auth_token=self.settings.auth_token,
            key=self.settings.signing_key,
            key_secret=self.settings.signing_secret,
        )
        async with self._session.post(
            target, data=dict(fields), headers=headers, allow_redirects=False
        ) as answer:
            words = await answer.text(errors="replace")
        self.counts["answered"] += 1
        if answer.status >= 400:
            self.counts["refused"] += 1
        log.append(WebhookResult(kind, time.time(), answer.status))
        return words


def as_sent(url: str) -> URL:
    """The address letter by letter: what is signed is what arrives. Letters beyond ASCII,
    which no request can carry, are encoded.
    """
    return URL(url, encoded=url.isascii())
