"""Starts the pretend phone company: `python -m sandbox`."""

import asyncio
import errno
import signal
import sys

from sandbox.server import running
from sandbox.settings import HOST, Settings, from_command_line


async def serve(settings: Settings) -> None:
    """Serve until told to stop (SIGTERM or Ctrl-C)."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for reason in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(reason, told_to_stop.set)
    async with running(settings) as company:
        print(f"sandbox ready on http://{HOST}:{company.port}", flush=True)
        await told_to_stop.wait()


def main() -> int:
    """Run, and say in plain words when a port is taken."""
    settings = from_command_line(sys.argv[1:])
    try:
        asyncio.run(serve(settings))
    except OSError as error:
        print(_said_plainly(error, settings), file=sys.stderr)
        return 1
    return 0


def _said_plainly(error: OSError, settings: Settings) -> str:
    if error.errno != errno.EADDRINUSE:
        return f"The sandbox could not start: {error.strerror or error}."
    return (
        f"Something already listens on port {settings.port} or {settings.smtp_port}. Choose others "
        "for the sandbox with KEPT_SANDBOX_PORT and KEPT_SANDBOX_SMTP_PORT."
    )


if __name__ == "__main__":
    sys.exit(main())
