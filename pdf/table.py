"""The table of a document: column widths, rows, head, and its four looks."""

from .boxes import Box
from .grid import WEIGHTS, Grid
from .theme import LIGHT, PALE
from .typeset.text import REGULAR

INDENT = 9.0
# Bilingual labels are long; a label is no place for a story, though.
MOST_LABEL_LINES = 8


def build_table(table, kit, width):
    """Return the boxes of a table: its rows, each knowing the head to repeat."""
    grid = Grid(table, kit, width)
    head = _Head(grid, [grid.label(column) for column in table.columns])
    boxes: list[Box] = [head]
    last = len(table.rows) - 1
    head.keep = True
    for number, row in enumerate(table.rows):
        box = _Row(grid, row, number)
        box.head = head
        # The last line goes with the totals, lest they stand alone on a page.
        box.keep = row.kind in ("section", "subsection") or number == last > 0
        box.closing = number == last
        boxes.append(box)
    return boxes


class _Line(Box):
    """What the head and the rows share: cells of text on one line of the grid."""

    def __init__(self, grid, cells):
        self.grid = grid
        self.cells = cells
        tallest = max((box.height for _x, box in cells), default=0.0)
        super().__init__(grid.width, tallest + 2 * grid.rise)

    def draw(self, pen, x, y):
        self.paint(pen, x, y)
        for offset, box in self.cells:
            box.draw(pen, x + offset, y + self.grid.rise)

    def paint(self, pen, x, y):
        raise NotImplementedError

    def _frame(self, pen, x, y, color, *, within, spread=0):
        """Draw the upright lines of a boxed table, none through a wide cell."""
        grid = self.grid
        inner = grid.lefts[1 + spread :] if grid.look == "boxed" else []
        for edge in inner:
            pen.rect(x + edge - 0.25, y, 0.5, self.height, fill=within)
        for edge in (0, grid.width):
            pen.rect(x + edge - 0.25, y, 0.5, self.height, fill=color)


class _Head(_Line):
    def __init__(self, grid, labels):
        cells = []
        for number, label in enumerate(labels):
            start, width = grid.edges(number, number)
            style = grid.head_style
            box = grid.kit.text(label, width, _aligned(style, grid.columns[number]))
            cells.append((start, box))
        super().__init__(grid, cells)
        for _start, box in cells:
            box.lines = box.lines[:MOST_LABEL_LINES]

    def paint(self, pen, x, y):
        grid, theme = self.grid, self.grid.kit.theme
        bottom = y + self.height
        if grid.look == "rounded":
            pen.rect(x, y, grid.width, self.height, fill=theme.primary, radius=4)
            pen.rect(x, bottom - 5, grid.width, 5, fill=theme.primary)
        elif grid.look == "boxed":
            pen.rect(x, y, grid.width, self.height, fill=PALE)
            pen.rule(x, y, grid.width, color=theme.ink)
            pen.rule(x, bottom, grid.width, color=theme.ink)
            self._frame(pen, x, y, theme.ink, within=theme.ink)
        elif grid.look == "bold":
            pen.rect(x, y, grid.width, 2.2, fill=theme.secondary)
        else:
            pen.rule(x, bottom, grid.width, color=theme.primary, line=0.9)


class _Row(_Line):
    closing = False

    def __init__(self, grid, row, number):
        self.row = row
        self.number = number
        super().__init__(grid, list(self._cells(grid, row)))

    def _cells(self, grid, row):
        weight = WEIGHTS.get(row.kind, REGULAR)
        style = grid.styles[weight]
        last = len(grid.columns) - 1
        spread = last - len(row.cells) + 1
        for number, text in enumerate(row.cells):
            first = number + (spread if number else 0)
            start, width = grid.edges(first, number + spread)
            if not number:
                start, width = start + INDENT * row.level, width - INDENT * row.level
            column = grid.columns[number + spread if number else 0]
            if text:
                yield start, grid.kit.text(text, width, _aligned(style, column))

    def paint(self, pen, x, y):
        grid = self.grid
        fill = self._background()
        if fill:
            pen.rect(x, y, grid.width, self.height, fill=fill)
        bottom = y + self.height
        if grid.framed and self.row.cells[1:]:
            # The column of amounts stands out, as in core's boxed tables.
            left = grid.lefts[-1]
            pen.rect(x + left, y, grid.width - left, self.height, fill=PALE)
        if grid.look == "bold":
            if self.closing:
                pen.rect(
                    x, bottom - 2.2, grid.width, 2.2, fill=grid.kit.theme.secondary
                )
            return
        if grid.framed:
            edge = (
                grid.kit.theme.ink if grid.look == "boxed" else grid.kit.theme.primary
            )
            spread = len(grid.columns) - len(self.row.cells)
            self._frame(pen, x, y, edge, within=LIGHT, spread=spread)
            pen.rule(x, bottom, grid.width, color=edge if self.closing else LIGHT)
            return
        pen.rule(x, bottom, grid.width, color=LIGHT)

    def _background(self):
        grid = self.grid
        if grid.look == "striped" and self.number % 2 == 0:
            return PALE
        return None

    def split(self, room):
        """Cut a row that is higher than a page; the text goes on in its column."""
        parts = []
        for start, box in self.cells:
            cut = box.split(room - 2 * self.grid.rise)
            head, rest = cut or (box, None)
            if head.height > room - 2 * self.grid.rise:
                return None
            parts.append((start, head, rest))
        if not any(rest for _start, _head, rest in parts):
            return None
        first = self._part([(start, head) for start, head, _rest in parts])
        tail = self._part([(start, rest) for start, _head, rest in parts if rest])
        tail.closing, first.closing = self.closing, False
        return first, tail

    def _part(self, cells):
        part = object.__new__(_Row)
        part.row, part.number, part.head = self.row, self.number, self.head
        _Line.__init__(part, self.grid, cells)
        return part


def _aligned(style, column):
    if not column.numeric:
        return style
    return type(style)(
        style.size,
        style.leading,
        color=style.color,
        weight=style.weight,
        align="end",
    )
