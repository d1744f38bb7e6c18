"""What a sandbox is told when it starts: addresses, credentials and the numbers it owns."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
DEFAULT_ACCOUNT_SID = "AC" + "0" * 32
DEFAULT_AUTH_TOKEN = "sandbox-auth-token"  # noqa: S105 - a pretend company's public token
DEFAULT_SERVICE_SID = "MG" + "0" * 32
DEFAULT_NUMBER = "+12125550100"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything fixed for the life of one sandbox."""

    port: int = 8001
    smtp_port: int = 8025
    account_sid: str = DEFAULT_ACCOUNT_SID
    auth_token: str = DEFAULT_AUTH_TOKEN
    service_sid: str = DEFAULT_SERVICE_SID
    numbers: tuple[str, ...] = (DEFAULT_NUMBER,)
    inbound_url: str = "http://127.0.0.1:8000/webhooks/twilio/inbound/"
    state: Path | None = None
    fast: bool = False
    signing_key: str = ""
    signing_secret: str = ""
    opt_out_type: bool = True
    forwards_stop: bool = True
    answers_stop: bool = True


def from_command_line(arguments: Sequence[str]) -> Settings:
    """Read the options; `KEPT_SANDBOX_…` variables stand in for the ones left out."""
    chosen = _parser().parse_args(arguments)
    inbound = chosen.inbound_url or chosen.webhook_base.rstrip("/") + "/webhooks/twilio/inbound/"
    return Settings(
        port=chosen.port,
        smtp_port=chosen.smtp_port,
        account_sid=chosen.account_sid,
        auth_token=chosen.auth_token,
        service_sid=chosen.messaging_service_sid,
        numbers=tuple(chosen.number or [_variable("NUMBER", DEFAULT_NUMBER)]),
        inbound_url=inbound,
        state=chosen.state,
        fast=chosen.fast,
        signing_key=chosen.signing_key,
        signing_secret=chosen.signing_secret,
        opt_out_type=not chosen.no_opt_out_type,
        forwards_stop=not chosen.keep_stop,
        answers_stop=not chosen.no_stop_answer,
    )


def _variable(name: str, default: str) -> str:
    return os.environ.get(f"KEPT_SANDBOX_{name}", default)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    _add_addresses(parser)
    _add_account(parser)
    _add_behaviour(parser)
    return parser


def _add_addresses(parser: argparse.ArgumentParser) -> None:
    state = _variable("STATE", "")
    parser.add_argument("--port", type=int, default=int(_variable("PORT", "8001")))
    parser.add_argument("--smtp-port", type=int, default=int(_variable("SMTP_PORT", "8025")))
    parser.add_argument(
        "--webhook-base",
        default=_variable("WEBHOOK_BASE", "http://127.0.0.1:8000"),
        help="where Kept listens",
    )
    parser.add_argument(
        "--inbound-url",
        default=_variable("INBOUND_URL", ""),
        help="where a client's reply goes (default: WEBHOOK_BASE/webhooks/twilio/inbound/)",
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=Path(state) if state else None,
        help="keep phones and mailboxes in this file across restarts",
    )


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account-sid", default=_variable("ACCOUNT_SID", DEFAULT_ACCOUNT_SID))
    parser.add_argument("--auth-token", default=_variable("AUTH_TOKEN", DEFAULT_AUTH_TOKEN))
    parser.add_argument(
        "--messaging-service-sid",
        default=_variable("MESSAGING_SERVICE_SID", DEFAULT_SERVICE_SID),
    )
    parser.add_argument("--number", action="append", help="a sender it owns; may be repeated")
    parser.add_argument(
        "--signing-key",
        default=_variable("SIGNING_KEY", ""),
        help="SharedKey id: sign webhooks with HMAC-SHA256 instead of HMAC-SHA1",
    )
    parser.add_argument("--signing-secret", default=_variable("SIGNING_SECRET", ""))


def _add_behaviour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fast", action="store_true", help="for benches: sent at once, no status callbacks")
    parser.add_argument(
        "--no-opt-out-type", action="store_true", help="without Advanced Opt-Out's OptOutType"
    )
    parser.add_argument(
        "--keep-stop", action="store_true", help="do not forward STOP, START and HELP to Kept"
    )
    parser.add_argument(
        "--no-stop-answer", action="store_true", help="the carrier does not answer STOP itself"
    )
