"""Names, addresses, and which of them may be connected to."""

from __future__ import annotations

import contextlib
import socket
import time

import pytest
from account_email.transport import (
    TransportError,
    dial,
    guard,
    names,
    open_session,
    steps,
)
from account_email.transport.deadline import Deadline
from pace import Pace
from transport_scripts import scripted
from transport_servers import SENDER, free_port, letter, smtp_profile

PRIVATE = [
    "127.0.0.1",
    "127.8.9.10",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:5ef5:79fd:0:0:f5ff:fffe",
]
PUBLIC = ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address):
    assert not guard.is_public(address)
    with pytest.raises(TransportError) as caught:
        guard.permitted("mail.example", [address], frozenset())
    assert caught.value.cause == "dns"
    assert not caught.value.facts
    assert guard.permitted("Mail.Example.", [address], {"mail.example"}) == [address]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    assert guard.is_public(address)


def test_of_mixed_answers_only_the_public_ones_are_used():
    mixed = ["10.0.0.1", "8.8.8.8", "::1"]
    assert guard.permitted("mail.example", mixed, frozenset()) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "::1", "[::1]", "2130706433", "0x7f.1", "127.1", "0"],
)
def test_no_spelling_of_loopback_passes(host):
    """The resolver reads numbers that no address parser would."""
    with scripted(lambda script: script.converse()) as port:
        profile = smtp_profile(port, host=host, allowed_hosts=frozenset())
        with pytest.raises(TransportError) as caught, open_session(profile):
            pass
    assert caught.value.cause in {"dns", "bad_host"}
    assert caught.value.step == "resolve"


def test_the_checked_address_is_the_one_connected_to(monkeypatch):
    """A name that leads elsewhere at the second look-up is looked up once."""
    asked = []

    def rebind(host, port, **options):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(dial.socket, "getaddrinfo", rebind)
    with scripted(lambda script: script.converse()) as port:
        profile = smtp_profile(
            port, host="rebind.example", allowed_hosts={"rebind.example"}
        )
        with open_session(profile) as session:
            session.send(letter(), SENDER, ["jane@customer.example"])
    assert asked == ["rebind.example"]


@contextlib.contextmanager
def mute(address: str, port: int):
    """A listener whose queue is full: to a client it does not answer at all."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((address, port))
        listener.listen(0)
        for _number in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((address, port))
        time.sleep(0.05)
        yield


def test_a_second_address_costs_no_second_wait():
    port = free_port()
    with mute("127.0.0.2", port), socket.socket() as listener:
        listener.bind(("127.0.0.3", port))
        listener.listen()
        with Pace() as passed:
            sock, address = dial.dial(["127.0.0.2", "127.0.0.3"], port, Deadline(5))
        sock.close()
        assert address == "127.0.0.3"
        assert passed.seconds < 4 * dial.STAGGER


def test_addresses_that_do_not_answer_share_one_wait():
    port = free_port()
    with contextlib.ExitStack() as stack:
        dead = [f"127.0.0.{number}" for number in range(2, 6)]
        for address in dead:
            stack.enter_context(mute(address, port))
        seconds = 1.5
        with Pace() as passed, pytest.raises(TimeoutError):
            dial.dial(dead, port, Deadline(seconds))
        assert passed.seconds < 1.5 * seconds


@pytest.mark.parametrize(("family", "own"), [(2, "127.0.0.1"), (10, "::1")])
def test_the_family_that_listens_is_found(family, own):
    with scripted(lambda script: script.converse(), family=family) as port:
        with Pace() as passed:
            sock, address = dial.dial(["::1", "127.0.0.1"], port, Deadline(5))
        sock.close()
        assert address == own
        assert passed.seconds < 2 * dial.STAGGER


def test_which_ports_answer():
    with (
        scripted(lambda script: None) as first,
        scripted(lambda script: None) as second,
    ):
        ports = [first, free_port(), second]
        answered = dial.answering(["127.0.0.1"], ports, 1.0)
    assert answered == sorted([first, second])


def test_a_slow_resolver_is_not_waited_for(monkeypatch):
    slow = 3
    monkeypatch.setattr(dial.socket, "getaddrinfo", lambda *a, **k: time.sleep(slow))
    with Pace() as passed, pytest.raises(TransportError) as caught:
        steps.resolve("slow.example", 25, smtp_profile(25), Deadline(slow / 10))
    assert passed.seconds < slow / 2
    assert (caught.value.kind, caught.value.cause) == ("transient", "dns_timeout")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Mail.Example.", "Mail.Example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("日本語.example", "xn--wgv71a119e.example"),
        ("[::1]", "::1"),
        ("_smtp.example", "_smtp.example"),
    ],
)
def test_host_names(host, name):
    assert names.host_name(host) == name


@pytest.mark.parametrize(
    ("wanted", "address", "name"),
    [
        ("odoo.example", "10.0.0.1", "odoo.example"),
        ("container", "10.0.0.1", "[10.0.0.1]"),
        ("odoo_web.example", "10.0.0.1", "[10.0.0.1]"),
        ("192.0.2.7", "10.0.0.1", "[10.0.0.1]"),
        ("bücher.example", "10.0.0.1", "[10.0.0.1]"),
        (f"{'a' * 63}." * 4 + "example", "10.0.0.1", "[10.0.0.1]"),
        ("odoo.example.", "10.0.0.1", "odoo.example"),
        ("", "::1", "[IPv6:::1]"),
        ("a.b\r\nMAIL", "10.0.0.1", "[10.0.0.1]"),
    ],
)
def test_the_name_we_give(wanted, address, name):
    assert names.helo_name(wanted, address) == name
