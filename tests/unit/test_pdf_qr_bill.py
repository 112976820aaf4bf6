"""The Swiss QR-bill, and the room that an invoice leaves for it."""

import pytest
from account_email import pdf
from pdf_fonts import build_font, forget_fonts
from pdf_samples import fonts_of, make_document, make_table, make_theme, read


def bill(**values):
    account = pdf.Section("Account / Payable to", ("CH11 3000", "Company", "8000 Zug"))
    payer = pdf.Section("Payable by", ("Žofie Müller", "8001 Zürich"))
    amounts = (pdf.Section("Currency", ("CHF",)), pdf.Section("Amount", ("1 949.75",)))
    return pdf.QrBill(
        title="INV/1",
        letterhead=pdf.Letterhead("Company"),
        code="SPC\n0200\n1",
        receipt=pdf.Slip("Receipt", (account, payer), amounts, "Acceptance point"),
        payment=pdf.Slip("Payment part", (account, payer), amounts),
        **values,
    )


def pages(*pairs):
    return read(pdf.render_batch(pairs)).pages


def heights(page):
    """Return how high above the foot of the page each text stands, in points."""
    found = []
    page.extract_text(
        # Between two texts pypdf calls with a blank matrix.
        visitor_text=lambda text, _cm, matrix, *_font: (
            found.append(matrix[5]) if text.strip() and matrix[5] else None
        )
    )
    return found


@pytest.mark.parametrize("changes", ({}, {"rtl": True}, {"paper": (612.0, 792.0)}))
def test_every_word_at_the_foot_of_a4(changes):
    (page,) = pages((bill(), make_theme(**changes)))
    assert [round(float(size)) for size in page.mediabox[2:]] == [595, 842]
    assert max(heights(page)) < pdf.QR_BILL_HEIGHT
    text = page.extract_text()
    for word in ("Receipt", "Payment part", "Žofie Müller", "1 949.75", "Acceptance"):
        assert word in text
    assert text.count("Account / Payable to") == 2


def test_code_is_46_millimetres_and_has_the_cross():
    (page,) = pages((bill(), make_theme()))
    squares = [
        [float(value) for value in operands]
        for operands, operator in page.get_contents().operations
        if operator == b"re"
    ]
    cross = [square for square in squares if abs(square[2] - 19.84) < 0.01]
    assert len(cross) == 1, "one white square of seven millimetres"
    lefts = [s[0] for s in squares if 180 < s[0] < 330 and s[3] < 10]
    rights = [s[0] + s[2] for s in squares if 180 < s[0] < 330 and s[3] < 10]
    assert max(rights) - min(lefts) == pytest.approx(46 * 72 / 25.4, abs=0.1)


@pytest.mark.parametrize(("lines", "count"), ((3, 1), (18, 2), (70, 3)))
def test_room_for_it(lines, count):
    document = make_document(
        blocks=(make_table(lines),),
        reserve=pdf.QR_BILL_HEIGHT,
        page_label="SHEET {page}",
    )
    found = pages((document, make_theme()))
    assert len(found) == count
    assert "SHEET" not in found[-1].extract_text(), "no footer where the bill stands"
    assert all("SHEET" in page.extract_text() for page in found[:-1])
    assert min(heights(found[-1])) > pdf.QR_BILL_HEIGHT


def test_font_of_the_guideline_where_it_is_installed(folder):
    def names():
        return {font["/BaseFont"][8:] for font in fonts_of(pdf.render(bill(), theme))}

    theme = make_theme()
    assert names() == {"BitstreamVeraSans-Roman", "BitstreamVeraSans-Bold"}
    chars = "".join(map(chr, range(33, 383)))
    for name in ("LiberationSans-Regular", "LiberationSans-Bold"):
        build_font(folder / f"{name}.ttf", chars, name=name)
    forget_fonts()
    assert names() == {"LiberationSans-Regular", "LiberationSans-Bold"}
