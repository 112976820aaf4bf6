"""Where a form may lead: IANA's registries, row by row."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from account_email.transport import Profile, TransportError, guard, steps
from account_email.transport.deadline import Deadline

DATA = Path(__file__).parent / "data" / "networks.txt"
ROWS = [row for row in DATA.read_text().splitlines() if not row.startswith("#")]
SPECIAL = [word for word in ROWS if "/" in word]
PUBLIC = [word for word in ROWS if "/" not in word]


def ends_of(network):
    net = ipaddress.ip_network(network)
    yield from {str(net[0]), str(net[-1]), str(net[net.num_addresses // 2])}


@pytest.mark.parametrize("network", SPECIAL)
def test_nothing_special_is_public(network):
    for address in ends_of(network):
        assert not guard.is_public(address), address
        assert not guard.is_public(f"{address}%eth0")


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_given_out_is_public(address):
    assert guard.is_public(address)


def holders(address):
    """Each way to write an IPv4 address into an IPv6 one."""
    number = int(ipaddress.IPv4Address(address))
    for prefix, shift in (
        ("64:ff9b::", 0),
        ("64:ff9b:1::", 0),
        ("64:ff9b:1:fffe::", 0),
        ("::ffff:0:0", 0),
        ("::ffff:0:0:0", 0),
        ("::", 0),
        ("2002::", 80),
        ("2001::", 0),
    ):
        turned = number ^ 0xFFFFFFFF if prefix == "2001::" else number
        yield str(
            ipaddress.IPv6Address(
                int(ipaddress.IPv6Address(prefix)) + (turned << shift)
            )
        )


@pytest.mark.parametrize("network", [net for net in SPECIAL if "." in net])
def test_no_special_address_hides_in_another(network):
    for address in ends_of(network):
        for holder in holders(address):
            assert not guard.is_public(holder), (holder, address)


def test_a_public_address_in_another_form_stays_public():
    assert guard.is_public("::ffff:8.8.8.8")
    assert guard.is_public("64:ff9b::808:808")


def test_loopback_in_every_form():
    for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        assert guard.is_loopback(address)
    for address in ("8.8.8.8", "::2", "::ffff:8.8.8.8"):
        assert not guard.is_loopback(address)


def refusal(host):
    profile = Profile("smtp", host=host, port=25, security="none")
    with pytest.raises(TransportError) as caught:
        steps.resolve(host, 25, profile, Deadline(20))
    facts = {name: value for name, value in caught.value.facts.items() if value != host}
    return caught.value.step, caught.value.code, caught.value.server_text, str(facts)


def test_private_and_unknown_names_answer_alike(monkeypatch):
    """Or one could find out which names the inner network has."""
    known = {"inner.example.com": [(2, 1, 6, "", ("10.1.2.3", 25))]}

    def looked_up(host, *_args, **_kwargs):
        if host in known:
            return known[host]
        raise steps.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(steps.socket, "getaddrinfo", looked_up)
    answers = {refusal(host) for host in (*known, "nobody.example.com")}
    assert len(answers) == 1, answers
