"""Amounts at the end of a table, in the looks of core's tables."""

from .boxes import Beside, Stack
from .theme import LIGHT, PALE, contrast
from .typeset.text import BOLD, ITALIC, REGULAR

TOTALS_SHARE = 0.42
ASIDE_SHARE = 0.52
# How much higher than the amounts what stands beside them may be.
MOST_ASIDE = 2.5
SPARE_ASIDE = 120


def build_totals(block, kit, width, build):
    """Return amounts at the far side, and what is said about paying beside them.

    `build` makes the boxes of the blocks beside and below.
    """
    room = width * TOTALS_SHARE
    amounts = _amounts(block.items, kit, room)
    below = [box for part in block.below for box in build(part, kit, room)]
    amounts = Stack([amounts, *below], room) if below else amounts
    left = width * ASIDE_SHARE
    aside = [box for part in block.aside for box in build(part, kit, left)]
    pairs = [(width - room, amounts)]
    rest = []
    if aside:
        stack = Stack(aside, left)
        if stack.height > amounts.height * MOST_ASIDE + SPARE_ASIDE:
            rest = [box for part in block.aside for box in build(part, kit, width)]
        else:
            pairs.append((0, stack))
    box = Beside(pairs, width)
    box.gap = kit.theme.size * 1.2
    return [box, *rest]


def build_framed(block, kit, width):
    """Return amounts with a title in a frame."""
    inner = width - 12
    title = kit.text(block.title, inner, kit.style(weight=BOLD))
    stack = Stack([title, _amounts(block.items, kit, inner)], width, _frame, padding=6)
    stack.gap = kit.theme.size
    return [stack]


def _frame(pen, x, y, box):
    pen.rect(x, y, box.width, box.height, stroke=LIGHT)


def _amounts(items, kit, width):
    look = kit.theme.style.table
    boxes = [_amount(item, kit, width, number) for number, item in enumerate(items)]
    return Stack(boxes, width, _outline if look in ("boxed", "rounded") else None)


def _outline(pen, x, y, box):
    theme = pen.theme
    rounded = theme.style.table == "rounded"
    edge = theme.primary if rounded else theme.ink
    pen.rect(x, y, box.width, box.height, stroke=edge)


class _Amount(Beside):
    """One line of the totals: label, value, and the ground it stands on."""

    def __init__(self, pairs, width, *, fill=None, line=None, rise=2.6):
        super().__init__(pairs, width)
        self.height += 2 * rise
        self.rise = rise
        self.fill = fill
        self.line = line

    def draw(self, pen, x, y):
        if self.fill:
            pen.rect(x, y, self.width, self.height, fill=self.fill)
        if self.line:
            pen.rule(x, y, self.width, color=self.line)
        super().draw(pen, x, y + self.rise)


def _amount(item, kit, width, number):
    theme = kit.theme
    label_style, value_style = _styles(item, theme, kit)
    pad = 0.0 if theme.style.table in ("plain", "bold") else 5.0
    need = kit.setter.width(item.value, value_style.size, value_style.weight) + 1
    need = min(need, width * 0.62)
    value = kit.text(item.value, need, value_style)
    label = kit.text(item.label, width - need - 2 * pad - 6, label_style)
    return _Amount(
        [(pad, label), (width - need - pad, value)],
        width,
        fill=_ground(item, theme, number),
        line=None if theme.style.table == "striped" else LIGHT,
        rise=3.4 if item.kind == "total" else 2.2,
    )


def _ground(item, theme, number):
    """Return the colour behind a line: the total's, a tax's or a stripe's."""
    if theme.style.table in ("boxed", "rounded"):
        return {"total": theme.primary, "tax": PALE}.get(item.kind)
    return PALE if theme.style.table == "striped" and number % 2 == 0 else None


def _styles(item, theme, kit):
    """Return how the label and the value of a total look."""
    strong = BOLD if item.kind in ("total", "due") else REGULAR
    weight = ITALIC if item.kind == "payment" else strong
    filled = theme.style.table in ("boxed", "rounded")
    total = contrast(theme.primary) if filled else theme.primary
    look = {
        "size": theme.size * (1.12 if item.kind == "total" else 1),
        "color": total if item.kind == "total" else theme.ink,
    }
    return kit.style(weight=weight, **look), kit.style(
        weight=strong, align="end", **look
    )
