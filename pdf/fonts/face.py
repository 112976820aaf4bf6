"""One font file, parsed once per process."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from struct import error as StructError
from struct import unpack_from

from . import sfnt
from .cff import Outlines
from .charstring import ENDCHAR
from .cmap import read_cmap
from .sfnt import FontError

# Widths inside a PDF are thousandths of the font size, whatever the font's units.
PDF_UNITS = 1000
# The maker's word (table OS/2, fsType) that a font must not be embedded.
RESTRICTED = 2
# A PostScript name is no longer (OpenType specification, name table).
LONGEST_NAME = 63


class Face:
    """A parsed font: what text needs to be measured, drawn and embedded.

    `advances` maps a character to its width at one point; a character that is not
    in it has no glyph here. `outlines` is set if they are CFF, `offsets` if TrueType.
    """

    def __init__(self, path, index=0):
        self.path = str(path)
        self.index = index
        self.prepared = {}
        self.data = _read_file(self.path)
        self.tables = sfnt.read_tables(self.data, index)
        try:
            self._read_metrics()
            self._read_glyphs()
        except (StructError, LookupError, ValueError) as exc:
            raise FontError(f"{path} is damaged") from exc

    def _read_metrics(self):
        head = self.tables["head"][0]
        self.units = unpack_from(">H", self.data, head + 18)[0] or PDF_UNITS
        self.box = tuple(map(self.scale, unpack_from(">4h", self.data, head + 36)))
        hhea = self.tables["hhea"][0]
        up, down = unpack_from(">2h", self.data, hhea + 4)
        self.ascent, self.descent = self.scale(up), self.scale(down)
        self.name = sfnt.read_postscript_name(self.data, self.tables)
        self.name = (self.name or _plain_name(Path(self.path).stem))[:LONGEST_NAME]
        post = self.tables.get("post")
        rights = self.tables.get("OS/2")
        kind = unpack_from(">H", self.data, rights[0] + 8)[0] & 0xF if rights else 0
        self.restricted = kind == RESTRICTED
        self.slant = unpack_from(">h", self.data, post[0] + 4)[0] if post else 0

    def _read_glyphs(self):
        self.glyphs = read_cmap(self.data, self.tables["cmap"])
        self.widths = sfnt.read_advances(self.data, self.tables)
        self.offsets, self.outlines = (), None
        if "glyf" in self.tables:
            self.offsets = sfnt.read_offsets(self.data, self.tables)
        else:
            self.outlines = Outlines(self.data, self.tables["CFF "][0])
        widths, units, last = self.widths, self.units, len(self.widths)
        self.advances = {
            chr(code): widths[glyph] / units
            for code, glyph in self.glyphs.items()
            if 0 < glyph < last
        }

    def scale(self, value):
        return round(value * PDF_UNITS / self.units)

    def glyph_width(self, glyph):
        """Return the glyph's advance in thousandths of the font size."""
        return self.scale(self.glyph_advance(glyph))

    def glyph_advance(self, glyph):
        """Return the glyph's advance in the font's own units."""
        return self.widths[glyph] if glyph < len(self.widths) else 0

    def table(self, tag):
        at, size = self.tables[tag]
        return self.data[at : at + size]

    def outline(self, glyph):
        """Return a TrueType glyph's description; an empty one is blank."""
        if glyph + 1 >= len(self.offsets):
            return b""
        start = self.tables["glyf"][0]
        first, last = self.offsets[glyph : glyph + 2]
        return self.data[start + first : start + last]

    def draws(self, char):
        """Tell whether the face has a glyph for the character that shows something:
        fonts of coloured pictures have glyphs with nothing in them."""
        if char not in self.advances:
            return False
        glyph = self.glyphs[ord(char)]
        if self.outlines:
            shown = self.outlines.flatten(glyph) != ENDCHAR
        else:
            shown = bool(self.outline(glyph))
        return shown or unicodedata.category(char)[0] not in "LNPS"


def _plain_name(text):
    return "".join(char for char in text if char.isascii() and char.isalnum()) or "Font"


@lru_cache(maxsize=2)
def _read_file(path):
    """Return a file's content; faces of one collection share it."""
    return Path(path).read_bytes()


@lru_cache(maxsize=64)
def open_face(path, index=0):
    """Return the parsed font; raise `FontError` or `OSError` if it is unusable."""
    return Face(path, index)
