"""Boxes: pieces of a page with a known size, which draw themselves at a place.

ReportLab's own flowables lay out markup; these lay out plain strings, which is
some ten times faster and cannot interpret what a user typed.
"""

from __future__ import annotations

from .typeset.text import REGULAR


class Box:
    """`gap` is the space above it, unless it starts a page. `keep` binds it to the
    box below. `breaks` lets a page end within it even if it would fit the next one.
    `head` is drawn again where a page begins with this box. `turns` ends the page."""

    turns = False
    gap = 0.0
    keep = False
    breaks = False
    head: Box | None = None

    def __init__(self, width, height):
        self.width = width
        self.height = height

    def draw(self, pen, x, y):
        """Draw with the top at y, counted downwards from the top of the page."""

    def split(self, room):
        """Return (what fits in `room`, the rest), or None if it cannot be cut."""
        return


class Lines(Box):
    """Lines of text of one size."""

    def __init__(self, lines, width, style):
        super().__init__(width, len(lines) * style.leading)
        self.lines = lines
        self.style = style

    def draw(self, pen, x, y):
        style = self.style
        place = {"end": x + self.width, "center": x + self.width / 2}.get(
            style.align, x
        )
        baseline = y + style.leading * 0.5 + style.size * 0.35
        for line in self.lines:
            pen.text(
                line,
                place,
                baseline,
                size=style.size,
                color=style.color,
                align=style.align,
            )
            baseline += style.leading

    def split(self, room):
        count = int(room / self.style.leading + 0.01)
        if not 0 < count < len(self.lines):
            return None
        parts = self.lines[:count], self.lines[count:]
        return tuple(self._like(Lines(part, self.width, self.style)) for part in parts)

    def _like(self, box):
        box.gap, box.breaks = self.gap, self.breaks
        return box


class Stack(Box):
    """Boxes below each other that stay together unless they fill a page."""

    def __init__(self, boxes, width, fill=None, padding=0.0):
        self.boxes = boxes
        self.fill = fill
        self.padding = padding
        height = sum(box.height for box in boxes)
        height += sum(box.gap for box in boxes[1:]) + 2 * padding
        super().__init__(width, height)

    def draw(self, pen, x, y):
        if self.fill:
            self.fill(pen, x, y, self)
        x, y = x + self.padding, y + self.padding
        for number, box in enumerate(self.boxes):
            y += box.gap if number else 0
            box.draw(pen, x, y)
            y += box.height

    def split(self, room):
        if len(self.boxes) < 2 or self.padding:
            return None
        used = 0.0
        for number, box in enumerate(self.boxes):
            used += box.height + (box.gap if number else 0)
            if used > room:
                break
        number = max(number, 1)
        first = Stack(self.boxes[:number], self.width, self.fill)
        rest = Stack(self.boxes[number:], self.width, self.fill)
        return (first, rest) if first.height <= room else None


class Beside(Box):
    """Boxes beside each other: (offset, box) pairs."""

    def __init__(self, pairs, width):
        super().__init__(width, max(box.height for _x, box in pairs))
        self.pairs = pairs

    def draw(self, pen, x, y):
        for offset, box in self.pairs:
            box.draw(pen, x + offset, y)


class Rule(Box):
    def __init__(self, width, color, line=0.5):
        super().__init__(width, line)
        self.color = color
        self.line = line

    def draw(self, pen, x, y):
        pen.rule(x, y, self.width, color=self.color, line=self.line)


class Image(Box):
    def __init__(self, picture, width, height, url=""):
        super().__init__(*picture.fit(width, height))
        self.picture = picture
        self.url = url

    def draw(self, pen, x, y):
        pen.image(self.picture, x, y, width=self.width, height=self.height)


class Style:
    """How a text looks; `align` is start, end or center."""

    def __init__(self, size, leading, *, color, weight=REGULAR, align="start"):
        self.size = size
        self.leading = leading
        self.color = color
        self.weight = weight
        self.align = align


class Kit:
    """Makes boxes in a theme's fonts: what every block needs in its hands."""

    def __init__(self, theme, setter):
        self.theme = theme
        self.setter = setter

    def style(self, **changes):
        size = changes.pop("size", self.theme.size)
        leading = changes.pop("leading", size * self.theme.leading / self.theme.size)
        changes.setdefault("color", self.theme.ink)
        return Style(size, leading, **changes)

    def text(self, text, width, style):
        lines = self.setter.wrap(text, style.size, width=width, weight=style.weight)
        return Lines(lines, width, style)
