"""Whatever text stands wherever in a document: a readable file comes out."""

import io
import unicodedata

from account_email.pdf import (
    LOOKS,
    Code,
    Document,
    Fact,
    Facts,
    Framed,
    Letterhead,
    Note,
    Party,
    Row,
    Table,
    Total,
    Totals,
    parse_html,
    plain_text,
    render,
)
from account_email.pdf.typeset.clean import clean
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pdf_rules import find_breaches
from pdf_samples import COLUMNS, make_theme
from pypdf import PdfReader

# Every kind of character, the dangerous ones more often than chance has them.
ODD = "\0\x1b\t\n\r\u00ad\u200b\u200d\u202e\u2028\ufeff\ufffe\ud800\udfff\U0010ffff"
CHARS = st.one_of(
    st.characters(codec=None),
    st.sampled_from(ODD + "אبक्षिไทำ한中、」(（[é\u0301\u0314😀\U0001f1e9 -"),
    st.characters(min_codepoint=0x20, max_codepoint=0x24F),
)
TEXTS = st.one_of(
    st.text(CHARS, max_size=30),
    st.builds(
        lambda text, count: text * count, st.text(CHARS, max_size=9), st.integers(0, 60)
    ),
)
KINDS = st.sampled_from(["item", "section", "subsection", "note", "total"])
ROWS = st.builds(
    lambda cells, kind: Row(tuple(cells), kind),
    st.lists(TEXTS, min_size=1, max_size=len(COLUMNS)),
    KINDS,
)
TOTALS = st.builds(
    Total, TEXTS, TEXTS, st.sampled_from(["line", "tax", "total", "payment", "due"])
)
TABLES = st.builds(lambda rows: Table(COLUMNS, tuple(rows)), st.lists(ROWS, max_size=9))
BLOCKS = st.lists(
    st.one_of(
        TABLES,
        st.builds(
            lambda items: Facts(tuple(items)),
            st.lists(st.builds(Fact, TEXTS, TEXTS), max_size=9),
        ),
        st.builds(
            lambda items: Totals(tuple(items)), st.lists(TOTALS, min_size=1, max_size=9)
        ),
        st.builds(
            Note,
            st.builds(parse_html, TEXTS),
            st.sampled_from(["plain", "muted", "end"]),
        ),
        st.builds(
            lambda title, items: Framed(title, tuple(items)),
            TEXTS,
            st.lists(TOTALS, max_size=3),
        ),
        st.builds(
            lambda value, text, url: Code(value, (text,), f"https://{url}"),
            TEXTS,
            TEXTS,
            TEXTS,
        ),
    ),
    max_size=4,
)
PARTIES = st.builds(
    lambda lines, label, extra: Party(tuple(lines), label, tuple(extra)),
    st.lists(TEXTS, max_size=5),
    TEXTS,
    st.lists(TEXTS, max_size=2),
)
HEADS = st.builds(
    Letterhead,
    TEXTS,
    st.builds(plain_text, TEXTS),
    st.builds(parse_html, TEXTS),
    st.builds(plain_text, TEXTS),
)
DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    letterhead=HEADS,
    recipient=st.none() | PARTIES,
    other_party=st.none() | PARTIES,
    blocks=BLOCKS.map(tuple),
    footer_note=TEXTS,
    mark=TEXTS,
    subject=TEXTS,
    lang=st.sampled_from(["en", "ar", "zh-TW", "ja", "x"]),
    date=st.sampled_from(["2026-11-24", "", "never 1"]),
)
THEMES = st.builds(
    make_theme,
    look=st.sampled_from(sorted(LOOKS)),
    rtl=st.booleans(),
    paper=st.sampled_from([(595.3, 841.9), (842.0, 595.0), (200.0, 400.0)]),
)
SLOW = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read_strictly(content):
    return PdfReader(io.BytesIO(content), strict=True)


@SLOW
@given(DOCUMENTS, THEMES)
def test_any_document(document, theme):
    content = render(document, theme)
    pages = read_strictly(content).pages
    assert len(pages) >= 1
    for number, page in enumerate(pages, 1):
        squeezed = "".join(page.extract_text().split())
        assert f"Page{number}/{len(pages)}" in squeezed
    assert not find_breaches(content)


# What the built-in font has, so that nothing depends on the machine's fonts.
PRINTABLE = "".join(
    char
    for char in map(chr, range(0x21, 0x17F))
    if clean(char) == char and not char.isspace() and char != "\xad"
)


@SLOW
@given(
    st.lists(st.text(PRINTABLE, min_size=1, max_size=40), min_size=1, max_size=30),
    st.sampled_from(sorted(LOOKS)),
    st.booleans(),
)
@example(["x" * 500, "\xdf"], "light", True)
def test_printable_text_is_on_the_pages(texts, look, rtl):
    rows = tuple(Row((text, "1")) for text in texts)
    table = Table(COLUMNS, rows)
    document = Document("T", Letterhead(texts[0]), Party((texts[-1],)), blocks=(table,))
    pages = read_strictly(render(document, make_theme(look=look, rtl=rtl))).pages
    shown = "".join("".join(page.extract_text().split()) for page in pages)
    shown = unicodedata.normalize("NFC", shown)
    assert all(unicodedata.normalize("NFC", text) in shown for text in texts)


@SLOW
@given(st.integers(0, 400), st.integers(1, 9), st.sampled_from(sorted(LOOKS)))
def test_pages_are_numbered(count, lines, look):
    name = "\n".join(["thing"] * lines)
    table = Table(COLUMNS, tuple(Row((name, str(n), "1")) for n in range(count)))
    document = Document("T", Letterhead("Company"), blocks=(table, table))
    pages = read_strictly(render(document, make_theme(look=look))).pages
    texts = [page.extract_text() for page in pages]
    assert sum(text.count("thing") for text in texts) == 2 * count * lines
    for number, text in enumerate(texts, 1):
        assert f"Page {number} / {len(pages)}" in text
