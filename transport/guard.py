"""Which addresses a server-side form may lead to (request forgery)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from .errors import TransportError
from .names import is_same_host

# Where an IPv6 address holds an IPv4 one, and how far its last bit is from the end:
# translators (RFC 6052, 8215), mapped, translated (RFC 2765), compatible, 6to4, Teredo
# (whose client is written with every bit turned).
EMBEDDING = (
    ("64:ff9b::/96", 0, 0),
    ("64:ff9b:1::/96", 0, 0),
    ("::ffff:0:0/96", 0, 0),
    ("::ffff:0:0:0/96", 0, 0),
    ("2002::/16", 80, 0),
    ("2001::/32", 0, 0xFFFFFFFF),
)
# IANA's special-purpose address registries, each entry that is not globally reachable,
# with the blocks that IANA keeps elsewhere (multicast, reserved, site-local).
IPV4_SPECIAL = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
    # AS112 and AMT are reachable, but no mail server is there.
    *("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),
    *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
)
# Only 2000::/3 is given out (RFC 4291); what is special inside of it:
IPV6_GLOBAL = "2000::/3"
IPV6_SPECIAL = (
    *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    # Inside of 2001::/23, named for the reader: they are no servers either.
    *("2001::/32", "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48"),
    *("2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28"),
)
_EMBEDDING = tuple(
    (ipaddress.IPv6Network(network), shift, turned)
    for network, shift, turned in EMBEDDING
)
_IPV4_SPECIAL = tuple(map(ipaddress.IPv4Network, IPV4_SPECIAL))
_IPV6_GLOBAL = ipaddress.IPv6Network(IPV6_GLOBAL)
_IPV6_SPECIAL = tuple(map(ipaddress.IPv6Network, IPV6_SPECIAL))

_TRANSPARENT = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0/96")))


def _embedded(address):
    """The IPv4 address that an IPv6 address stands for, or the address itself."""
    if address.version == 4:
        return address
    for network, shift, turned in _EMBEDDING:
        if address in network:
            bits = (int(address) >> shift) & 0xFFFFFFFF
            return ipaddress.IPv4Address(bits ^ turned)
    return address


def _is_public_ipv6(address: ipaddress.IPv6Address) -> bool:
    special = any(address in network for network in _IPV6_SPECIAL)
    return address in _IPV6_GLOBAL and not special


def is_public(address: str) -> bool:
    """Whether ``address`` (text, perhaps with a scope) lies on the public internet.

    An address that holds another one, for a translator or a tunnel, is public where
    that one is and where the way to it is.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = _embedded(parsed)
    if inner.version == 6:
        return _is_public_ipv6(inner)
    # A translator in the own network leads where its owner wants: only the well-known
    # one and the mapped form are taken for the address that they hold.
    way = parsed.version == 4 or any(parsed in net for net in _TRANSPARENT)
    return way and not any(inner in network for network in _IPV4_SPECIAL)


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

    :raises TransportError: when none is left, what is raised for a name that does not
        exist: whoever asks need not learn the inner network's map
    """
    if is_listed(host, allowed_hosts):
        return addresses
    public = [address for address in addresses if is_public(address)]
    if not public:
        raise TransportError("transient", "dns", step="resolve")
    return public
