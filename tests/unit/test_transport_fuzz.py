"""Hostile input: whatever comes in, only whole letters and known errors go out."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import threading

import pytest
from account_email.transport import (
    CAUSES,
    KINDS,
    TransportError,
    mime,
    names,
    open_session,
)
from account_email.transport.deadline import Deadline
from account_email.transport.guard import is_public
from account_email.transport.providers.letter import read_letter
from account_email.transport.wire import MAX_REPLY, Wire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transport_scripts import http_server, scripted
from transport_servers import (
    SENDER,
    catcher,
    http_profile,
    letter,
    smtp_profile,
)

TO = "jane@customer.example"


def reading(data: bytes):
    """What the reply reader makes of ``data`` and the end of the connection."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        writer = threading.Thread(target=_write, args=(theirs, data), daemon=True)
        writer.start()
        wire = Wire(ours)
        try:
            return wire.read_reply(Deadline(5))
        except (EOFError, TransportError, ConnectionError) as exc:
            return exc
        finally:
            ours.close()
            writer.join(5)


def _write(sock, data):
    try:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        return


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_reply_or_a_known_failure(data):
    found = reading(data)
    if isinstance(found, TransportError):
        assert found.kind in KINDS
        assert found.cause in CAUSES
        assert found.server_text.isprintable()
    elif not isinstance(found, (EOFError, ConnectionError)):
        assert re.match(rb"\d{3}", data)
        assert found.code == int(data[:3])


LINES = st.lists(
    st.tuples(
        st.integers(0, 999),
        st.sampled_from(" -\t"),
        st.text(max_size=40),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_almost_replies(lines):
    data = "".join(
        f"{code:03}{mark}{text}" + ("\r\n" if clean else "\n")
        for code, mark, text, clean in lines
    )
    found = reading(data.encode("utf-8", "replace"))
    assert isinstance(found, (tuple, EOFError, TransportError, ConnectionError))


def test_a_reply_of_any_length_ends():
    for data in (b"250-x\r\n" * 50_000, b"2" * 10_000_000, b"250 " + b"x" * MAX_REPLY):
        assert reading(data).cause == "reply_too_long"


ADDRESSES = st.text(max_size=40) | st.builds("{}@{}".format, st.text(), st.text())


@given(ADDRESSES, st.sampled_from(["sender", "recipient"]))
def test_an_address_is_one_word_or_refused(address, step):
    try:
        bare = names.envelope_address(address, step=step)
    except TransportError as error:
        assert (error.kind, error.cause) == (step, "bad_address")
    else:
        assert not re.search(r"[\x00-\x20\x7f<>]", bare)
        assert bare.rpartition("@")[2].isascii()


@given(st.text())
def test_a_host_is_a_name_or_refused(host):
    try:
        name = names.host_name(host)
    except TransportError as error:
        assert error.cause == "bad_host"
    else:
        assert re.fullmatch(r"[A-Za-z0-9._:-]+", name)


@given(st.text(), st.ip_addresses())
def test_the_name_we_give_is_one_word(wanted, address):
    assert re.fullmatch(r"[A-Za-z0-9._:\[\]-]+", names.helo_name(wanted, str(address)))


@given(st.ip_addresses(v=4))
def test_no_disguise_makes_an_address_public(address):
    for disguise in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        assert not is_public(disguise) or is_public(str(address))


BODIES = st.text(
    alphabet=st.characters(codec="utf-8") | st.sampled_from("\r\n."), max_size=300
)


@settings(deadline=None)
@given(BODIES, BODIES)
def test_no_body_ends_a_letter_early(subject, body):
    message = letter(Subject=" ".join(subject.split()))
    message.get_body(("plain",)).set_content(body)
    for options in ({}, {"eight_bit": True}, {"utf8": True, "eight_bit": True}):
        data = mime.dot_stuffed(mime.serialize(message, **options))
        assert b"\r\n.\r\n" not in data
        assert not data.startswith(b".\r\n")
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
        assert options.get("eight_bit") or data.isascii()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(BODIES)
def test_a_body_arrives_as_it_was_written(running, body):
    handler, session = running
    message = letter()
    message.get_body(("plain",)).set_content(body)
    session.send(message, SENDER, [TO])
    got = email.message_from_bytes(
        handler.letters[-1].data, policy=email.policy.default
    )
    expected = mime.NEWLINE.sub(b"\n", body.encode()).decode().rstrip("\n")
    text = got.get_body(("plain",)).get_content()
    assert mime.NEWLINE.sub(b"\n", text.encode()).decode().rstrip("\n") == expected


@pytest.fixture(scope="module")
def running():
    with (
        catcher(data_size_limit=None) as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        yield handler, session


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_a_login_stands_in_one_line(username, password):
    password = f"Zq9~{password}"
    with catcher(decode_data=False) as (handler, port):
        profile = smtp_profile(port, username=username, password=password)
        try:
            with open_session(profile):
                pass
        except TransportError as error:
            assert error.kind in {"auth", "transient"}
            assert (
                not password.strip() or len(password) < 6 or password not in repr(error)
            )
    assert len(handler.logins) <= 1


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_http_fields_hold_what_they_are_given(name, filename):
    message = letter()
    part = list(message.iter_attachments())[-1]
    part.replace_header("Content-Disposition", "attachment")
    part.set_param("filename", " ".join(filename.split()), header="Content-Disposition")
    found = read_letter(message, SENDER, recipients=[TO])
    assert all(file.name.isprintable() and "." in file.name for file in found.files)


@pytest.mark.parametrize("trick", ["x\r\nBcc: evil@x.example", "x\0y", "x\u202ey"])
def test_a_file_name_adds_no_header(trick):
    message = letter()
    part = list(message.iter_attachments())[-1]
    part.get_filename = lambda failobj=None: trick
    with (
        http_server(lambda request: (200, {}, b"OK")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        session.send(message, SENDER, [TO])
    assert b"\nBcc:" not in seen[0].body
    assert "\u202e".encode() not in seen[0].body


def test_a_server_cannot_draw_on_the_screen():
    """Controls, bidi marks and endless words stop before they are kept."""
    words = b"5.1.1 \x1b[2J\xe2\x80\xae" + b"x" * 3000
    taken = []

    def play(script):
        def refuse_first(script):
            taken.append(1)
            reply = b"250 ok\r\n" if len(taken) > 1 else b"550 " + words + b"\r\n"
            script.say(reply)
            return True

        script.converse(RCPT=refuse_first, dot=b"250 " + words + b"\r\n")

    with scripted(play) as port, open_session(smtp_profile(port)) as session:
        receipt = session.send(letter(), SENDER, ["a@x.example", TO])
    for text in (receipt.refused[0].text, receipt.reply):
        assert text.isprintable()
        assert len(text) <= 500
