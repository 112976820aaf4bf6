"""What is known about providers: the one to propose, and the one that is in use.

Names are proper names and not translated. What the user has to do to get a password
is text, and lives with the other texts, keyed by ``Preset.key``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..transport import ascii_address
from .preset import Limits, Notice, Preset
from .preset_mailboxes import MAILBOXES
from .preset_services import SERVICES

__all__ = ["PRESETS", "Limits", "Notice", "Preset", "by_domain", "by_host", "by_mx"]

# In the order to show them.
PRESETS: dict[str, Preset] = {preset.key: preset for preset in MAILBOXES + SERVICES}


def domain_of(address: str) -> str:
    """The domain of an address or the domain itself, in lower-case ASCII."""
    plain = address.strip().rstrip(".")
    return (
        ascii_address(plain if "@" in plain else f"@{plain}").rpartition("@")[2].lower()
    )


def by_domain(address: str) -> Preset | None:
    """The preset for an address at a provider's own domain; asks nobody."""
    domain = domain_of(address)
    for preset in PRESETS.values():
        for known in preset.domains:
            # "yahoo.*" stands for yahoo.com, yahoo.co.uk and the like.
            stem = known[:-1] if known.endswith(".*") else ""
            tail = domain[len(stem) :] if stem and domain.startswith(stem) else ""
            if domain == known or re.fullmatch(r"[a-z]{2,3}(\.[a-z]{2})?", tail):
                return preset
    return None


def by_mx(hosts: Iterable[str]) -> Preset | None:
    """The preset of a domain whose mail is received by ``hosts``."""
    names = [host.rstrip(".").casefold() for host in hosts]
    for preset in PRESETS.values():
        for suffix in preset.mx:
            if any(name == suffix or name.endswith(f".{suffix}") for name in names):
                return preset
    return None


def by_host(host: str) -> Preset | None:
    """The preset whose SMTP server ``host`` is."""
    return next((p for p in PRESETS.values() if p.host_matches(host)), None)
