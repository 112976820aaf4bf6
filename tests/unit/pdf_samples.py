"""Documents for the tests of the PDF room; no values matter unless a test says so."""

import io
from pathlib import Path

import reportlab
from account_email.pdf import (
    Column,
    Document,
    Fact,
    Facts,
    Letterhead,
    Note,
    Party,
    Row,
    Table,
    Theme,
    Total,
    Totals,
    plain_text,
    render,
)
from PIL import Image
from pypdf import PdfReader

FONTS = Path(reportlab.__file__).parent / "fonts"
WEIGHTS = (
    ((False, False), str(FONTS / "Vera.ttf")),
    ((True, False), str(FONTS / "VeraBd.ttf")),
    ((False, True), str(FONTS / "VeraIt.ttf")),
    ((True, True), str(FONTS / "VeraBI.ttf")),
)
COLUMNS = (
    Column("Description"),
    Column("Quantity", numeric=True),
    Column("Amount", numeric=True),
)


def make_theme(**values):
    return Theme(**{"weights": WEIGHTS, **values})


def make_table(count=5, name="Office chair"):
    rows = [Row((f"{name} {n}", f"{n}.00", f"€ {n * 10}.00")) for n in range(count)]
    return Table(COLUMNS, tuple(rows))


def make_document(**values):
    totals = (Total("Untaxed", "€ 100.00"), Total("Total", "€ 120.00", "total"))
    defaults = {
        "title": "Invoice INV/2026/00042",
        "letterhead": Letterhead(
            "Example Company",
            details=plain_text("Example Company\n1 Main Street"),
            footer=plain_text("info@example.com"),
        ),
        "recipient": Party(("Good Customer", "2 Side Street"), extra=("VAT: 123",)),
        "blocks": (
            Facts((Fact("Date", "24/11/2026"), Fact("Reference", "PO 7"))),
            make_table(),
            Totals(totals, aside=(Note(plain_text("Payment terms: 30 days")),)),
        ),
        "lang": "en-US",
    }
    return Document(**{**defaults, **values})


def make_image(size=(300, 100), mode="RGBA", color=(200, 30, 30, 128), kind="PNG"):
    buffer = io.BytesIO()
    Image.new(mode, size, color[: len(mode)]).save(buffer, kind)
    return buffer.getvalue()


def read(content):
    return PdfReader(io.BytesIO(content))


def render_text(document=None, **theme):
    """Return the text of each page."""
    content = render(document or make_document(), make_theme(**theme))
    return [page.extract_text() for page in read(content).pages]


def fonts_of(content):
    """Return the fonts of each page, and of the forms that it shows."""
    found = []
    for page in read(content).pages:
        shown = page["/Resources"].get("/XObject", {}).values()
        forms = [page, *(form.get_object() for form in shown)]
        for resources in (form["/Resources"] for form in forms if "/Resources" in form):
            found += [font.get_object() for font in resources["/Font"].values()]
    return found
