"""Sessions that outlive the connections a server grants."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

import pytest
from account_email.transport import TransportError, open_session, probe
from transport_scripts import scripted
from transport_servers import (
    LOGIN,
    SENDER,
    fail,
    letter,
    server_context,
    smtp_profile,
)

TO = ["jane@customer.example"]


def test_an_old_server_that_knows_only_helo():
    with (
        scripted(lambda script: script.converse(EHLO="502 unknown\r\n")) as port,
        open_session(smtp_profile(port)) as session,
    ):
        assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


@pytest.mark.parametrize("words", ["AUTH=LOGIN", "AUTH LOGIN", "auth login plain"])
def test_the_login_may_be_announced_the_old_way(words):
    with scripted(
        lambda script: script.converse(EHLO=f"250-x\r\n250 {words}\r\n")
    ) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile):
            pass


def idle_and_gone(script, farewell):
    """Serve one letter, then say ``farewell`` unasked and close."""
    script.answer({}, "greeting", "220 script\r\n")
    for verb in ("EHLO", "MAIL", "RCPT", "DATA"):
        script.line()
        script.say(f"{354 if verb == 'DATA' else 250} ok\r\n")
    script.data()
    script.say("250 queued\r\n" + farewell)


@pytest.mark.parametrize("farewell", ["", "421 idle too long\r\n"])
def test_a_server_that_closes_after_each_letter(farewell):
    connections = []

    def play(script):
        connections.append(script.number)
        idle_and_gone(script, farewell)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        for _number in range(3):
            receipt = session.send(letter(), SENDER, TO)
            assert receipt.accepted == tuple(TO)
            time.sleep(0.05)
    assert len(connections) == 3


def test_a_letter_whose_outcome_is_unknown_is_not_repeated():
    letters = []

    def play(script):
        def lose_second(script):
            letters.append(script.number)
            if len(letters) == 1:
                script.say("250 queued\r\n")
            return len(letters) == 1

        script.converse(dot=lose_second)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        session.send(letter(), SENDER, TO)
        with pytest.raises(TransportError) as caught:
            session.send(letter(), SENDER, TO)
    assert caught.value.kind == "unknown"
    assert len(letters) == 2


def test_a_bad_letter_does_not_take_the_blame_to_the_next():
    """Even when the server loses its connection over it."""
    bad = []

    def play(script):
        def refuse_first(script):
            bad.append(1)
            script.say("550 no\r\n" if len(bad) == 1 else "250 queued\r\n")
            return True

        script.converse(dot=refuse_first, RSET=lambda script: False)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        with pytest.raises(TransportError):
            session.send(letter(), SENDER, TO)
        assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


def test_a_certificate_nobody_vouches_for():
    with scripted(lambda s: s.converse(), tls=server_context()) as port:
        error = fail(smtp_profile(port, security="tls", ca_file=""))
        assert (error.kind, error.cause) == ("tls", "cert_unknown_ca")
        profile = smtp_profile(port, security="tls", ca_file="", verify_tls=False)
        with open_session(profile) as session:
            session.send(letter(), SENDER, TO)


@pytest.mark.parametrize("words", ["too many messages in this connection", "slow down"])
def test_a_limit_of_letters_per_connection(words):
    """As Exim has it: the answer to the next MAIL, not an unasked word."""
    connections = []

    def play(script):
        letters = []

        def refuse_third(script):
            letters.append(1)
            if len(letters) < 3:
                script.say("250 fine\r\n")
                return True
            script.say(f"421 {words}\r\n")
            return False

        connections.append(script.number)
        script.converse(MAIL=refuse_third)

    with scripted(play) as port, open_session(smtp_profile(port)) as session:
        for _number in range(6):
            assert session.send(letter(), SENDER, TO).accepted == tuple(TO)
    assert len(connections) == 3


def test_cram_md5_does_not_show_the_password():
    said = []

    def challenge(script):
        script.say(f"334 {base64.b64encode(b'<1@script>').decode()}\r\n")
        said.append(base64.b64decode(script.line()).decode())
        script.say("235 welcome\r\n")
        return True

    ehlo = "250-script\r\n250 AUTH PLAIN CRAM-MD5\r\n"
    with scripted(lambda s: s.converse(EHLO=ehlo, AUTH=challenge)) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile):
            pass
    digest = hmac.new(LOGIN[1].encode(), b"<1@script>", hashlib.md5).hexdigest()
    assert said == [f"{LOGIN[0]} {digest}"]


def test_a_mechanism_that_is_offered_but_not_done():
    """Another one is tried, for no password was refused."""
    asked = []

    def only_login(script):
        asked.append(1)
        if len(asked) == 1:
            script.say("504 5.5.4 unrecognized authentication type\r\n")
            return True
        for word in ("VXNlcm5hbWU6", "UGFzc3dvcmQ6"):
            script.say(f"334 {word}\r\n")
            script.line()
        script.say("235 welcome\r\n")
        return True

    with scripted(lambda s: s.converse(AUTH=only_login)) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile):
            pass
    assert len(asked) == 2


def test_a_token_that_is_wanted_by_itself():
    tokens = []

    def ask_again(script):
        script.say("334 \r\n")
        tokens.append(base64.b64decode(script.line()).decode())
        script.say("235 welcome\r\n")
        return True

    with scripted(lambda s: s.converse(AUTH=ask_again)) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile):
            pass
    assert tokens == [f"\0{LOGIN[0]}\0{LOGIN[1]}"]


def test_a_letter_that_cannot_be_written():
    message = letter()
    message.get_body(("html",)).set_payload(object())
    with scripted(lambda s: s.converse()) as port:
        error = fail(smtp_profile(port), message)
    assert (error.kind, error.cause) == ("content", "letter_broken")


def test_encryption_that_is_offered_but_broken():
    """Where the user chose none, the letter goes without; else it does not."""

    def play(script):
        def break_off(script):
            script.say("220 go\r\n")
            script.sock.recv(1000)
            script.say("nonsense")
            return False

        ehlo = "250-script\r\n250 STARTTLS\r\n"
        script.converse(EHLO=ehlo, STAR=break_off)

    with scripted(play) as port:
        names = [
            step.name
            for step in probe(smtp_profile(port), message=letter(), recipients=TO)
        ]
        with open_session(smtp_profile(port)) as session:
            assert session.send(letter(), SENDER, TO).accepted == tuple(TO)
        error = fail(smtp_profile(port, security="starttls"))
    assert names == [
        "resolve",
        "connect",
        "greeting",
        "sender",
        "recipient",
        "delivery",
    ]
    assert (error.kind, error.step) == ("tls", "encryption")


def test_a_login_that_is_announced_and_not_done():
    reply = "503 5.5.1 Error: authentication not enabled\r\n"
    with scripted(lambda s: s.converse(AUTH=reply)) as port:
        error = fail(smtp_profile(port, username=LOGIN[0], password=LOGIN[1]))
    assert (error.kind, error.cause, error.code) == ("auth", "login_not_offered", 503)
    assert error.facts["offered"] == "LOGIN PLAIN"
    assert error.facts["login"] == "address"
