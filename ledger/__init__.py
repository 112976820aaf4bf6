"""Statements of account as plain numbers: from items and matches to balances.

Pure: standard library only. Knows no Odoo, no language and no page.
"""

from .plain import as_json, from_json
from .statement import (
    AGES,
    Block,
    Item,
    Match,
    Movement,
    OpenItem,
    age_of,
    make_block,
)

__all__ = [
    "AGES",
    "Block",
    "Item",
    "Match",
    "Movement",
    "OpenItem",
    "age_of",
    "as_json",
    "from_json",
    "make_block",
]
