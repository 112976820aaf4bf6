"""A font family and what stands in where it has no glyph."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from .cmap import LAST_CHARACTER
from .face import FontError, open_face
from .finder import OTHER_REGIONS, find_candidates

STAND_IN = "\N{WHITE SQUARE}"
# Characters as wide as Chinese ones, their punctuation included, and who draws them.
IDEOGRAPHIC = re.compile(
    "[\u2e80-\u33ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
CHINESE_FONTS = "CJK|HanSans|Fallback|wqy|WenQuan|Nanum|Gothic|Ming|Song|Hei|PingFang"
# How the bold font of a regular one is named: (what is replaced, by what).
BOLD_NAMES = (("Regular", "Bold"), (".", "-Bold."), (".", "Bold."))


class Family:
    """Four weights of a font, and fallbacks for what they cannot draw.

    A weight is a pair (bold, italic). A family without italics or bold uses the
    nearest weight that it has.
    """

    def __init__(self, weights, extra=(), regions=OTHER_REGIONS):
        self.weights = weights
        self.extra = extra
        self.regions = regions

    def face(self, weight):
        bold, italic = weight
        for choice in (weight, (bold, False), (False, italic), (False, False)):
            path = self.weights.get(choice)
            if path:
                return open_face(path)
        raise FontError("the font family has no regular weight")

    def fallback(self, char, weight):
        """Return a face that can draw the character, or None."""
        return _find_fallback(char, weight[0], self.extra, self.regions)


@lru_cache(maxsize=64)
def load_family(weights, extra=(), regions=OTHER_REGIONS):
    """Return the family for ((weight, path), …); `extra` are fallback files, and
    `regions` those whose Chinese characters are wanted (`find_regions`)."""
    return Family(dict(weights), extra, regions)


@lru_cache(maxsize=8192)
def _find_fallback(char, bold, extra, regions):
    face = _load_fallbacks(extra, regions).find(char)
    return _bolder(face, char) if bold and face else face


@lru_cache(maxsize=16)
def _load_fallbacks(extra, regions):
    return _Fallbacks(find_candidates(extra, regions), extra)


def _script_words(char):
    """Return a pattern of the names of fonts that are made for the character."""
    if IDEOGRAPHIC.match(char):
        return CHINESE_FONTS
    return f"Sans{unicodedata.name(char, '-').split()[0].title()}"


class _Fallbacks:
    """Faces that may help. Once a character was looked for in all of them in vain,
    those that none has are known: a page of nonsense must not cost a minute."""

    def __init__(self, candidates, extra):
        self.candidates = candidates
        self.extra = extra
        self.known = None
        self.orders = {}

    def find(self, char):
        code = ord(char)
        if self.known and not self.known[code]:
            return None
        for found in self._ordered(_script_words(char)):
            face = code in found.coverage and _try_face(found.path, found.index)
            if face and not face.restricted and face.draws(char):
                return face
        self.known = self.known or self._mark()
        return None

    def _ordered(self, words):
        """Return the candidates, after the caller's those made for a script: other
        fonts have some of its letters too, but a syllable must come from one, and so
        must a sentence with its marks."""
        if words not in self.orders:
            made_for = re.compile(words)
            self.orders[words] = sorted(
                self.candidates,
                key=lambda found: (
                    found.path not in self.extra and not made_for.search(found.path)
                ),
            )
        return self.orders[words]

    def _mark(self):
        marks = bytearray(LAST_CHARACTER + 1)
        for found in self.candidates:
            found.coverage.mark(marks)
        return bytes(marks[: LAST_CHARACTER + 1])


@lru_cache(maxsize=256)
def _try_face(path, index):
    try:
        return open_face(path, index)
    except (FontError, OSError):
        return None


def _bolder(face, char):
    """Return the bold brother of a face if there is one that has the character."""
    regular = Path(face.path)
    for old, new in BOLD_NAMES:
        path = regular.with_name(new.join(regular.name.rsplit(old, 1)))
        if path != regular and path.is_file():
            bold = _try_face(str(path), face.index)
            if bold and bold.draws(char):
                return bold
    return face
