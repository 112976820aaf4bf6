"""Scripts that need more than one letter after the other.

Joined letters and stacked accents come from HarfBuzz where the package `uharfbuzz` is
installed; without it Arabic uses Unicode's ready-made forms, and Indic scripts stay
unjoined.
"""

import logging
import re
import unicodedata
from functools import lru_cache
from itertools import groupby

try:
    import uharfbuzz
except ImportError:
    uharfbuzz = None

_logger = logging.getLogger(__name__)

CAN_SHAPE = uharfbuzz is not None

# Accents that no letter has taken in; Hebrew to Arabic; the Indic scripts, Thai, Lao,
# Tibetan and Burmese; Khmer and Mongolian; the smaller scripts of Asia; the ready-made
# Arabic forms; the right-to-left and the Indic scripts beyond the first plane.
NEEDS_SHAPING = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\ua8ff"
    "\ua900-\uaadf\uabc0-\uabff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e800-\U0001efff]"
)
_INDIC = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def shape(face, text, rtl):
    """Return (text, glyphs); glyphs are None where the text is drawn as it stands."""
    glyphs = _shape_with_harfbuzz(face, text, rtl) if uharfbuzz else None
    # Glyph 0 is what fonts show for unknown characters: never.
    if glyphs and all(glyph[0] for glyph in glyphs):
        return text, glyphs
    if not uharfbuzz and _INDIC.search(text):
        _report_unshaped()
    if rtl:
        text = _reverse(text.translate(_MIRRORED))
    return text, None


@lru_cache(maxsize=1)
def _report_unshaped():
    _logger.warning(
        "Letters of an Indic script are printed unjoined: "
        "install the Python package uharfbuzz."
    )


@lru_cache(maxsize=64)
def _harfbuzz_font(face):
    blob = uharfbuzz.Blob(face.data)
    return uharfbuzz.Font(uharfbuzz.Face(blob, face.index))


def _shape_with_harfbuzz(face, text, rtl):
    buffer = uharfbuzz.Buffer()
    # Accents keep clusters of their own: what is copied is then true to the letter.
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(_harfbuzz_font(face), buffer)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    texts = _tell_texts([info.cluster for info in infos], text, rtl)
    _lower_accents(texts, places, rtl)
    glyphs = []
    for info, place, told in zip(infos, places, texts, strict=True):
        values = place.x_advance, place.x_offset, place.y_offset
        glyphs.append((info.codepoint, *map(face.scale, values), told))
    return tuple(glyphs)


def _tell_texts(clusters, text, rtl):
    """Return what copying each glyph gives: together they give the text.

    A syllable's glyphs share its letters in their written order, though an Indic vowel
    may stand before its consonant; a glyph too many gives nothing.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    texts = []
    for start, group in groupby(clusters):
        count = len(list(group))
        letters = text[start : ends[start]]
        parts = [*letters[: count - 1], letters[count - 1 :]]
        parts += [""] * (count - len(parts))
        texts += reversed(parts) if rtl else parts
    return texts


def _lower_accents(texts, places, rtl):
    """Let a letter tell the accents that stand above or below it: readers take what is
    off the line for another line, and what overlaps for another order."""
    order = range(len(texts))
    letter = None
    for place in reversed(order) if rtl else order:
        if letter is not None and not places[place].x_advance:
            texts[letter] += texts[place]
            texts[place] = ""
        else:
            letter = place


def _reverse(text):
    """Return the text backwards, accents staying after their letter."""
    result, group = [], ""
    for char in text:
        if group and not unicodedata.combining(char):
            result.append(group)
            group = ""
        group += char
    return "".join([group, *reversed(result)])


@lru_cache(maxsize=1)
def _arabic_forms():
    """Return {letter: {form: ready-made character}} from Unicode's own tables."""
    forms = {}
    for code in range(0xFE70, 0xFEFD):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if form and len(letters) <= 2 and letters[0] != "0020":
            key = "".join(chr(int(letter, 16)) for letter in letters)
            forms.setdefault(key, {})[form.strip("<>")] = chr(code)
    return forms


def join_arabic(text):
    """Return Arabic text in the forms that its letters take beside each other."""
    forms = _arabic_forms()
    letters = _ligatures(text, forms)
    result = []
    for place, letter in enumerate(letters):
        known = forms.get(letter, {})
        before = _neighbour(letters, place, -1)
        after = _neighbour(letters, place, 1)
        joins_before = "final" in known and "initial" in forms.get(before, {})
        joins_after = "initial" in known and "final" in forms.get(after, {})
        form = _FORM_NAMES[joins_before, joins_after]
        result.append(known.get(form, letter))
    return "".join(result)


_FORM_NAMES = {
    (False, False): "isolated",
    (True, False): "final",
    (False, True): "initial",
    (True, True): "medial",
}


def _ligatures(text, forms):
    """Return the letters; lam with alef is one, as everybody writes it."""
    letters = []
    for char in text:
        if letters and len(letters[-1]) == 1 and letters[-1] + char in forms:
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _neighbour(letters, place, step):
    place += step
    while 0 <= place < len(letters) and unicodedata.combining(letters[place][0]):
        place += step
    return letters[place] if 0 <= place < len(letters) else ""
