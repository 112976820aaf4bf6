"""Whatever a server makes of a secret, it is not shown."""

from __future__ import annotations

import base64
import codecs
import html
import quopri
import random
import re
from urllib.parse import quote

import pytest
from account_email.transport.masking import SHORTEST, Secrets, mask, secret_forms
from hypothesis import given
from hypothesis import strategies as st

SECRET = "Tr0ub4dor&3 <ë>=Zürich%41"
KEY = "xkeysib-a81f0c77be19e2d4-QmZ8sKp3"
FRAMES = ["{}", "535 5.7.8 wrong: {}", "a{}b", '{{"error": "key={} is bad"}}', "({})"]
PRINTABLE = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=8, max_size=40
)


def forms_of(secret):
    """Everything a server was seen to make of what it was sent, and some more."""
    data = secret.encode()
    plain = base64.b64encode(b"\0office\0" + data).decode()
    coded = base64.b64encode(data).decode()
    yield from (secret, secret[::-1], secret.upper(), secret.lower(), secret.swapcase())
    yield from (html.escape(secret), "".join(f"&#{ord(c)};" for c in secret))
    yield "".join(f"&#x{ord(c):x};" for c in secret)
    yield from (quote(secret), quote(secret, safe=""), quote(secret, safe="").lower())
    yield "".join(f"%{octet:02x}" for octet in data)
    yield quote(quote(secret, safe=""), safe="").replace("%25", "%")
    yield quopri.encodestring(data, quotetabs=True).decode()
    yield "".join(f"={octet:02X}" for octet in data)
    yield from (coded, plain, base64.b32encode(data).decode())
    yield from (coded.upper(), coded.lower(), coded[::-1], plain.lower())
    yield base64.urlsafe_b64encode(data).decode().rstrip("=")
    yield base64.b64encode(f"api:{secret}".encode()).decode()
    yield base64.b64encode(coded.encode()).decode()
    yield base64.b64encode(quote(secret, safe="").encode()).decode()
    yield base64.b64encode(secret.encode("utf-16-le")).decode()
    yield from (data.hex(), data.hex().upper(), data.hex(" "), data.hex(":"))
    yield data.hex()[::-1]
    yield from (codecs.encode(secret, "rot13"), codecs.encode(coded, "rot13"))
    yield from (
        " ".join(secret),
        "-".join(secret),
        ".".join(secret),
        "\u200b".join(secret),
    )
    yield from (
        "\n".join(coded[n : n + 7] for n in range(0, len(coded), 7)),
        repr(secret),
    )
    yield "".join(f"\\x{octet:02x}" for octet in data)
    yield "".join(f"\\u{ord(c):04x}" for c in secret)


def pieces_left(said, form):
    """Runs of a form that can still be read."""
    left = said.replace("***", "\0")
    return [
        form[n : n + SHORTEST]
        for n in range(len(form) - SHORTEST + 1)
        if form[n : n + SHORTEST] in left
    ]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("secret", [SECRET, KEY, "correct horse battery staple"])
def test_no_form_comes_through(secret, frame):
    secrets = secret_forms(secret)
    for form in forms_of(secret):
        said = mask(frame.format(form), secrets)
        assert "***" in said, form
        assert not pieces_left(said, form), (form, said)


@pytest.mark.parametrize("secret", [SECRET, KEY])
def test_nor_when_it_is_cut_short(secret):
    secrets, chance = secret_forms(secret), random.Random(4)
    for form in forms_of(secret):
        if len(form) > 2 * len(secret):
            continue  # six characters of the secret may be longer than the part
        for _turn in range(10):
            start = chance.randrange(len(form) // 2)
            # Enough that six characters of the secret itself are in it.
            part = form[start : start + max(24, len(form) // 2)]
            if len(part) < 24:
                continue
            said = mask(f"535 bad {part} x", secrets)
            assert "***" in said, (form, part)


@given(PRINTABLE, st.sampled_from(FRAMES), st.data())
def test_any_secret_in_any_form(secret, frame, data):
    form = data.draw(st.sampled_from(list(forms_of(secret))))
    said = mask(frame.format(form), secret_forms(secret))
    assert "***" in said
    assert secret not in said.replace("***", "")


@given(PRINTABLE, st.integers(0, 40), st.integers(SHORTEST, 40))
def test_any_run_of_six(secret, start, length):
    part = secret[start : start + length]
    said = mask(f"no {part}.", secret_forms(secret))
    if len(part) >= SHORTEST:
        assert part not in said
        assert "***" in said


@pytest.mark.parametrize(
    "words",
    [
        "250 2.0.0 OK 1700000000 d9443c01a7336-23de4322abcsm123 - gsmtp",
        "535 Not accepted: https://support.google.com/mail/?p=BadCredentials",
        "550 5.1.1 <jane@customer.example>: Recipient address rejected",
        '{"id": "<20261127.1.5f3a9c@mg.example.com>", "message": "Queued. Thank you."}',
        "454 4.7.0 Temporary authentication failure: Genève, 日本語",
    ],
)
def test_other_words_stay(words):
    assert mask(words, secret_forms(SECRET, KEY)) == words


def test_short_secrets_are_masked_whole():
    secrets = secret_forms("pa55", "")
    assert (
        mask("pa55 or cGE1NQ== or 55ap or PA55", secrets) == "*** or *** or *** or ***"
    )
    assert mask("250 OK", secret_forms("", "")) == "250 OK"
    assert not secret_forms("")


def test_what_is_coded_too_deeply_is_cut():
    word = "something else altogether"
    for _depth in range(6):
        word = base64.b64encode(word.encode()).decode()
    assert mask(f"see {word}", secret_forms(SECRET)) == "see ***"


def test_nothing_prints_what_is_looked_for():
    secrets = secret_forms(SECRET)
    assert isinstance(secrets, Secrets)
    for text in (repr(secrets), str(secrets), f"{secrets}"):
        assert not re.search("[Tt]r0ub", text)


def test_a_flood_is_cut():
    flood = "a%41&#65;=41 " * 100_000 + SECRET
    assert SECRET not in mask(flood, secret_forms(SECRET))
