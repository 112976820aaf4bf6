"""HTML of a text field → paragraphs of plain spans.

Nothing is interpreted beyond bold, italic, lines and lists: no links, images,
colours or scripts reach the page, only their text does.
"""

import re
from html.parser import HTMLParser

from ..document import Paragraph, Span

_BOLD = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
_ITALIC = {"i", "em"}
BLOCKS = {
    *("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tr", "blockquote", "pre", "address", "section", "article", "hr"),
}
_SILENT = {"script", "style", "head", "title", "template"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
SPACES = re.compile(r"[ \t\r\n\f]+")
DEEPEST_LIST = 6
MOST_HTML = 400_000


def parse_html(html):
    """Return the paragraphs of an HTML fragment; plain text is one paragraph."""
    reader = _Reader()
    reader.feed(str(html or "")[:MOST_HTML])
    reader.close()
    reader.end_paragraph()
    return tuple(reader.paragraphs)


def plain_text(text):
    """Return paragraphs for text that is not HTML; line feeds stay."""
    text = str(text or "").strip("\n")
    return (Paragraph((Span(text),)),) if text.strip() else ()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.paragraphs = []
        self._spans = []
        self._bold = self._italic = self._silent = 0
        self._lists = []
        self._bullet = ""

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self._add("\n")
        if tag in BLOCKS:
            self.end_paragraph()
        if tag in _VOID:
            return
        self._nest(tag, 1)
        if tag in ("ul", "ol"):
            self._lists.append([tag, 0])
        elif tag == "li":
            self._start_item()
        elif tag in ("td", "th") and self._spans:
            self._add("  ")

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        if tag in BLOCKS:
            self.end_paragraph()
        self._nest(tag, -1)
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()

    def handle_data(self, data):
        if self._silent:
            return
        text = SPACES.sub(" ", data)
        if not self._spans or self._spans[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        self._add(text)

    def _nest(self, tag, step):
        self._bold = max(self._bold + step * (tag in _BOLD), 0)
        self._italic = max(self._italic + step * (tag in _ITALIC), 0)
        self._silent = max(self._silent + step * (tag in _SILENT), 0)

    def _start_item(self):
        kind: list = self._lists[-1] if self._lists else ["ul", 0]
        kind[1] += 1
        self._bullet = f"{kind[1]}." if kind[0] == "ol" else "\N{BULLET}"

    def _add(self, text):
        if text and not self._silent:
            self._spans.append(Span(text, bool(self._bold), bool(self._italic)))

    def end_paragraph(self):
        spans = _strip(self._spans)
        self._spans = []
        if spans:
            level = min(max(len(self._lists) - 1, 0), DEEPEST_LIST)
            self.paragraphs.append(Paragraph(spans, self._bullet, level))
            self._bullet = ""


def _strip(spans):
    """Return the spans without blank ones at the ends."""
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    while spans and not spans[-1].text.strip():
        spans = spans[:-1]
    if spans:
        last = spans[-1]
        spans = [*spans[:-1], Span(last.text.rstrip(), last.bold, last.italic)]
    return tuple(spans)
