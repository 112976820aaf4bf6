"""Small fonts, built on the spot: whatever a test needs a font to be."""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

LATIN = "".join(map(chr, range(33, 127)))
CHINESE = "發票號碼直骨、。「」（）"


def build_font(path, chars=LATIN, *, cff=False, units=1000, name="Built", wide=None):
    """Write a font whose every letter is a box; return its path.

    The boxes of no two letters are equally high, and `wide` is the width of all.
    """
    save_font(_build(chars, cff=cff, units=units, name=name, wide=wide), path)
    return str(path)


def build_collection(path, faces, *, cff=False):
    """Write a collection of (name, characters) faces; return its path."""
    collection = TTCollection()
    for name, chars in faces:
        collection.fonts.append(
            _build(chars, cff=cff, units=1000, name=name, wide=None).font
        )
    collection.save(path)
    return str(path)


def save_font(builder, path):
    # The file's own dates would make every run another one.
    builder.font.recalcTimestamp = False
    builder.save(path)


def _build(chars, *, cff, units, name, wide):
    names = [".notdef", "space", *(f"u{ord(char):04X}" for char in chars)]
    builder = FontBuilder(units, isTTF=not cff)
    builder.setupGlyphOrder(names)
    codes = {ord(char): f"u{ord(char):04X}" for char in chars}
    builder.setupCharacterMap({32: "space", **codes})
    width = wide or units * 6 // 10
    shapes = {glyph: (width, number) for number, glyph in enumerate(names)}
    if cff:
        drawn = {glyph: _draw_cff(*shape, units) for glyph, shape in shapes.items()}
        builder.setupCFF(name, {"FullName": name}, drawn, {})
    else:
        drawn = {glyph: _draw_glyf(*shape, units) for glyph, shape in shapes.items()}
        builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=units * 8 // 10, descent=-units // 5)
    builder.setupNameTable({"familyName": name, "styleName": "R", "psName": name})
    builder.setupOS2()
    builder.setupPost()
    return builder


def _box(pen, width, number, units):
    if number != 1:
        top = units // 3 + number
        pen.moveTo((0, 0))
        for place in ((width // 2, 0), (width // 2, top), (0, top)):
            pen.lineTo(place)
        pen.closePath()


def _draw_cff(width, number, units):
    pen = T2CharStringPen(width, None)
    _box(pen, width, number, units)
    return pen.getCharString()


def _draw_glyf(width, number, units):
    pen = TTGlyphPen(None)
    _box(pen, width, number, units)
    return pen.glyph()
