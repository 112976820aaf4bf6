"""From a document's blocks to boxes; knows no document type."""

from . import document as doc
from .boxes import Beside, Box, Image, Stack
from .codes import CodeBox
from .picture import load_picture
from .rich import Item, build_rich
from .table import build_table
from .theme import GREY, tint
from .totals import build_framed, build_totals
from .typeset.text import BOLD, ITALIC

CODE_SIZE = 78.0
# A note of fewer lines is not parted by the end of a page.
SHORT_NOTE = 6.5
COLUMN_GAP = 14.0
# Of a line, between the paragraphs of a note.
PARAGRAPH_GAP = 0.25


def build(block, kit, width):
    """Return the boxes of one block."""
    return _BUILDERS[type(block)](block, kit, width)


def build_title(text, kit, width, align="start"):
    size = kit.theme.size * 1.9
    style = kit.style(
        size=size, leading=size * 1.2, color=kit.theme.heading, align=align
    )
    box = kit.text(text, width, style)
    box.gap = kit.theme.size * 1.8
    box.keep = True
    return box


def build_party(party, kit, width):
    """Return a stack for an address, or None."""
    if not party or not (party.lines or party.extra):
        return None
    boxes = []
    if party.label:
        boxes.append(kit.text(party.label, width, kit.style(weight=BOLD)))
    boxes += [kit.text(line, width, kit.style()) for line in party.lines]
    for number, line in enumerate(party.extra):
        box = kit.text(line, width, kit.style())
        box.gap = 0 if number else kit.theme.leading * 0.5
        boxes.append(box)
    return Stack(boxes, width)


def _facts(block, kit, width):
    """Values in columns below their labels, at most six a line."""
    if not block.items:
        return []
    padding = 0 if kit.theme.style.facts == "plain" else 8
    rows = []
    count = min(len(block.items), 6)
    for start in range(0, len(block.items), count):
        part = block.items[start : start + count]
        rows.append(_fact_row(part, kit, width - 2 * padding))
        rows[-1].gap = kit.theme.size * 0.7
    box = Stack(rows, width, fill=_FACT_FILLS[kit.theme.style.facts], padding=padding)
    box.gap = kit.theme.size * 1.4
    return [box]


def _fact_row(items, kit, width):
    room = (width - COLUMN_GAP * (len(items) - 1)) / len(items)
    strong = kit.style(weight=BOLD, color=kit.theme.label)
    pairs = []
    for number, item in enumerate(items):
        boxes = [
            kit.text(item.label, room, strong),
            kit.text(item.value, room, kit.style()),
        ]
        pairs.append((number * (room + COLUMN_GAP), Stack(boxes, room)))
    return Beside(pairs, width)


def _tinted(pen, x, y, box):
    theme = pen.theme
    fill = tint(theme.secondary, 0.08)
    pen.rect(x, y, box.width, box.height, fill=fill, radius=5)


def _outlined(pen, x, y, box):
    theme = pen.theme
    fill = tint(theme.secondary, 0.08)
    pen.rect(
        x, y, box.width, box.height, fill=fill, stroke=theme.secondary, line=1, radius=5
    )


_FACT_FILLS = {"plain": None, "tinted": _tinted, "outlined": _outlined}


def _table(block, kit, width):
    boxes = build_table(block, kit, width)
    boxes[0].gap = kit.theme.size * 1.8
    return boxes


def _totals(block, kit, width):
    return build_totals(block, kit, width, build)


def _note(block, kit, width):
    color = GREY if block.kind == "muted" else kit.theme.ink
    align = "end" if block.kind == "end" else "start"
    boxes = build_rich(kit, block.text, width, kit.style(color=color, align=align))
    if not boxes:
        return []
    for box in boxes.boxes[1:]:
        if not isinstance(box, Item):
            box.gap = box.gap or kit.theme.leading * PARAGRAPH_GAP
    boxes = Stack(boxes.boxes, width)
    boxes.gap = boxes.boxes[0].gap = kit.theme.size * 0.8
    turns = any(box.turns for box in boxes.boxes)
    if boxes.height < kit.theme.leading * SHORT_NOTE and not turns:
        return [boxes]
    for box in boxes.boxes:
        box.breaks = True
    return boxes.boxes


def _code(block, kit, width):
    picture = (
        load_picture(block.picture, CODE_SIZE, CODE_SIZE) if block.picture else None
    )
    code: Box = (
        Image(picture, CODE_SIZE, CODE_SIZE)
        if picture
        else CodeBox(block.value, CODE_SIZE)
    )
    room = width - CODE_SIZE - 10
    style = kit.style(color=GREY, weight=ITALIC)
    lines = [kit.text(text, room, style) for text in block.caption]
    pairs: list[tuple[float, Box]] = [(0.0, code)]
    if lines:
        pairs.append((CODE_SIZE + 10, Stack(lines, room)))
    box = _Linked(pairs, width, block.url)
    box.gap = kit.theme.size
    return [box]


class _Linked(Beside):
    def __init__(self, pairs, width, url):
        super().__init__(pairs, width)
        self.url = url

    def draw(self, pen, x, y):
        super().draw(pen, x, y)
        if self.url:
            pen.link(self.url, x, y, CODE_SIZE, CODE_SIZE)


_BUILDERS = {
    doc.Facts: _facts,
    doc.Table: _table,
    doc.Totals: _totals,
    doc.Framed: build_framed,
    doc.Note: _note,
    doc.Code: _code,
}
