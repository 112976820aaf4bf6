"""Scripts that need more than one letter after the other.

Right-to-left order follows Unicode's bidirectional algorithm without explicit
overrides, which `text.clean` removes. Joined letters come from HarfBuzz where the
package `uharfbuzz` is installed; without it Arabic uses Unicode's ready-made
forms, and Indic scripts stay unjoined.
"""

import logging
import re
import unicodedata
from functools import lru_cache

try:
    import uharfbuzz
except ImportError:
    uharfbuzz = None

_logger = logging.getLogger(__name__)

CAN_SHAPE = uharfbuzz is not None

# Hebrew to Arabic, the Indic scripts, Tibetan, Burmese, Khmer, Mongolian and the
# ready-made Arabic forms. Thai needs no joining.
NEEDS_SHAPING = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc]"
)
_INDIC = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")

_STRONG = {"L": 0, "R": 1, "AL": 1}
_NUMBER = ("EN", "AN")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visual_order(text, rtl, marks=None):
    """Return [(text, rtl, mark)] in the order in which they stand from left to right.

    `marks` gives each character a mark, and parts never hold two different ones: the
    weights of a paragraph whose direction is worked out as a whole.
    """
    levels = _levels(text, int(rtl))
    parts = _parts(text, levels, marks or [None] * len(text))
    for level in range(max(levels, default=0), 0, -1):
        parts = _reverse_runs(parts, level)
    return [(part, bool(level % 2), mark) for part, level, mark in parts]


def _levels(text, base):
    """Return the embedding level of each character."""
    types = _resolve_weak([unicodedata.bidirectional(char) for char in text], base)
    sides = _resolve_neutral(types, base)
    levels = []
    for kind, side in zip(types, sides, strict=True):
        if kind in _NUMBER:
            levels.append(base + 1 + (base + 1) % 2)
        else:
            levels.append(base + (side != base % 2))
    return levels


def _resolve_weak(types, base):
    """Numbers keep their separators and signs; accents follow their letter."""
    types = list(types)
    strong = previous = "R" if base else "L"
    for place, kind in enumerate(types):
        if kind == "NSM":
            kind = types[place] = previous
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            types[place] = "AN"
        elif kind == "EN" and strong == "L":
            types[place] = "L"
        previous = types[place]
    _join_numbers(types)
    return types


def _join_numbers(types):
    """A separator between digits, and a sign beside them, belong to the number."""
    for place in range(1, len(types) - 1):
        before, after = types[place - 1], types[place + 1]
        if types[place] in ("CS", "ES") and before == after and before in _NUMBER:
            types[place] = before
    for step in (1, -1):
        order = range(len(types)) if step == 1 else range(len(types) - 1, -1, -1)
        for place in order:
            beside = place - step
            if types[place] == "ET" and 0 <= beside < len(types):
                types[place] = "EN" if types[beside] == "EN" else "ET"


def _resolve_neutral(types, base):
    """Return the side (0 left to right, 1 right to left) of each character."""
    sides = [_STRONG.get(kind, 1 if kind in _NUMBER else None) for kind in types]
    place = 0
    while place < len(sides):
        if sides[place] is not None:
            place += 1
            continue
        end = place
        while end < len(sides) and sides[end] is None:
            end += 1
        before = sides[place - 1] if place else base % 2
        after = sides[end] if end < len(sides) else base % 2
        side = before if before == after else base % 2
        sides[place:end] = [side] * (end - place)
        place = end
    return sides


def _parts(text, levels, marks):
    parts = []
    for char, level, mark in zip(text, levels, marks, strict=True):
        if parts and parts[-1][1:] == (level, mark):
            parts[-1] = (parts[-1][0] + char, level, mark)
        else:
            parts.append((char, level, mark))
    return parts


def _reverse_runs(parts, level):
    result, group = [], []
    for part in [*parts, ("", -1, None)]:
        if part[1] >= level:
            group.append(part)
            continue
        result += [*reversed(group), part]
        group = []
    return result[:-1]


def shape(face, text, rtl):
    """Return (text, glyphs); glyphs are None where the text is drawn as it stands."""
    if uharfbuzz:
        return text, _shape_with_harfbuzz(face, text, rtl)
    if _INDIC.search(text):
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
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(_harfbuzz_font(face), buffer)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs, told = [], set()
    for info, place in zip(infos, places, strict=True):
        cluster = (
            "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
        )
        told.add(info.cluster)
        values = place.x_advance, place.x_offset, place.y_offset
        glyphs.append((info.codepoint, *map(face.scale, values), cluster))
    return tuple(glyphs)


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
