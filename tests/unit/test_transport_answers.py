"""What the answers of each HTTP API mean."""

from __future__ import annotations

import base64
import json

import pytest
from account_email.transport import CAUSES, KINDS, TransportError, open_session
from transport_apis import ANSWERS, NAMED, SECRET, TO, profile_of
from transport_scripts import http_server
from transport_servers import SENDER, fail, letter


@pytest.mark.parametrize(("provider", "status", "headers", "body", "outcome"), ANSWERS)
def test_answer(provider, status, headers, body, outcome):
    answer = (int(status), json.loads(headers), body.encode())
    with http_server(lambda request: answer) as (_seen, url):
        profile = profile_of(provider, url)
        if outcome.startswith("accepted"):
            with open_session(profile) as session:
                receipt = session.send(letter(), SENDER, TO[:1], idempotency_key="k")
            assert receipt.accepted == tuple(TO[:1])
            assert f"accepted {receipt.provider_id}" == outcome
            return
        error = fail(profile, idempotency_key="k")
    assert f"{error.kind} {error.cause}" == outcome
    assert error.kind in KINDS
    assert error.cause in CAUSES
    assert error.code == int(status) or body.startswith('{"Messages"')
    assert error.facts["provider"] == provider
    if "Retry-After" in headers:
        assert error.retry_after == float(json.loads(headers)["Retry-After"])


@pytest.mark.parametrize("provider", NAMED)
def test_a_key_is_never_repeated(provider):
    def echo(request):
        return 400, {}, SECRET.encode() + str(request.headers).encode()

    with http_server(echo) as (_seen, url):
        profile = profile_of(provider, url)
        error = fail(profile)
    said = f"{error!r} {error} {error.server_text} {error.facts} {profile!r}"
    assert SECRET not in said
    assert base64.b64encode(SECRET.encode()).decode() not in said
    assert base64.b64encode(f"user:{SECRET}".encode()).decode() not in said
    assert base64.b64encode(f"api:{SECRET}".encode()).decode() not in said


def test_a_key_that_cannot_stand_in_a_header():
    profile = profile_of("brevo", "https://x.example", password="a\r\nX-Evil: b")
    with pytest.raises(TransportError) as caught:
        open_session(profile)
    assert caught.value.cause == "bad_secret"
    assert "Evil" not in repr(caught.value)
