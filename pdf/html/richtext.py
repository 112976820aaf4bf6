"""HTML of a text field → parts of rich text, as people write with an editor.

Paragraphs, lists, tables, pictures, rules and page breaks; bold to superscript,
colours and links within. No script and no style sheet is looked at, and no address
is followed but by `load`.
"""

import logging
import re
from dataclasses import replace
from html.parser import HTMLParser

from ..document import Line, PageBreak, Paragraph, Picture, Span
from .grid import GridReader
from .inline import Looks, read_style
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
SPACES = re.compile(r"[ \t\r\n\f]+")
DEEPEST_LIST = 6
# More than anybody reads: beyond it the page says that something is left out.
MOST_ELEMENTS = 20_000
MOST_TEXT = 400_000
CUT = Paragraph((Span("[…]"),))
# An address that is no longer is printed behind the words that lead to it.
LONGEST_SHOWN_URL = 80
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


class _Reader(HTMLParser):
    def __init__(self, load):
        super().__init__(convert_charrefs=True)
        self._load = load
        self._grids = GridReader()
        self._parts = []
        self._spans = []
        self._open = []  # of (tag, looks outside of it)
        self._looks = Looks()
        self._lists = []
        self._quotes = self._silent = 0
        self._bullet = ""
        self._elements = self._length = 0
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

    @property
    def _is_full(self):
        return self._elements > MOST_ELEMENTS or self._length > MOST_TEXT

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

    # -- text ------------------------------------------------------------------

    @property
    def _is_silent(self):
        return self._silent or self._looks.hidden

    def handle_data(self, data):
        if self._looks.pre:
            # The first line feed belongs to the tag, the others to the text.
            lines = data.removeprefix("\n" if not self._spans else "").split("\n")
            self._add("\n".join(map(_keep_blanks, lines)))
            return
        text = SPACES.sub(" ", data)
        if not self._spans or self._spans[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        self._add(text)

    def _add(self, text):
        if not text or self._is_silent or self._is_full:
            return
        self._length += len(text)
        looks = self._looks
        self._spans.append(
            Span(
                *(text, looks.bold, looks.italic, looks.underline, looks.strike),
                *(looks.rise, looks.color, looks.mark, looks.url),
            )
        )

    def _show_url(self):
        """Who reads the paper can't click: say where a link leads."""
        url = self._looks.url
        said = "".join(span.text for span in self._spans if span.url == url)
        short = re.sub(r"^(https?://|mailto:|tel:)", "", url).rstrip("/")
        leads = url.startswith(("http://", "https://", "mailto:"))
        if (
            leads
            and said.strip()
            and short not in said
            and len(url) < LONGEST_SHOWN_URL
        ):
            self._add(f" ({short})")

    def _add_part(self, part):
        self._end_paragraph()
        self._parts.append(part)

    def _end_paragraph(self):
        spans = _strip(self._spans, keep=self._looks.pre)
        self._spans = []
        if spans:
            level = min(max(len(self._lists) - 1, 0), DEEPEST_LIST) + self._quotes
            looks = self._looks
            self._parts.append(
                Paragraph(spans, self._bullet, level, looks.align, looks.scale)
            )
            self._bullet = ""


def _keep_blanks(line):
    return line.replace("\t", "    ").replace(" ", "\xa0")


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


def _strip(spans, *, keep):
    """Return the spans without blank ones at the ends."""
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    while spans and not spans[-1].text.strip():
        spans = spans[:-1]
    if spans and not keep:
        spans = [*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip())]
    return tuple(spans)
