"""Reads the tables of a TrueType or OpenType file; knows nothing about PDF."""

from struct import error as StructError
from struct import unpack, unpack_from

# What is read of these tables must lie within them, or a subset cannot be made.
LEAST_SIZES = {"head": 54, "hhea": 36, "maxp": 6}


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
    for tag, least in LEAST_SIZES.items():
        at, size = tables.get(tag, (0, 0))
        if size < least or at + size > len(data):
            raise FontError(f"the font's table {tag} is cut off")
    return tables


def count_faces(data):
    """Return how many fonts a file holds: one, unless it is a collection."""
    if data[:4] != b"ttcf":
        return 1
    try:
        # More than anybody's collection; a damaged file must not keep us busy.
        return min(unpack_from(">L", data, 8)[0], 64)
    except StructError as exc:
        raise FontError("the font collection is cut off") from exc


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
