"""What receivers will make of a letter from a domain sent through a server.

SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489), as far as DNS tells: words and
facts, no sentences. Works on an injected ``query``; see ``resolver``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .preset import Preset
from .presets import by_mx, domain_of
from .resolver import DnsUnavailable, Query
from .spf import check_spf

# Every word a verdict may hold, for whoever translates them.
OUTCOMES = ("fine", "weak", "spam", "rejected", "unknown")
STATES = {
    "spf": (
        "pass",
        "missing",
        "not_listed",
        "multiple",
        "invalid",
        "too_many_lookups",
        "full",
        "too_open",
        "not_needed",
        "unasked",
    ),
    "dkim": ("found", "revoked", "not_found", "unknown", "unasked"),
    "dmarc": (
        "none",
        "quarantine",
        "reject",
        "missing",
        "multiple",
        "invalid",
        "unasked",
    ),
}


@dataclass(frozen=True)
class Check:
    """One word of ``STATES`` and what it rests on.

    Facts of SPF: ``record``, ``advised`` (the whole record that cures), ``term`` (what
    is wrong in it); of DKIM: ``selector`` or ``selectors``; of DMARC: ``record``,
    ``domain``.
    """

    state: str
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """``outcome``: ``fine``; ``weak`` (one of the two is missing, or nothing is
    asked for); ``spam`` or ``rejected`` (as the domain's DMARC demands); ``unknown``
    (DNS could not be asked)."""

    domain: str
    spf: Check
    dkim: Check
    dmarc: Check
    outcome: str


def sender_verdict(
    address: str,
    query: Query,
    *,
    preset: Preset | None = None,
    addresses: Collection[str] = (),
    selectors: Iterable[str] = (),
) -> Verdict:
    """Judge letters from ``address`` through a provider or a server of one's own.

    :param preset: the provider, if it is a known one
    :param addresses: IP addresses of the server, where it is not
    :param selectors: DKIM selectors the user knows
    """
    domain = domain_of(address)
    wanted = preset.spf if preset else ""
    known = list(dict.fromkeys([*selectors, *(preset.selectors if preset else ())]))
    spf = Check(
        *check_spf(
            domain,
            query,
            wanted=wanted,
            addresses=addresses,
            beside=_receiver(domain, query),
        )
    )
    if preset and preset.own_return_path and spf.state in UNLISTED:
        spf = Check("not_needed")
    dkim = Check(*_check_dkim(domain, query, known))
    dmarc = Check(*_check_dmarc(domain, query))
    aligned = spf.state == "pass" and not (preset and preset.own_return_path)
    return Verdict(
        domain, spf, dkim, dmarc, _outcome(spf, dkim, dmarc, aligned=aligned)
    )


# The provider's own domain is the one that receivers look up.
UNLISTED = ("missing", "not_listed", "full")


def _receiver(domain: str, query: Query) -> list[str]:
    """What the provider that receives for a domain wants included: it sends too."""
    try:
        preset = by_mx([text.split()[-1] for text in query(domain, "MX") if text])
    except DnsUnavailable:
        return []
    return [preset.spf] if preset and preset.spf else []


def _outcome(spf: Check, dkim: Check, dmarc: Check, *, aligned: bool) -> str:
    if "unasked" in (spf.state, dkim.state, dmarc.state):
        return "unknown"
    if aligned and dkim.state == "found":
        asked = ("none", "quarantine", "reject")
        return "fine" if dmarc.state in asked else "weak"
    # An unknown selector may well exist: nobody can say that it fails.
    if aligned or dkim.state in ("found", "unknown"):
        return "weak"
    return {"reject": "rejected", "quarantine": "spam"}.get(dmarc.state, "spam")


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _check_dkim(domain: str, query: Query, selectors: list[str]) -> tuple[str, dict]:
    if not selectors:
        return "unknown", {}
    revoked = ""
    try:
        for selector in selectors[:10]:
            for record in query(f"{selector}._domainkey.{domain}", "TXT"):
                tags = _tags(record)
                if tags.get("p"):
                    return "found", {"selector": selector}
                # RFC 6376 3.6.1: an empty key has been withdrawn.
                revoked = selector if "p" in tags else revoked
    except DnsUnavailable:
        return "unasked", {}
    if revoked:
        return "revoked", {"selector": revoked}
    return "not_found", {"selectors": tuple(selectors)}


def _check_dmarc(domain: str, query: Query) -> tuple[str, dict]:
    """The policy of the domain itself, else of the nearest parent that has one."""
    labels = domain.split(".")
    try:
        for start in range(max(len(labels) - 1, 1))[:5]:
            name = ".".join(labels[start:])
            found = [
                record
                for record in query(f"_dmarc.{name}", "TXT")
                if _tags(record).get("v", "").upper() == "DMARC1"
            ]
            if found:
                return _policy(found, name, inherited=start > 0)
    except DnsUnavailable:
        return "unasked", {}
    return "missing", {}


def _policy(records: list[str], domain: str, *, inherited: bool) -> tuple[str, dict]:
    tags = _tags(records[0])
    policy = (inherited and tags.get("sp")) or tags.get("p", "")
    facts = {"record": records[0][:300], "domain": domain}
    if len(records) > 1:
        return "multiple", facts
    known = policy.lower() in ("none", "quarantine", "reject")
    return (policy.lower() if known else "invalid"), facts
