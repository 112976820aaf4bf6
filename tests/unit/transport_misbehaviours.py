"""What a server may do to us: one row, one trick."""

from __future__ import annotations

import socket


def hang(script):
    script.silence()


def drip(piece: bytes, pause: float = 0.2):
    """Never end a reply, and never stay silent long enough for a read to time out."""

    def play(script):
        for _turn in range(100):
            script.say(piece)
            if script.stop.wait(pause):
                return

    return play


def flood(piece: bytes):
    def play(script):
        while not script.stop.is_set():
            script.say(piece)

    return play


def reset(script):
    # At once it could be the connection that fails, and not what it was for.
    script.silence(0.1)
    script.reset()


def hang_up(script):
    return False


def ask_for_ever(script):
    while True:
        script.say("334 \r\n")
        script.line()


def say(*words):
    """Say something and close."""

    def play(script):
        for word in words:
            script.say(word)

    return play


def say_and_reset(word):
    def play(script):
        script.say(word)
        script.reset()

    return play


def refuse_early(script):
    """Refuse in the middle of a letter and close, as some servers do when full."""
    script.sock.recv(100)
    script.say("552 5.3.4 message too big\r\n")
    script.sock.shutdown(socket.SHUT_WR)
    raise EOFError


def case(meaning: str, **replies):
    """A row: "kind cause step", and what the server does differently."""
    return (replies, *meaning.split())


CASES = {
    "silent greeting": case("transient timeout greeting", greeting=hang),
    "greeting drips": case("transient timeout greeting", greeting=drip(b"2")),
    "greeting never ends": case(
        "transient timeout greeting", greeting=drip(b"220-wait\r\n")
    ),
    "greeting floods lines": case(
        "transient reply_too_long greeting",
        greeting=flood(b"220-" + b"x" * 500 + b"\r\n"),
    ),
    "greeting is one huge line": case(
        "transient reply_too_long greeting", greeting=flood(b"220 " + b"x" * 5000)
    ),
    "closes at once": case("transient closed greeting", greeting=hang_up),
    "resets at once": case("transient closed greeting", greeting=reset),
    "greets with 554": case(
        "config greeting_refused greeting", greeting=say("554 no SMTP service here\r\n")
    ),
    "greets with 421": case(
        "transient busy greeting", greeting=say("421 too busy\r\n")
    ),
    "is blocklisted": case(
        "config blocklisted greeting",
        greeting=say("554 5.7.1 blocked using zen.spamhaus.org\r\n"),
    ),
    "speaks HTTP": case(
        "config not_smtp greeting", greeting=say("HTTP/1.1 400 Bad Request\r\n\r\n")
    ),
    "speaks IMAP": case(
        "config not_smtp greeting", greeting=say("* OK IMAP4rev1 ready\r\n")
    ),
    "speaks POP3": case("config not_smtp greeting", greeting=say("+OK POP3 ready\r\n")),
    "speaks SSH": case(
        "config not_smtp greeting", greeting=say("SSH-2.0-OpenSSH_9.2\r\n")
    ),
    "greets with binary": case(
        "transient protocol greeting", greeting=say(b"\x00\xff\xfe\x1b[31m\r\n")
    ),
    "greets with an empty line": case(
        "transient protocol greeting", greeting=say("\r\n")
    ),
    "mixes codes": case(
        "transient protocol greeting", greeting=say("220-one\r\n250 two\r\n")
    ),
    "code out of range": case(
        "transient protocol greeting", greeting=say("999 strange\r\n")
    ),
    "says too much": case(
        "transient protocol greeting", greeting="220 hi\r\n250 and more\r\n"
    ),
    "EHLO hangs": case("transient timeout greeting", EHLO=hang),
    "EHLO and HELO refused": case(
        "config greeting_refused greeting", EHLO="500 no\r\n", HELO="554 neither\r\n"
    ),
    "AUTH not offered": case("auth login_not_offered login", EHLO="250 script\r\n"),
    "AUTH only by OAuth": case(
        "auth login_not_offered login", EHLO="250-script\r\n250 AUTH XOAUTH2\r\n"
    ),
    "AUTH hangs": case("transient timeout login", AUTH=hang),
    "AUTH hangs up": case("transient closed login", AUTH=hang_up),
    "AUTH refused": case("auth login_refused login", AUTH="535 5.7.8 no\r\n"),
    "AUTH broken for now": case(
        "transient login_temporary login", AUTH="454 4.7.0 temporary failure\r\n"
    ),
    "AUTH asks on and on": case("transient protocol login", AUTH=ask_for_ever),
    "MAIL refused": case(
        "sender sender_denied sender",
        MAIL="550 5.7.60 no permissions to send as this sender\r\n",
    ),
    "MAIL drips": case("transient timeout sender", MAIL=drip(b"250-x\r\n")),
    "MAIL closes": case(
        "transient busy sender", MAIL=say("421 4.3.0 shutting down\r\n")
    ),
    "RCPT greylisted": case(
        "transient greylisted recipient", RCPT="450 4.2.0 greylisted, try again\r\n"
    ),
    "RCPT hangs": case("transient timeout recipient", RCPT=hang),
    "relay denied": case(
        "config relay_denied recipient", RCPT="554 5.7.1 Relay access denied\r\n"
    ),
    "DATA refused": case(
        "recipient recipient_refused delivery", DATA="554 5.5.1 no valid recipients\r\n"
    ),
    "DATA answered with 250": case(
        "transient protocol delivery", DATA="250 thanks\r\n"
    ),
    "closes during the letter": case(
        "transient closed delivery", body=lambda script: script.reset()
    ),
    "refuses during the letter": case("content too_big delivery", body=refuse_early),
    "never reads the letter": case("transient timeout delivery", body=hang),
    "letter refused": case(
        "content spam delivery", dot="554 5.7.1 this looks like spam\r\n"
    ),
    "letter refused with 421": case(
        "transient busy delivery", dot=say("421 4.3.2 shutting down\r\n")
    ),
    "closes after the dot": case("unknown lost_after_data delivery", dot=hang_up),
    "resets after the dot": case("unknown lost_after_data delivery", dot=reset),
    "silent after the dot": case("unknown lost_after_data delivery", dot=hang),
    "half a reply after the dot": case(
        "unknown lost_after_data delivery", dot=say_and_reset("25")
    ),
    "drips after the dot": case(
        "unknown lost_after_data delivery", dot=drip(b"250-x\r\n")
    ),
    "floods after the dot": case(
        "unknown lost_after_data delivery", dot=flood(b"250-" + b"x" * 1000 + b"\r\n")
    ),
    "nonsense after the dot": case(
        "unknown lost_after_data delivery", dot=say("what?\r\n")
    ),
    "354 after the dot": case("unknown lost_after_data delivery", dot="354 more\r\n"),
    "MAIL answered with 354": case("transient protocol sender", MAIL="354 go\r\n"),
    "RCPT answered with 354": case("transient protocol recipient", RCPT="354 go\r\n"),
    "RCPT answered with 421": case(
        "transient busy recipient", RCPT=say("421 4.3.2 shutting down\r\n")
    ),
    "answers ahead": case(
        "transient protocol recipient", MAIL="250 fine\r\n250 fine\r\n354 go\r\n"
    ),
    "accepts before the letter": case(
        "transient protocol delivery", DATA="354 go\r\n250 queued\r\n"
    ),
    "EHLO closes": case("transient closed greeting", EHLO=hang_up),
    "line ends by CR alone": case(
        "transient timeout greeting", greeting=drip(b"220 x\r")
    ),
    "AUTH challenge is nonsense": case(
        "transient protocol login",
        EHLO="250-script\r\n250 AUTH CRAM-MD5\r\n",
        AUTH=b"334 \xff\xfe===\r\n",
    ),
    "DATA out of sequence": case(
        "content content_refused delivery", DATA="503 5.5.1 bad sequence\r\n"
    ),
    "199 after the dot": case("unknown lost_after_data delivery", dot="199 hm\r\n"),
    "999 after the dot": case("unknown lost_after_data delivery", dot="999 hm\r\n"),
}
