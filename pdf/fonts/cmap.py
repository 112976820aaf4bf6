"""Which characters a font has, and which glyphs they are: the table `cmap`."""

from array import array
from bisect import bisect_right
from struct import unpack_from

from .sfnt import FontError

# A subtable is chosen by (platform, encoding): full Unicode before the Basic
# Multilingual Plane only.
CHOICE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
LAST_CHARACTER = 0x10FFFF


def read_cmap(data, table):
    """Return {code point: glyph number} from the best Unicode subtable."""
    glyphs, count = {}, 0
    reader, at = _find_subtable(data, table[0])
    for first, last, glyph_of in _READERS[reader](data, at):
        count += max(0, last - first)
        if count > LAST_CHARACTER:
            raise FontError("the font has more characters than there are")
        glyphs.update((code, glyph_of(code)) for code in range(first, last + 1))
    return {code: glyph for code, glyph in glyphs.items() if glyph}


class Coverage:
    """Ranges of characters: quick to read and small, which counts where hundreds of
    fonts are asked for one letter."""

    def __init__(self, ranges):
        self._firsts = array("I", (first for first, _last in ranges))
        self._lasts = array("I", (last for _first, last in ranges))

    def __contains__(self, code):
        place = bisect_right(self._firsts, code) - 1
        return place >= 0 and code <= self._lasts[place]

    def mark(self, marks):
        """Set the byte of each character in a bytearray of all of Unicode."""
        for first, last in zip(self._firsts, self._lasts, strict=True):
            marks[first : last + 1] = b"\1" * (last + 1 - first)


def read_coverage(data, table):
    """Return which characters the font has, and maybe some that it has not."""
    reader, at = _find_subtable(data, table[0])
    ranges = (row[:2] for row in _READERS[reader](data, at))
    return Coverage([row for row in ranges if row[0] <= row[1]])


def _find_subtable(data, start):
    """Return (format, place)."""
    count = unpack_from(">H", data, start + 2)[0]
    found = {}
    for number in range(count):
        platform, encoding, offset = unpack_from(">2HL", data, start + 4 + 8 * number)
        found[platform, encoding] = start + offset
    for choice in CHOICE:
        at = found.get(choice)
        kind = unpack_from(">H", data, at)[0] if at else None
        if kind in _READERS:
            return kind, at
    raise FontError("the font has no Unicode character map")


# Each reader yields (first, last, function from a code to its glyph).


def _read_segments(data, at):
    """Format 4: ranges of 16-bit code points."""
    half = unpack_from(">H", data, at + 6)[0]
    count = half // 2
    read = f">{count}H"
    ends = unpack_from(read, data, at + 14)
    starts = unpack_from(read, data, at + 16 + half)
    deltas = unpack_from(read, data, at + 16 + 2 * half)
    offset_at = at + 16 + 3 * half
    offsets = unpack_from(read, data, offset_at)
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if first == 0xFFFF:
            continue
        delta, offset = deltas[number], offsets[number]
        base = offset_at + 2 * number + offset - 2 * first
        yield first, last, _segment(data, delta, base if offset else 0)


def _segment(data, delta, base):
    if not base:
        return lambda code: (code + delta) & 0xFFFF

    def glyph_of(code):
        place = base + 2 * code
        glyph = unpack_from(">H", data, place)[0] if place < len(data) - 1 else 0
        return glyph and (glyph + delta) & 0xFFFF

    return glyph_of


def _read_trimmed(data, at):
    """Format 6: one range of 16-bit code points."""
    first, count = unpack_from(">2H", data, at + 6)
    values = unpack_from(f">{count}H", data, at + 10)
    yield first, first + count - 1, lambda code: values[code - first]


def _read_groups(data, at):
    """Format 12: ranges of 32-bit code points."""
    count = unpack_from(">L", data, at + 12)[0]
    values = unpack_from(f">{3 * count}L", data, at + 16)
    for first, last, glyph in zip(values[::3], values[1::3], values[2::3], strict=True):
        last = min(last, LAST_CHARACTER)
        yield first, last, (glyph - first).__add__


_READERS = {4: _read_segments, 6: _read_trimmed, 12: _read_groups}
