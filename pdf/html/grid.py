"""Tables that somebody typed: cells of rich text, table within table."""

from dataclasses import replace

from ..document import Cell, Cells

# Deeper inside each other, what stands in the cells is text of the cell around them.
DEEPEST_TABLE = 3
MOST_COLUMNS = 40


class GridReader:
    """Collects cells while a page is read from begin to end."""

    def __init__(self):
        self._tables = []  # of (state outside, rows of (parts, cell))

    @property
    def is_open(self):
        return bool(self._tables)

    def start_table(self, state):
        self._tables.append((state, []))

    def start_row(self):
        if self._tables:
            self._tables[-1][1].append([])

    def start_cell(self, tag, attributes, looks):
        """Return the list that the cell's parts go to, or None outside of tables."""
        if not self._tables:
            return None
        rows = self._tables[-1][1]
        if not rows:
            rows.append([])
        span = attributes.get("colspan") or ""
        span = min(max(int(span), 1), MOST_COLUMNS) if span.isdecimal() else 1
        cell = [], Cell((), tag == "th", span, looks.mark)
        if len(rows[-1]) < MOST_COLUMNS:
            rows[-1].append(cell)
        return rows[-1][-1][0]

    def inside(self, looks):
        """The colour behind a cell is the cell's, not its words'."""
        return replace(looks, mark=None) if self._tables else looks

    def end_table(self):
        """Return the parts that the table becomes, and the state outside of it."""
        if not self._tables:
            return (), None
        state, rows = self._tables.pop()
        rows = tuple(
            tuple(replace(cell, text=tuple(parts)) for parts, cell in row)
            for row in rows
            if any(parts for parts, _cell in row)
        )
        if not rows:
            return (), state
        if len(self._tables) >= DEEPEST_TABLE:
            cells = (cell for row in rows for cell in row)
            return tuple(part for cell in cells for part in cell.text), state
        return (Cells(rows),), state
