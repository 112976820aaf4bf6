"""Tables of totals of a web page → `Total`."""

from ..document import Framed, Total
from .table import find_rows
from .text import classes, find_lines

TOTALS = "descendant-or-self::table[contains(@class, 'o_total_table')]"
KINDS = {"o_total": "total", "o_taxes": "tax", "fw-bold": "due"}


def is_totals(table):
    return "o_total_table" in classes(table)


def find_sides(node):
    """Return the children that float at the far side and hold the totals."""
    return [
        child for child in node if "float-end" in classes(child) and child.xpath(TOTALS)
    ]


def is_framed(node):
    tables = node.xpath(".//table")
    return "border" in classes(node) and len(tables) == 1 and is_totals(tables[0])


def read_framed(node):
    (table,) = node.xpath(TOTALS)
    items = tuple(read_totals(table))
    for row in find_rows(table):
        row.drop_tree()
    return [Framed(" ".join(find_lines(node)), items)]


def read_totals(table):
    for row in find_rows(table):
        cells = [" ".join(find_lines(cell)) for cell in row]
        if any(cells):
            value = cells[-1] if len(cells) > 1 else ""
            label = " ".join(filter(None, cells[:-1])) if len(cells) > 1 else cells[0]
            yield Total(label, value, _total_kind(row))


def _total_kind(row):
    if row.xpath(".//i"):
        return "payment"
    kinds = (KINDS.get(name) for name in classes(row))
    return next(filter(None, kinds), "line")
