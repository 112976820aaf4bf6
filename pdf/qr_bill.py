"""The Swiss QR-bill: a receipt and a payment part at the foot of an A4 page.

Places and sizes are those of the Swiss Implementation Guidelines QR-bill and their
Style Guide (SIX, version 2.3), in millimetres there and here.
"""

from dataclasses import dataclass, field, replace

from .boxes import Beside, Image, Kit, Stack
from .codes import CodeBox
from .document import Letterhead
from .fonts import find_installed
from .picture import load_picture
from .theme import A4, MM, typesetter
from .typeset.text import BOLD, REGULAR

HEIGHT = 105 * MM
RECEIPT_WIDTH = 62 * MM
MARGIN = 5 * MM
TITLE_SIZE = 11
CODE_SIZE = 46 * MM
# Of the four fonts that the guideline allows, the one that is free.
FONT = ((REGULAR, "LiberationSans-Regular.ttf"), (BOLD, "LiberationSans-Bold.ttf"))
SCISSORS = 3.5 * MM
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
# The cross in the middle of the code, in 198ths of its seven millimetres: a black
# square on white, and the two bars of the cross.
CROSS_SIZE = 7 * MM
CROSS = (
    (0, 0, 198, 198, WHITE),
    (8, 8, 182, 182, BLACK),
    (83, 37, 33, 110, WHITE),
    (44, 76, 110, 33, WHITE),
)


@dataclass(frozen=True)
class Section:
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Slip:
    """One of the two parts; `note` is what stands at the receipt's foot."""

    title: str
    information: tuple[Section, ...]
    amounts: tuple[Section, ...]
    note: str = ""


@dataclass(frozen=True)
class QrBill:
    """A page that is rendered like a `Document`; `code` is what the QR code says."""

    title: str
    letterhead: Letterhead
    code: str
    receipt: Slip
    payment: Slip
    scissors: bytes = field(default=b"", repr=False)
    subject: str = ""
    lang: str = "en"
    date: str = ""


@dataclass(frozen=True)
class _Print:
    """Sizes of one part: headings and values, with their leading, in points."""

    heading: tuple[float, float]
    value: tuple[float, float]


RECEIPT = _Print((6, 9), (8, 9))
PAYMENT = _Print((8, 11), (10, 11))


def draw_qr_bill(pen, bill, theme):
    """Draw the bill on a page of its own; what is above its parts stays white."""
    weights = _find_weights() or theme.weights
    theme = replace(theme, rtl=False, paper=A4, weights=weights)
    kit = Kit(theme, typesetter(theme))
    pen.start_document(bill.title, theme)
    pen.start_page()
    top = A4[1] - HEIGHT
    _draw_edges(pen, bill, top)
    _draw_receipt(pen, bill.receipt, kit, top)
    _draw_payment(pen, bill, kit, top)


def _find_weights():
    """Return the installed font that the guideline names, or none."""
    found = [(weight, find_installed(name)) for weight, name in FONT]
    return tuple(found) if all(path for _weight, path in found) else ()


def _draw_edges(pen, bill, top):
    pen.rule(0, top, A4[0], color=BLACK)
    pen.rect(RECEIPT_WIDTH, top, 0.5, HEIGHT, fill=BLACK)
    picture = load_picture(bill.scissors, SCISSORS, SCISSORS)
    if picture:
        image = Image(picture, SCISSORS, SCISSORS)
        image.draw(pen, MARGIN, top - image.height / 2)


def _draw_receipt(pen, slip, kit, top):
    width = RECEIPT_WIDTH - 2 * MARGIN
    _title(slip.title, kit, width).draw(pen, MARGIN, top + MARGIN)
    information = _sections(slip.information, kit, width, RECEIPT)
    information.draw(pen, MARGIN, top + 12 * MM)
    amounts = _amounts(slip.amounts, kit, width, RECEIPT)
    amounts.draw(pen, MARGIN, top + 68 * MM)
    style = kit.style(size=6, leading=8, weight=BOLD, color=BLACK, align="end")
    kit.text(slip.note, width, style).draw(pen, MARGIN, top + 82 * MM)


def _draw_payment(pen, bill, kit, top):
    slip, left = bill.payment, RECEIPT_WIDTH + MARGIN
    _title(slip.title, kit, CODE_SIZE).draw(pen, left, top + MARGIN)
    CodeBox(bill.code, CODE_SIZE, quiet=0).draw(pen, left, top + 17 * MM)
    _draw_cross(pen, left + CODE_SIZE / 2, top + 17 * MM + CODE_SIZE / 2)
    amounts = _amounts(slip.amounts, kit, 51 * MM, PAYMENT)
    amounts.draw(pen, left, top + 68 * MM)
    information = _sections(slip.information, kit, 87 * MM, PAYMENT)
    information.draw(pen, 118 * MM, top + MARGIN)


def _draw_cross(pen, x, y):
    unit = CROSS_SIZE / 198
    x, y = x - CROSS_SIZE / 2, y - CROSS_SIZE / 2
    for left, top, width, height, color in CROSS:
        pen.rect(
            x + left * unit, y + top * unit, width * unit, height * unit, fill=color
        )


def _title(text, kit, width):
    return kit.text(text, width, kit.style(size=TITLE_SIZE, weight=BOLD, color=BLACK))


def _sections(sections, kit, width, sizes):
    boxes = []
    for number, section in enumerate(sections):
        part = _section(section, kit, width, sizes)
        part.gap = sizes.value[1] if number else 0
        boxes.append(part)
    return Stack(boxes, width)


def _amounts(sections, kit, width, sizes):
    """Return currency and amount beside each other."""
    columns = [_section(section, kit, width / 2, sizes) for section in sections[:2]]
    offsets = (0, width * 0.35)
    return Beside(list(zip(offsets, columns, strict=False)), width)


def _section(section, kit, width, sizes):
    size, leading = sizes.heading
    strong = kit.style(size=size, leading=leading, weight=BOLD, color=BLACK)
    size, leading = sizes.value
    plain = kit.style(size=size, leading=leading, color=BLACK)
    boxes = [kit.text(section.heading, width, strong)]
    boxes += [kit.text(line, width, plain) for line in section.lines]
    return Stack(boxes, width)
