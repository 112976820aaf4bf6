"""Settings for an unknown domain, by the standard ways.

Asked are DNS and the domain itself, with nothing but its name: no address and never a
password. What is found is a proposal; only the test shows whether it is true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..transport import TransportError, host_name
from .autoconfig import parse_autoconfig
from .presets import by_domain, by_mx, domain_of
from .resolver import DnsUnavailable, Query

Fetch = Callable[[str], bytes]

# RFC 8314 5.1 (implicit TLS) goes before RFC 6186 3.1.
SERVICES = (("_submissions._tcp", "tls"), ("_submission._tcp", "starttls"))
# Second labels under which others register, as in "co.uk": they are no provider's.
NOBODYS = {"ac", "co", "com", "edu", "gob", "gov", "ne", "net", "or", "org"}
AUTOCONFIG = (
    "https://autoconfig.{domain}/mail/config-v1.1.xml",
    "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
)


@dataclass(frozen=True)
class Suggestion:
    """Settings somebody published: ``source`` is ``preset``, ``srv``, ``mx`` or
    ``autoconfig``; ``provider`` the preset's key, if it is one's."""

    source: str
    host: str
    port: int
    security: str
    username: str = ""
    provider: str = ""


def lookup(address: str, query: Query, fetch: Fetch | None = None) -> Suggestion | None:
    """Settings for the domain of ``address``, the most trustworthy first; or None.

    :param query: see ``resolver``
    :param fetch: returns the body of an https address, raises ``TransportError``;
        see ``autoconfig.fetcher``; without it autoconfig is not tried
    :raises DnsUnavailable: nothing was found and DNS could not be asked
    """
    domain = domain_of(address)
    preset = by_domain(domain)
    if preset:
        return _from_preset("preset", preset, address)
    unasked = None
    for way in (_by_srv, _by_mx):
        try:
            found = way(domain, address, query)
        except DnsUnavailable as exc:
            unasked = exc
            continue
        if found:
            return found
    for host in (domain, *_receivers(domain, query)) if fetch else ():
        if fetch and (found := _by_autoconfig(host, address, fetch)):
            return found
    if unasked:
        raise unasked
    return None


def _from_preset(source: str, preset, address: str) -> Suggestion:
    return Suggestion(
        source,
        preset.host,
        preset.port,
        preset.security,
        preset.login_for(address),
        preset.key,
    )


def _by_srv(domain: str, address: str, query: Query) -> Suggestion | None:
    for service, security in SERVICES:
        found = [_parse_srv(text) for text in query(f"{service}.{domain}", "SRV")]
        offers = sorted(offer for offer in found if offer and offer[3])
        if offers:
            _priority, _weight, port, host = offers[0]
            return Suggestion("srv", host, port, security, address)
    return None


def _parse_srv(text: str) -> tuple[int, int, int, str] | None:
    words = text.split()
    try:
        priority, weight, port = (int(word) for word in words[:3])
        # A target of "." says: decidedly not here (RFC 6186 3.4).
        target = words[3].rstrip(".")
        return priority, -weight, port, target and host_name(target)
    except (ValueError, IndexError, TransportError):
        return None


def _by_mx(domain: str, address: str, query: Query) -> Suggestion | None:
    hosts = [text.split()[-1] for text in query(domain, "MX") if text.strip()]
    preset = by_mx(hosts)
    return _from_preset("mx", preset, address) if preset else None


def _receivers(domain: str, query: Query) -> list[str]:
    """Domains of the servers that receive for ``domain``: its provider's, mostly.

    As Thunderbird does it; the first server's alone, and at most two of its domains.
    """
    try:
        hosts = [text.split() for text in query(domain, "MX") if text.strip()]
    except DnsUnavailable:
        return []
    first = min(hosts, key=_priority, default=[""])
    labels = first[-1].rstrip(".").lower().split(".")[1:]
    found = []
    while len(labels) > 1 and not (len(labels) == 2 and labels[0] in NOBODYS):
        found.append(".".join(labels))
        labels = labels[1:]
    return [name for name in found[-2:] if name != domain]


def _priority(words: list[str]) -> int:
    return int(words[0]) if words[0].isdecimal() else 65536


def _by_autoconfig(domain: str, address: str, fetch: Fetch) -> Suggestion | None:
    for template in AUTOCONFIG:
        try:
            servers = parse_autoconfig(fetch(template.format(domain=domain)), address)
        except TransportError:
            continue
        if servers:
            host, port, security, username = servers[0]
            return Suggestion("autoconfig", host, port, security, username)
    return None
