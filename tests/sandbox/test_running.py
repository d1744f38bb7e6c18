"""Starting and ending: the ready line, orderly ends, taken ports, memory across restarts, fast mode."""

import signal
import subprocess
import sys
from pathlib import Path

from requests import Session
from requests.auth import HTTPBasicAuth

from sandbox.launch import PROJECT, Sandbox, launched

from .test_mail import deliver, invitation

MARA = "+12125550123"


def create(sandbox: Sandbox, to: str = MARA) -> int:
    with Session() as session:
        answer = session.post(
            f"{sandbox.url}/2010-04-01/Accounts/{sandbox.account_sid}/Messages.json",
            data={
                "To": to,
                "MessagingServiceSid": sandbox.service_sid,
                "Body": "Hello",
                "StatusCallback": "http://127.0.0.1:9/nobody/",
            },
            auth=HTTPBasicAuth(sandbox.account_sid, sandbox.auth_token),
            timeout=30,
        )
    return answer.status_code


def test_it_ends_cleanly_when_told_to() -> None:
    for reason in (signal.SIGTERM, signal.SIGINT):
        with launched() as sandbox:
            assert create(sandbox) == 201
            sandbox.process.send_signal(reason)
            assert sandbox.process.wait(timeout=30) == 0


def test_hanging_request_does_not_hold_up_the_end(sandbox: Sandbox) -> None:
    with launched() as other:
        other.misbehave(next=[{"kind": "timeout_after", "seconds": 60}])
        code = (
            "import urllib.request, base64; "
            f"urllib.request.urlopen(urllib.request.Request('{other.url}/2010-04-01/Accounts/"
            f"{other.account_sid}/Messages.json', b'To=%2B12125550123&Body=x&MessagingServiceSid="
            f"{other.service_sid}', {{'Authorization': 'Basic ' + base64.b64encode("
            f"b'{other.account_sid}:{other.auth_token}').decode()}}))"
        )
        caller = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
        while not other.stats()["accepted"]:
            assert caller.poll() is None
        other.process.terminate()
        assert other.process.wait(timeout=30) == 0
        assert caller.wait(timeout=30) != 0


def test_taken_port_is_said_in_plain_words(sandbox: Sandbox) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "sandbox", "--port", str(sandbox.port), "--smtp-port", "0"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert second.returncode == 1
    assert str(sandbox.port) in second.stderr
    assert "Traceback" not in second.stderr


def test_phones_and_mail_survive_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "var" / "sandbox.json"
    with launched("--state", str(state)) as sandbox:
        create(sandbox)
        sandbox.reply("+12125550124", "STOP")
        sandbox.arrange(MARA, code=30003, answers="machine")
        deliver(sandbox, invitation())
        sandbox.wait_until_settled()
        before = (sandbox.messages(), sandbox.mails(), sandbox.stats()["accepted"])

    with launched("--state", str(state)) as sandbox:
        assert (sandbox.messages(), sandbox.mails(), sandbox.stats()["accepted"]) == before
        assert create(sandbox, "+12125550124") == 400
        assert sandbox.arrange(MARA)["code"] == 30003


def test_unreadable_state_is_set_aside(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    state.write_text('{"messages": [{"half": ')
    with launched("--state", str(state)) as sandbox:
        assert sandbox.messages() == []
    assert state.with_suffix(".unreadable").exists()


def test_fast_mode_sends_at_once_and_calls_nobody_back() -> None:
    with launched("--fast") as sandbox:
        create(sandbox)
        assert sandbox.stats()["under_way"] == 0
        [record] = sandbox.messages()
        assert (record["status"], record["webhooks"]) == ("sent", [])


def test_processor_time_is_counted(sandbox: Sandbox) -> None:
    before = sandbox.stats()["cpu_seconds"]
    for _ in range(100):
        create(sandbox)
    assert 0 < sandbox.stats()["cpu_seconds"] - before < 5
