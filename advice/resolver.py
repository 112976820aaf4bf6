"""DNS, as one small function that others are given.

``query(name, kind)`` returns the records as text, an empty list when there are none,
and raises ``DnsUnavailable`` when nobody could be asked.
"""

from __future__ import annotations

from collections.abc import Callable

from ..transport import Deadline

Query = Callable[[str, str], list[str]]


class DnsUnavailable(Exception):
    """DNS could not be asked: no network, no answer in time, or no library."""


def system_query(seconds: float = 5.0) -> Query:
    """A query over the system's name servers, ``seconds`` for all questions together.

    Needs dnspython, which is optional: without it every question raises
    ``DnsUnavailable``.
    """
    deadline = Deadline(seconds)

    def query(name: str, kind: str) -> list[str]:
        try:
            import dns.exception
            import dns.resolver
        except ImportError as exc:
            raise DnsUnavailable("dnspython is not installed") from exc
        try:
            lifetime = deadline.left()
            answer = dns.resolver.Resolver().resolve(name, kind, lifetime=lifetime)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as exc:
            raise DnsUnavailable(f"no answer for {name} {kind}") from exc
        return [_text(record, kind) for record in answer]

    return query


def _text(record, kind: str) -> str:
    # A long TXT comes in pieces that belong together without a space (RFC 7208 3.3).
    if kind == "TXT":
        return b"".join(record.strings).decode("utf-8", "replace")
    return record.to_text()
