"""Addresses as people type them: one, or several with commas between them."""

from __future__ import annotations

from email.utils import getaddresses

from ..transport import are_addresses, is_address
from .lookalike import hidden_marks


def bare_addresses(text: str) -> list[str]:
    """The bare address in each part of ``text``; an empty one where there is none.

    ``Office <office@example.com>`` counts as one, and so does it without the name.
    """
    parts = bare_text(text)
    found = getaddresses([parts]) if parts else []
    # The parser joins what stands apart: "me@exa mple.com" was not typed as one.
    return [bare if bare in text and _is_bare(bare) else "" for _name, bare in found]


def one_address(text: str) -> str:
    """The only address in ``text``, or nothing."""
    found = bare_addresses(text)
    # A comment or the name of a group is typed for nobody.
    return found[0] if len(found) == 1 and are_addresses(bare_text(text)) else ""


def bare_text(text: str) -> str:
    """What was typed, with commas between addresses and none around them."""
    return text.replace(";", ",").strip(" ,")


def _is_bare(address: str) -> bool:
    """By the rule of letters, so that nothing is saved that fails later."""
    return is_address(address) and not hidden_marks(address)
