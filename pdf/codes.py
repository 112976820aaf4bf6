"""QR codes, drawn as vectors: sharp at any size, small, and no image library."""

from functools import lru_cache

from reportlab.graphics.barcode import qrencoder

from .boxes import Box

# Of a code that is scanned from paper or screen; banks ask for M.
CORRECTION = qrencoder.QRErrorCorrectLevel.M
QUIET = 2
BLACK = (0, 0, 0)


@lru_cache(maxsize=256)
def modules(value):
    """Return (size, ((column, row, length), …)) of the dark stretches."""
    code = qrencoder.QRCode(None, CORRECTION)
    code.addData(value)
    code.make()
    size = code.getModuleCount()
    stretches = []
    for row in range(size):
        start = None
        for column in range(size + 1):
            dark = column < size and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                stretches.append((start, row, column - start))
                start = None
    return size, tuple(stretches)


class CodeBox(Box):
    def __init__(self, value, size):
        super().__init__(size, size)
        self.value = value

    def draw(self, pen, x, y):
        count, stretches = modules(self.value)
        unit = self.width / (count + 2 * QUIET)
        mirrored = pen.rtl
        squares = []
        for column, row, length in stretches:
            # A code must not be mirrored with the page, or no phone reads it.
            start = count - column - length if mirrored else column
            squares.append(
                (
                    x + (start + QUIET) * unit,
                    y + (row + QUIET) * unit,
                    length * unit,
                    unit,
                )
            )
        pen.cells(squares, BLACK)
