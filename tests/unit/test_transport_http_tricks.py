"""Servers that speak HTTP badly: within the time, and never a letter twice."""

from __future__ import annotations

import time

import pytest
from account_email.transport import open_session
from pace import Pace
from transport_misbehaviours import drip, flood
from transport_scripts import scripted
from transport_servers import SENDER, fail, http_profile, letter

TO = ["jane@customer.example"]


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
        profile = http_profile(f"http://127.0.0.1:{port}/")
        with Pace() as passed:
            error = fail(profile)
    assert passed.seconds < 2 * profile.delivery_timeout + 0.5
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


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_an_answer_that_ends_with_the_connection_is_read(version):
    """Its body may come later than its head, and tells why."""
    head = f"HTTP/{version} 401 No\r\nConnection: close\r\n\r\n"
    pause = lambda script: time.sleep(0.05)  # noqa: E731
    with scripted(answering(head, pause, "wrong key")) as port:
        error = fail(http_profile(f"http://127.0.0.1:{port}/"))
    assert "wrong key" in error.server_text


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
