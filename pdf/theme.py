"""Paper, colours, fonts and sizes of a document; a look is a row of a table."""

from dataclasses import dataclass, field

from .fonts import find_regions, load_family
from .typeset.text import Typesetter

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

BLACK = (0.13, 0.145, 0.16)
GREY = (0.42, 0.45, 0.48)
LIGHT = (0.87, 0.885, 0.9)
PALE = (0.955, 0.96, 0.967)
WHITE = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Margins:
    top: float = 14 * MM
    bottom: float = 12 * MM
    side: float = 16 * MM


@dataclass(frozen=True)
class Look:
    """What tells one of the company's document layouts from another."""

    header: str = "split"  # split, boxed, bold, striped, wave, bubble, folder
    table: str = "plain"  # plain, boxed, bold, striped, rounded
    footer: str = "centre"  # centre, sides
    facts: str = "plain"  # plain, tinted, outlined
    title_at_end: bool = False
    address_at_start: bool = False


LOOKS = {
    "light": Look(),
    "boxed": Look("boxed", "boxed", "sides"),
    "bold": Look("bold", "bold", "sides"),
    "striped": Look("striped", "striped"),
    "wave": Look("wave", "striped", facts="tinted", address_at_start=True),
    "bubble": Look(
        "bubble", "rounded", facts="outlined", title_at_end=True, address_at_start=True
    ),
    "folder": Look(
        "folder", "striped", "sides", title_at_end=True, address_at_start=True
    ),
}


@dataclass(frozen=True)
class Theme:
    """`weights` is ((weight, path), …), see `fonts.load_family`."""

    weights: tuple
    look: str = "light"
    paper: tuple[float, float] = A4
    margins: Margins = Margins()
    primary: tuple[float, float, float] = BLACK
    secondary: tuple[float, float, float] = BLACK
    rtl: bool = False
    size: float = 9.0
    fallbacks: tuple[str, ...] = ()
    background: bytes = field(default=b"", repr=False)

    @property
    def style(self):
        return LOOKS.get(self.look, LOOKS["light"])

    @property
    def ink(self):
        return BLACK

    @property
    def heading(self):
        return self.primary

    @property
    def label(self):
        return self.secondary

    @property
    def leading(self):
        return self.size * 1.38

    @property
    def inner_width(self):
        return self.paper[0] - 2 * self.margins.side


_TYPESETTERS = {}


def typesetter(theme, lang=""):
    """Return the process's typesetter for the theme's fonts, the language's Chinese
    characters and the theme's direction."""
    key = theme.weights, theme.fallbacks, find_regions(lang), theme.rtl
    if key not in _TYPESETTERS:
        _TYPESETTERS[key] = Typesetter(load_family(*key[:3]), rtl=theme.rtl)
    return _TYPESETTERS[key]


def parse_color(value, default=BLACK):
    """Return (red, green, blue) from "#rrggbb" or "#rgb", or the default."""
    digits = str(value or "").strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    try:
        number = int(digits, 16) if len(digits) == 6 else None
    except ValueError:
        number = None
    if number is None:
        return default
    return tuple(round((number >> shift & 255) / 255, 4) for shift in (16, 8, 0))


def tint(color, share):
    """Return the colour thinned with white; share 1 is the colour itself."""
    return tuple(round(1 - share * (1 - part), 4) for part in color)


def contrast(color):
    """Return black or white, whichever is read better on the colour."""
    red, green, blue = color
    return BLACK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.6 else WHITE
