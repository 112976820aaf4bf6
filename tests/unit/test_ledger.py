"""Statements of account: the same sums from whatever side one looks."""

import datetime
from decimal import Decimal

import pytest
from account_email.ledger import (
    AGES,
    Item,
    Match,
    age_of,
    as_json,
    from_json,
    make_block,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2026, 1, 1)


def day(number):
    return DAY + datetime.timedelta(days=number)


def item(number, amount, *, on=0, due=None, **values):
    due = on if due is None else due
    return Item(number, day(on), day(due), Decimal(str(amount)), **values)


def match(debit, credit, amount, *, on=0, other=None):
    other = amount if other is None else other
    return Match(day(on), debit, credit, Decimal(str(amount)), Decimal(str(other)))


def block(items, matches=(), *, begin=None, end=400):
    begin = None if begin is None else day(begin)
    return make_block("EUR", items, matches, begin=begin, end=day(end))


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-5, "current"),
        (0, "current"),
        (1, "1_30"),
        (30, "1_30"),
        (31, "31_60"),
        (60, "31_60"),
        (61, "61_90"),
        (90, "61_90"),
        (91, "older"),
        (4000, "older"),
    ],
)
def test_the_thirtieth_day_belongs_to_the_first_bucket(days, bucket):
    assert age_of(DAY, day(days)) == bucket


def test_a_past_day_does_not_know_what_was_paid_later():
    items = [item(1, 100, on=0, due=10), item(2, -100, on=50)]
    matches = [match(1, 2, 100, on=50)]
    before = block(items, matches, end=49)
    assert before.closing == 100
    assert [(o.id, o.residual, o.days_overdue) for o in before.open_items] == [
        (1, 100, 39)
    ]
    assert before.ageing["31_60"] == 100
    after = block(items, matches, end=50)
    assert (after.closing, after.open_items) == (0, ())


def test_a_payment_that_is_not_matched_is_a_credit():
    one = block([item(1, 100), item(2, -30, on=5)])
    assert one.closing == 70
    assert [o.residual for o in one.open_items] == [100, -30]


def test_what_is_settled_elsewhere_leaves_the_block():
    # Pounds paid in euros: the payment is an item of another block.
    one = block([item(1, 100, on=0)], [match(1, 99, 100, on=20, other=118)])
    assert one.closing == 0
    assert one.open_items == ()
    assert [(m.kind, m.amount, m.date) for m in one.movements] == [
        ("entry", 100, day(0)),
        ("settlement", -100, day(20)),
    ]
    other = make_block(
        "GBP",
        [item(99, -118, on=20)],
        [match(1, 99, 100, on=20, other=118)],
        begin=None,
        end=day(400),
    )
    assert other.closing == 0


def test_opening_and_lines():
    items = [item(1, 100, on=0), item(2, 50, on=10), item(3, -20, on=20)]
    one = block(items, begin=10, end=15)
    assert (one.opening, one.closing) == (100, 150)
    assert [m.balance for m in one.movements] == [150]


def test_as_json():
    plain = as_json(block([item(1, "100.10", on=0, due=3, name="INV/1")], end=40))
    assert plain["closing"] == "100.10"
    assert plain["open_items"][0]["due"] == "2026-01-04"
    assert plain["ageing"]["31_60"] == "100.10"


AMOUNTS = st.integers(-100_000, 100_000).map(lambda n: Decimal(n) / 100)
ITEMS = st.lists(
    st.tuples(AMOUNTS, st.integers(0, 200), st.integers(-30, 120)), max_size=14
)


@st.composite
def ledgers(draw):
    """Items of a block, and matches among them and with items of elsewhere."""
    rows = draw(ITEMS)
    items = [
        Item(number, day(on), day(on + wait), amount)
        for number, (amount, on, wait) in enumerate(rows, 1)
    ]
    matches = []
    for _round in range(draw(st.integers(0, 10))):
        first = draw(st.integers(1, 20))
        second = draw(st.integers(1, 20))
        dates = [i.date for i in items if i.id in (first, second)] or [day(0)]
        amount = draw(st.integers(0, 5000).map(lambda n: Decimal(n) / 100))
        other = amount if max(first, second) <= len(items) else draw(AMOUNTS.map(abs))
        matches.append(Match(max(dates), first, second, amount, other))
    return items, matches


@given(ledgers(), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_closing_is_the_next_opening(ledger, one, two, three):
    first, middle, last = sorted((one, two, three))
    before = block(*ledger, begin=first, end=middle)
    after = block(*ledger, begin=middle + 1, end=last + 1)
    assert before.closing == after.opening
    assert block(*ledger, begin=first, end=last + 1).closing == after.closing


@given(ledgers(), st.integers(0, 260), st.none() | st.integers(0, 260))
def test_activity_and_open_items_end_at_the_same_sum(ledger, end, begin):
    one = block(*ledger, begin=begin, end=end)
    assert sum(o.residual for o in one.open_items) == one.closing
    assert sum(one.ageing.values()) == one.closing
    assert one.opening + sum(m.amount for m in one.movements) == one.closing
    assert set(one.ageing) == {key for key, _last in AGES}
    if begin is None:
        assert one.opening == 0


@given(ledgers(), st.integers(0, 260), st.none() | st.integers(0, 260))
def test_json_and_back(ledger, end, begin):
    one = block(*ledger, begin=begin, end=end)
    assert from_json(as_json(one)) == one
