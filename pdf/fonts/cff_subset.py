"""Writes a small CFF font of the glyphs that a document uses.

It is CID-keyed, as a PDF's composite font wants it (ISO 32000-1, 9.7.4): glyph n has
the character identifier n. Source: Adobe Technical Note 5176.
"""

from struct import pack

from .cff import CHARSTRINGS, FD_ARRAY, FD_SELECT, PRIVATE, ROS

CHARSET, DEFAULT_WIDTH, NOMINAL_WIDTH = 15, 20, 21
FONT_MATRIX, CID_COUNT = 0x0C07, 0x0C22
# Version 1.0, a header of four bytes, offsets of four bytes.
HEADER = b"\1\0\4\4"
# The first string of a font's own; those before are in the specification.
FIRST_STRING = 391
STRINGS = (b"Adobe", b"Identity")
# Font units per size for which the format needs no matrix.
USUAL_UNITS = 1000
WIDEST = 0x7FFF


def make_cff(face, glyphs):
    """Return a CFF font whose glyph n is the face's glyph `glyphs[n]`."""
    parts = _make_parts(face, glyphs)
    before = HEADER + _index([face.name.encode()])
    after = _index(STRINGS) + _index(())
    # A number takes five bytes whatever it is, so sizes are known before places.
    size = len(_top(face, parts, dict.fromkeys(parts, 0)))
    places, at = {}, len(before) + size + len(after)
    for operator, part in parts.items():
        places[operator] = at
        at += len(part)
    parts[FD_ARRAY] = _font_array(parts[PRIVATE], places[PRIVATE])
    return b"".join([before, _top(face, parts, places), after, *parts.values()])


def _make_parts(face, glyphs):
    private = _dict((DEFAULT_WIDTH, face.units), (NOMINAL_WIDTH, 0))
    count = len(glyphs)
    return {
        # Format 2: glyphs from 1 on have the identifiers from 1 on.
        CHARSET: pack(">B2H", 2, 1, count - 2) if count > 1 else b"\0",
        # Format 3: all glyphs belong to part 0.
        FD_SELECT: pack(">B2HBH", 3, 1, 0, 0, count),
        CHARSTRINGS: _index([_prepare(face, glyph) for glyph in glyphs]),
        PRIVATE: private,
        FD_ARRAY: _font_array(private, 0),
    }


def _font_array(private, place):
    return _index([_dict((PRIVATE, len(private), place))])


def _top(face, parts, places):
    matrix = b"" if face.units == USUAL_UNITS else _matrix(face.units)
    count = int.from_bytes(parts[FD_SELECT][-2:], "big")
    offsets = [(key, at) for key, at in places.items() if key != PRIVATE]
    registry = (ROS, FIRST_STRING, FIRST_STRING + 1, 0)
    return _index([_dict(registry) + matrix + _dict((CID_COUNT, count), *offsets)])


def _prepare(face, glyph):
    """Return the charstring with its width before it, kept with the face."""
    known = face.prepared.get(glyph)
    if known is None:
        width = min(face.glyph_advance(glyph), WIDEST)
        before = b"" if width == face.units else b"\x1c" + pack(">h", width)
        known = face.prepared[glyph] = before + face.outlines.flatten(glyph)
    return known


def _index(items):
    if not items:
        return b"\0\0"
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    return b"".join([pack(f">HB{len(offsets)}L", len(items), 4, *offsets), *items])


def _dict(*entries):
    result = b""
    for operator, *numbers in entries:
        result += b"".join(b"\x1d" + pack(">l", number) for number in numbers)
        result += operator.to_bytes(2 if operator > 0xFF else 1, "big")
    return result


def _matrix(units):
    """Return the entry for fonts of other than a thousand units: 1 / units, as a real
    number in decimal digits of four bits."""
    digits = f"{1 / units:.12f}".rstrip("0").replace(".", "a") + "f"
    scale = b"\x1e" + bytes.fromhex(digits + "f" * (len(digits) % 2))
    none = b"\x8b"
    return scale + none * 2 + scale + none * 2 + FONT_MATRIX.to_bytes(2, "big")
