"""What the answers of each HTTP API mean."""

from __future__ import annotations

import base64
import json

import pytest
from account_email.transport import CAUSES, KINDS, TransportError, open_session
from transport_apis import ANSWERS, GOOD, NAMED, SECRET, TO, profile_of
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


COPY = "copy@sender.example"
REFUSED_COPIES = {
    "postmark": (
        422,
        {"ErrorCode": 300, "Message": f"Error parsing 'Bcc': Illegal '{COPY}'."},
    ),
    "sendgrid": (
        400,
        {
            "errors": [
                {
                    "message": "Does not contain a valid address.",
                    "field": "personalizations.0.bcc.0.email",
                }
            ]
        },
    ),
    "brevo": (
        400,
        {"code": "invalid_parameter", "message": "email is not valid in bcc"},
    ),
    "resend": (422, {"name": "validation_error", "message": "Invalid `bcc` field."}),
}


@pytest.mark.parametrize("provider", REFUSED_COPIES)
@pytest.mark.parametrize("only_copies", [False, True])
def test_a_refused_copy_is_not_the_letters_failure(provider, only_copies):
    status, body = REFUSED_COPIES[provider]

    def answer(request):
        if COPY.encode() in request.body:
            return status, {}, json.dumps(body).encode()
        return GOOD[provider]

    with http_server(answer) as (seen, url):
        profile = profile_of(provider, url)
        to = [COPY] if only_copies else [TO[0], COPY]
        with open_session(profile) as session:
            if only_copies:
                with pytest.raises(TransportError) as caught:
                    session.send(letter(), SENDER, to)
                assert caught.value.kind == "recipient"
                assert len(seen) == 1
                return
            receipt = session.send(letter(), SENDER, to)
    assert receipt.accepted == (TO[0],)
    assert [(r.address, r.error.kind) for r in receipt.refused] == [(COPY, "recipient")]
    assert len(seen) == 2
