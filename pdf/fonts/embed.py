"""A font inside one document: hands out glyph numbers, then writes its objects."""

import unicodedata
from hashlib import sha256

from reportlab.pdfbase import pdfdoc

from .cff_subset import make_cff
from .subset import close_over, make_subset

# Adobe's flag for a font that uses its own glyph numbers.
SYMBOLIC = 4
ITALIC = 64
# No font file says how thick its stems are; viewers use it for substitutes only.
STEM_WIDTH = 80
CMAP_BLOCK = 100
_ARABIC_FORMS = ("\ufb50", "\ufefc")


class _Codes(dict):
    """Character → four hexadecimal digits; an unknown one is given a number."""

    def __init__(self, font):
        super().__init__()
        self._font = font

    def __missing__(self, char):
        glyph = self._font.face.glyphs[ord(char)]
        self[char] = self._font.code(glyph, _copied(char))
        return self[char]


def _copied(char):
    """Return what copying a letter gives: of a ready-made Arabic form the letter."""
    if not _ARABIC_FORMS[0] <= char <= _ARABIC_FORMS[1]:
        return char
    return unicodedata.normalize("NFKC", char)


class EmbeddedFont:
    """The part of a face that one document uses.

    Glyphs are numbered in order of first use, so the same document gives the same
    bytes and the file's glyph numbers are the codes in the text.
    """

    def __init__(self, face, name):
        self.face = face
        self.name = name
        self._glyphs = [0]
        self._places = {}
        self._texts = [None]
        self._codes = _Codes(self)

    def code(self, glyph, text):
        """Return the hex code of a glyph; `text` is what copying it gives.

        A glyph that stands for several texts (a Latin and a Greek A, a vowel in two
        syllables) has as many codes, or copying would give the first one everywhere.
        """
        place = self._places.get((glyph, text))
        if place is None:
            place = self._places[glyph, text] = len(self._glyphs)
            self._glyphs.append(glyph)
            self._texts.append(text)
        return f"{place:04x}"

    def encode(self, text):
        """Return a PDF hex string for text that needs no shaping."""
        return "".join(map(self._codes.__getitem__, text))

    def write(self, document):
        """Add the font's objects to the PDF and return a reference to the font."""
        program = self._make_program()
        digest = sha256(program).hexdigest()[:6]
        tag = "".join(chr(ord("A") + int(digit, 16)) for digit in digest)
        name = f"{tag}+{self.face.name}"
        # A CFF font's name is followed by its encoding (ISO 32000-1, 9.7.6.1).
        ending = "-Identity-H" if self.face.outlines else ""
        font = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(name + ending),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray(
                [self._write_descendant(document, name, program)]
            ),
            "ToUnicode": document.Reference(_stream(_unicode_map(self._texts))),
        }
        return document.Reference(pdfdoc.PDFDictionary(font))

    def _make_program(self):
        if self.face.outlines:
            return make_cff(self.face, self._glyphs)
        close_over(self.face, self._glyphs)
        return make_subset(self.face, self._glyphs)

    def _write_descendant(self, document, name, program):
        widths = [self.face.glyph_width(glyph) for glyph in self._glyphs]
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        kind = "CIDFontType0" if self.face.outlines else "CIDFontType2"
        font = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName(kind),
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "FontDescriptor": self._write_descriptor(document, name, program),
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
        }
        if not self.face.outlines:
            font["CIDToGIDMap"] = pdfdoc.PDFName("Identity")
        return document.Reference(pdfdoc.PDFDictionary(font))

    def _write_descriptor(self, document, name, program):
        face = self.face
        stream = _stream(program)
        if face.outlines:
            stream.dictionary["Subtype"] = pdfdoc.PDFName("CIDFontType0C")
        else:
            stream.dictionary["Length1"] = len(program)
        descriptor = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(name),
            "Flags": SYMBOLIC | (ITALIC if face.slant else 0),
            "FontBBox": pdfdoc.PDFArray(face.box),
            "ItalicAngle": face.slant,
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.ascent,
            "StemV": STEM_WIDTH,
            "FontFile3" if face.outlines else "FontFile2": document.Reference(stream),
        }
        return document.Reference(pdfdoc.PDFDictionary(descriptor))


def _stream(content):
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def _unicode_map(texts):
    """Return the CMap from which viewers copy and search text."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    rows = [
        f"<{place:04x}> <{text.encode('utf-16-be').hex()}>"
        for place, text in enumerate(texts)
        if text is not None
    ]
    for start in range(0, len(rows), CMAP_BLOCK):
        block = rows[start : start + CMAP_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)
