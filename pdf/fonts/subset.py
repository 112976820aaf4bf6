"""Cuts a font down to the glyphs that a document uses."""

from struct import error as StructError
from struct import pack, pack_into, unpack_from

from . import sfnt

# Flags of a composite glyph's component.
ARGS_ARE_WORDS = 0x0001
HAS_SCALE = 0x0008
MORE_COMPONENTS = 0x0020
HAS_XY_SCALE = 0x0040
HAS_MATRIX = 0x0080
HAS_INSTRUCTIONS = 0x0100


def close_over(face, glyphs):
    """Append to `glyphs` every component that its composite glyphs are made of."""
    known = set(glyphs)
    for glyph in glyphs:  # grows while it is walked
        for _at, part in _prepare(face, glyph)[1]:
            if part not in known:
                known.add(part)
                glyphs.append(part)


def make_subset(face, glyphs):
    """Return a TrueType file whose glyph n is the face's glyph `glyphs[n]`.

    Hinting programs are left out: they are a third of the size and only matter on
    a screen too coarse to read an invoice on.
    """
    places = {glyph: number for number, glyph in enumerate(glyphs)}
    outlines = [_renumber(_prepare(face, glyph), places) for glyph in glyphs]
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    return _assemble(
        {
            "glyf": b"".join(outlines),
            "head": _patch(
                _patch(face.table("head"), ">h", at=50, value=1), ">L", at=8, value=0
            ),
            "hhea": _patch(face.table("hhea"), ">H", at=34, value=len(glyphs)),
            "hmtx": _metrics(face, glyphs),
            "loca": pack(f">{len(offsets)}L", *offsets),
            "maxp": _patch(face.table("maxp"), ">H", at=4, value=len(glyphs)),
        }
    )


def _patch(table, kind, *, at, value):
    result = bytearray(table)
    pack_into(kind, result, at, value)
    return bytes(result)


def _prepare(face, glyph):
    """Return (padded outline without hints, components), kept with the face."""
    known = face.prepared.get(glyph)
    if known is None:
        known = face.prepared[glyph] = _read_outline(face.outline(glyph))
    return known


def _read_outline(outline):
    """A damaged outline is blank, since a letter must not cost the document."""
    try:
        outline = _unhint(outline)
        return outline + b"\0" * (-len(outline) % 4), tuple(_components(outline))
    except StructError:
        return b"", ()


def _metrics(face, glyphs):
    start = face.tables["hmtx"][0]
    full = unpack_from(">H", face.data, face.tables["hhea"][0] + 34)[0]
    rows = []
    for glyph in glyphs:
        if glyph < full:
            place = start + 4 * glyph + 2
        else:
            place = start + 4 * full + 2 * (glyph - full)
        bearing = face.data[place : place + 2].ljust(2, b"\0")
        rows.append(pack(">H", face.glyph_advance(glyph)) + bearing)
    return b"".join(rows)


def _components(outline):
    """Yield (place of the component's glyph number, that number)."""
    if len(outline) < 12 or sfnt.signed(outline, 0) >= 0:
        return
    at, flags = 10, MORE_COMPONENTS
    while flags & MORE_COMPONENTS:
        flags, glyph = unpack_from(">2H", outline, at)
        yield at + 2, glyph
        at += 4 + _arguments_size(flags)


def _arguments_size(flags):
    size = 4 if flags & ARGS_ARE_WORDS else 2
    if flags & HAS_SCALE:
        return size + 2
    if flags & HAS_XY_SCALE:
        return size + 4
    return size + 8 if flags & HAS_MATRIX else size


def _unhint(outline):
    if len(outline) < 12:
        return b""
    contours = sfnt.signed(outline, 0)
    if contours < 0:
        return _unhint_composite(outline)
    at = 10 + 2 * contours
    size = unpack_from(">H", outline, at)[0]
    return outline[:at] + b"\0\0" + outline[at + 2 + size :]


def _unhint_composite(outline):
    result = bytearray(outline)
    end = len(outline)
    for at, _glyph in _components(outline):
        flags = unpack_from(">H", result, at - 2)[0]
        pack_into(">H", result, at - 2, flags & ~HAS_INSTRUCTIONS)
        end = at + 2 + _arguments_size(flags)
    return bytes(result[:end])


def _renumber(prepared, places):
    outline, parts = prepared
    if not parts:
        return outline
    result = bytearray(outline)
    for at, glyph in parts:
        pack_into(">H", result, at, places[glyph])
    return bytes(result)


def _assemble(tables):
    count = len(tables)
    power = count.bit_length() - 1
    header = pack(
        ">L4H", 0x00010000, count, 16 << power, power, 16 * count - (16 << power)
    )
    at = 12 + 16 * count
    directory, bodies = [], []
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        entry = pack(">4s3L", tag.encode(), _checksum(padded), at, len(body))
        directory.append(entry)
        bodies.append(padded)
        at += len(padded)
    return b"".join([header, *directory, *bodies])


def _checksum(padded):
    return sum(unpack_from(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
