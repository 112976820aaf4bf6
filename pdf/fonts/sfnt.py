"""Reads the tables of a TrueType or OpenType file; knows nothing about PDF."""

from struct import error as StructError
from struct import unpack, unpack_from

# A cmap subtable is chosen by (platform, encoding): full Unicode before the
# Basic Multilingual Plane only.
CMAP_CHOICE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class FontError(Exception):
    """The file is not a font that can be embedded."""


def read_tables(data, index=0):
    """Return {tag: (offset, length)} of the font, or of one font of a collection."""
    start = 0
    try:
        if data[:4] == b"ttcf":
            start = unpack_from(">L", data, 12 + 4 * index)[0]
        count = unpack_from(">H", data, start + 4)[0]
        records = (
            unpack_from(">4s4x2L", data, start + 12 + 16 * number)
            for number in range(count)
        )
        tables = {tag.decode("latin-1"): (at, size) for tag, at, size in records}
    except StructError as exc:
        raise FontError("the font's table directory is cut off") from exc
    if "cmap" not in tables or not ({"glyf", "CFF "} & set(tables)):
        raise FontError("not a font with TrueType or CFF outlines")
    return tables


def read_cmap(data, table):
    """Return {code point: glyph number} from the best Unicode subtable."""
    start = table[0]
    count = unpack_from(">H", data, start + 2)[0]
    found = {}
    for number in range(count):
        platform, encoding, offset = unpack_from(">2HL", data, start + 4 + 8 * number)
        found[platform, encoding] = start + offset
    for choice in CMAP_CHOICE:
        at = found.get(choice)
        reader = at and _READERS.get(unpack_from(">H", data, at)[0])
        if reader:
            return reader(data, at)
    raise FontError("the font has no Unicode character map")


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
    glyphs = {}
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        delta, offset = deltas[number], offsets[number]
        if not offset:
            glyphs.update(
                (code, (code + delta) & 0xFFFF) for code in range(first, last + 1)
            )
            continue
        base = offset_at + 2 * number + offset
        for code in range(first, last + 1):
            place = base + 2 * (code - first)
            glyph = unpack_from(">H", data, place)[0] if place < len(data) - 1 else 0
            glyphs[code] = glyph and (glyph + delta) & 0xFFFF
    glyphs.pop(0xFFFF, None)
    return {code: glyph for code, glyph in glyphs.items() if glyph}


def _read_trimmed(data, at):
    """Format 6: one range of 16-bit code points."""
    first, count = unpack_from(">2H", data, at + 6)
    values = unpack_from(f">{count}H", data, at + 10)
    return {first + place: glyph for place, glyph in enumerate(values) if glyph}


def _read_groups(data, at):
    """Format 12: ranges of 32-bit code points."""
    count = unpack_from(">L", data, at + 12)[0]
    glyphs = {}
    for number in range(count):
        first, last, glyph = unpack_from(">3L", data, at + 16 + 12 * number)
        glyphs.update(
            zip(
                range(first, last + 1),
                range(glyph, glyph + last - first + 1),
                strict=True,
            )
        )
    return glyphs


_READERS = {4: _read_segments, 6: _read_trimmed, 12: _read_groups}


def read_advances(data, tables):
    """Return the advance width of every glyph, in font units."""
    glyph_count = unpack_from(">H", data, tables["maxp"][0] + 4)[0]
    full = unpack_from(">H", data, tables["hhea"][0] + 34)[0]
    values = unpack_from(f">{2 * full}H", data, tables["hmtx"][0])[::2]
    return values + values[-1:] * (glyph_count - full)


def read_offsets(data, tables):
    """Return where each glyph's outline starts in the glyf table."""
    glyph_count = unpack_from(">H", data, tables["maxp"][0] + 4)[0]
    at = tables["loca"][0]
    if unpack_from(">h", data, tables["head"][0] + 50)[0]:
        return unpack_from(f">{glyph_count + 1}L", data, at)
    return tuple(2 * value for value in unpack_from(f">{glyph_count + 1}H", data, at))


def read_postscript_name(data, tables):
    """Return the PostScript name (name record 6), ASCII only, or an empty string."""
    start = tables.get("name", (0, 0))[0]
    if not start:
        return ""
    count, strings = unpack_from(">2H", data, start + 2)
    for number in range(count):
        platform, _enc, _lang, name, size, offset = unpack_from(
            ">6H", data, start + 6 + 12 * number
        )
        if name == 6:
            raw = data[start + strings + offset : start + strings + offset + size]
            text = raw.decode("utf-16-be" if platform != 1 else "latin-1", "ignore")
            return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-"))
    return ""


def signed(data, at):
    return unpack(">h", data[at : at + 2])[0]
