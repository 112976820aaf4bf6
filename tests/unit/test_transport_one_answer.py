"""Of an inner network nobody learns more than of a name that does not exist."""

from __future__ import annotations

import socket

import pytest
from account_email.transport import TransportError, dial, open_session, probe
from transport_servers import fail, http_profile, smtp_profile

HOSTS = ("db.internal.example", "mail.example", "smtp.gmail.com")
INNER = ("10.0.0.5", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "64:ff9b::a00:5")


def told(error: TransportError):
    said = (error.kind, error.cause, error.step, error.code, error.server_text)
    return (*said, error.retry_after, error.facts, error.args, str(error))


def at(monkeypatch, address):
    """Every name leads to ``address``, or nowhere."""

    def getaddrinfo(host, port, **_options):
        if not address:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(dial.socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("address", INNER)
@pytest.mark.parametrize("protocol", ["smtp", "http"])
def test_private_and_unknown_names_are_told_alike(monkeypatch, protocol, address, host):
    def answer(where):
        at(monkeypatch, where)
        if protocol == "http":
            profile = http_profile(f"https://{host}/", allowed_hosts=frozenset())
        else:
            profile = smtp_profile(587, host=host, allowed_hosts=frozenset())
        return told(fail(profile))

    assert answer(address) == answer(None)


@pytest.mark.parametrize("address", INNER)
def test_so_does_the_test_of_the_settings(monkeypatch, address):
    def steps(where):
        at(monkeypatch, where)
        profile = smtp_profile(587, host="mail.example", allowed_hosts=frozenset())
        return [
            (step.name, step.ok, step.detail, told(step.error))
            for step in probe(profile)
        ]

    assert steps(address) == steps(None)


def test_whom_the_administrator_allows_is_connected_to(monkeypatch):
    at(monkeypatch, "127.0.0.1")
    profile = smtp_profile(1, host="mail.example", allowed_hosts={"mail.example"})
    with pytest.raises(TransportError) as caught, open_session(profile):
        pass
    assert caught.value.cause == "refused"
