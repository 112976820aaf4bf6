"""Where a text may break: words, ideographs, and lines that a line feed ends."""

import re
from itertools import groupby

from .clean import clean

# A line may break after a space or hyphen, and around each ideograph or Thai
# letter, which are written without spaces.
PIECES = re.compile(
    "[\u0e00-\u0e3f\u0e40-\u0e4f\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff]"
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3001\u3002\uff0c\uff0e\u0300-\u036f]*"
    "|[^ \\-\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]+[\\- ]*|[\\- ]+|."
)


def split_pieces(text):
    return PIECES.findall(text)


def paragraph_pieces(spans):
    """Yield the (text, weight) pieces of each line that a line feed ends."""
    pieces = []
    for span in spans:
        weight = (span.bold, span.italic)
        for number, part in enumerate(clean(span.text).split("\n")):
            if number:
                yield pieces
                pieces = []
            pieces += [(piece, weight) for piece in PIECES.findall(part)]
    yield pieces


def merge(pieces):
    """Join neighbouring pieces of one weight."""
    for weight, group in groupby(pieces, key=lambda piece: piece[1]):
        yield "".join(text for text, _weight in group), weight


def trim(line):
    """Drop the spaces at the end of a line."""
    if line:
        text, weight = line[-1]
        line[-1] = (text.rstrip(" "), weight)
    return line
