"""Which addresses a server-side form may lead to (request forgery)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from .errors import TransportError
from .names import is_same_host

# RFC 6052: an IPv4 address in the last 32 bits, reached through a translator.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _embedded(address):
    """The IPv4 address that an IPv6 address stands for, or the address itself."""
    if address.version == 4:
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo and teredo[1]) or address


def is_public(address: str) -> bool:
    """Whether ``address`` (text, perhaps with a scope) lies on the public internet."""
    parsed = _embedded(ipaddress.ip_address(address.partition("%")[0]))
    # IPv4-compatible addresses (::127.0.0.1) are global to `ipaddress`.
    compatible = parsed.version == 6 and int(parsed) >> 32 == 0
    return parsed.is_global and not parsed.is_multicast and not compatible


def is_loopback(address: str) -> bool:
    """Whether ``address`` is this machine, also in its IPv6-mapped form."""
    return _embedded(ipaddress.ip_address(address.partition("%")[0])).is_loopback


def is_listed(host: str, allowed_hosts: Iterable[str]) -> bool:
    """Whether the administrator allows ``host`` to lead to private networks."""
    return any(is_same_host(host, entry) for entry in allowed_hosts)


def permitted(
    host: str, addresses: list[str], allowed_hosts: Iterable[str]
) -> list[str]:
    """The addresses of ``host`` that may be connected to.

    :raises TransportError: ``private_address`` when none is left
    """
    if is_listed(host, allowed_hosts):
        return addresses
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise TransportError(
            "config",
            "private_address",
            step="resolve",
            # Not its addresses: whoever asks need not learn the inner network's map.
            facts={"host": host},
        )
    return public
