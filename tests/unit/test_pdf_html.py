"""Rendered pages of templates → blocks."""

import pytest
from account_email import pdf
from account_email.pdf import (
    Code,
    Fact,
    Facts,
    Framed,
    Note,
    Party,
    Row,
    Table,
    Total,
    Totals,
)
from account_email.pdf.document import find_texts


def read(body, load_picture=lambda _address: b""):
    page = pdf.parse_page(f"<html><body><div>{body}</div></body></html>".encode())
    return pdf.read_article(page.xpath("//body/div")[0], load_picture)


def text_of(note):
    return "|".join("".join(find_texts([part])) for part in note.text)


def test_head():
    article = read(
        """
        <div class="address row">
          <div name="information_block"><strong>Shipping Address</strong>
            <div>Warehouse<br>3 Dock</div></div>
          <div name="address"><address><div>Blue Lagoon</div>
            <span>1 Side<br>Town</span></address><div>VAT: <span>B1</span></div></div>
        </div>
        <h2><span>Tax Invoice </span> <span>INV/1</span></h2>"""
    )
    assert article.title == "Tax Invoice INV/1"
    assert article.recipient == Party(
        ("Blue Lagoon", "1 Side", "Town"), extra=("VAT: B1",)
    )
    assert article.other_party == Party(
        ("Warehouse", "3 Dock"), label="Shipping Address"
    )
    assert article.blocks == ()


def test_columns_with_bold_labels_are_facts():
    article = read(
        """
        <div id="informations" class="row"><div class="col"><strong>Date</strong>
          <div>1/2/26</div></div><div class="col-6"><strong>Time</strong><br>
          <span>12:00</span><br><strong>Place</strong> Split</div><div class="col">
          </div></div>"""
    )
    assert article.blocks == (
        Facts((Fact("Date", "1/2/26"), Fact("Time", "12:00"), Fact("Place", "Split"))),
    )


def test_columns_without_labels_are_text():
    (note,) = read(
        '<div class="row"><div class="col">Only <b>text</b></div></div>'
    ).blocks
    assert text_of(note) == "Only text"
    assert [span.bold for span in note.text[0].spans] == [False, True]


TABLE = """
    <table><thead><tr><th>What</th><th class="text-end"><span>Price</span></th>
      <th class="text-end">Amount</th></tr></thead>
    <tbody>
      <tr class="o_line_section"><td colspan="2">Part</td><td>9</td></tr>
      <tr><td class="px-2">A<br>B</td><td class="text-end">1</td><td>2</td></tr>
      <tr><td>C</td><td class="text-end" colspan="2">3</td></tr>
      <tr class="o_line_note"><td colspan="99">Remark</td></tr>
      <tr><td>D</td></tr>
    </tbody></table>"""


def test_table():
    (table,) = read(TABLE).blocks
    assert isinstance(table, Table)
    assert [(c.label, c.numeric) for c in table.columns] == [
        ("What", False),
        ("Price", True),
        ("Amount", True),
    ]
    assert table.rows == (
        Row(("Part", "9"), "section"),
        Row(("A\nB", "1", "2"), level=1),
        Row(("C", "", "3")),
        Row(("Remark",), "note"),
        Row(("D",)),
    )


TOTALS = """
    <div><div class="float-end">
      <table class="o_total_table"><tr class="o_subtotal"><td>Net</td><td>1</td></tr>
        <tr class="o_taxes"><td>Tax</td><td>2</td></tr>
        <tr class="o_total"><td>Total</td><td>3</td></tr>
        <tr><td><i>Paid on 1/2</i></td><td>1</td></tr>
        <tr class="fw-bold"><td>Amount Due</td><td>2</td></tr></table>
      <p>Three dollars</p>
      <div class="border"><table class="o_total_table"><p>Taxes EUR</p>
        <tr class="o_total"><td>Total</td><td>2.5</td></tr></table></div>
    </div>
    <div><p>Pay soon</p><div class="text-muted"><p>Terms</p></div></div></div>"""


def test_totals_with_what_stands_beside_them():
    totals, terms = read(TOTALS).blocks
    assert totals.items == (
        Total("Net", "1"),
        Total("Tax", "2", "tax"),
        Total("Total", "3", "total"),
        Total("Paid on 1/2", "1", "payment"),
        Total("Amount Due", "2", "due"),
    )
    words, framed = totals.below
    assert (words.kind, text_of(words)) == ("end", "Three dollars")
    assert framed == Framed("Taxes EUR", (Total("Total", "2.5", "total"),))
    (aside,) = totals.aside
    assert text_of(aside) == "Pay soon"
    assert (terms.kind, text_of(terms)) == ("muted", "Terms")


def test_tables_without_a_head():
    caption, facts = read(
        "<table><caption>Law</caption><tr><td>a</td><td>b</td></tr></table>"
    ).blocks
    assert text_of(caption) == "Law"
    assert facts == Facts((Fact("a", "b"),))
    (note,) = read("<table><tr><td>only one</td></tr></table>").blocks
    assert text_of(note) == "only one"
    nested = f"<table><tr><td>around {TABLE}</td><td>end</td></tr></table>"
    kinds = [type(block) for block in read(nested).blocks]
    assert kinds == [Note, Table, Note]


PIXEL = "data:image/png;base64,aGk="


@pytest.mark.parametrize(
    ("markup", "code"),
    (
        ("/report/barcode/?barcode_type=QR&amp;value=a%20b", Code("a b")),
        ("/report/barcode/QR/a%2Fb?width=1", Code("a/b")),
        (PIXEL, Code("", picture=b"hi")),
        ("/report/barcode/?barcode_type=Code128&amp;value=7", Code("", picture=b"got")),
    ),
)
def test_images(markup, code):
    blocks = read(f"<p><img src='{markup}'></p>", lambda _address: b"got").blocks
    assert blocks == (code,)


def test_image_with_caption_and_link():
    markup = (
        f'<div class="d-flex"><a href="https://pay.example"></a><img src="{PIXEL}">'
        "<p>Scan<br>me</p></div>"
    )
    (code,) = read(markup).blocks
    assert code == Code("", ("Scan", "me"), "https://pay.example", b"hi")


def test_images_that_cannot_be_had_leave_their_text():
    for address in (
        "/web/static/x.svg",
        "data:image/svg+xml;base64,aGk=",
        "",
        "data:,",
    ):
        (note,) = read(f'<div class="d-flex"><img src="{address}">Text</div>').blocks
        assert text_of(note) == "Text"


def test_what_no_reader_sees_is_not_read():
    markup = (
        "<script>bad()</script><style>p{}</style><!-- no -->"
        '<p class="d-none">hidden</p><h3 class="opacity-0">x</h3>'
        '<p class="d-md-none">narrow</p>'
        '<p class="d-none d-md-block">wide</p>'
    )
    (note,) = read(markup).blocks
    assert text_of(note) == "wide"


def test_markup_in_text_stays_text():
    (note,) = read("<p>&lt;b&gt;5 &amp; 6&lt;/b&gt;</p>").blocks
    assert text_of(note) == "<b>5 & 6</b>"


def test_header_and_footer_beyond_the_letterhead():
    page = pdf.parse_page(
        b"<div class='header'><p>My Company</p><p>Start of business: 2001</p></div>"
        b"<div class='footer'><div>Page <span class='page'></span> /"
        b" <span class='topage'></span></div><p>Footer of ours</p></div>"
    )
    letterhead = pdf.Letterhead("My Company", footer=pdf.plain_text("Footer of ours"))
    head, foot = page.xpath("//div[@class='header']|//div[@class='footer']")
    assert text_of(Note(pdf.read_more([head], letterhead.text))) == (
        "Start of business: 2001"
    )
    assert pdf.read_more([foot], letterhead.text) == ()


@pytest.mark.parametrize(
    "body",
    (
        "<table><tr></tr></table>",
        "<table class='o_total_table'></table>",
        "<table><thead><tr><th colspan='x'>a</th></tr></thead></table>",
        "<div class='row'></div>",
        "<div class='float-end'><table class='o_total_table'></table></div>",
        "<div>" * 300 + "deep" + "</div>" * 300,
        "\x00\x01<p>\x0b</p>",
        "<td>lost</td>",
    ),
)
def test_odd_pages_are_read(body):
    assert read(body)


def test_deep_nesting_keeps_the_text():
    deep = "<div>" * 1500 + "deep" + TABLE + "</div>" * 1500
    blocks = read(f"<p>before</p>{deep}<p>after</p>").blocks
    text = " ".join(text_of(block) for block in blocks)
    for word in ("before", "deep", "Price", "after"):
        assert word in text


def test_images_in_tables_stand_below_them():
    image = "<img src='/report/barcode/QR/77'>"
    table = f"<table><tr><th>What</th></tr><tr><td>Desk {image}</td></tr></table>"
    totals = f"<table class='o_total_table'><tr><td>{image}</td><td>7</td></tr></table>"
    for body, kind in ((table, Table), (totals, Totals)):
        block, code = read(body).blocks
        assert isinstance(block, kind)
        assert code == Code("77")


def test_caption_and_further_rows_of_heads():
    caption, table = read(
        "<table><caption>Prices</caption><thead><tr><th>2026</th><th></th></tr>"
        "<tr><th>What</th><th>How much</th></tr></thead>"
        "<tbody><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table>"
    ).blocks
    assert text_of(caption) == "Prices"
    assert [column.label for column in table.columns] == ["What", "How much"]
    assert table.rows == (Row(("2026", "")), Row(("a", "b\nc")))
