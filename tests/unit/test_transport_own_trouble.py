"""What is this machine's own, at the wire: never blamed on the server, never twice."""

from __future__ import annotations

import errno
import socket
from unittest.mock import patch

import pytest
from account_email.transport import TransportError, open_session
from account_email.transport.wire import Wire
from transport_scripts import http_server
from transport_servers import SENDER, catcher, http_profile, letter, smtp_profile

TO = ["jane@customer.example"]


def fault(session, message=None):
    with pytest.raises(TransportError) as caught:
        session.send(message or letter(), SENDER, TO)
    return caught.value.kind, caught.value.cause


def test_a_letter_given_up_before_its_dot_has_not_arrived():
    with (
        catcher() as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        session.send(letter(), SENDER, TO)
        session.may_go_on = lambda: False
        assert fault(session) == ("own", "stopped")
        session.may_go_on = lambda: True
        session.send(letter(Subject="Third"), SENDER, TO)
    first, third = handler.letters
    assert b"Third" in third.data
    assert third.data.count(b"Message-ID") == 1, "not the rest of the one given up"


def test_the_gate_is_asked_once_and_only_at_the_end():
    asked = []
    with (
        catcher() as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        session.may_go_on = lambda: asked.append(len(handler.letters)) or True
        session.send(letter(), SENDER, TO)
        assert asked == [0]
        with pytest.raises(TransportError):
            session.send(letter(), SENDER, ["550@customer.example"])
        assert asked == [0], "a letter that nobody takes never comes to its dot"


def test_a_request_given_up_has_not_left():
    with (
        http_server(lambda request: (200, {}, b"OK")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        session.may_go_on = lambda: False
        assert fault(session) == ("own", "stopped")
    assert not seen


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.EMFILE, "files_open"),
        (errno.ENFILE, "files_open"),
        (errno.ENOMEM, "memory_full"),
        (errno.ENOBUFS, "memory_full"),
    ],
)
def test_sockets_that_this_machine_has_not(number, cause):
    with catcher() as (_handler, port):
        session = open_session(smtp_profile(port))
        with patch.object(socket, "socket", side_effect=OSError(number, "no")):
            assert fault(session) == ("own", cause)


def test_no_memory_before_the_dot_is_ours():
    with (
        catcher() as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        with patch.object(Wire, "send", side_effect=MemoryError):
            assert fault(session) == ("own", "memory_full")
        session.send(letter(), SENDER, TO)
    assert len(handler.letters) == 1


def test_no_memory_after_the_dot_is_not_known():
    with (
        catcher() as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        asked = []
        read = Wire.read_reply

        def reply(wire, deadline):
            if asked:
                raise MemoryError
            return read(wire, deadline)

        session.may_go_on = lambda: asked.append(1) or True
        with patch.object(Wire, "read_reply", reply):
            assert fault(session) == ("unknown", "lost_after_data")


def test_whatever_breaks_half_a_letter_ends_its_connection():
    with (
        catcher() as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        with (
            patch.object(Wire, "settle", side_effect=AttributeError),
            pytest.raises(TransportError) as caught,
        ):
            session.send(letter(), SENDER, TO)
        assert caught.value.kind == "own"
        assert isinstance(caught.value.__cause__, AttributeError)
        session.send(letter(Subject="Second"), SENDER, TO)
    (second,) = handler.letters
    assert second.data.count(b"Message-ID") == 1
