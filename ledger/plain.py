"""The numbers as plain JSON and back."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from .statement import Block, Movement, OpenItem


def as_json(value: Any) -> Any:
    """The numbers as plain JSON: dates as ISO 8601, amounts as strings of digits."""
    if isinstance(value, Block):
        plain = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return as_json(plain)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return as_json(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(part) for part in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def from_json(plain: dict[str, Any]) -> Block:
    """The block that :func:`as_json` made plain."""
    day = datetime.date.fromisoformat
    movements = (
        Movement(
            **values
            | {
                "date": day(values["date"]),
                "due": values["due"] and day(values["due"]),
                "amount": Decimal(values["amount"]),
                "balance": Decimal(values["balance"]),
            }
        )
        for values in plain["movements"]
    )
    open_items = (
        OpenItem(
            **values
            | {
                "date": day(values["date"]),
                "due": day(values["due"]),
                "amount": Decimal(values["amount"]),
                "residual": Decimal(values["residual"]),
            }
        )
        for values in plain["open_items"]
    )
    return Block(
        currency=plain["currency"],
        begin=plain["begin"] and day(plain["begin"]),
        end=day(plain["end"]),
        opening=Decimal(plain["opening"]),
        movements=tuple(movements),
        closing=Decimal(plain["closing"]),
        open_items=tuple(open_items),
        ageing={key: Decimal(value) for key, value in plain["ageing"].items()},
    )
