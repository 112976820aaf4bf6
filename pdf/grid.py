"""The columns of a table: how wide they are, and how text looks in them."""

from .theme import contrast
from .typeset.text import BOLD, ITALIC, REGULAR

# A column of numbers takes what it needs, but never more than this share.
WIDEST_NUMBER = 0.24
# What columns of text keep at least, together.
LEAST_TEXT = 0.34
# The same where numbers would break otherwise.
TIGHT = 0.2
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
        self.head_style = kit.style(color=self._head_color())
        self.styles = {
            weight: kit.style(weight=weight) for weight in (REGULAR, BOLD, ITALIC)
        }
        self.widths = self._widths(table.rows)
        self.lefts = [sum(self.widths[:n]) for n in range(len(self.widths))]

    def _head_color(self):
        theme = self.kit.theme
        return contrast(theme.primary) if self.look == "rounded" else theme.ink

    def _widths(self, rows):
        texts = sum(column.share for column in self.columns if not column.numeric)
        needs, most = self._fitting_needs(rows, texts)
        widths = [min(need, most) for need in needs]
        rest = self.width - sum(widths)
        return [
            width if column.numeric else rest * column.share / texts
            for width, column in zip(widths, self.columns, strict=True)
        ]

    def _fitting_needs(self, rows, texts):
        """Return each column's need and the most that one gets.

        Where there are many columns, first labels break between words, then text
        gives way, and only then numbers break.
        """
        cells = [self._cell_need(number, rows) for number in range(len(self.columns))]
        for least, whole in ((LEAST_TEXT, True), (LEAST_TEXT, False), (TIGHT, False)):
            room = self.width * (1 - least) if texts else self.width
            needs = [
                max(cell, self._label_need(column, whole)) + 2 * self.pad + 1
                if column.numeric
                else 0.0
                for cell, column in zip(cells, self.columns, strict=True)
            ]
            if sum(needs) <= room:
                break
        return needs, _fair_share([need for need in needs if need], room)

    def _cell_need(self, number, rows):
        """Return the width at which no cell of the column has to break."""
        if not self.columns[number].numeric:
            return 0.0
        needs = {
            (row.cells[place], WEIGHTS.get(row.kind, REGULAR))
            for row in rows
            if (place := number - len(self.columns) + len(row.cells)) > 0
        }
        return self._widest(
            (part, self.kit.theme.size, weight)
            for text, weight in needs
            for part in text.split("\n")
        )

    def _label_need(self, column, whole):
        label = self.label(column)
        parts = label.split("\n") if whole else label.split()
        return self._widest((part, self.head_style.size, REGULAR) for part in parts)

    def _widest(self, texts):
        widest = max((self.kit.setter.width(*text) for text in texts), default=0.0)
        return min(widest, self.width * WIDEST_NUMBER)

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
