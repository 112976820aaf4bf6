"""What a domain's SPF record (RFC 7208) says about a mail server.

Not a full evaluation, which receivers do with the address the letter comes from and
which we don't know: the question here is whether the record mentions the provider
that was chosen, or the addresses of the user's own server.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from .resolver import DnsUnavailable, Query

# RFC 7208 4.6.4: more questions make the record invalid for everybody.
MAX_LOOKUPS = 10
ASKING = {"include", "a", "mx", "ptr", "exists", "redirect"}


class _Walk:
    """One way through a record and what it includes."""

    def __init__(self, query: Query, wanted: str, addresses: Collection[str]):
        self._query = query
        self._wanted = wanted
        self._addresses = [ipaddress.ip_address(a) for a in addresses]
        self.lookups = 0
        self.strictness = ""

    def record(self, domain: str) -> list[str]:
        """Every SPF record of ``domain``; more than one is a mistake."""
        found = self._query(domain, "TXT")
        return [text for text in found if text.lower().split()[:1] == ["v=spf1"]]

    def mentions(self, domain: str, record: str, *, top: bool = True) -> bool:
        """Whether ``record`` lets the wanted provider or address pass."""
        for term in record.lower().split()[1:]:
            if term.lstrip("+-~?") == "all":
                self.strictness = term[0] if top and term[0] in "-~?" else ""
            # A term with "-" or "~" says who may not.
            elif term[0] not in "-~?" and self._term(domain, term.lstrip("+")):
                return True
        return False

    def _term(self, domain: str, term: str) -> bool:
        name, _, value = term.partition("=" if term.startswith("redirect=") else ":")
        self.lookups += name.partition("/")[0] in ASKING
        if self.lookups > MAX_LOOKUPS:
            return False
        if name in {"include", "redirect"}:
            return self._included(value)
        if name in {"ip4", "ip6"}:
            return self._covers(value)
        if name.partition("/")[0] in {"a", "mx"}:
            return self._has(name.partition("/")[0], value or domain)
        return False

    def _included(self, domain: str) -> bool:
        if self._wanted and domain == self._wanted:
            return True
        records = self.record(domain)
        return bool(records) and self.mentions(domain, records[0], top=False)

    def _covers(self, text: str) -> bool:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            return False
        return any(
            a in network for a in self._addresses if a.version == network.version
        )

    def _has(self, kind: str, domain: str) -> bool:
        if not self._addresses:
            return False
        hosts = [domain.partition("/")[0]]
        if kind == "mx":
            hosts = [text.split()[-1] for text in self._query(hosts[0], "MX") if text]
        found = [a for host in hosts[:10] for a in self._all(host)]
        return any(str(address) in found for address in self._addresses)

    def _all(self, host: str) -> list[str]:
        return self._query(host, "A") + self._query(host, "AAAA")


def check_spf(
    domain: str, query: Query, *, wanted: str = "", addresses: Collection[str] = ()
) -> tuple[str, dict]:
    """(state, facts): ``pass``, ``missing``, ``not_listed``, ``multiple``,
    ``too_many_lookups``, ``too_open`` or ``unasked``.

    :param wanted: what the provider wants to see included
    :param addresses: of the user's own server, where there is no provider
    """
    walk = _Walk(query, wanted.lower(), addresses)
    try:
        records = walk.record(domain)
        if len(records) != 1:
            return ("multiple" if records else "missing"), {"include": wanted}
        listed = walk.mentions(domain, records[0])
    except DnsUnavailable:
        return "unasked", {}
    facts = {"record": records[0][:300], "include": wanted, "all": walk.strictness}
    if walk.lookups > MAX_LOOKUPS:
        return "too_many_lookups", facts
    if {"+all", "all"} & set(records[0].lower().split()):
        return "too_open", facts
    return ("pass" if listed else "not_listed"), facts
