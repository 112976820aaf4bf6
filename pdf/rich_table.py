"""A table that somebody typed: widths by what stands in it, rows, a repeated head."""

from .boxes import Box, Stack
from .document import Paragraph, find_texts
from .theme import LIGHT
from .typeset.text import BOLD

PADDING = 3.0
# Of a page's height: a row that is higher is written below each other.
HIGHEST_ROW = 0.5
# A column is no narrower than this, whatever stands in it; in sizes of the text.
NARROWEST = 2.0


def build_cells(cells, text):
    """Return a box for each row; `text` is the kit of the text around the table."""
    count = max(sum(cell.span for cell in row) for row in cells.rows)
    widths = _share_widths(cells, text, count)
    rows = [_Row(row, widths, text) for row in cells.rows]
    most = text.kit.theme.paper[1] * HIGHEST_ROW
    boxes = []
    for row in rows:
        boxes += [row] if row.height <= most else row.unfold(text)
    boxes[0].gap = text.style.size * 0.5
    head = boxes[0]
    if all(cell.head for cell in cells.rows[0]) and head is rows[0] and len(boxes) > 1:
        head.keep = True
        for box in boxes[1:]:
            box.head = head
    return boxes


def _share_widths(cells, text, count):
    """Return the columns' widths: each has what it wants, or else what its longest
    word needs and a share of the rest by how much it would still take."""
    least = [text.style.size * NARROWEST] * count
    wanted = list(least)
    for row in cells.rows:
        place = 0
        for cell in row:
            if cell.span == 1:
                word, line = _measure(cell, text)
                least[place] = max(least[place], word)
                wanted[place] = max(wanted[place], line)
            place += cell.span
    if sum(wanted) <= text.width:
        return wanted
    if sum(least) >= text.width:
        return [width * text.width / sum(least) for width in least]
    room = text.width - sum(least)
    more = [want - have for want, have in zip(wanted, least, strict=True)]
    return [
        have + room * extra / sum(more) for have, extra in zip(least, more, strict=True)
    ]


def _measure(cell, text):
    """Return the widths of the longest word and of the longest line."""
    words, lines = [0.0], [0.0]
    for said in find_texts(cell.text):
        for line in said.split("\n"):
            lines.append(text.kit.setter.width(line, text.style.size, BOLD))
            words += [
                text.kit.setter.width(word, text.style.size, BOLD)
                for word in line.split(" ")
            ]
    # Several spans of a paragraph stand beside each other.
    for part in cell.text:
        if isinstance(part, Paragraph):
            said = "".join(span.text for span in part.spans).replace("\n", " ")
            lines.append(text.kit.setter.width(said, text.style.size, BOLD))
    indent = (
        2.6 * text.style.size
        if any(getattr(part, "bullet", "") for part in cell.text)
        else 0.0
    )
    room = 2 * PADDING + 0.5 + indent
    return min(max(words) + room, text.width / 2), max(lines) + room


class _Row(Box):
    def __init__(self, row, widths, text):
        self.row = row
        self.widths = widths
        self.cells = list(self._place(row, text))
        tallest = max(
            stack.height if stack else 0.0 for _x, _w, _c, stack in self.cells
        )
        super().__init__(sum(widths), tallest + 2 * PADDING)

    def _place(self, row, text):
        place, left = 0, 0.0
        for cell in row:
            wide = sum(self.widths[place : place + cell.span])
            boxes = _build(cell, text, wide - 2 * PADDING)
            yield left, wide, cell, Stack(boxes, wide - 2 * PADDING) if boxes else None
            place, left = place + cell.span, left + wide

    def unfold(self, text):
        """Return what stands in the cells below each other, to be parted by pages."""
        boxes = [box for cell in self.row for box in _build(cell, text, text.width)]
        for box in boxes:
            box.breaks = True
        return boxes

    def draw(self, pen, x, y):
        for left, wide, cell, stack in self.cells:
            pen.rect(
                *(x + left, y, wide, self.height),
                fill=cell.fill,
                stroke=LIGHT,
            )
            if stack:
                stack.draw(pen, x + left + PADDING, y + PADDING)


def _build(cell, text, width):
    style = text.style
    if cell.head:
        style = text.kit.style(
            size=style.size, color=style.color, weight=BOLD, align=style.align
        )
    inner = type(text)(text.kit, max(width, 1.0), style)
    return [box for part in cell.text for box in inner.build(part) if not box.turns]
