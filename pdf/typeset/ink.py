"""How a piece of text is drawn, beyond its weight."""

from typing import NamedTuple

# Super- and subscript: their size, and how far they leave the line, beside the text's.
RAISED_SCALE = 0.68
RAISED_BY = {1: 0.34, -1: -0.14, 0: 0.0}


class Ink(NamedTuple):
    """A weight, its first two fields, and what else tells a piece from its line."""

    bold: bool
    italic: bool
    underline: bool = False
    strike: bool = False
    rise: int = 0
    color: tuple | None = None
    mark: tuple | None = None
    url: str = ""

    @property
    def scale(self):
        return RAISED_SCALE if self.rise else 1.0


def ink_of(span):
    """Return the weight of a span, a plain pair where nothing more is to be said."""
    ink = Ink(
        *(span.bold, span.italic, span.underline, span.strike),
        *(span.rise, span.color, span.mark, span.url),
    )
    return ink if any(ink[2:]) else ink[:2]
