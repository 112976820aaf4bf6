"""The text of an SPF record (RFC 7208): what it says, and how to say more with it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable

DOMAIN = r"(?:[\w%{}.+=*/-]+\.)+[A-Za-z0-9%{}-]+\.?"
PREFIX = r"(?:/\d{1,3})?(?://\d{1,3})?"
# RFC 7208 12: mechanisms with their qualifiers, then modifiers.
MECHANISM = re.compile(
    rf"[+~?-]?(?:all|(?:include|exists):{DOMAIN}|(?:a|mx)(?::{DOMAIN})?{PREFIX}"
    rf"|ptr(?::{DOMAIN})?|ip[46]:\S+)",
    re.IGNORECASE,
)
MODIFIER = re.compile(r"[A-Za-z][\w.-]*=\S*")
# What people write for what they mean.
MISTAKEN = re.compile(r"[+]?(?:include|ip[46]?|a|mx)?[=:]?(\S+)", re.IGNORECASE)
HOST = r"([\w-]+\.)+[A-Za-z][A-Za-z0-9-]*"
# A record without an end says nothing of the others; this one is what providers ask
# for while a domain is being set up.
USUAL_END = "~all"


def is_record(text: str) -> bool:
    """Whether a TXT record is meant as SPF (RFC 7208 4.5)."""
    return text.lower().split()[:1] == ["v=spf1"]


def terms_of(record: str) -> list[str]:
    """What stands behind the version."""
    return record.split()[1:]


def is_valid(term: str) -> bool:
    """Whether receivers understand ``term``; one that they don't voids the record."""
    if MODIFIER.fullmatch(term):
        # A name of a mechanism is none of a modifier, though the grammar lets it.
        name = term.partition("=")[0].lower()
        return name not in {"include", "ip4", "ip6", "a", "mx", "exists", "all", "ptr"}
    if not MECHANISM.fullmatch(term):
        return False
    name, _, value = term.lstrip("+-~?").partition(":")
    if name.lower() in {"ip4", "ip6"}:
        return _version(value) == int(name[2])
    return True


def _version(text: str) -> int:
    try:
        return ipaddress.ip_network(text, strict=False).version
    except ValueError:
        return 0


def mechanism_for(address: str) -> str:
    """The mechanism that lets one address send."""
    return f"ip{_version(address)}:{address}"


def repaired(term: str) -> str:
    """``term`` as receivers understand it, or an empty string if nobody can tell."""
    if is_valid(term):
        return term
    match = MISTAKEN.fullmatch(term)
    value = match[1] if match else ""
    if _version(value):
        return mechanism_for(value)
    return f"include:{value}" if re.fullmatch(HOST, value) else ""


def merged(
    records: Collection[str], added: Iterable[str], *, without: Collection[str] = ()
) -> str:
    """One valid record that says what ``records`` say and lets ``added`` pass too.

    :param added: mechanisms
    :param without: terms to leave out
    """
    kept: dict[str, str] = {}
    ends, redirect = [], ""
    for term in (term for record in records for term in terms_of(record)):
        fixed = "" if term in without else repaired(term)
        if fixed.lower().lstrip("+-~?") == "all":
            ends.append(fixed)
        elif fixed.lower().startswith("redirect="):
            redirect = fixed
        elif fixed:
            # RFC 7208 6: there may be one explanation.
            once = fixed.lower().startswith("exp=")
            kept.setdefault("exp=" if once else fixed.lower(), fixed)
    for term in added:
        kept.setdefault(term.lower(), term)
    if redirect and len(records) > 1:
        # Of several records only one could be followed.
        include = f"include:{redirect.partition('=')[2]}"
        kept.setdefault(include.lower(), include)
        redirect = ""
    # "+all" lets everybody pass.
    end = next((end for end in ends if end[0] in "-~?"), "" if redirect else USUAL_END)
    return " ".join(filter(None, ("v=spf1", *kept.values(), end or redirect)))
