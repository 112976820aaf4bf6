"""One partner's account in one currency: opening, movements, closing, what is open.

Amounts are :class:`decimal.Decimal` in the block's own currency; positive is what the
partner owes (for suppliers: what is owed to them). Nothing is ever converted.

Activity and open items end at the same sum, whatever was matched with what. An item
that was matched with one outside of the block (another currency, another partner, an
exchange difference) would otherwise leave a debt here and a credit there for ever: on
the day of the matching a movement of kind ``settlement`` takes the amount out of the
block. The day of a matching is the later of its two items' dates.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
# Key of a bucket and the last day overdue that belongs to it.
AGES: tuple[tuple[str, int | None], ...] = (
    ("current", 0),
    ("1_30", 30),
    ("31_60", 60),
    ("61_90", 90),
    ("older", None),
)


@dataclass(frozen=True)
class Item:
    """A posted journal item of the block.

    :param id: the same numbers as in :class:`Match`
    :param due: day of payment; the item's own date where there is none
    :param kind: ``invoice``, ``refund``, ``payment`` or ``entry``
    """

    id: int
    date: datetime.date
    due: datetime.date
    amount: Decimal
    name: str = ""
    ref: str = ""
    kind: str = "entry"


@dataclass(frozen=True)
class Match:
    """Two items matched: each side's amount in that side's currency, both positive.

    :param note: what the other side is: the reference of a settlement's line
    """

    date: datetime.date
    debit_id: int
    credit_id: int
    debit_amount: Decimal
    credit_amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class Movement:
    """A line of the activity with the balance after it."""

    date: datetime.date
    due: datetime.date | None
    amount: Decimal
    balance: Decimal
    name: str
    ref: str
    kind: str


@dataclass(frozen=True)
class OpenItem:
    id: int
    date: datetime.date
    due: datetime.date
    amount: Decimal
    residual: Decimal
    days_overdue: int
    name: str
    ref: str
    kind: str


@dataclass(frozen=True)
class Block:
    """The account in one currency from ``begin`` to ``end``, both days included.

    ``begin`` of None means from the first item on. ``ageing`` has a sum for each key
    of :data:`AGES`; together they are ``closing``.
    """

    currency: str
    begin: datetime.date | None
    end: datetime.date
    opening: Decimal
    movements: tuple[Movement, ...]
    closing: Decimal
    open_items: tuple[OpenItem, ...]
    ageing: dict[str, Decimal]

    @property
    def overdue(self) -> Decimal:
        """What is past its day of payment."""
        return sum((v for k, v in self.ageing.items() if k != "current"), ZERO)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say: no balance, no movement, nothing open."""
        return not (self.opening or self.movements or self.open_items)


def age_of(due: datetime.date, day: datetime.date) -> str:
    """The bucket of an item on ``day``: the 30th day belongs to 1–30."""
    days = (day - due).days
    return next(key for key, last in AGES if last is None or days <= last)


def make_block(
    currency: str,
    items: Iterable[Item],
    matches: Iterable[Match],
    *,
    begin: datetime.date | None,
    end: datetime.date,
) -> Block:
    """The block of one currency, as it stood at the end of the day ``end``.

    :param items: all posted items of the account in that currency, of any date
    :param matches: all matches that one of them takes part in, of any date
    """
    known = {item.id: item for item in items if item.date <= end}
    matches = [match for match in matches if match.date <= end]
    entries = sorted(
        [*map(_entry, known.values()), *_settlements(known, matches)],
        key=lambda entry: entry[0],
    )
    opening, movements = ZERO, []
    balance = ZERO
    for (date, _order, _id), entry in entries:
        balance += entry.amount
        if begin and date < begin:
            opening = balance
        else:
            movements.append(dataclasses.replace(entry, balance=balance))
    open_items = tuple(_open_items(known, matches, end))
    return Block(
        currency=currency,
        begin=begin,
        end=end,
        opening=opening,
        movements=tuple(movements),
        closing=balance,
        open_items=open_items,
        ageing=_ageing(open_items, end),
    )


def _entry(item: Item) -> tuple[tuple, Movement]:
    movement = Movement(
        *(item.date, item.due, item.amount, ZERO),
        *(item.name, item.ref, item.kind),
    )
    return (item.date, 0, item.id), movement


def _settlements(known: dict[int, Item], matches: list[Match]):
    """Yield what a matching takes out of the block: nothing where both sides are in it
    and say the same."""
    for number, match in enumerate(matches):
        amount = ZERO
        if match.debit_id in known:
            amount -= match.debit_amount
        if match.credit_id in known:
            amount += match.credit_amount
        if amount:
            inside = known.get(match.debit_id) or known[match.credit_id]
            movement = Movement(
                *(match.date, None, amount, ZERO),
                *(inside.name, match.note, "settlement"),
            )
            yield (match.date, 1, number), movement


def _open_items(known: dict[int, Item], matches: list[Match], end: datetime.date):
    residuals = {item.id: item.amount for item in known.values()}
    for match in matches:
        if match.debit_id in residuals:
            residuals[match.debit_id] -= match.debit_amount
        if match.credit_id in residuals:
            residuals[match.credit_id] += match.credit_amount
    for item in sorted(known.values(), key=lambda item: (item.due, item.date, item.id)):
        if residual := residuals[item.id]:
            yield OpenItem(
                *(item.id, item.date, item.due, item.amount, residual),
                *(max((end - item.due).days, 0), item.name, item.ref, item.kind),
            )


def _ageing(open_items: Iterable[OpenItem], end: datetime.date) -> dict[str, Decimal]:
    sums = {key: ZERO for key, _last in AGES}
    for item in open_items:
        sums[age_of(item.due, end)] += item.residual
    return sums
