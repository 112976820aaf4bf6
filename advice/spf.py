"""What a domain's SPF record (RFC 7208) says about a mail server.

Not a full evaluation, which receivers do with the address the letter comes from and
which we don't know: the question here is whether the record mentions the provider
that was chosen, or the addresses of the user's own server. Where it does not, the
record that would is built from the one there is.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence

from .resolver import DnsUnavailable, Query
from .spf_record import is_record, is_valid, mechanism_for, merged, terms_of

# RFC 7208 4.6.4: more questions make the record invalid for everybody.
MAX_LOOKUPS = 10
ASKING = {"include", "a", "mx", "ptr", "exists", "redirect"}


def split_term(term: str) -> tuple[str, str, str]:
    """(qualifier, name, value) of a term; the value with its prefix lengths."""
    qualifier = term[0] if term[:1] in "+-~?" else "+"
    plain = term.lstrip("+-~?").lower()
    name, _, value = plain.partition("=" if plain.startswith("redirect=") else ":")
    if not value and "/" in name:
        name, _, value = name.partition("/")
        value = f"/{value}"
    return qualifier, name, value


class _Walk:
    """One way through a record and what it includes."""

    def __init__(self, query: Query, wanted: str, addresses: Collection[str]):
        self._query = query
        self._wanted = wanted
        self._addresses = [ipaddress.ip_address(a) for a in addresses]
        self.lookups = 0
        # Terms that lead to a domain without a record, which voids the whole.
        self.dead: list[str] = []

    def records(self, domain: str) -> list[str]:
        """Every SPF record of ``domain``; more than one is a mistake."""
        return [text for text in self._query(domain, "TXT") if is_record(text)]

    def mentions(self, domain: str, record: str) -> bool:
        """Whether ``record`` lets the wanted provider or address pass."""
        for term in terms_of(record):
            qualifier, name, value = split_term(term)
            # A term with "-" or "~" says who may not, and "all" names nobody.
            matched = self._term(domain, name, value)
            if matched and qualifier == "+" and name != "all":
                return True
        return False

    def _term(self, domain: str, name: str, value: str) -> bool:
        self.lookups += name in ASKING
        if self.lookups > MAX_LOOKUPS:
            return False
        if name in {"include", "redirect"}:
            return self._included(name, value)
        if name in {"ip4", "ip6"}:
            return self._covers(value)
        return name in {"a", "mx"} and self._has(name, value, domain)

    def _included(self, name: str, domain: str) -> bool:
        if self._wanted and domain == self._wanted:
            return True
        records = self.records(domain)
        if len(records) != 1:
            self.dead.append(f"{name}{':' if name == 'include' else '='}{domain}")
            return False
        return self.mentions(domain, records[0])

    def _covers(self, text: str) -> bool:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            return False
        return any(
            a in network for a in self._addresses if a.version == network.version
        )

    def _has(self, kind: str, value: str, domain: str) -> bool:
        if not self._addresses:
            return False
        host, *prefixes = value.split("/")
        hosts = [host or domain]
        if kind == "mx":
            hosts = [text.split()[-1] for text in self._query(hosts[0], "MX") if text]
        found = [a for host in hosts[:10] for a in self._all(host)]
        return any(self._covers(_network(a, prefixes)) for a in found)

    def _all(self, host: str) -> list[str]:
        return self._query(host, "A") + self._query(host, "AAAA")


def _network(address: str, prefixes: list[str]) -> str:
    """``a/24//64``: the first length is for IPv4, the second for IPv6."""
    four, six = (prefixes[:1] or [""])[0], prefixes[-1] if len(prefixes) > 2 else ""
    length = six if ":" in address else four
    return f"{address}/{length}" if length else address


def check_spf(
    domain: str,
    query: Query,
    *,
    wanted: str = "",
    addresses: Collection[str] = (),
    beside: Collection[str] = (),
) -> tuple[str, dict]:
    """(state, facts), see ``verdict.STATES``.

    ``facts["advised"]`` is the whole record that cures; it is not there where nobody
    can tell. ``facts["record"]`` is the one there is, ``facts["term"]`` what is wrong
    with it.

    :param wanted: what the provider wants to see included
    :param addresses: of the user's own server, where there is no provider
    :param beside: what else sends for a domain without a record: more inclusions
    """
    try:
        return _check(domain, query, wanted.lower(), addresses, beside)
    except DnsUnavailable:
        return "unasked", {}


def _check(domain, query, wanted, addresses, beside) -> tuple[str, dict]:
    walk = _Walk(query, wanted, addresses)
    records = walk.records(domain)
    terms = [f"include:{wanted}"] if wanted else [mechanism_for(a) for a in addresses]

    def advised(*, added: Sequence[str] = terms, without: Collection[str] = ()) -> dict:
        return _advise(domain, query, merged(records, added, without=without), terms)

    if not records:
        others = [f"include:{name}" for name in beside]
        return "missing", advised(added=[*others, *terms])
    if len(records) > 1:
        return "multiple", advised()
    facts = {"record": records[0][:300]}
    listed = walk.mentions(domain, records[0])
    wrong = [term for term in terms_of(records[0]) if not is_valid(term)] + walk.dead
    if wrong:
        return "invalid", {**facts, "term": wrong[0], **advised(without=walk.dead)}
    if walk.lookups > MAX_LOOKUPS:
        return "too_many_lookups", facts
    if {"+all", "all"} & set(records[0].lower().split()):
        return "too_open", {**facts, **advised()}
    if listed:
        return "pass", facts
    found = advised()
    return ("not_listed" if found or not terms else "full"), {**facts, **found}


def _advise(domain: str, query: Query, record: str, terms: list[str]) -> dict:
    """The ``record``, if it is known who shall send and receivers would follow it."""
    walk = _Walk(query, "", ())
    if terms:
        walk.mentions(domain, record)
    followed = terms and walk.lookups <= MAX_LOOKUPS and not walk.dead
    return {"advised": record} if followed else {}
