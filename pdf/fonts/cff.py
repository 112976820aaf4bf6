"""Reads the CFF outlines of an OpenType font. Source: Adobe Technical Note 5176.

Only what a glyph's outline needs is read, and only when it is asked for: a font for
Chinese and Japanese holds 65 535 of them.
"""

from bisect import bisect_right

from .charstring import ENDCHAR, flatten
from .sfnt import FontError

# Operators of a DICT; 0x0c.. are the two-byte ones.
CHARSTRINGS, PRIVATE, SUBRS = 17, 18, 19
ROS, FD_ARRAY, FD_SELECT = 0x0C1E, 0x0C24, 0x0C25


class Index:
    """An INDEX: a read-only sequence of byte strings, cut out when asked for."""

    def __init__(self, data, at):
        self._data = data
        self._count = int.from_bytes(data[at : at + 2], "big")
        self._wide = data[at + 2] if self._count else 0
        self._at = at + 3
        # Offsets count from the byte before the first string.
        self._base = self._at + (self._count + 1) * self._wide - 1
        self.end = self._base + self._offset(self._count) if self._count else at + 2

    def __len__(self):
        return self._count

    def __getitem__(self, number):
        if not 0 <= number < self._count:
            raise IndexError(number)
        start, end = self._offset(number), self._offset(number + 1)
        return self._data[self._base + start : self._base + end]

    def __iter__(self):
        return (self[number] for number in range(self._count))

    def _offset(self, number):
        at = self._at + number * self._wide
        return int.from_bytes(self._data[at : at + self._wide], "big")


def read_dict(data):
    """Return {operator: [numbers]}; reals, which nothing here needs, are None."""
    result, numbers, at = {}, [], 0
    while at < len(data):
        first = data[at]
        if first < 22:
            wide = 2 if first == 12 else 1
            result[int.from_bytes(data[at : at + wide], "big")] = numbers
            numbers, at = [], at + wide
        else:
            number, at = _read_number(data, at)
            numbers.append(number)
    return result


def _read_number(data, at):
    first = data[at]
    if first == 30:
        at += 1
        while 0x0F not in (data[at] >> 4, data[at] & 0x0F):
            at += 1
        return None, at + 1
    for code, wide in ((28, 2), (29, 4)):
        if first == code:
            end = at + 1 + wide
            return int.from_bytes(data[at + 1 : end], "big", signed=True), end
    if first < 247:
        return first - 139, at + 1
    if first < 251:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


class Outlines:
    """The CFF table of a font file, at `start`. Raises `FontError` if it is damaged."""

    def __init__(self, data, start):
        self._data = data
        self._start = start
        try:
            self._read()
        except (IndexError, KeyError, TypeError) as exc:
            raise FontError("the font's CFF table is damaged") from exc

    def _read(self):
        data, start = self._data, self._start
        names = Index(data, start + data[start + 2])
        tops = Index(data, names.end)
        self._shared = Index(data, Index(data, tops.end).end)
        top = read_dict(tops[0])
        self.charstrings = Index(data, start + top[CHARSTRINGS][0])
        parts, self._part_of = [top], lambda _glyph: 0
        if ROS in top:
            parts = list(map(read_dict, Index(data, start + top[FD_ARRAY][0])))
            self._part_of = _read_selector(data, start + top[FD_SELECT][0])
        self._locals = [self._read_local(part) for part in parts]

    def _read_local(self, part):
        size, at = part.get(PRIVATE, (0, 0))
        at += self._start
        found = read_dict(self._data[at : at + size]).get(SUBRS)
        return Index(self._data, at + found[0]) if found else ()

    def flatten(self, glyph):
        """Return the glyph's charstring without subroutines, hints and width; a
        damaged one is blank, since a letter must not cost the document."""
        try:
            local = self._locals[self._part_of(glyph)]
            return flatten(self.charstrings[glyph], local, self._shared)
        except (FontError, IndexError):
            return ENDCHAR


def _read_selector(data, at):
    """Return a function: glyph → number of its part of the font (FDSelect)."""
    if data[at] == 0:
        return lambda glyph: data[at + 1 + glyph]
    if data[at] != 3:
        raise KeyError("FDSelect")
    count = int.from_bytes(data[at + 1 : at + 3], "big")
    rows = [data[at + 3 + 3 * row : at + 6 + 3 * row] for row in range(count)]
    firsts = [int.from_bytes(row[:2], "big") for row in rows]
    return lambda glyph: rows[bisect_right(firsts, glyph) - 1][2]
