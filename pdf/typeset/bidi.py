"""Right-to-left order, by Unicode's bidirectional algorithm (UAX 9).

Explicit overrides are left out: `clean.py` removes them.
"""

import unicodedata

_STRONG = {"L": 0, "R": 1, "AL": 1}
_NUMBER = ("EN", "AN")
_SEPARATED = {("CS", "EN"), ("CS", "AN"), ("ES", "EN")}
_BRACKETS = dict(zip("([{（［｛「『【〈《〔", ")]}）］｝」』】〉》〕", strict=True))
DEEPEST_BRACKET = 63


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
    sides = [_STRONG.get(kind, 1 if kind in _NUMBER else None) for kind in types]
    _resolve_brackets(text, sides, base % 2)
    _resolve_neutral(sides, base % 2)
    levels = []
    for kind, side in zip(types, sides, strict=True):
        if kind in _NUMBER:
            levels.append(base + 1 + (base + 1) % 2)
        else:
            levels.append(base + (side != base % 2))
    return levels


def _resolve_weak(types, base):
    """Accents follow their letter, separators and signs their number (W1 to W7)."""
    types = list(types)
    previous = strong = "R" if base else "L"
    for place, kind in enumerate(types):
        kind = previous if kind == "NSM" else kind
        strong = kind if kind in _STRONG else strong
        previous = types[place] = "AN" if (kind, strong) == ("EN", "AL") else kind
    _join_numbers(types)
    strong = "R" if base else "L"
    for place, kind in enumerate(types):
        strong = kind if kind in _STRONG else strong
        if (kind, strong) == ("EN", "L"):
            types[place] = "L"
    return types


def _join_numbers(types):
    """A separator between digits, and a sign beside them, belong to the number."""
    for place in range(1, len(types) - 1):
        before, after = types[place - 1], types[place + 1]
        if before == after and (types[place], before) in _SEPARATED:
            types[place] = before
    for order in (range(1, len(types)), range(len(types) - 2, -1, -1)):
        for place in order:
            if types[place] == "ET" and types[place - order.step] == "EN":
                types[place] = "EN"


def _resolve_brackets(text, sides, base):
    """Both brackets of a pair stand on one side (rule N0): the line's, if something
    within does, or else the side of what is within and before them."""
    for start, end in _bracket_pairs(text):
        within = set(sides[start + 1 : end]) - {None}
        if base in within:
            sides[start] = sides[end] = base
        elif within:
            before = (side for side in reversed(sides[:start]) if side is not None)
            sides[start] = sides[end] = next(before, base)


def _bracket_pairs(text):
    """Return [(start, end)] of the bracket pairs, as they begin."""
    pairs, opened = [], []
    for place, char in enumerate(text):
        if char in _BRACKETS and len(opened) < DEEPEST_BRACKET:
            opened.append((_BRACKETS[char], place))
        elif any(char == closer for closer, _start in opened):
            while opened:
                closer, start = opened.pop()
                if closer == char:
                    pairs.append((start, place))
                    break
    return sorted(pairs)


def _resolve_neutral(sides, base):
    """What stands between two of one side is of that side, else of the line's."""
    place = 0
    while place < len(sides):
        if sides[place] is not None:
            place += 1
            continue
        end = place
        while end < len(sides) and sides[end] is None:
            end += 1
        before = sides[place - 1] if place else base
        after = sides[end] if end < len(sides) else base
        sides[place:end] = [before if before == after else base] * (end - place)
        place = end


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
