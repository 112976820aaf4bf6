"""The columns of a table: how wide they are, and how text looks in them."""

from .text import BOLD, ITALIC, REGULAR
from .theme import contrast

# A column of numbers takes what it needs, but never more than this share.
WIDEST_NUMBER = 0.24
# What columns of text keep at least, together.
LEAST_TEXT = 0.34
UPPER_HEADS = ("bold", "boxed")

WEIGHTS = {
    "section": BOLD,
    "subsection": BOLD,
    "note": ITALIC,
    "total": BOLD,
}


class Grid:
    """Where the columns stand, and how their text looks."""

    def __init__(self, table, kit, width):
        self.kit = kit
        self.width = width
        self.columns = table.columns
        self.look = kit.theme.style.table
        self.framed = self.look in ("boxed", "rounded")
        self.pad = 5.0 if self.framed or self.look == "striped" else 4.0
        self.flush = not (self.framed or self.look == "striped")
        self.rise = {"bold": 5.0, "plain": 3.2}.get(self.look, 4.0)
        self.head_style = kit.style(
            weight=BOLD, color=self._head_color(), size=kit.theme.size * 0.95
        )
        self.styles = {
            weight: kit.style(weight=weight) for weight in (REGULAR, BOLD, ITALIC)
        }
        self.widths = self._widths(table.rows)
        self.lefts = [sum(self.widths[:n]) for n in range(len(self.widths))]

    def _head_color(self):
        theme = self.kit.theme
        return contrast(theme.primary) if self.look == "rounded" else theme.heading

    def _widths(self, rows):
        needs = [self._need(number, rows) for number in range(len(self.columns))]
        texts = sum(column.share for column in self.columns if not column.numeric)
        room = self.width * (1 - LEAST_TEXT) if texts else self.width
        most = _fair_share([need for need in needs if need], room)
        widths = [min(need, most) for need in needs]
        rest = self.width - sum(widths)
        return [
            width if column.numeric else rest * column.share / texts
            for width, column in zip(widths, self.columns, strict=True)
        ]

    def _need(self, number, rows):
        """Return the width at which no cell of the column has to break."""
        column = self.columns[number]
        if not column.numeric:
            return 0.0
        setter, size = self.kit.setter, self.kit.theme.size
        head = setter.width(self.label(column), self.head_style.size, BOLD)
        needs = {
            (row.cells[place], WEIGHTS.get(row.kind, REGULAR))
            for row in rows
            if (place := number - len(self.columns) + len(row.cells)) > 0
        }
        widest = max(
            (
                setter.width(part, size, weight)
                for text, weight in needs
                for part in text.split("\n")
            ),
            default=0.0,
        )
        most = self.width * WIDEST_NUMBER
        return max(min(widest, most), min(head, most)) + 2 * self.pad + 1

    def label(self, column):
        return column.label.upper() if self.look in UPPER_HEADS else column.label

    def edges(self, first, last):
        """Return (text start, text width) of a cell over columns first to last."""
        left = self.lefts[first]
        right = self.lefts[last] + self.widths[last]
        start = left + (0 if self.flush and first == 0 else self.pad)
        end = right - (0 if self.flush and last == len(self.widths) - 1 else self.pad)
        return start, max(end - start, 10.0)


def _fair_share(needs, room):
    """Return the width to which the widest columns shrink so that all have room."""
    needs = sorted(needs)
    for place, need in enumerate(needs):
        share = room / (len(needs) - place)
        if need > share:
            return share
        room -= need
    return max(needs, default=0.0)
