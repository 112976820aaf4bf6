"""What a document says: strings, already formatted and translated.

A document type is data. Nothing here knows invoices, and nothing here is markup:
whatever stands in a string is printed as it is.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """`rise` is 1 for superscript, -1 for subscript. `color` and `mark`, what lies
    behind the text, are (red, green, blue) from 0 to 1. `url` is where it leads."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    rise: int = 0
    color: tuple | None = None
    mark: tuple | None = None
    url: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A run of spans; a line feed in a span breaks the line.

    `level` counts the steps that it is indented by. `align` is start, center, end or
    nothing, which is the place's own. `scale` is its size beside the text's.
    """

    spans: tuple[Span, ...]
    bullet: str = ""
    level: int = 0
    align: str = ""
    scale: float = 1.0


@dataclass(frozen=True)
class Picture:
    """A picture between paragraphs. `width` is its share of the line or points, as
    (number, "%" or "pt"), or None: one point and a third a pixel."""

    data: bytes = field(repr=False)
    width: tuple[float, str] | None = None
    align: str = ""


@dataclass(frozen=True)
class Line:
    """A rule across the text."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table that somebody typed; `span` counts its columns."""

    text: tuple
    head: bool = False
    span: int = 1
    fill: tuple | None = None


@dataclass(frozen=True)
class Cells:
    """A table that somebody typed: rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


# What people write with an editor: parts of any of these kinds.
RichText = tuple[Paragraph | Picture | Line | PageBreak | Cells, ...]


def find_texts(parts):
    """Yield the text of each span in rich text, those of tables included."""
    for part in parts:
        if isinstance(part, Paragraph):
            yield from (span.text for span in part.spans)
        elif isinstance(part, Cells):
            for row in part.rows:
                for cell in row:
                    yield from find_texts(cell.text)


@dataclass(frozen=True)
class Letterhead:
    """Who sends the document: the parts of the company's document layout."""

    name: str
    details: RichText = ()
    tagline: RichText = ()
    footer: RichText = ()
    logo: bytes = field(default=b"", repr=False)

    @property
    def text(self):
        """All that the letterhead says, without gaps."""
        parts = (*self.details, *self.tagline, *self.footer)
        return "".join([self.name, *find_texts(parts)])


@dataclass(frozen=True)
class Party:
    """An address block; `label` stands above it, `extra` below with a gap."""

    lines: tuple[str, ...]
    label: str = ""
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Facts:
    """A grid of labelled values: number, dates, reference."""

    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    label: str
    numeric: bool = False
    share: float = 1.0


@dataclass(frozen=True)
class Row:
    """A table row. `kind`: item, section, subsection, note, total.

    A row with fewer cells than columns lets its first cell take the room; its
    last cell stays in the last column.
    """

    cells: tuple[str, ...]
    kind: str = "item"
    level: int = 0


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Total:
    """A line of the totals. `kind`: line, tax, total, payment, due."""

    label: str
    value: str
    kind: str = "line"


@dataclass(frozen=True)
class Totals:
    """Amounts at the end of a table. `aside` stands beside them where it fits."""

    items: tuple[Total, ...]
    aside: tuple = ()
    below: tuple = ()


@dataclass(frozen=True)
class Note:
    """Text between blocks. `kind`: plain, muted, framed, end (at the far side)."""

    text: RichText
    kind: str = "plain"


@dataclass(frozen=True)
class Framed:
    """Totals with a title in a frame: taxes in the company's currency."""

    title: str
    items: tuple[Total, ...]


@dataclass(frozen=True)
class Code:
    """A QR code. `picture` is used where only core's image of it is known."""

    value: str
    caption: tuple[str, ...] = ()
    url: str = ""
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Article:
    """What a document says between its header and its footer."""

    title: str
    recipient: Party | None = None
    other_party: Party | None = None
    blocks: tuple = ()


@dataclass(frozen=True)
class Document:
    """`mark` is written across the pages; `date` is ISO, for the file itself.

    `reserve` is the height in points that stays white at the foot of the last page,
    in place of the footer, for what somebody lays upon it.
    """

    title: str
    letterhead: Letterhead
    recipient: Party | None = None
    other_party: Party | None = None
    blocks: tuple = ()
    page_label: str = "Page {page} / {pages}"
    footer_note: str = ""
    mark: str = ""
    subject: str = ""
    lang: str = "en"
    date: str = ""
    reserve: float = 0.0
