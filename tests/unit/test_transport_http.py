"""The generic HTTP protocol, and servers that speak HTTP badly."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from transport_misbehaviours import drip, flood
from transport_scripts import http_server, scripted
from transport_servers import (
    SENDER,
    fail,
    http_profile,
    letter,
    parts_of,
    server_context,
)

from transport import CAUSES, TransportError, open_session, probe
from transport.causes import COMMON_FACTS

TO = ["jane@customer.example"]


def test_the_generic_protocol():
    message = letter(
        To="Jane <jane@customer.example>, joe@customer.example",
        Cc="boss@customer.example",
        **{"Reply-To": "Office <office@sender.example>"},
    )
    to = [
        "jane@customer.example",
        "joe@customer.example",
        "boss@customer.example",
        "copy@sender.example",
    ]
    with (
        http_server(lambda request: (200, {}, b"OK")) as (seen, url),
        open_session(http_profile(url + "/send?key=1")) as session,
    ):
        receipt = session.send(message, SENDER, to)
    assert receipt.accepted == tuple(to)
    assert receipt.reply == "200 OK"
    first, copy = map(parts_of, seen)
    assert seen[0].path == "/send?key=1"
    assert {
        name: value[0].decode() for name, value in first.items() if name != "file1"
    } == {
        "from": "Acmé & Söhne, Inc.",
        "reply_to": "office@sender.example",
        "to": "jane@customer.example, joe@customer.example, boss@customer.example",
        "subject": "Invoice INV/2026/0001 – für Sie",
        "body": "<p>Guten Tag</p>\n",
    }
    data, name = first["file1"]
    assert data.startswith(b"%PDF-1.7 \0\1\2")
    assert name == "INV 2026 0001.pdf"
    assert copy["to"][0] == b"copy@sender.example"
    assert b"copy@sender.example" not in seen[0].body


def test_replies_go_to_the_sender_when_nothing_else_is_asked():
    with (
        http_server(lambda request: (204, {}, b"")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        session.send(letter(), SENDER, TO)
    assert parts_of(seen[0])["reply_to"][0] == SENDER.encode()


def test_a_copy_that_fails_does_not_fail_the_letter():
    def answer(request):
        return (500, {}, b"no") if b"copy@" in request.body else (200, {}, b"OK")

    with (
        http_server(answer) as (_seen, url),
        open_session(http_profile(url)) as session,
    ):
        receipt = session.send(letter(), SENDER, [*TO, "copy@sender.example"])
    assert receipt.accepted == tuple(TO)
    assert [refusal[:2] for refusal in receipt.refused] == [
        ("copy@sender.example", 500)
    ]
    assert receipt.refused[0].error.kind in {"transient", "recipient"}


def test_encrypted_with_a_certificate():
    with http_server(lambda r: (200, {}, b"OK"), tls=server_context()) as (_seen, url):
        profile = http_profile(url)
        steps = list(probe(profile, message=letter(), recipients=TO))
        assert [step.name for step in steps] == [
            "resolve",
            "connect",
            "encryption",
            "certificate",
            "delivery",
        ]
        assert all(step.ok for step in steps)
        error = fail(replace(profile, ca_file=""))
        *_passed, last = probe(replace(profile, ca_file=""))
    assert last.error.facts["names"] == ("localhost", "127.0.0.1")
    assert (error.kind, error.cause, error.step) == (
        "tls",
        "cert_unknown_ca",
        "certificate",
    )


def test_letters_share_a_connection_until_the_server_ends_it():
    with (
        http_server(lambda r: (200, {"Connection": "close"}, b"OK")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        for _number in range(3):
            session.send(letter(), SENDER, TO)
    assert len(seen) == 3


# (status, headers, kind, cause)
STATUS = [
    (301, {"Location": "http://10.0.0.1/"}, "config", "redirect"),
    (307, {"Location": "/elsewhere"}, "config", "redirect"),
    (400, {}, "content", "http_refused"),
    (401, {}, "auth", "login_refused"),
    (402, {}, "quota", "quota_plan"),
    (403, {}, "auth", "login_refused"),
    (404, {}, "config", "not_found"),
    (405, {}, "config", "not_found"),
    (408, {}, "transient", "temporary"),
    (413, {}, "content", "too_big"),
    (429, {"Retry-After": "17"}, "quota", "rate"),
    (500, {}, "transient", "temporary"),
    (503, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}, "transient", "temporary"),
    (502, {}, "unknown", "lost_after_data"),
    (504, {}, "unknown", "lost_after_data"),
]


@pytest.mark.parametrize(("status", "headers", "kind", "cause"), STATUS)
def test_status(status, headers, kind, cause):
    words = b"the server's <b>own</b>\r\nwords"
    with http_server(lambda request: (status, headers, words)) as (seen, url):
        error = fail(http_profile(url))
    assert (error.kind, error.cause, error.code) == (kind, cause, status)
    assert error.server_text == "the server's <b>own</b> words"
    assert set(error.facts) <= {*COMMON_FACTS, *CAUSES[cause]}
    assert len(seen) == 1
    if status == 429:
        assert error.retry_after == 17
    if status == 503:
        assert error.retry_after > 86400


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "127.0.0.1/send",
        "https://",
        "http://127.0.0.1:99999/",
        "http://user:word@127.0.0.1/",
        "http://[::1/",
    ],
)
def test_an_address_that_is_none(url):
    error = fail(http_profile(url))
    assert (error.kind, error.cause, error.step) == ("config", "bad_url", "resolve")


def test_without_encryption_only_to_this_machine():
    profile = http_profile(
        "http://10.0.0.1/", allowed_hosts=frozenset({"10.0.0.1"}), timeout=5
    )
    assert fail(profile).cause == "bad_url"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]"]
)
def test_private_networks_are_closed(host):
    profile = http_profile(f"https://{host}:1/", allowed_hosts=frozenset())
    assert fail(profile).cause == "private_address"


def answering(*pieces):
    """Read the request, then say something."""

    def play(script):
        script.request()
        for piece in pieces:
            piece(script) if callable(piece) else script.say(piece)

    return play


OK_HEAD = "HTTP/1.1 200 OK\r\n"
# name: (what the server does, kind, cause)
TRICKS = {
    "silent": (answering(lambda s: s.silence()), "unknown"),
    "closes": (answering(), "unknown"),
    "resets": (answering(lambda s: s.reset()), "unknown"),
    "drips a status line": (answering(drip(b"H")), "unknown"),
    "drips headers": (answering(OK_HEAD, drip(b"X-A: b\r\n")), "unknown"),
    "floods headers": (answering(OK_HEAD, flood(b"X-A: b\r\n")), "unknown"),
    "one huge header": (answering(OK_HEAD, flood(b"x" * 5000)), "unknown"),
    "100 for ever": (answering(flood(b"HTTP/1.1 100 Continue\r\n\r\n")), "unknown"),
    "not HTTP": (answering("220 mail.example ESMTP\r\n"), "unknown"),
    "binary": (answering(b"\x00\xff\x16\x03\x01"), "unknown"),
    "500 and a body without end": (
        answering("HTTP/1.1 500 no\r\n\r\n", flood(b"x" * 5000)),
        "transient",
    ),
    "500 and a dripping body": (
        answering("HTTP/1.1 500 no\r\nContent-Length: 999\r\n\r\n", drip(b"x")),
        "transient",
    ),
    "500 and broken chunks": (
        answering("HTTP/1.1 500 no\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        "transient",
    ),
}


@pytest.mark.parametrize("name", TRICKS)
def test_tricks(name):
    play, kind = TRICKS[name]
    with scripted(play) as port:
        began = time.monotonic()
        error = fail(http_profile(f"http://127.0.0.1:{port}/"))
        assert time.monotonic() - began < 2.5
    assert (error.kind, error.step) == (kind, "delivery")
    assert len(error.server_text) <= 500


def test_accepted_is_accepted_however_the_body_ends():
    for tail in (drip(b"x"), lambda script: None, lambda script: script.reset()):
        head = f"{OK_HEAD}Content-Length: 999\r\n\r\nfine"
        with (
            scripted(answering(head, tail)) as port,
            open_session(http_profile(f"http://127.0.0.1:{port}/")) as session,
        ):
            assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


def test_refused_before_it_was_read():
    def play(script):
        script.sock.recv(1000)
        script.say("HTTP/1.1 413 Too big\r\nContent-Length: 4\r\n\r\nbig!")
        script.sock.shutdown(1)
        script.silence(0.2)

    message = letter()
    message.add_attachment(b"x" * 9_000_000, maintype="a", subtype="b", filename="c")
    with scripted(play) as port:
        error = fail(http_profile(f"http://127.0.0.1:{port}/"), message)
    assert (error.kind, error.cause) == ("content", "too_big")


def test_a_key_that_cannot_stand_in_a_header():
    with pytest.raises(TransportError) as caught:
        open_session(http_profile("https://x.example", password="a\r\nX-Evil: b"))
    assert caught.value.cause == "bad_secret"
    assert "Evil" not in repr(caught.value)
