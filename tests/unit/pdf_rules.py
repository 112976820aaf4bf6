"""The rules of ISO 19005-3, level B (PDF/A-3b), that a page writer must keep.

What core's own step adds is not asked for: the output intent that the device colours
need (6.2.3), the XMP metadata (6.6.2) and the attached file (6.8).
"""

import io

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pdf_samples import read
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

LONGEST_NAME = 127
LONGEST_STRING = 32_767
COLORS = {"/DeviceRGB", "/DeviceGray"}
OPERATORS = {
    *("q", "Q", "cm", "Do", "re", "m", "l", "c", "h", "f", "B", "S", "w", "RG", "rg"),
    *("BT", "ET", "Tf", "Td", "Tj", "TJ", "Ts", "BDC", "BMC", "EMC"),
}
# Text, in the map from codes, that no reader can copy (6.2.11.7.2).
UNCOPYABLE = {0, 0xFEFF, 0xFFFE}
PRINT = 4


def find_breaches(content):
    """Return which rules the file breaks, each beginning with its clause."""
    reader = read(content)
    objects = [
        reader.get_object(number)
        for number in range(1, reader.trailer["/Size"])
        if reader.xref[0].get(number)
    ]
    breaches = [*_of_file(content, reader)]
    for thing in objects:
        if isinstance(thing, DictionaryObject):
            breaches += _of_dictionary(thing)
    for page in reader.pages:
        breaches += _of_page(page, reader)
    return breaches


def _of_file(content, reader):
    second = content.split(b"\n", 2)[1]
    if not content.startswith(b"%PDF-1.7\n") or second[:1] != b"%":
        yield "6.1.2 header"
    if len(second) < 5 or any(byte < 128 for byte in second[1:5]):
        yield "6.1.2 the comment after the header shows that the file is binary"
    if "/ID" not in reader.trailer or "/Encrypt" in reader.trailer:
        yield "6.1.3 trailer with an identifier, without encryption"
    root = reader.root_object
    for key in ("/AcroForm", "/OpenAction", "/AA", "/OCProperties", "/Requirements"):
        if key in root:
            yield f"6.4, 6.5, 6.9, 6.11 {key}"
    if "/JavaScript" in root.get("/Names", {}) or "/Lang" not in root:
        yield "6.5.1 no scripts, 6.7.4 a language"


def _of_dictionary(thing):
    for key, value in thing.items():
        names = [name for name in (key, value) if isinstance(name, NameObject)]
        if any(len(name) > LONGEST_NAME for name in names):
            yield "6.1.13 length of a name"
        if isinstance(value, str) and len(value) > LONGEST_STRING:
            yield "6.1.13 length of a string"
    outside = {"/F", "/FFilter"} & thing.keys() and isinstance(thing, StreamObject)
    if outside or "LZW" in str(thing.get("/Filter")):
        yield "6.1.7 streams lie in the file, not compressed by LZW"
    rules = {"/Image": _of_image, "/Form": _of_form, "/Link": _of_link}
    yield from rules.get(thing.get("/Subtype"), lambda _thing: ())(thing)
    if thing.get("/Type") == "/Font":
        yield from _of_font(thing)
    if thing.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/Hide"):
        yield "6.5.1 action"


def _of_image(image):
    if image.get("/Interpolate") or {"/Alternates", "/OPI"} & image.keys():
        yield "6.2.8 image"
    if image["/ColorSpace"] not in COLORS:
        yield "6.2.4 colours of an image"


def _of_form(form):
    if {"/OPI", "/PS", "/Ref"} & form.keys() or "/Resources" not in form:
        yield "6.2.9 form"


def _of_link(link):
    if link.get("/F", 0) != PRINT:
        yield "6.3.2 an annotation is printed, and not hidden"


def _of_font(font):
    if font["/Subtype"] == "/Type0":
        if font["/Encoding"] != "/Identity-H":
            yield "6.2.11.3.3 encoding"
        yield from _of_texts(font)
        return
    if font["/Subtype"] not in ("/CIDFontType0", "/CIDFontType2"):
        yield "6.2.11.2 kind of font"
    if font["/CIDSystemInfo"]["/Ordering"] != "Identity":
        yield "6.2.11.3.1 characters of the font and its encoding"
    if font["/Subtype"] == "/CIDFontType2" and font.get("/CIDToGIDMap") != "/Identity":
        yield "6.2.11.3.2 glyphs of a TrueType font"
    told, drawn = read_widths(font)
    if any(abs(a - b) > 1 for a, b in zip(told, drawn, strict=True)):
        yield "6.2.11.5 widths"


def read_widths(font):
    """Return the widths that the PDF tells, and those of the font program."""
    told = font["/W"][1]
    descriptor = font["/FontDescriptor"]
    if "/FontFile2" in descriptor:
        program = TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
        units, metrics = program["head"].unitsPerEm, program["hmtx"].metrics
        widths = [metrics[name][0] for name in program.getGlyphOrder()]
        return told, [1000 * width / units for width in widths][: len(told)]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(descriptor["/FontFile3"].get_data()), None)
    top, widths = fonts[0], []
    for name in top.charset:
        charstring = top.CharStrings[name]
        charstring.draw(_NoPen())
        widths.append(1000 * charstring.width * top.FontMatrix[0])
    return told, widths


class _NoPen:
    """Takes an outline and forgets it."""

    def __getattr__(self, _name):
        return lambda *_points: None


def _of_texts(font):
    if "/ToUnicode" not in font:
        yield "6.2.11.7 map to Unicode"
        return
    for line in font["/ToUnicode"].get_data().decode().split("\n"):
        if line.count("<") == 2 and line.startswith("<0"):
            text = bytes.fromhex(line.split("<")[2].strip("> ")).decode("utf-16-be")
            if UNCOPYABLE & set(map(ord, text)):
                yield "6.2.11.7.2 text that cannot be copied"


def _of_page(page, reader):
    resources = page["/Resources"]
    things = [thing.get_object() for thing in resources.get("/XObject", {}).values()]
    masks = any("/SMask" in thing for thing in things)
    if masks and page.get("/Group", {}).get("/CS") not in COLORS:
        yield "6.2.10 what transparent colours are mixed in"
    for link in page.get("/Annots", []):
        yield from _of_dictionary(link.get_object())
        yield from _of_dictionary(link.get_object()["/A"])
    yield from _of_drawing(page["/Contents"], resources, reader)
    for thing in things:
        if thing["/Subtype"] == "/Form":
            yield from _of_drawing(thing, thing["/Resources"], reader)


def _of_drawing(stream, resources, reader):
    font, depth = None, 0
    for operands, operator in ContentStream(stream.get_object(), reader).operations:
        name = operator.decode()
        if name not in OPERATORS:
            yield f"6.2.2 operator {name}"
        depth += {"q": 1, "Q": -1}.get(name, 0)
        if name == "Tf":
            font = resources["/Font"][operands[0]]
        elif name in ("Tj", "TJ"):
            yield from _of_codes(font, operands[0])
    if depth:
        yield "6.1.13 saved and restored states"


def _of_codes(font, shown):
    parts = shown if isinstance(shown, list) else [shown]
    known = len(font["/DescendantFonts"][0]["/W"][1])
    for part in parts:
        raw = getattr(part, "original_bytes", b"")
        for place in range(0, len(raw), 2):
            code = int.from_bytes(raw[place : place + 2], "big")
            if not code:
                yield "6.2.11.8 the glyph for unknown characters is shown"
            elif code >= known:
                yield "6.2.11.4.1 a glyph that is not embedded"
