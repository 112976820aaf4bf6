"""The company's document layout as a theme of the pure room."""

import base64
import binascii

from odoo.tools.misc import file_path

from odoo.addons.base.models.report_paperformat import PAPER_SIZES

from .. import pdf
from ..pdf import MM

DEFAULT_FONT = "Lato"
LATO = {"Regular": "Reg", "Bold": "Bol", "Italic": "RegIta", "BoldItalic": "BolIta"}
WEIGHTS = {
    "Regular": (False, False),
    "Bold": (True, False),
    "Italic": (False, True),
    "BoldItalic": (True, True),
}
# Fonts of Odoo's own with more scripts than the company's font may have.
FALLBACKS = (
    "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf",
    "web/static/fonts/google/Tajawal/Tajawal-Regular.ttf",
)
PAPERS = {size["key"]: (size.get("width"), size.get("height")) for size in PAPER_SIZES}
LEAST_SIDE = 7.0
DEMO_BACKGROUND = "base/static/img/demo_logo_report.png"


def make_theme(company, report, *, landscape=False, rtl=False):
    """Return the `pdf.Theme` for a company's documents of one report."""
    paperformat = report.paperformat_id or company.paperformat_id
    layout = (company.external_report_layout_id.key or "").rpartition("layout_")[2]
    return pdf.Theme(
        weights=_find_weights(company.font or DEFAULT_FONT),
        look=layout or "light",
        paper=_paper_size(paperformat, landscape),
        margins=_margins(paperformat),
        primary=pdf.parse_color(company.primary_color),
        secondary=pdf.parse_color(company.secondary_color),
        rtl=rtl,
        fallbacks=tuple(filter(None, map(_find_file, FALLBACKS))),
        background=_background(company),
    )


def decode(value):
    """Return the bytes of a binary field, or none if it does not hold base64."""
    try:
        return base64.b64decode(value or b"")
    except (binascii.Error, ValueError):
        return b""


def _find_weights(font):
    found = [
        (weight, path)
        for name, weight in WEIGHTS.items()
        if (path := _find_file(_font_file(font, name)))
    ]
    if not found and font != DEFAULT_FONT:
        return _find_weights(DEFAULT_FONT)
    return tuple(found)


def _font_file(font, weight):
    if font == DEFAULT_FONT:
        return f"web/static/fonts/lato/Lato-{LATO[weight]}-webfont.ttf"
    return f"web/static/fonts/google/{font}/{font}-{weight}.ttf"


def _find_file(path):
    try:
        return file_path(path)
    except (FileNotFoundError, ValueError):
        return None


def _paper_size(paperformat, landscape):
    width, height = PAPERS.get(paperformat.format or "A4", (None, None))
    if not width or not height:
        width, height = paperformat.page_width, paperformat.page_height
    if not width or not height:
        width, height = PAPERS["A4"]
    if (landscape or paperformat.orientation == "Landscape") and width < height:
        width, height = height, width
    return width * MM, height * MM


def _margins(paperformat):
    """Side margins are the paper's; above and below follows from the letterhead."""
    side = max(paperformat.margin_left, paperformat.margin_right)
    if side < LEAST_SIDE or paperformat.css_margins:
        return pdf.Margins()
    return pdf.Margins(side=side * MM)


def _background(company):
    if company.layout_background == "Custom":
        return decode(company.layout_background_image)
    if company.layout_background == "Demo logo":
        with open(file_path(DEMO_BACKGROUND), "rb") as image:
            return image.read()
    return b""
