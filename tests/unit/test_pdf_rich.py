"""What people write with an editor: all of it is on the page, and nothing else."""

import base64
import io
import logging
import re

import pytest
from account_email import pdf
from account_email.pdf.document import find_texts
from account_email.pdf.html import paragraphs
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import make_document, make_theme
from PIL import Image
from pypdf import PdfReader

TERMS = """
<h2>Terms of delivery</h2>
<p style="text-align:center"><b>Centred</b>, <u>underlined</u>, <s>struck</s>,
<span style="color:#c00000">red</span>, <mark>marked</mark>,
<a href="https://example.com/terms">the terms</a></p>
<p>10<sup>6</sup> units, H<sub>2</sub>O</p>
<table><thead><tr><th>Quantity</th><th>Price</th></tr></thead>
<tbody><tr><td>1 to 10</td><td>100.00</td></tr>
<tr><td>11 to 1000</td><td>a longer text that has to wrap inside of its own cell</td>
</tr></tbody></table>
<ol start="3"><li>third<ol type="a"><li>nested</li></ol></li><li>fourth</li></ol>
<ul class="o_checklist"><li class="o_checked">done</li><li>open</li></ul>
<hr/><blockquote>quoted</blockquote><pre>pre   formatted
    text</pre><p>payment within ten days</p>
"""


def make_png(width=300, height=200):
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def data_url(content):
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def draw(html, **theme):
    """Return the file of a document whose only block is the note."""
    note = pdf.Note(pdf.parse_html(html))
    content = pdf.render(make_document(blocks=(note,)), make_theme(**theme))
    return PdfReader(io.BytesIO(content))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def words_of(html):
    return re.sub(r"<[^>]+>", " ", html).split()


def test_all_that_was_written_is_on_the_page():
    reader = draw(TERMS)
    assert len(reader.pages) == 1
    text = "".join(text_of(reader).split())
    for word in words_of(TERMS):
        assert word in text
    for word in ("example.com/terms", "3.", "a.", "☑", "☐"):
        assert word in text


def test_a_link_can_be_clicked():
    (link,) = draw(TERMS).pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == "https://example.com/terms"


def test_raised_letters_are_raised():
    places = {}

    def visit(text, _cm, matrix, _font, size):
        if text.strip():
            places[text.strip()] = matrix[5], size

    draw("<p>10<sup>6</sup> and H<sub>2</sub>O</p>").pages[0].extract_text(
        visitor_text=visit
    )
    line, size = places["10"]
    assert places["6"][0] > line and places["6"][1] < size
    assert places["2"][0] < line and places["2"][1] < size


def test_looks_reach_the_spans():
    (paragraph,) = pdf.parse_html(
        '<p align="right">a<u>b</u><s>c</s><sup>d</sup><font color="red">e</font>'
        '<span style="background-color: rgb(255, 255, 0)">f</span></p>'
    )
    plain, under, struck, raised, red, marked = paragraph.spans
    assert paragraph.align == "end"
    assert (under.underline, struck.strike, raised.rise) == (True, True, 1)
    assert red.color == (1.0, 0.0, 0.0) and marked.mark == (1.0, 1.0, 0.0)
    assert not (plain.underline or plain.strike or plain.rise or plain.color)


def test_a_pasted_picture_is_drawn():
    image = f'<img src="{data_url(make_png())}">'
    html = f"<p>before {image} after the picture</p><p>payment within ten days</p>"
    reader = draw(html)
    assert len(reader.pages) == 1
    assert len(reader.pages[0].images) == 1
    text = text_of(reader)
    assert "payment within ten days" in text and "after the picture" in text
    assert "base64" not in text and "iVBOR" not in text


def test_a_big_picture_does_not_swallow_the_text():
    html = f'<p>a</p><img src="{data_url(make_png(900, 700))}"><p>the last word</p>'
    assert len(html) > 1_000_000
    reader = draw(html)
    assert len(reader.pages) <= 2
    assert "the last word" in text_of(reader)


def test_a_picture_that_cannot_be_had_leaves_its_words():
    (paragraph,) = pdf.parse_html('<p>x <img src="/web/image/7" alt="our seal"></p>')
    assert "".join(find_texts([paragraph])) == "x [our seal]"


def test_a_picture_is_loaded_by_the_caller():
    asked = []

    def load(address):
        asked.append(address)
        return b"picture"

    (picture,) = pdf.parse_html('<img src="/web/image/7" width="50%">', load)
    assert asked == ["/web/image/7"]
    assert (picture.data, picture.width) == (b"picture", (50.0, "%"))


def test_a_page_break_turns_the_page():
    for style in ("page-break-before: always", "break-before: page"):
        reader = draw(f'<p>one</p><p style="{style}">two</p>')
        assert ["two" in page.extract_text() for page in reader.pages] == [False, True]
    assert (
        len(draw('<p>one</p><div style="page-break-after: always"></div>').pages) == 1
    )
    reader = draw('<div style="page-break-after: always">one</div><p>two</p>')
    assert ["two" in page.extract_text() for page in reader.pages] == [False, True]


def test_a_long_item_of_a_list_goes_on_on_the_next_page():
    reader = draw(f"<ul><li>{'word ' * 3000} end</li></ul>")
    assert text_of(reader).count("word") == 3000
    assert len(reader.pages) > 1


def test_rows_that_fill_pages_and_heads_that_come_again():
    rows = "".join(f"<tr><td>{n}</td><td>row</td></tr>" for n in range(120))
    head = "<tr><th>Number</th><th>What</th></tr>"
    reader = draw(f"<table>{head}{rows}</table>")
    assert len(reader.pages) > 2
    assert all("Number" in page.extract_text() for page in reader.pages)
    tall = f"<table><tr><td>{'word ' * 4000}</td><td>end</td></tr></table>"
    assert text_of(draw(tall)).count("word") == 4000


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>lost",
        "<td>lost</td>",
        "<table>lost<tr><td>x</td>lost</tr></table>",
        "<table><tr><td colspan=99999>lost</td></tr></table>",
        "<table><tr>" + "<td>x</td>" * 90 + "<td>lost</td></tr></table>",
        "<table><tr><td>" * 30 + "lost" + "</td></tr></table>" * 30,
        "</div></table></td>lost",
        "<ul><li>a<table><tr><td>b</td></tr></table>lost</li></ul>",
        "<p style='font-size:1e99px;color:rgb(x);width:;:;'>lost</p>",
        "<ol start=99999999999999><li>lost</li></ol>",
        "<img width='9e9%' src='data:image/png;base64,!!'>lost",
        "<div><div><div></p></span></div>lost",
    ],
)
def test_odd_markup_loses_nothing(html):
    assert "lost" in text_of(draw(html)).replace("\n", "")


def test_what_is_left_out_says_so(monkeypatch, caplog):
    monkeypatch.setattr(paragraphs, "MOST_ELEMENTS", 50)
    with caplog.at_level(logging.WARNING):
        parts = pdf.parse_html("<p>x</p>" * 60)
    assert "".join(find_texts(parts[-1:])) == "[…]"
    assert "left out" in caplog.text
    assert len(pdf.parse_html("<p>x</p>" * 50)) == 50


def test_narrow_paper_holds_a_wide_table():
    cells = "".join(f"<td>column{n}</td>" for n in range(12))
    reader = draw(f"<table><tr>{cells}</tr></table>", paper=(80 * pdf.MM, 200 * pdf.MM))
    text = "".join(text_of(reader).split())
    assert all(f"column{n}" in text for n in range(12))


TAGS = st.sampled_from(
    [
        *("p", "div", "b", "u", "s", "sup", "sub", "ul", "ol", "li", "table", "tr"),
        *("td", "th", "blockquote", "pre", "h1", "span", "a", "mark", "tbody"),
    ]
)
MARKUP = st.lists(
    st.one_of(
        st.builds("<{}>".format, TAGS),
        st.builds("</{}>".format, TAGS),
        st.integers(0, 99).map(lambda number: f" w{number}w "),
    ),
    max_size=60,
)


@given(MARKUP)
def test_no_word_of_any_markup_is_lost(parts):
    html = "".join(parts)
    said = " ".join(find_texts(pdf.parse_html(html)))
    assert sorted(re.findall(r"w\d+w", html)) == sorted(re.findall(r"w\d+w", said))


@given(MARKUP)
def test_any_markup_can_be_drawn(parts):
    draw("".join(parts))
