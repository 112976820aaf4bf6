"""Gmail and Graph: whom the headers name, how much they take, what they never see."""

from __future__ import annotations

import base64

import pytest
from account_email.transport import TransportError, open_session, probe
from account_email.transport.providers import gmail_api, graph
from test_transport_providers import raw_message, sent
from transport_apis import GOOD, SECRET, TO, profile_of
from transport_scripts import http_server
from transport_servers import SENDER, fail, letter

TOKEN_APIS = ("gmail_api", "graph")


def names(message, header):
    found = message[header]
    return [address.addr_spec for address in found.addresses] if found else []


@pytest.mark.parametrize("provider", TOKEN_APIS)
def test_headers_name_exactly_the_recipients(provider):
    message = raw_message(provider, sent(provider)[0])
    assert names(message, "To") == TO[:1]
    assert names(message, "Cc") == TO[1:2]
    assert names(message, "Bcc") == TO[2:]
    # A letter repeated for one of them reaches nobody a second time.
    again = raw_message(provider, sent(provider, recipients=TO[1:2])[0])
    assert (names(again, "To"), names(again, "Cc")) == (TO[1:2], [])
    assert names(again, "Bcc") == []
    alone = raw_message(provider, sent(provider, recipients=TO[2:])[0])
    assert (names(alone, "To"), names(alone, "Bcc")) == (TO[2:], [])


@pytest.mark.parametrize("provider", TOKEN_APIS)
def test_a_bcc_of_the_message_itself_is_not_believed(provider):
    message = letter(Bcc="stranger@elsewhere.example")
    request, _receipt = sent(provider, message, recipients=TO[:1])
    assert names(raw_message(provider, request), "Bcc") == []
    assert message["Bcc"] == "stranger@elsewhere.example"


def test_where_it_is_sent():
    request, receipt = sent("graph", username="")
    assert request.path == "/v1.0/me/sendMail"
    assert request.headers["Content-Type"] == "text/plain"
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert base64.b64decode(request.body, validate=True)
    assert receipt.reply.startswith("202")
    shared = sent("graph", username="invoices@sender.example")[0]
    assert shared.path == "/v1.0/users/invoices@sender.example/sendMail"
    odd = sent("graph", username="../../me?x=/y")[0]
    assert odd.path == "/v1.0/users/..%2F..%2Fme%3Fx%3D%2Fy/sendMail"
    gmail, receipt = sent("gmail_api")
    assert gmail.path.startswith("/upload/gmail/v1/users/me/messages/send?")
    assert gmail.headers["Content-Type"] == "message/rfc822"
    assert receipt.provider_id == "18c0ffee"


@pytest.mark.parametrize("module", [gmail_api, graph])
def test_too_large_is_said_before_it_is_sent(module):
    provider = module.__name__.rpartition(".")[2]
    message = letter()
    fits = len(raw(provider, message))
    message.add_attachment(
        b"x" * (module.LIMIT - fits), maintype="application", subtype="pdf"
    )
    with http_server(lambda request: GOOD[provider]) as (seen, url):
        error = fail(profile_of(provider, url), message)
    assert (error.kind, error.cause) == ("content", "too_big")
    assert error.facts["limit"] == module.LIMIT < error.facts["size"]
    assert not seen


def raw(provider, message):
    request, _receipt = sent(provider, message, recipients=TO[:1])
    return raw_message(provider, request).as_bytes()


@pytest.mark.parametrize("provider", TOKEN_APIS)
def test_a_lost_answer_is_not_repeated(provider):
    def lose(_request):
        raise ConnectionError

    with http_server(lose) as (_seen, url):
        error = fail(profile_of(provider, url))
    assert (error.kind, error.cause) == ("unknown", "lost_after_data")


@pytest.mark.parametrize("provider", TOKEN_APIS)
def test_the_test_shows_mailbox_and_right(provider):
    with http_server(lambda request: GOOD[provider]) as (_seen, url):
        steps = list(probe(profile_of(provider, url), message=letter(), recipients=TO))
    assert [s.name for s in steps][-3:] == ["mailbox", "sender", "delivery"]
    assert all(step.ok for step in steps)


@pytest.mark.parametrize("provider", TOKEN_APIS)
def test_an_echoed_token_is_masked(provider):
    body = f'{{"error": {{"code": "x", "message": "bad {SECRET}"}}}}'.encode()
    with (
        http_server(lambda request: (400, {}, body)) as (_seen, url),
        pytest.raises(TransportError) as caught,
        open_session(profile_of(provider, url)) as session,
    ):
        session.send(letter(), SENDER, TO)
    assert SECRET not in f"{caught.value}{caught.value.__cause__!r}"
