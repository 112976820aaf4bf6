"""A font family and what stands in where it has no glyph."""

import logging
import os
import unicodedata
from functools import lru_cache
from pathlib import Path

from .face import FontError, open_face

_logger = logging.getLogger(__name__)

# Where Linux, BSD and macOS keep fonts, in fontconfig's own order.
SYSTEM_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
# Tried before other installed fonts, since they look like the text around them.
PREFERRED = (
    "NotoSans-Regular",
    "NotoSansHebrew",
    "NotoSansArabic",
    "NotoSansThai",
    "NotoSansDevanagari",
    "NotoSans",
    "DejaVuSans.",
    "LiberationSans-Regular",
    "DroidSansFallback",
    "wqy",
)
# Script (first word of the character's Unicode name) → package that draws it.
PACKAGES = {
    "CJK": "fonts-droid-fallback",
    "HIRAGANA": "fonts-droid-fallback",
    "KATAKANA": "fonts-droid-fallback",
    "HANGUL": "fonts-nanum",
    "EMOJI": "fonts-symbola",
    "THAI": "fonts-noto-core",
    "DEVANAGARI": "fonts-noto-core",
}
DEFAULT_PACKAGE = "fonts-noto-core or fonts-dejavu"
STAND_IN = "\N{WHITE SQUARE}"
_REPORTED = set()


class Family:
    """Four weights of a font, and fallbacks for what they cannot draw.

    A weight is a pair (bold, italic). A family without italics or bold uses the
    nearest weight that it has.
    """

    def __init__(self, weights, extra=()):
        self.weights = weights
        self.extra = extra

    def face(self, weight):
        bold, italic = weight
        for choice in (weight, (bold, False), (False, italic), (False, False)):
            path = self.weights.get(choice)
            if path:
                return open_face(path)
        raise FontError("the font family has no regular weight")

    def fallback(self, char, weight):
        """Return a face that can draw the character, or None."""
        return _find_fallback(char, weight[0], self.extra)


@lru_cache(maxsize=16)
def load_family(weights, extra=()):
    """Return the family for ((weight, path), …); `extra` are fallback files."""
    return Family(dict(weights), extra)


@lru_cache(maxsize=8192)
def _find_fallback(char, bold, extra):
    for path, index in _candidates(extra):
        try:
            face = open_face(path, index)
        except (FontError, OSError):
            continue
        if char in face.advances:
            return _bolder(face, char) if bold else face
    return None


def _bolder(face, char):
    for regular, heavy in (("Regular", "Bold"), (".ttf", "-Bold.ttf")):
        path = Path(face.path)
        path = path.with_name(path.name.replace(regular, heavy))
        if str(path) != face.path and path.is_file():
            bold = open_face(str(path))
            return bold if char in bold.advances else face
    return face


@lru_cache(maxsize=4)
def _candidates(extra):
    """Return (path, index) of every font that may help, the best looking first."""
    paths = {path for folder in SYSTEM_FOLDERS for path in _fonts_in(folder)}
    ordered = sorted(paths, key=lambda path: (_rank(path), path))
    return tuple((path, 0) for path in (*extra, *ordered))


def _fonts_in(folder):
    for root, _folders, names in os.walk(Path(folder).expanduser()):
        for name in names:
            if name.lower().endswith((".ttf", ".ttc")):
                yield str(Path(root, name))


def _rank(path):
    name = Path(path).name
    plain = not any(
        word in name for word in ("Bold", "Italic", "Oblique", "Mono", "Serif")
    )
    for place, word in enumerate(PREFERRED):
        if plain and name.startswith(word):
            return place
    return len(PREFERRED) + (not plain)


def report_missing(char):
    """Log which font to install, once per process and script."""
    name = unicodedata.name(char, "an unnamed character")
    if unicodedata.category(char) == "So":
        _report_script("EMOJI", f"U+{ord(char):04X} ({name})")
        return
    _report_script(name.split()[0].partition("-")[0], f"U+{ord(char):04X} ({name})")


def _report_script(script, example):
    if script not in _REPORTED:
        _REPORTED.add(script)
        _logger.warning(
            "No installed font draws %s and its like, so the PDF shows squares: "
            "install a font that does, for instance the package %s.",
            example,
            PACKAGES.get(script, DEFAULT_PACKAGE),
        )
