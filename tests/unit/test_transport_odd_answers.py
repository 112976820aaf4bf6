"""Whatever an API answers, what comes out is a receipt or a classified failure."""

from __future__ import annotations

import json
from itertools import product

import pytest
from account_email.transport import CAUSES, Receipt, TransportError
from account_email.transport.exchange import Answer
from account_email.transport.providers import PROVIDERS
from account_email.transport.providers.base import Call
from transport_apis import GOOD, TO, profile_of

ODD = (None, True, 0, -1, 10**400, "", "text", [], [[]], [None], {}, {"a": {}}, [{}])
STATUSES = (200, 202, 301, 400, 401, 422, 429, 500, 502)
NAMES = (
    *("code", "Code", "error", "errors", "ErrorCode", "id", "message", "Message"),
    *("MessageID", "MessageId", "messageId", "Messages", "Errors", "__type"),
    *("results", "Status", "name", "statusCode", "data", "To"),
)


def bodies(provider):
    """The answer it gives to a letter, with every part exchanged for something odd."""
    body = GOOD[provider][2] if provider in GOOD else b""
    good = json.loads(body) if body else {}
    names = sorted({*NAMES, *good})
    yield from ({**good, name: odd} for name, odd in product(names, ODD))
    for name, inner, odd in product(good, names, ODD):
        known = good[name][0] if isinstance(good[name], list) else {}
        yield {**good, name: [{**known, inner: odd}]}
        yield {**good, name: {inner: odd}}
    yield from ODD


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_no_answer_is_too_odd(name):
    provider = PROVIDERS[name](profile_of(name, "https://api.example/"))
    call = Call("https://api.example/", tuple(TO))
    for status, body in product(STATUSES, bodies(name)):
        answer = Answer(status, json.dumps(body).encode())
        try:
            assert isinstance(provider.receipt(call, answer), Receipt), body
        except TransportError as error:
            assert error.cause in CAUSES, body
