"""The text of a page as paragraphs: spans, blanks, lists' levels, links spelled out."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from ..document import Paragraph, Span
from .inline import Looks

SPACES = re.compile(r"[ \t\r\n\f]+")
DEEPEST_LIST = 6
# More than anybody reads: beyond it the page says that something is left out.
MOST_ELEMENTS = 20_000
MOST_TEXT = 400_000
# An address that is no longer is printed behind the words that lead to it.
LONGEST_SHOWN_URL = 80


class Paragraphs(HTMLParser):
    """Collects what is said; which element says it is for the reader to know."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._parts = []
        self._spans = []
        self._looks = Looks()
        self._lists = []
        self._quotes = self._silent = 0
        self._bullet = ""
        self._elements = self._length = 0

    @property
    def _is_full(self):
        return self._elements > MOST_ELEMENTS or self._length > MOST_TEXT

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


def _strip(spans, *, keep):
    """Return the spans without blank ones at the ends."""
    while spans and not spans[0].text.strip():
        spans = spans[1:]
    while spans and not spans[-1].text.strip():
        spans = spans[:-1]
    if spans and not keep:
        spans = [*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip())]
    return tuple(spans)
