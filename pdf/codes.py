"""QR codes, drawn as vectors: sharp at any size, small, and no image library."""

import logging
from functools import lru_cache

from reportlab.graphics.barcode import qrencoder

from .boxes import Box

_logger = logging.getLogger(__name__)

# Of a code that is scanned from paper or screen; banks ask for M.
CORRECTION = qrencoder.QRErrorCorrectLevel.M
QUIET = 2
BLACK = (0, 0, 0)
# Bytes that the largest code with this correction holds in ReportLab's encoder.
LONGEST_CODE = 2200


@lru_cache(maxsize=256)
def modules(value):
    """Return (size, ((column, row, length), …)) of the dark stretches; there are none
    where the value is too long for any code."""
    value = value.encode("utf-8", "ignore")
    if len(value) > LONGEST_CODE:
        _logger.warning("A QR code of %d bytes is left out", len(value))
        return 1, ()
    code = qrencoder.QRCode(None, CORRECTION)
    code.addData(value.decode())
    code.make()
    return code.getModuleCount(), tuple(_find_stretches(code))


def _find_stretches(code):
    size = code.getModuleCount()
    for row in range(size):
        start = None
        for column in range(size + 1):
            dark = column < size and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None


class CodeBox(Box):
    """`quiet` is the white around the code, in its own dots, within `size`."""

    def __init__(self, value, size, quiet=QUIET):
        super().__init__(size, size)
        self.value = value
        self.quiet = quiet

    def draw(self, pen, x, y):
        count, stretches = modules(self.value)
        unit = self.width / (count + 2 * self.quiet)
        mirrored = pen.rtl
        squares = []
        for column, row, length in stretches:
            # A code must not be mirrored with the page, or no phone reads it.
            start = count - column - length if mirrored else column
            squares.append(
                (
                    x + (start + self.quiet) * unit,
                    y + (row + self.quiet) * unit,
                    length * unit,
                    unit,
                )
            )
        if squares:
            pen.cells(squares, BLACK)
