"""The evaluator's page: phones and mailboxes are shown, and answered with a plain form."""

from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest

from sandbox.launch import Sandbox

from .conftest import Listener

MARA = "+12125550123"
PHONE = "/phones/%2B12125550123"
Send = Callable[..., Any]


def visit(
    sandbox: Sandbox, path: str, form: dict[str, str] | None = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", sandbox.port, timeout=30)
    method = "GET" if form is None else "POST"
    connection.request(method, path, urlencode(form) if form is not None else None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page, dict(answer.getheaders())


def test_front_page_lists_phones_and_mailboxes(send: Send, sandbox: Sandbox) -> None:
    send(body="Harbor: Tue <15:00>")
    _, page, headers = visit(sandbox, "/")
    assert "This is a pretend phone company" in page
    assert f'href="{PHONE}"' in page
    assert "Harbor: Tue &lt;15:00&gt;" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_phone_shows_text_status_and_what_kept_answered(send: Send, sandbox: Sandbox, kept: Listener) -> None:
    send(body="<script>bad()</script>", status_callback=f"{kept.url}/status/")
    sandbox.wait_until_settled()
    _, page, _ = visit(sandbox, PHONE)
    assert "&lt;script&gt;bad()&lt;/script&gt;" in page
    assert "<script>bad" not in page
    assert "delivered</span>" in page
    assert "Kept answered 200" in page


@pytest.mark.parametrize(
    ("form", "body"),
    [({"quick": "C", "body": ""}, "C"), ({"body": " Thursday? "}, "Thursday?")],
)
def test_answer_from_the_page_reaches_kept(
    sandbox: Sandbox, kept: Listener, form: dict[str, str], body: str
) -> None:
    status, _, headers = visit(sandbox, f"{PHONE}/texts/", form)
    assert (status, headers["Location"]) == (303, PHONE)
    [webhook] = kept.wait_for(1)
    assert (webhook.fields["From"], webhook.fields["Body"]) == (MARA, body)
    assert body in visit(sandbox, PHONE)[1]


def test_empty_answer_is_not_sent(sandbox: Sandbox) -> None:
    assert visit(sandbox, f"{PHONE}/texts/", {"body": "  "})[0] == 303
    assert sandbox.messages() == []


def test_stop_is_shown_on_the_phone(sandbox: Sandbox) -> None:
    sandbox.reply(MARA, "STOP")
    assert "Opted out" in visit(sandbox, PHONE)[1]
    sandbox.reply(MARA, "START")
    assert "Opted out" not in visit(sandbox, PHONE)[1]


def test_anybody_can_text_the_practice(sandbox: Sandbox, kept: Listener) -> None:
    assert visit(sandbox, "/texts/", {"number": "+1 212 555 0188", "body": "Hello"})[0] == 303
    assert kept.wait_for(1)[0].fields["From"] == "+12125550188"


def test_half_a_number_keeps_what_was_typed(sandbox: Sandbox) -> None:
    status, page, _ = visit(sandbox, "/texts/", {"number": "0188", "body": 'Say "hi"'})
    assert status == 422
    assert 'value="0188"' in page
    assert "Say &quot;hi&quot;" in page
    assert sandbox.messages() == []


def test_form_of_another_site_is_refused(sandbox: Sandbox) -> None:
    status, _, _ = visit(sandbox, f"{PHONE}/texts/", {"body": "C"}, **{"Sec-Fetch-Site": "cross-site"})
    assert status == 403
    assert sandbox.messages() == []


def test_who_answers_is_arranged_on_the_phone(sandbox: Sandbox) -> None:
    visit(sandbox, f"{PHONE}/answering/", {"by": "machine", "digits": ""})
    assert '<option value="machine" selected>' in visit(sandbox, PHONE)[1]
    assert visit(sandbox, f"{PHONE}/answering/", {"by": "dog"})[0] == 422


def test_search_narrows_phones(send: Send, sandbox: Sandbox) -> None:
    send()
    send(to="+12125550177")
    _, page, _ = visit(sandbox, "/?q=555%200177")
    assert "+1 212 555 0177" in page
    assert PHONE not in page


def test_word_that_is_no_number_has_no_phone(sandbox: Sandbox) -> None:
    assert visit(sandbox, "/phones/nobody")[0] == 404
