"""Answers that no documentation knows: a receipt or a TransportError, never more."""

from __future__ import annotations

import gzip
import json
import math
import threading
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from account_email.transport import PROVIDERS, Receipt, TransportError, open_session
from account_email.transport import providers as known
from account_email.transport.exchange import Answer
from account_email.transport.providers.letter import read_letter
from hypothesis import given, settings
from hypothesis import strategies as st
from transport_apis import profile_of
from transport_servers import SENDER, letter

TO = "jane@customer.example"
WORDS = [
    *("message", "Message", "messages", "Messages", "error", "errors", "Errors", "id"),
    *(
        "code",
        "ErrorCode",
        "ErrorMessage",
        "MessageID",
        "messageId",
        "Status",
        "status",
    ),
    *(
        "results",
        "reason",
        "details",
        "To",
        "Cc",
        "data",
        "name",
        "type",
        "description",
    ),
    *("total_accepted_recipients", "total_rejected_recipients", "x-message-id"),
]
LEAVES = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    st.sampled_from(
        [10**400, -1, math.nan, math.inf, "", "success", "error", "\0\ud800"]
    ),
)
ODD = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    ),
    max_leaves=12,
)
BODIES = st.one_of(
    ODD.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(st.sampled_from(WORDS), ODD, max_size=6).map(
        lambda value: json.dumps(value).encode()
    ),
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"[" * 100_000,
            b'{"message":' * 50_000,
            b'{"id": 1, "id": [2], "id": null}',
            b"9" * 10_000,
            b'{"ErrorCode": ' + b"9" * 5000 + b"}",
            b'\xef\xbb\xbf{"id": "x"}',
            '{"id": "x"}'.encode("utf-16"),
            b"NaN",
        ]
    ),
)
STATUSES = st.sampled_from([200, 201, 202, 204, 299, 301, 400, 401, 403, 413, 422, 429])
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "Location", "X-Message-Id", "request-id"]),
    st.one_of(st.text(max_size=20), st.sampled_from(["-1", "1e999", "9" * 400, "nan"])),
)


@pytest.mark.parametrize("name", PROVIDERS)
@settings(max_examples=150, deadline=None)
@given(status=STATUSES, body=BODIES, headers=HEADERS)
def test_any_answer_has_a_meaning(name, status, body, headers):
    provider = known.create(profile_of(name, "http://127.0.0.1:9/"))
    (call, *_others) = provider.calls(
        read_letter(letter(), SENDER, recipients=[TO], key="<k@example.com>")
    )
    try:
        receipt = provider.receipt(call, Answer(status, body, headers))
    except TransportError as error:
        assert isinstance(error.server_text, str)
        assert error.retry_after is None or 0 <= error.retry_after < math.inf
        return
    assert isinstance(receipt, Receipt)
    assert isinstance(receipt.reply, str)
    assert isinstance(receipt.provider_id, str)
    assert set(receipt.accepted) <= {TO}


OK = b"HTTP/1.1 200 OK\r\n"
RAW = {
    "negative chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc",
    "no number": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "huge chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40,
    "negative length": OK + b"Content-Length: -7\r\n\r\nabc",
    "odd length": OK + b"Content-Length: seven\r\n\r\nabc",
    "huge length": OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "bad gzip": OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
    "bad charset": OK + b"Content-Type: a/b; charset=none\r\n"
    b"Content-Length: 2\r\n\r\n\xff\xfe",
    "odd status": b"HTTP/1.1 20x OK\r\n\r\n",
    "huge status": b"HTTP/1.1 " + b"9" * 5000 + b" OK\r\n\r\n",
    "no protocol": b"\0\xff\0\xff\r\n\r\n",
    "many headers": OK + b"a: b\r\n" * 500 + b"\r\n",
    "odd headers": OK + b": x\r\n\xff: \xff\r\n y\r\n\r\n",
    "deep": OK + b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000,
    "bomb": OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b" " * 10_000_000),
    "two lengths": OK + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nabc",
    "endless hundred": b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
}


@contextmanager
def server_saying(data):
    class Handler(StreamRequestHandler):
        timeout = 5

        def handle(self):
            size = 0
            while line := self.rfile.readline().strip().lower():
                if line.startswith(b"content-length:"):
                    size = int(line.partition(b":")[2])
            self.rfile.read(size)
            self.wfile.write(data)

    ThreadingTCPServer.daemon_threads = True
    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("what", RAW)
@pytest.mark.parametrize("name", ["manager", "postmark"])
def test_what_comes_after_the_request_went_out_is_classified(name, what):
    with server_saying(RAW[what]) as port:
        profile = profile_of(name, f"http://127.0.0.1:{port}/")
        with open_session(profile) as session:
            try:
                session.send(letter(), SENDER, [TO])
            except TransportError as error:
                # It may have been accepted: nobody repeats it without being asked.
                assert error.kind == "unknown", error


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_fault_of_ours_while_reading_is_an_unknown_outcome(name, monkeypatch):
    def broken(*_args):
        raise RecursionError("deeper than any list of known faults")

    answer = OK + b"Content-Length: 2\r\n\r\n{}"
    with server_saying(answer) as port:
        profile = profile_of(name, f"http://127.0.0.1:{port}/")
        with open_session(profile) as session:
            monkeypatch.setattr(type(session.provider), "receipt", broken)
            with pytest.raises(TransportError) as caught:
                session.send(letter(), SENDER, [TO])
    assert (caught.value.kind, caught.value.cause) == ("unknown", "lost_after_data")
