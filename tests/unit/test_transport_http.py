"""The generic HTTP protocol, and servers that speak HTTP badly."""

from __future__ import annotations

import pytest
from account_email.transport import CAUSES, http, open_session, probe
from account_email.transport.causes import COMMON_FACTS
from account_email.transport.profile import altered
from transport_scripts import http_server
from transport_servers import (
    SENDER,
    fail,
    http_profile,
    letter,
    parts_of,
    server_context,
)

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
    assert [(r.address, r.code) for r in receipt.refused] == [
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
        error = fail(altered(profile, ca_file=""))
        *_passed, last = probe(altered(profile, ca_file=""))
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


def test_an_idle_connection_is_not_trusted(monkeypatch):
    with (
        http_server(lambda request: (200, {}, b"OK")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        peers = []
        monkeypatch.setattr(http, "IDLE_SECONDS", 10)
        for idle in (10, 10, 0):
            monkeypatch.setattr(http, "IDLE_SECONDS", idle)
            session.send(letter(), SENDER, TO)
            peers.append(seen[-1].peer)
    assert peers[0] == peers[1] != peers[2]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "Mon, 01 Jan 2024 00:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"X-RateLimit-Reset": "7"}, 7),
        ({"X-RateLimit-Reset": "1700000000"}, 0),
        ({}, None),
    ],
)
def test_when_to_try_again(headers, seconds):
    with http_server(lambda request: (429, headers, b"")) as (_seen, url):
        assert fail(http_profile(url)).retry_after == seconds


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
    assert fail(profile).cause == "dns"
