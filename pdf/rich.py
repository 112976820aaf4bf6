"""From rich text to boxes: paragraphs, pictures, rules and tables that people typed."""

from .boxes import Beside, Box, Image, Lines, Rule, Stack
from .document import Cells, Line, PageBreak, Paragraph, Picture
from .picture import load_picture
from .rich_table import build_cells
from .theme import LIGHT

INDENT = 1.3
# Of the page's height and, where nothing else is said, of an inch a pixel.
HIGHEST_PICTURE = 0.6
POINTS_PER_PIXEL = 0.75


class TextKit:
    """Builds the parts of one text: in one style, in one column."""

    def __init__(self, kit, width, style):
        self.kit = kit
        self.width = width
        self.style = style

    def build(self, part):
        """Return the boxes of one part."""
        return _BUILDERS[type(part)](self, part)

    def paragraph(self, part):
        style = self._style(part)
        indent = self.style.size * INDENT * part.level
        room = max(self.width - indent, self.width / 4)
        indent = self.width - room
        if not part.bullet:
            box = self._lines(part, room, style)
            box = Beside([(indent, box)], self.width) if indent else box
        else:
            step = self.style.size * INDENT
            bullet = self.kit.text(part.bullet, style.size * 2, style)
            body = self._lines(part, room - step, style)
            box = Item([(indent, bullet), (indent + step, body)], self.width)
        if part.scale > 1:
            box.gap, box.keep = style.size * 0.6, True
        return [box]

    def _style(self, part):
        align = part.align or self.style.align
        if align == self.style.align and part.scale == 1:
            return self.style
        size = self.style.size * part.scale
        return self.kit.style(
            size=size, color=self.style.color, weight=self.style.weight, align=align
        )

    def _lines(self, part, room, style):
        lines = self.kit.setter.wrap_spans(part.spans, style.size, width=room)
        return Lines(lines, room, style)

    def picture(self, part):
        most = self.kit.theme.paper[1] * HIGHEST_PICTURE
        picture = load_picture(part.data, self.width, most)
        if not picture:
            return []
        wide = picture.width * POINTS_PER_PIXEL
        if part.width:
            number, unit = part.width
            wide = self.width * number / 100 if unit == "%" else number
        wide = min(wide, self.width)
        image = Image(picture, max(wide, 1.0), most)
        free = self.width - image.width
        offset = {"center": free / 2, "end": free}.get(part.align, 0.0)
        box = Beside([(offset, image)], self.width)
        box.gap = self.style.size * 0.4
        return [box]

    def rule(self, _part):
        box = Rule(self.width, LIGHT)
        box.gap = self.style.leading * 0.5
        return [box]

    def page_break(self, _part):
        box = Box(self.width, 0.0)
        box.turns = True
        return [box]

    def cells(self, part):
        return build_cells(part, self)


class Item(Beside):
    """An item of a list: a bullet, and lines that a page's end may part."""

    def split(self, room):
        (near, bullet), (far, body) = self.pairs
        parts = body.split(room)
        if not parts:
            return None
        first = Item([(near, bullet), (far, parts[0])], self.width)
        rest = Item([(near, Box(bullet.width, 0.0)), (far, parts[1])], self.width)
        for box in (first, rest):
            box.gap, box.breaks = self.gap, self.breaks
        return first, rest


_BUILDERS = {
    Paragraph: TextKit.paragraph,
    Picture: TextKit.picture,
    Line: TextKit.rule,
    PageBreak: TextKit.page_break,
    Cells: TextKit.cells,
}


def build_rich(kit, parts, width, style):
    """Return a stack of boxes for rich text, or None if it is empty."""
    text = TextKit(kit, width, style)
    boxes = [box for part in parts for box in text.build(part)]
    return Stack(boxes, width) if boxes else None
