"""Elements of a web page as the text that a reader of the page sees."""

from html import escape

from lxml import etree, html

from ..document import Cells, Paragraph, Span, find_texts
from .paragraphs import SPACES
from .richtext import BLOCKS, parse_html


def has_class(name):
    """Return the XPath condition that an element has a class."""
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


# What scripts use, what nobody sees, and what a page shows on narrow screens only.
HIDDEN = ("d-md-none", "d-none", "opacity-0", "invisible", "visually-hidden")
UNSEEN = "|".join(
    (
        *(".//script", ".//style", ".//template"),
        *(".//comment()", ".//processing-instruction()"),
        *(f".//*[{has_class(name)}]" for name in HIDDEN),
    )
)
SHOWN_WIDE = ("d-md-", "d-print-")


def parse_page(content):
    """Return the lxml element of an HTML page, `bytes` in UTF-8."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return html.document_fromstring(content, parser=parser)


def strip_unseen(node):
    for part in node.xpath(UNSEEN):
        wide = not isinstance(part.tag, str) or any(
            name.startswith(SHOWN_WIDE) and not name.endswith("none")
            for name in classes(part)
        )
        if not wide or not isinstance(part.tag, str):
            part.drop_tree()


def classes(node):
    return (node.get("class") or "").split() if isinstance(node.tag, str) else []


def outer_html(node):
    """Return the element's own HTML, without the text that follows it."""
    return etree.tostring(node, encoding="unicode", method="html", with_tail=False)


def inner_html(node):
    parts = (etree.tostring(part, encoding="unicode", method="html") for part in node)
    return "".join([escape(node.text or ""), *parts])


def has_text(node):
    return any(map(str.strip, node.itertext()))


def find_lines(node):
    """Return the lines of text in an element, blank ones left out."""
    lines = "".join(_pieces(node)).split("\n")
    return [SPACES.sub(" ", line).strip(" ") for line in lines if line.strip()]


def _pieces(node):
    """Yield the text of an element, with a line feed where a line ends.

    Not recursive, since nobody limits how deep a page is nested.
    """
    for event, part in etree.iterwalk(node, events=("start", "end")):
        if part.tag in BLOCKS or part.tag == "br":
            yield "\n"
        if event == "start":
            yield SPACES.sub(" ", part.text or "")
        elif part is not node:
            yield SPACES.sub(" ", part.tail or "")


def read_more(nodes, known):
    """Return the paragraphs of the elements that `known`, a text, does not hold.

    A company's letterhead is drawn from its own data; what else a template puts
    into its header or footer is found in this way. Page numbers are not text.
    """
    known = squeeze(known)
    paragraphs = []
    for node in nodes:
        strip_unseen(node)
        for place in set(node.xpath(".//*[@class='page' or @class='topage']/..")):
            place.drop_tree()
        paragraphs += _unknown(parse_html(outer_html(node)), known)
    return tuple(paragraphs)


def _unknown(parts, known):
    """Yield the parts that `known` does not hold. A table only lays out a header or
    footer: of each row one line. Rules and breaks say nothing and are left out."""
    for part in parts:
        if isinstance(part, Cells):
            for row in part.rows:
                texts = [text for cell in row for text in find_texts(cell.text)]
                more = [text.strip() for text in texts if squeeze(text) not in known]
                if any(more):
                    yield Paragraph((Span("  ".join(filter(None, more))),))
        elif not all(squeeze(text) in known for text in find_texts([part])):
            yield part


def squeeze(text):
    return "".join(text.split()).casefold()
