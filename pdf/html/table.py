"""A table of a web page → `Table`."""

import re

from ..document import Column, Row, Table
from .text import classes, find_lines

ROWS = "./tr|./thead/tr|./tbody/tr|./tfoot/tr"
KINDS = {
    "o_line_section": "section",
    "o_line_subsection": "subsection",
    "o_line_note": "note",
    "o_total": "total",
}
# Bootstrap's steps of padding at the start of a cell: the first is every cell's own.
_PADDING = re.compile(r"p[xs]-(\d)$")
WIDEST = 40


def find_rows(table):
    """Return the cells of each row; rows without cells are left out."""
    return [row for row in table.xpath(ROWS) if len(row)]


def has_head(table):
    return bool(table.xpath("./thead/tr/th|./tr/th|./tbody/tr/th"))


def read_table(table):
    """Return a `Table`; the last row of head cells gives its columns."""
    rows = find_rows(table)
    heads = [row for row in rows if all(cell.tag == "th" for cell in row)]
    head = heads[-1] if heads else rows[0]
    columns = tuple(_columns(head))
    # Another row of heads is a title inside the table.
    body = [row for row in rows if row is not head]
    return Table(columns, tuple(_row(row, len(columns)) for row in body))


def _columns(head):
    """Yield a column for each head cell, and nameless ones where a cell is wide."""
    spare = max(WIDEST - len(head), 0)
    for cell in head:
        numeric = "text-end" in classes(cell) or "text-right" in classes(cell)
        yield Column("\n".join(find_lines(cell)), numeric=numeric)
        more = min(_span(cell) - 1, spare)
        spare -= more
        yield from [Column("", numeric=numeric)] * more


def _span(cell):
    try:
        return min(max(int(cell.get("colspan", 1)), 1), WIDEST)
    except ValueError:
        return 1


def _row(row, count):
    names = [name for node in (row, *row) for name in classes(node)]
    kind = next((KINDS[name] for name in names if name in KINDS), "item")
    level = max((int(m[1]) for m in map(_PADDING.match, names) if m), default=0)
    cells = ["\n".join(find_lines(cell)) for cell in row]
    if any(_span(cell) > 1 for cell in row[1:]):
        cells = _spread(row, cells)
    if len(cells) > count:
        cells[count - 1 :] = ["\n".join(filter(None, cells[count - 1 :]))]
    return Row(tuple(cells), kind, max(level - 1, 0))


def _spread(row, cells):
    """Return a cell for each column: wide ones leave the others empty."""
    spread = []
    for cell, text in zip(row, cells, strict=True):
        blank = [""] * (_span(cell) - 1)
        spread += [*blank, text] if "text-end" in classes(cell) else [text, *blank]
    return spread
