"""Whatever a template puts on its page, no word of it is lost."""

import dataclasses
import re

from account_email import pdf
from hypothesis import given, settings
from hypothesis import strategies as st

CLASSES = (
    *("row", "col", "col-6", "border", "float-end", "d-flex", "text-muted", "text-end"),
    *("o_total_table", "o_total", "o_line_section", "o_line_note", "px-3", "address"),
    *("page", "clearfix", "fw-bold", "o_taxes"),
)
NAMES = ("address", "information_block", "other")
LEAVES = st.just("WORD") | st.just("<br>") | st.just("WORD<b>WORD</b>")
IMAGES = st.sampled_from(
    (
        "<img src='data:image/png;base64,aGk='>",
        "<img src='/report/barcode/QR/code'>",
        "<img>",
    )
)


@st.composite
def element(draw, inside):
    tag = draw(st.sampled_from(("div", "p", "span", "strong", "address", "h2", "i")))
    names = " ".join(draw(st.lists(st.sampled_from(CLASSES), max_size=3)))
    name = draw(st.sampled_from(NAMES))
    content = "".join(draw(st.lists(inside, max_size=4)))
    return f"<{tag} class='{names}' name='{name}'>{content}</{tag}>"


@st.composite
def table(draw, inside):
    def row(tag, cells):
        names = draw(st.sampled_from(CLASSES))
        span = draw(st.sampled_from(("", " colspan='2'", " colspan='99'")))
        parts = (f"<{tag}{span} class='{names}'>{cell}</{tag}>" for cell in cells)
        return f"<tr class='{names}'>{''.join(parts)}</tr>"

    cells = st.lists(inside, min_size=1, max_size=4)
    head = row("th", draw(cells)) if draw(st.booleans()) else ""
    body = "".join(row("td", draw(cells)) for _number in range(draw(st.integers(0, 3))))
    names = draw(st.sampled_from(("", "o_total_table")))
    return f"<table class='{names}'><thead>{head}</thead><tbody>{body}</tbody></table>"


PAGES = st.recursive(
    LEAVES | IMAGES, lambda inside: element(inside) | table(inside), max_leaves=25
)


def words_of(thing):
    """Yield the strings anywhere in blocks."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, (tuple, list)):
        for part in thing:
            yield from words_of(part)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from words_of(getattr(thing, field.name))


@settings(max_examples=300)
@given(st.lists(PAGES, min_size=1, max_size=4))
def test_no_word_is_lost(parts):
    numbers = iter(range(10_000))
    body = re.sub("WORD", lambda _match: f"w{next(numbers)}w ", "".join(parts))
    page = pdf.parse_page(f"<html><body><div>{body}</div></body></html>".encode())
    article = pdf.read_article(page.xpath("//body/div")[0], lambda _address: b"")
    found = " ".join(words_of(article))
    assert set(re.findall(r"w\d+w", body)) <= set(re.findall(r"w\d+w", found))
