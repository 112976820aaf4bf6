"""What a session learns from where in it something was said."""

from __future__ import annotations

import os
import ssl

import pytest
from account_email.transport import TransportError, open_session, probe
from transport_scripts import scripted
from transport_servers import LOGIN, SENDER, fail, letter, server_context, smtp_profile

TO = ["jane@customer.example"]
AUTH = {"username": LOGIN[0], "password": LOGIN[1]}
ENOUGH = [
    "452 4.5.3 Too many messages sent",
    "550 This message has exceded the max number of messages per session. IB510",
    "451 4.7.1 try again later",
    "421 4.7.0 Too many messages in this connection",
]


def refusing(words, connections, *, after, renewed):
    """A server that says ``words`` at MAIL once it has taken ``after`` letters."""

    def play(script):
        connections.append(script.number)
        taken = []

        def mail(script):
            tired = script.number == 0 or not renewed
            say = words if tired and len(taken) >= after else "250 ok"
            script.say(f"{say}\r\n")
            return not say.startswith("421")

        def dot(script):
            taken.append(1)
            script.say("250 queued\r\n")
            return True

        script.converse(MAIL=mail, dot=dot)

    return play


@pytest.mark.parametrize("words", ENOUGH)
def test_a_server_that_has_had_enough_gets_one_new_connection(words):
    connections = []
    play = refusing(words, connections, after=2, renewed=True)
    with scripted(play) as port, open_session(smtp_profile(port)) as session:
        for _number in range(4):
            assert session.send(letter(), SENDER, TO).accepted == tuple(TO)
    assert len(connections) == 2


@pytest.mark.parametrize("words", ENOUGH)
@pytest.mark.parametrize("after", [0, 1])
def test_a_refusal_that_is_meant_is_heard_again(words, after):
    connections = []
    play = refusing(words, connections, after=after, renewed=False)
    with scripted(play) as port, open_session(smtp_profile(port)) as session:
        for _number in range(after):
            session.send(letter(), SENDER, TO)
        if after:
            # What the new connection takes at first, it refuses later.
            session.send(letter(), SENDER, TO)
            assert len(connections) == 2
            return
        with pytest.raises(TransportError) as caught:
            session.send(letter(), SENDER, TO)
    assert caught.value.code == int(words[:3])
    assert len(connections) == 1


def test_a_letter_too_big_is_not_offered_twice():
    connections = []
    words = "552 5.3.4 Message size exceeds fixed limit"
    play = refusing(words, connections, after=1, renewed=False)
    with scripted(play) as port, open_session(smtp_profile(port)) as session:
        session.send(letter(), SENDER, TO)
        with pytest.raises(TransportError) as caught:
            session.send(letter(), SENDER, TO)
    assert caught.value.cause == "too_big"
    assert len(connections) == 1


@pytest.mark.parametrize(
    ("step", "words", "without", "after"),
    [
        ("RCPT", "554 5.7.1 Relay access denied", "auth", "config"),
        (
            "RCPT",
            "553 that domain isn't in my list of allowed rcpthosts",
            "auth",
            "config",
        ),
        ("RCPT", "554 Client host rejected: Access denied", "auth", "config"),
        ("RCPT", "553 Sender address rejected: not logged in", "auth", "sender"),
        ("MAIL", "530 5.7.0 Authentication required", "auth", "sender"),
    ],
)
def test_a_refusal_is_judged_by_whether_we_had_logged_in(step, words, without, after):
    replies = {step: f"{words}\r\n"}
    with scripted(lambda script: script.converse(**replies)) as port:
        assert fail(smtp_profile(port)).kind == without
        assert fail(smtp_profile(port, **AUTH)).kind == after


@pytest.mark.parametrize("first", ["550 5.1.1 User unknown", "450 4.2.1 busy"])
def test_one_who_met_the_limit_keeps_the_letter_alive(first):
    replies = iter([first, "450 4.7.1 Number recipients per hour exceeded"])

    def rcpt(script):
        script.say(f"{next(replies)}\r\n")
        return True

    with (
        scripted(lambda script: script.converse(RCPT=rcpt)) as port,
        open_session(smtp_profile(port)) as session,
        pytest.raises(TransportError) as caught,
    ):
        session.send(letter(), SENDER, [*TO, "boss@customer.example"])
    assert caught.value.kind == "quota"
    assert caught.value.facts["address"] == "boss@customer.example"


def test_words_in_the_clear_on_an_encrypted_connection_are_a_hang_up():
    """As Exim closes an idle one: the next letter takes a new connection."""
    connections = []

    def play(script):
        connections.append(script.number)

        def dot(script):
            script.say("250 queued\r\n")
            os.write(script.sock.fileno(), b"421 lost input connection\r\n")
            return False

        script.converse(dot=dot)

    with (
        scripted(play, tls=server_context()) as port,
        open_session(smtp_profile(port, security="tls")) as session,
    ):
        for _number in range(3):
            assert session.send(letter(), SENDER, TO).accepted == tuple(TO)
    assert len(connections) == 3


def old_server(script):
    context = server_context()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    script.say("220 go on\r\n")
    context.wrap_socket(script.sock, server_side=True)


BREAKING = {
    "breaks off": ("starttls_broken", lambda script: script.say("220 go on\r\n")),
    "hangs": (
        "starttls_broken",
        lambda script: (script.say("220 go on\r\n"), script.silence()),
    ),
    "talks on": (
        "starttls_broken",
        lambda script: (
            script.say("220 go on\r\n"),
            script.sock.recv(100),
            script.say("250 and what is that?\r\n"),
        ),
    ),
    "is old": ("tls_version", old_server),
}


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
@pytest.mark.parametrize("name", BREAKING)
def test_a_starttls_that_fails_is_told_as_what_it_is(name):
    cause, trick = BREAKING[name]

    def starttls(script):
        trick(script)
        return False

    ehlo = "250-script\r\n250 STARTTLS\r\n"
    replies = {"EHLO": ehlo, "STAR": starttls}
    with scripted(lambda script: script.converse(**replies)) as port:
        profile = smtp_profile(port, security="starttls", timeout=1)
        assert fail(profile).cause == cause
        *_passed, last = probe(profile)
    assert (last.name, last.error.cause) == ("encryption", cause)
    assert "suggested" not in last.error.facts


@pytest.mark.parametrize(
    ("reply", "offered"),
    [("504 5.7.4 Unrecognized authentication type", "LOGIN PLAIN"), ("235 ok", None)],
)
def test_a_login_that_is_not_taken_tells_which_there_are(reply, offered):
    with scripted(lambda script: script.converse(AUTH=f"{reply}\r\n")) as port:
        if offered is None:
            with open_session(smtp_profile(port, **AUTH)):
                return
        error = fail(smtp_profile(port, **AUTH))
    assert (error.cause, error.facts["offered"]) == ("login_not_offered", offered)
