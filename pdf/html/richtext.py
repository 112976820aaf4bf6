"""HTML of a text field → parts of rich text, as people write with an editor.

Paragraphs, lists, tables, pictures, rules and page breaks; bold to superscript,
colours and links within. No script and no style sheet is looked at, and no address
is followed but by `load`.
"""

import logging
import re

from ..document import Line, PageBreak, Paragraph, Picture, Span
from .grid import GridReader
from .inline import read_style
from .paragraphs import Paragraphs
from .picture import decode_picture

_logger = logging.getLogger(__name__)

BLOCKS = {
    *("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center"),
    *("table", "tr", "blockquote", "pre", "address", "section", "article", "hr"),
    *("header", "footer", "main", "aside", "nav", "figure", "figcaption"),
    *("dl", "dt", "dd", "caption", "details", "summary", "fieldset", "form"),
}
_SILENT = {"script", "style", "head", "title", "template"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "source"}
CUT = Paragraph((Span("[…]"),))
# What the start of an element ends, as in a browser, where no end tag stands.
_ENDS = {
    "li": ("li",),
    "p": ("p",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
}
_BREAKS = ("always", "page", "left", "right")
POINTS_PER_PIXEL = 0.75


def parse_html(html, load=None):
    """Return the parts of an HTML fragment; plain text is one paragraph.

    :param load: function from the address of a picture to its bytes, or nothing;
        pictures that stand in the text itself need none
    """
    reader = _Reader(load or (lambda _address: b""))
    reader.feed(str(html or ""))
    reader.close()
    return reader.finish()


def plain_text(text):
    """Return paragraphs for text that is not HTML; line feeds stay."""
    text = str(text or "").strip("\n")
    return (Paragraph((Span(text),)),) if text.strip() else ()


class _Reader(Paragraphs):
    def __init__(self, load):
        super().__init__()
        self._load = load
        self._grids = GridReader()
        self._open = []  # of (tag, looks outside of it)
        self._break_after = []

    def finish(self):
        while self._grids.is_open:
            self._end_table()
        self._end_paragraph()
        if self._is_full:
            _logger.warning("A text of a document is too long: the rest is left out.")
            self._parts.append(CUT)
        # With nothing behind it, a break leaves an empty page.
        while self._parts and isinstance(self._parts[-1], PageBreak):
            self._parts.pop()
        return tuple(self._parts)

    # -- elements --------------------------------------------------------------

    def handle_starttag(self, tag, attrs):
        self._elements += 1
        if self._is_full:
            return
        attributes = dict(attrs)
        while self._open and self._open[-1][0] in _ENDS.get(tag, ()):
            self.handle_endtag(self._open[-1][0])
        if tag in _SILENT:
            self._silent += 1
        if tag in BLOCKS or tag in ("td", "th"):
            self._end_paragraph()
            self._break_before(attributes)
        if tag in _VOID:
            self._void(tag, attributes)
            return
        self._open.append((tag, self._looks))
        self._looks = self._looks.within(tag, attributes)
        starter = self._STARTERS.get(tag)
        if starter:
            starter(self, tag, attributes)

    def handle_endtag(self, tag):
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if self._is_full or tag in _VOID or not self._is_open(tag):
            return
        while self._open:
            name, outside = self._open.pop()
            self._end(name)
            self._looks = outside
            if name == tag:
                break

    def _is_open(self, tag):
        """A stray end tag closes nothing, and none reaches out of its table's cell."""
        for name, _outside in reversed(self._open):
            if name == tag:
                return True
            if name == "table":
                return False
        return False

    def _end(self, tag):
        if tag == "a":
            self._show_url()
        if tag in BLOCKS or tag in ("td", "th"):
            self._end_paragraph()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in ("blockquote", "dd"):
            self._quotes -= 1
        elif tag == "table":
            self._end_table()
        if self._break_after and self._break_after[-1] == len(self._open):
            self._break_after.pop()
            self._add_part(PageBreak())

    def _void(self, tag, attributes):
        if tag == "br":
            self._add("\n")
        elif tag == "hr":
            self._add_part(Line())
        elif tag == "img":
            self._image(attributes)

    def _start_list(self, tag, attributes):
        first = attributes.get("start") or ""
        before = int(first) - 1 if first.isdecimal() and len(first) < 7 else 0
        checks = "o_checklist" in (attributes.get("class") or "")
        self._lists.append([tag, before, attributes.get("type") or "1", checks])

    def _start_item(self, _tag, attributes):
        kind: list = self._lists[-1] if self._lists else ["ul", 0, "1", False]
        kind[1] += 1
        if kind[3]:
            done = "o_checked" in (attributes.get("class") or "").split()
            self._bullet = "\N{BALLOT BOX WITH CHECK}" if done else "\N{BALLOT BOX}"
        elif kind[0] == "ol":
            self._bullet = f"{_number(kind[1], kind[2])}."
        else:
            self._bullet = "\N{BULLET}"

    def _start_quote(self, _tag, _attributes):
        self._quotes += 1

    def _start_table(self, _tag, _attributes):
        # Lists and quotes around a table do not indent what stands in its cells.
        state = self._parts, self._lists, self._quotes, self._bullet
        self._grids.start_table(state)
        self._lists, self._quotes, self._bullet = [], 0, ""

    def _start_row(self, _tag, _attributes):
        self._grids.start_row()

    def _start_cell(self, tag, attributes):
        cell = self._grids.start_cell(tag, attributes, self._looks)
        self._parts = self._parts if cell is None else cell
        self._looks = self._grids.inside(self._looks)

    def _end_table(self):
        self._end_paragraph()
        grid, state = self._grids.end_table()
        if state:
            self._parts, self._lists, self._quotes, self._bullet = state
        for part in grid:
            self._add_part(part)

    _STARTERS = {
        "ul": _start_list,
        "ol": _start_list,
        "li": _start_item,
        "blockquote": _start_quote,
        "dd": _start_quote,
        "table": _start_table,
        "tr": _start_row,
        "td": _start_cell,
        "th": _start_cell,
    }

    # -- breaks and pictures ---------------------------------------------------

    def _break_before(self, attributes):
        style = read_style(attributes.get("style"))
        for name in ("page-break-before", "break-before"):
            if style.get(name, "").lower() in _BREAKS:
                self._add_part(PageBreak())
                break
        after = (style.get(name, "") for name in ("page-break-after", "break-after"))
        if any(value.lower() in _BREAKS for value in after):
            self._break_after.append(len(self._open))

    def _image(self, attributes):
        address = attributes.get("src") or ""
        data = decode_picture(address) or (address and self._load(address)) or b""
        if data and not self._is_silent:
            self._end_paragraph()
            width = _read_width(attributes)
            self._add_part(Picture(data, width, self._looks.align))
        elif attributes.get("alt"):
            self._add(f"[{attributes['alt']}]")


def _number(value, kind):
    """Return the number of a list's item as the list counts: 1, a or A."""
    if kind in ("a", "A") and value <= 26:
        return chr(ord(kind) + value - 1)
    return str(value)


def _read_width(attributes):
    """Return what an image's attributes say of its width, see `Picture.width`."""
    value = read_style(attributes.get("style")).get("width") or attributes.get("width")
    match = re.fullmatch(r"(\d{1,5}(?:\.\d+)?)\s*(px|%|pt)?", (value or "").strip())
    if not match:
        return None
    number, unit = float(match[1]), match[2] or "px"
    return (number * POINTS_PER_PIXEL, "pt") if unit == "px" else (number, unit)
