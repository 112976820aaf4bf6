"""Addresses as people type them: one, or several with commas between them."""

from __future__ import annotations

import re
from email.utils import getaddresses

from ..transport import TransportError, host_name
from .lookalike import hidden_marks

LOCAL = re.compile(r'"[^"\\\r\n]+"|[^\s<>()\[\],:;@"\\]+')


def bare_addresses(text: str) -> list[str]:
    """The bare address in each part of ``text``; an empty one where there is none.

    ``Office <office@example.com>`` counts as one, and so does it without the name.
    """
    parts = text.replace(";", ",").strip(" ,")
    found = getaddresses([parts]) if parts else []
    # The parser joins what stands apart: "me@exa mple.com" was not typed as one.
    return [bare if bare in text and _is_bare(bare) else "" for _name, bare in found]


def one_address(text: str) -> str:
    """The only address in ``text``, or nothing."""
    found = bare_addresses(text)
    return found[0] if len(found) == 1 else ""


def _is_bare(address: str) -> bool:
    local, _at, domain = address.rpartition("@")
    try:
        host_name(domain)
    except TransportError:
        return False
    return bool(LOCAL.fullmatch(local)) and not hidden_marks(address)
