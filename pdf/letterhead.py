"""Header and footer of the pages, one for each of the company's layouts."""

from dataclasses import replace

from .boxes import Beside, Image, Stack
from .document import Paragraph
from .picture import load_picture
from .rich import build_rich
from .shapes import SHAPES, TITLE_IN_HEADER
from .theme import GREY, LIGHT, MM

BIG_LOGO = (190.0, 74.0)
SMALL_LOGO = (170.0, 46.0)
GAP = 5.0
# The lowest place of the address's top that a window envelope still shows.
ADDRESS_TOP = 47 * MM
TAGLINE_IN_FOOTER = ("boxed", "bold")
MOST_HEADER = 0.3
MOST_FOOTER = 0.2
# How much of the line a title in the header may take.
TITLE_SHARE = 0.62

# Look → what stands on the near side, on the far side, and how that is aligned.
_HEADERS = {
    "split": (("logo", "details"), ("tagline",), "end"),
    "boxed": (("logo",), ("details",), "end"),
    "bold": (("logo",), ("details",), "start"),
    "striped": (("logo", "tagline"), ("details",), "start"),
    "wave": (("logo", "tagline"), ("details",), "end"),
    "bubble": (("tagline",), ("logo", "details"), "end"),
    "folder": (("logo", "tagline"), ("details",), "end"),
}


class Letterhead:
    """Measures and draws what stands around the text on every page."""

    def __init__(self, document, kit):
        self.document = document
        self.kit = kit
        self.theme = kit.theme
        self.width = kit.theme.inner_width
        title_width = kit.setter.width(document.title, kit.theme.size * 1.9)
        self.title_width = min(title_width, self.width * TITLE_SHARE)
        self.header = self._header()
        self.next_header = self._next_header()
        self.footer = self._footer()

    # -- measures --------------------------------------------------------------

    @property
    def address_top(self):
        gap = 26 if self.theme.style.header in SHAPES else 12
        return max(self.header_bottom + gap, min(ADDRESS_TOP, self.theme.paper[1] / 4))

    @property
    def header_bottom(self):
        return self.theme.margins.top + (self.header.height if self.header else 0)

    @property
    def next_top(self):
        return self.theme.margins.top + self.next_header.height + 18

    @property
    def bottom(self):
        """Return where the text ends: above the footer and the page number."""
        return self.footer_top - 12

    @property
    def footer_top(self):
        height = self.footer.height + 6 if self.footer else 0
        page = 0 if self._sides and self.footer else self.kit.style().leading
        return self.theme.paper[1] - self.theme.margins.bottom - height - page

    @property
    def _sides(self):
        return self.theme.style.footer == "sides"

    # -- parts -----------------------------------------------------------------

    def _header(self):
        near, far, align = _HEADERS[self.theme.style.header]
        half = (self.width - 20) / 2
        pairs = []
        left, right = self._stack(near, half, "start"), self._stack(far, half, align)
        if left:
            pairs.append((0, left))
        if right:
            pairs.append((self.width - half, right))
        return Beside(pairs, self.width) if pairs else None

    def _stack(self, names, width, align):
        boxes = [getattr(self, f"_{name}")(width, align) for name in names]
        boxes = [box for box in boxes if box]
        for box in boxes[1:]:
            box.gap = GAP
        return _cropped(boxes, width, self.theme.paper[1] * MOST_HEADER)

    def _logo(self, width, align):
        size = SMALL_LOGO if self.theme.style.header == "split" else BIG_LOGO
        picture = load_picture(self.document.letterhead.logo, *size)
        if not picture:
            return None
        image = Image(picture, *size)
        if align == "end":
            return Beside([(width - image.width, image)], width)
        return image

    def _tagline(self, width, align):
        style = self.kit.style(color=self.theme.heading, align=align)
        return build_rich(
            self.kit, _bold(self.document.letterhead.tagline), width, style
        )

    def _details(self, width, align):
        style = self.kit.style(align=align)
        return build_rich(self.kit, self.document.letterhead.details, width, style)

    def _next_header(self):
        """On later pages: who and what, in one line."""
        half = (self.width - 20) / 2
        style = self.kit.style(color=GREY)
        name = self.kit.text(self.document.letterhead.name, half, style)
        style = self.kit.style(color=GREY, align="end")
        title = self.kit.text(self.document.title, half, style)
        name.lines, title.lines = name.lines[:1], title.lines[:2]
        title.height = len(title.lines) * style.leading
        return Beside([(0, name), (self.width - half, title)], self.width)

    def _footer(self):
        width = self.width * 0.78 if self._sides else self.width
        style = self.kit.style(
            size=self.theme.size * 0.9, align="start" if self._sides else "center"
        )
        footer = build_rich(self.kit, self.document.letterhead.footer, width, style)
        boxes = footer.boxes if footer else []
        if self.theme.style.header in TAGLINE_IN_FOOTER:
            tagline = self._tagline(width, "start")
            boxes = [*(tagline.boxes if tagline else []), *boxes]
        return _cropped(boxes, width, self.theme.paper[1] * MOST_FOOTER)

    # -- drawing ---------------------------------------------------------------

    def draw(self, pen, page, pages, footer=True):
        shape = SHAPES.get(self.theme.style.header)
        if shape:
            shape(pen, self, page)
        self._draw_background(pen)
        x, top = self.theme.margins.side, self.theme.margins.top
        if page > 1:
            self.next_header.draw(pen, x, top)
            rule = top + self.next_header.height + 4
            pen.rule(x, rule, self.width, color=LIGHT)
        elif self.header:
            self.header.draw(pen, x, top)
        if footer:
            self._draw_footer(pen, page, pages)

    def _draw_background(self, pen):
        width, height = self.theme.paper
        picture = load_picture(self.theme.background, width / 2, height / 2)
        if picture:
            wide, high = picture.fit(width, height)
            pen.image(
                picture,
                (width - wide) / 2,
                (height - high) / 2,
                width=wide,
                height=high,
            )

    def _draw_footer(self, pen, page, pages):
        x, top = self.theme.margins.side, self.footer_top
        if self.theme.style.header != "wave":
            pen.rule(x, top, self.width, color=LIGHT)
        if self.footer:
            self.footer.draw(pen, x, top + 6)
        text = self.document.page_label.replace("{page}", str(page))
        text = text.replace("{pages}", str(pages))
        # Of a long note the last line is shown: it must hold the whole label.
        text = text.replace(" ", "\xa0")
        if self.document.footer_note:
            text = f"{self.document.footer_note}, {text}"
        align = "end" if self._sides else "center"
        style = self.kit.style(size=self.theme.size * 0.9, color=GREY, align=align)
        label = self.kit.text(text, self.width, style)
        label.lines = label.lines[-1:]
        beside = self._sides or not self.footer
        label.draw(pen, x, top + 6 + (0 if beside else self.footer.height))

    @property
    def title_in_header(self):
        return self.theme.style.header in TITLE_IN_HEADER


def _bold(text):
    return tuple(
        replace(part, spans=tuple(replace(span, bold=True) for span in part.spans))
        if isinstance(part, Paragraph)
        else part
        for part in text
    )


def _cropped(boxes, width, most):
    """Return a stack no higher than `most`: a footer must leave room for a text."""
    while boxes:
        stack = Stack(boxes, width)
        if stack.height <= most:
            return stack
        parts = stack.split(most)
        if parts:
            return parts[0]
        cut = boxes[0].split(most) if len(boxes) == 1 else None
        boxes = [cut[0]] if cut else boxes[:-1]
    return None
