"""Documents as PDF, by ReportLab alone: `render(document, theme)` gives bytes.

This room is pure. It imports no Odoo, reads no record and translates nothing; a
document comes as frozen data (`document.py`), a company's design as a `Theme`.
"""

from . import gate
from .document import (
    Article,
    Cell,
    Cells,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    Framed,
    Letterhead,
    Line,
    Note,
    PageBreak,
    Paragraph,
    Party,
    Picture,
    Row,
    Span,
    Table,
    Total,
    Totals,
)
from .html.blocks import read_article, read_title
from .html.picture import read_barcode
from .html.richtext import parse_html, plain_text
from .html.text import find_lines, has_class, parse_page, read_more
from .layout import compose
from .letters import find_missing
from .qr_bill import HEIGHT as QR_BILL_HEIGHT
from .qr_bill import QrBill, Section, Slip
from .theme import LOOKS, MM, Margins, Theme, parse_color


def render(document, theme):
    """Return the document as the bytes of a PDF file.

    The same document and theme give the same bytes. Raises `fonts.FontError` or
    `OSError` if the theme's own font cannot be read; whatever else a document
    holds is printed as text.
    """
    return compose([(document, theme)])


def render_batch(pairs):
    """Return one file for (document, theme) pairs: fonts and logo embedded once,
    a bookmark for each document, pages numbered within it."""
    return compose(list(pairs))
