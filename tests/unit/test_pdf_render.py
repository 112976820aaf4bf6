"""What a whole document looks like to a PDF reader."""

import pytest
from account_email.pdf import (
    LOOKS,
    Code,
    Column,
    Facts,
    Framed,
    Letterhead,
    Note,
    Party,
    Row,
    Table,
    Total,
    Totals,
    plain_text,
    render,
    render_batch,
)
from account_email.pdf.theme import A4, parse_color
from pdf_samples import (
    COLUMNS,
    fonts_of,
    make_document,
    make_image,
    make_table,
    make_theme,
    read,
    render_text,
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("rtl", [False, True])
def test_every_look_says_everything(look, rtl):
    page = render_text(look=look, rtl=rtl)[0]
    for text in (
        "Invoice INV/2026/00042",
        "Example Company",
        "Good Customer",
        "VAT: 123",
        "PO 7",
        "Office chair 4",
        "€ 120.00",
        "Payment terms: 30 days",
        "info@example.com",
        "Page 1 / 1",
    ):
        assert text in page or text.upper() in page


def test_file_describes_itself():
    document = make_document(subject="Journal Entry", date="2026-11-24")
    reader = read(render(document, make_theme()))
    assert reader.metadata.creation_date.isoformat()[:10] == "2026-11-24"
    assert reader.metadata.title == "Invoice INV/2026/00042"
    assert reader.metadata.author == "Example Company"
    assert reader.root_object["/Lang"] == "en-US"
    assert [entry.title for entry in reader.outline] == ["Invoice INV/2026/00042"]


def test_fonts_are_embedded_subsets():
    content = render(make_document(), make_theme())
    assert b"Helvetica" not in content
    for font in fonts_of(content):
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        assert font["/BaseFont"][7] == "+"
        assert len(descriptor["/FontFile2"].get_object().get_data()) < 30_000


def test_same_document_gives_same_bytes():
    theme = make_theme()
    assert render(make_document(), theme) == render(make_document(), theme)
    assert render(make_document(), theme) != render(make_document(title="B"), theme)


def test_page_without_logo_is_small():
    assert len(render(make_document(), make_theme())) < 40_000


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_many_lines(count):
    pages = render_text(make_document(blocks=(make_table(count),)))
    text = "\n".join(pages)
    assert all("Description" in page for page in pages)
    assert text.count("Office chair") == count
    assert f"Page {len(pages)} / {len(pages)}" in pages[-1]


def test_later_pages_name_company_and_document():
    pages = render_text(make_document(blocks=(make_table(100),)))
    assert len(pages) > 1
    assert all("Example Company" in page for page in pages)
    assert all("INV/2026/00042" in page for page in pages)


def test_rows_are_never_cut():
    name = "\n".join(["A description of", "several lines", "that belong together"])
    for page in render_text(make_document(blocks=(make_table(60, name),))):
        assert page.count("A description of") == page.count("that belong together")


def test_row_higher_than_a_page_goes_on():
    text = "\n".join(f"line {number}" for number in range(200))
    table = Table(COLUMNS, (Row((text, "1.00", "€ 1.00")),))
    pages = render_text(make_document(blocks=(table,)))
    assert len(pages) > 2
    assert all(f"line {number}" in "\n".join(pages) for number in range(200))


def test_section_stays_with_its_first_line():
    for count in range(20, 45):
        rows = (*make_table(count).rows, Row(("Section", "€ 9.00"), "section"))
        rows += make_table(3, "Below").rows
        pages = render_text(make_document(blocks=(Table(COLUMNS, rows),)))
        for page in pages:
            assert ("Section" in page) == ("Below 0" in page)


def test_totals_stay_together():
    totals = Totals(tuple(Total(f"Tax {n}", f"€ {n}.00", "tax") for n in range(8)))
    for count in range(15, 40):
        blocks = make_table(count), totals
        pages = render_text(make_document(blocks=blocks))
        assert sum("Tax 0" in page and "Tax 7" in page for page in pages) == 1
        assert f"Office chair {count - 1}" in pages[-1]


@pytest.mark.parametrize("paper", [A4, (612.0, 792.0), (A4[1], A4[0]), (200.0, 400.0)])
def test_papers(paper):
    content = render(make_document(), make_theme(paper=paper))
    box = read(content).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(paper, abs=0.01)


def test_logo_is_embedded_once_and_scaled():
    logo = make_image((3000, 2000))
    head = Letterhead("Example Company", logo=logo)
    document = make_document(letterhead=head, blocks=(make_table(100),))
    images = read(render(document, make_theme())).pages[0].images
    assert len(images) == 1
    assert max(images[0].image.size) < 700


def test_batch_shares_fonts_and_has_bookmarks():
    theme = make_theme()
    documents = [make_document(title=f"Invoice {number}") for number in range(20)]
    content = render_batch((document, theme) for document in documents)
    reader = read(content)
    assert [entry.title for entry in reader.outline] == [d.title for d in documents]
    assert len({id(font) for font in fonts_of(content)}) <= 40
    assert len(content) < 20 * len(render(documents[0], theme)) / 5
    assert "Page 1 / 1" in reader.pages[19].extract_text()


def test_other_blocks():
    blocks = (
        Facts(()),
        Framed("Taxes EUR", (Total("Total", "€ 1.00", "total"),)),
        Note(plain_text("muted words"), "muted"),
        Note((), "plain"),
        Code("https://example.com", ("Scan me",), url="https://example.com/pay"),
        Code("", picture=make_image((80, 80))),
    )
    reader = read(render(make_document(blocks=blocks), make_theme()))
    page = reader.pages[0]
    for text in ("Taxes EUR", "muted words", "Scan me"):
        assert text in page.extract_text()
    link = page["/Annots"][0].get_object()
    assert link["/A"]["/URI"] == "https://example.com/pay"


def test_mark_and_second_party():
    party = Party(("Warehouse",), label="Shipping Address")
    page = render_text(make_document(mark="Draft", other_party=party))[0]
    assert "DRAFT" in page
    assert "Shipping Address" in page


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("#ff0000", (1, 0, 0)),
        ("#0f0", (0, 1, 0)),
        ("blue; }", (0, 0, 0)),
        (None, (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_colors(value, color):
    assert parse_color(value, (0, 0, 0)) == color


def test_long_terms_begin_on_the_page_of_the_totals():
    terms = Note(plain_text("word " * 1500))
    pages = render_text(make_document(blocks=(make_table(3), terms)))
    assert "word" in pages[0]
    assert sum(page.count("word") for page in pages) == 1500


def test_wide_columns_leave_room_for_narrow_ones():
    columns = (Column("Text"), *(Column(name, numeric=True) for name in "ABCD"))
    row = Row(("Text", "100.00", "9" * 30, "9" * 40, "21.00"))
    text = render_text(make_document(blocks=(Table(columns, (row,)),)))[0]
    assert "100.00" in text
    assert "21.00" in text
