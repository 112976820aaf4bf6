"""Draws on pages; knows points, colours and fonts, no layout.

Coordinates start at the page's top corner on the reading side: in a right-to-left
document x runs from the right edge, so that a layout mirrors by itself.
"""

from .fonts import EmbeddedFont
from .typeset.ink import RAISED_BY

# How far a Bézier handle lies from the corner to make a quarter circle.
ROUND = 0.4477


class Pen:
    def __init__(self):
        self.pages = []
        self.bookmarks = []
        self.fonts = {}
        self.images = {}
        self._fill = self._stroke = None

    # -- pages -----------------------------------------------------------------

    def start_document(self, title, theme):
        """Begin a document, on paper of its own, and give it a bookmark."""
        self.theme = theme
        self.width, self.height = theme.paper
        self.rtl = theme.rtl
        self.bookmarks.append((title, len(self.pages) + 1))

    def start_page(self):
        self._code, self._links = [], []
        self._fill = self._stroke = None
        self.pages.append((self._code, self._links, (self.width, self.height)))

    # -- text ------------------------------------------------------------------

    def text(self, line, x, y, *, size, color=(0, 0, 0), align="start"):
        """Draw a line of text with its baseline at y, starting or ending at x."""
        if self.rtl:
            left = self.width - x - (line.width if align == "start" else 0)
        else:
            left = x - (line.width if align == "end" else 0)
        if align == "center":
            left = (self.width - x if self.rtl else x) - line.width / 2
        self._fill_with(color)
        bottom = self.height - y
        for run in line.runs:
            if run.ink:
                self._inked_run(run, left, bottom, size, color)
            elif run.text or run.glyphs:
                self._run(run, left, bottom, size)
            left += run.width * size

    def _inked_run(self, run, left, bottom, size, color):
        """Draw a run with what lies behind it, goes through it and leads away."""
        ink, width = run.ink, run.width * size
        box = left, bottom - size * 0.25, left + width, bottom + size * 0.85
        if ink.mark:
            path = f"{left:.2f} {box[1]:.2f} {width:.2f} {size * 1.1:.2f} re"
            self._paint(path, ink.mark, None, 0)
        self._fill_with(ink.color or color)
        if run.text or run.glyphs:
            up = RAISED_BY[ink.rise] * size
            self._run(run, left, bottom + up, size * ink.scale)
        for drawn, place in ((ink.underline, -0.12), (ink.strike, 0.28)):
            if drawn:
                at = bottom + size * place
                path = f"{left:.2f} {at:.2f} {width:.2f} {size * 0.06:.2f} re"
                self._paint(path, ink.color or color, None, 0)
        if ink.url:
            self._links.append((ink.url, box))
        self._fill_with(color)

    def stamp(self, line, *, size, color):
        """Write a line across the page, rising to the reading side's end."""
        self._code.append(f"q 0.766 0.643 -0.643 0.766 {self.width / 2:.2f} ")
        self._code[-1] += f"{self.height / 2:.2f} cm"
        self._fill = None
        self._fill_with(color)
        left = -line.width / 2
        for run in line.runs:
            self._run(run, left, -size / 3, size)
            left += run.width * size
        self._code.append("Q")
        self._fill = None

    def _run(self, run, left, bottom, size):
        font = self._font(run.face)
        shown = (
            self._shaped(font, run.glyphs, size)
            if run.glyphs
            else f"<{font.encode(run.text)}> Tj"
        )
        self._code.append(
            f"BT /{font.name} {size:g} Tf {left:.2f} {bottom:.2f} Td {shown} ET"
        )

    def _shaped(self, font, glyphs, size):
        """Return the operators for glyphs with places of their own."""
        # A number between two strings moves what follows it to the left.
        parts, codes, rise, shift = [], [], 0, 0
        for glyph, advance, right, up, text in glyphs:
            if up != rise:
                parts.append(f"[<{''.join(codes)}>] TJ {up * size / 1000:g} Ts")
                codes, rise = [], up
            shift -= right
            if shift:
                codes.append(f">{shift}<")
            codes.append(font.code(glyph, text))
            shift = right + font.face.glyph_width(glyph) - advance
        parts.append(f"[<{''.join(codes)}>] TJ" + (" 0 Ts" if rise else ""))
        return " ".join(parts)

    def _font(self, face):
        font = self.fonts.get(face)
        if font is None:
            font = EmbeddedFont(face, f"F{len(self.fonts) + 1}")
            self.fonts[face] = font
        return font

    # -- shapes ----------------------------------------------------------------

    def rect(self, x, y, width, height, *, fill=None, stroke=None, line=0.5, radius=0):
        left, bottom = self._corner(x, y, width, height)
        if radius:
            path = _rounded(left, bottom, width, height, radius)
        else:
            path = f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re"
        self._paint(path, fill, stroke, line)

    def rule(self, x, y, width, *, color, line=0.5):
        left, bottom = self._corner(x, y, width, 0)
        path = f"{left:.2f} {bottom:.2f} m {left + width:.2f} {bottom:.2f} l"
        self._paint(path, None, color, line)

    def curve(self, points, *, fill):
        """Fill a path of ("m"|"l"|"c", x, y, …) steps in page coordinates."""
        steps = []
        for name, *values in points:
            pairs = zip(values[::2], values[1::2], strict=False)
            placed = (f"{self._across(x):.2f} {self.height - y:.2f}" for x, y in pairs)
            steps.append(f"{' '.join(placed)} {name}")
        self._paint(" ".join(steps) + " h", fill, None, 0)

    def cells(self, squares, color):
        """Fill many small rectangles (x, y, width, height) as one path."""
        steps = []
        for x, y, width, height in squares:
            left, bottom = self._corner(x, y, width, height)
            steps.append(f"{left:.3f} {bottom:.3f} {width:.3f} {height:.3f} re")
        self._paint(" ".join(steps), color, None, 0)

    def image(self, picture, x, y, *, width, height):
        """Draw a `Picture`; the same one is embedded once."""
        name = self.images.setdefault(picture, f"I{len(self.images) + 1}")
        left, bottom = self._corner(x, y, width, height)
        matrix = f"{width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f}"
        self._code.append(f"q {matrix} cm /{name} Do Q")

    def link(self, url, x, y, width, height):
        left, bottom = self._corner(x, y, width, height)
        self._links.append((url, (left, bottom, left + width, bottom + height)))

    def _corner(self, x, y, width, height):
        left = self.width - x - width if self.rtl else x
        return left, self.height - y - height

    def _across(self, x):
        return self.width - x if self.rtl else x

    def _paint(self, path, fill, stroke, line):
        if fill:
            self._fill_with(fill)
        if stroke and (stroke, line) != self._stroke:
            self._stroke = (stroke, line)
            self._code.append(f"{_rgb(stroke)} RG {line:g} w")
        operator = "B" if fill and stroke else "f" if fill else "S"
        self._code.append(f"{path} {operator}")

    def _fill_with(self, color):
        if color != self._fill:
            self._fill = color
            self._code.append(f"{_rgb(color)} rg")


def _rgb(color):
    return " ".join(f"{part:.3g}" for part in color)


def _rounded(left, bottom, width, height, radius):
    radius = min(radius, width / 2, height / 2)
    near = radius * ROUND
    right, top = left + width, bottom + height
    points = (
        ("m", left + radius, bottom),
        ("l", right - radius, bottom),
        ("c", right - near, bottom, right, bottom + near, right, bottom + radius),
        ("l", right, top - radius),
        ("c", right, top - near, right - near, top, right - radius, top),
        ("l", left + radius, top),
        ("c", left + near, top, left, top - near, left, top - radius),
        ("l", left, bottom + radius),
        ("c", left, bottom + near, left + near, bottom, left + radius, bottom),
    )
    return (
        " ".join(
            f"{' '.join(f'{value:.2f}' for value in values)} {name}"
            for name, *values in points
        )
        + " h"
    )
