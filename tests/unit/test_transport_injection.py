"""Words of strangers in headers and in the fields of APIs: they stay words."""

from __future__ import annotations

import contextlib
import json
from base64 import b64encode
from email import message_from_bytes, policy

import pytest
from account_email.transport import mime, providers
from account_email.transport.providers import PROVIDERS
from account_email.transport.providers.letter import read_letter
from hypothesis import given, settings
from hypothesis import strategies as st
from transport_apis import profile_of
from transport_servers import SENDER, letter

TO = "jane@customer.example"
EVIL = [
    "\r\nBcc: thief@evil.example",
    "\nX-Evil: 1",
    "\r\n\r\n<b>",
    "\0",
    "\u2028",
    "\x1b[2J",
]
SOME = st.text(max_size=20)
WORDS = st.builds("{}x{}{}".format, SOME, st.sampled_from(EVIL), SOME)


def encoded(text):
    """RFC 2047: how anything at all can stand in a header."""
    data = text.encode("utf-8", "replace")
    return f"=?utf-8?b?{b64encode(data).decode()}?="


def hostile(words):
    """A letter whose every header decodes to ``words``."""
    message = letter()
    for name, value in (
        ("Subject", encoded(words)),
        ("From", f"{encoded(words)} <{SENDER}>"),
        ("To", f"{encoded(words)} <{TO}>"),
        ("Reply-To", f"{encoded(words)} <reply@example.com>"),
    ):
        # A line end in a name is refused by the email package itself.
        with contextlib.suppress(ValueError):
            header = message.policy.header_factory(name, value)
            del message[name]
            # As received: nothing has looked at it yet.
            message._headers.append((name, header))
    return message


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_header_becomes_two(words):
    data = mime.serialize(hostile(words))
    head = data.partition(b"\r\n\r\n")[0]
    found = message_from_bytes(head + b"\r\n\r\n", policy=policy.compat32)
    names = [name.lower() for name in found]
    assert "bcc" not in names
    assert "x-evil" not in names
    assert set(names) <= {name.lower() for name in letter()} | {"reply-to"}
    assert len(set(names)) == len(names)


def test_a_file_name_and_a_word_within_a_word_are_mended():
    message = letter()
    part = list(message.iter_attachments())[-1]
    trick = encoded("a\r\nX-Evil: 1\r\n\r\n.pdf")
    twice = encoded("\r\n" + encoded("a\r\nX-Evil: 1"))
    for where, name, value in (
        (part, "Content-Description", trick),
        (message, "Subject", twice),
    ):
        header = message.policy.header_factory(name, value)
        del where[name]
        where._headers.append((name, header))
    data = mime.serialize(message)
    assert b"\nX-Evil" not in data
    assert "x-evil" not in {name.lower() for name in message_from_bytes(data)}


@pytest.mark.parametrize("name", PROVIDERS)
@settings(max_examples=25, deadline=None)
@given(words=WORDS)
def test_no_field_of_an_api_becomes_two(name, words):
    provider = providers.create(profile_of(name, "http://127.0.0.1:9/"))
    (call, *_others) = provider.calls(
        read_letter(hostile(words), SENDER, recipients=[TO], key="<k@example.com>")
    )
    request = call.prepare()
    for header, value in request.headers.items():
        text = value if isinstance(value, str) else value.decode("latin-1")
        assert "\r" not in header + text and "\n" not in header + text
    assert "\n" not in request.url and "\r" not in request.url
    assert b"\nBcc: thief" not in (request.body or b"")
    if "json" in request.headers["Content-Type"]:
        for text in strings(json.loads(request.body)):
            assert "\r\nBcc" not in text and "\0" not in text and "\x1b" not in text


def strings(value):
    """The short strings of a JSON value: names and subjects, no bodies."""
    if isinstance(value, str):
        yield value if len(value) < 1000 else ""
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
