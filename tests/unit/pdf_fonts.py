"""Small fonts, built on the spot: whatever a test needs a font to be."""

from account_email.pdf import theme
from account_email.pdf.fonts import family, finder
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

LATIN = "".join(map(chr, range(33, 127)))
CHINESE = "發票號碼直骨、。「」（）"


def forget_fonts():
    """Let the fonts of the machine be looked for anew."""
    finder.find_candidates.cache_clear()
    finder._installed.cache_clear()
    family._load_fallbacks.cache_clear()
    family._find_fallback.cache_clear()
    theme._TYPESETTERS.clear()


def build_font(path, chars=LATIN, **options):
    """Write a font whose every letter is a box; return its path.

    The boxes of no two letters are equally high. `wide` is the width of all, `features`
    OpenType features that may use the `extra` glyphs, `shared` what letters have the
    glyph of another one.
    """
    builder = _build(chars, **options)
    # The file's own dates would make every run another one.
    builder.font.recalcTimestamp = False
    builder.save(path)
    return str(path)


def build_collection(path, faces, *, cff=False):
    """Write a collection of (name, characters) faces; return its path."""
    collection = TTCollection()
    for name, chars in faces:
        collection.fonts.append(_build(chars, cff=cff, name=name).font)
    collection.save(path)
    return str(path)


def _build(
    chars,
    *,
    cff=False,
    units=1000,
    name="Built",
    wide=None,
    features="",
    extra=(),
    shared=(),
    space=True,
):
    names = [".notdef", "space", *map(_glyph_name, chars), *extra]
    builder = FontBuilder(units, isTTF=not cff)
    builder.setupGlyphOrder(names)
    codes = {ord(c): _glyph_name(dict(shared).get(c, c)) for c in chars}
    builder.setupCharacterMap({32: "space", **codes} if space else codes)
    width = wide or units * 6 // 10
    _draw(builder, {glyph: (width, place, units) for place, glyph in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=units * 8 // 10, descent=-units // 5)
    return _finish(builder, name, features)


def _finish(builder, name, features):
    builder.setupNameTable({"familyName": name, "styleName": "R", "psName": name})
    builder.setupOS2()
    builder.setupPost()
    if features:
        builder.addOpenTypeFeatures(features)
    return builder


def _glyph_name(char):
    return f"u{ord(char):04X}"


def _draw(builder, shapes):
    if builder.isTTF:
        builder.setupGlyf({name: _draw_glyf(*shape) for name, shape in shapes.items()})
        return
    drawn = {name: _draw_cff(*shape) for name, shape in shapes.items()}
    builder.setupCFF("Built", {}, drawn, {})


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
