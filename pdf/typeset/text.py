"""The one door that every string of a user passes on its way to the page.

Strings are text, never markup. Control characters are dropped (`clean.py`), fonts
fall back letter by letter, lines break, right-to-left text is put in visual order.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from ..fonts import Face
from .bidi import visual_order
from .clean import clean
from .faces import split_faces
from .ink import Ink
from .pieces import merge, paragraph_pieces, split_letters, split_pieces, trim
from .script import CAN_SHAPE, NEEDS_SHAPING, join_arabic, shape

REGULAR = (False, False)
BOLD = (True, False)
ITALIC = (False, True)

CACHED_TEXT = 300

_SPACES = str.maketrans("\xa0\u2007\u2009\u202f\t", "     ")


@dataclass(frozen=True)
class Run:
    """Text in one face. `glyphs` is set where shaping chose them:
    (glyph, advance, x, y, text), in thousandths of the size. `ink` is set where it is
    not drawn like the rest of its line."""

    face: Face
    text: str
    width: float
    glyphs: tuple | None = None
    ink: Ink | None = None


@dataclass(frozen=True)
class Line:
    """One line, ready to be drawn from left to right; `width` in points."""

    runs: tuple[Run, ...]
    width: float


class Typesetter:
    """Measures and breaks text in one font family and reading direction."""

    def __init__(self, family, rtl=False):
        self.family = family
        self.rtl = rtl
        self._runs = lru_cache(maxsize=8192)(self._make_runs)
        self._lines = lru_cache(maxsize=8192)(self._break_lines)

    def line(self, text, size, weight=REGULAR):
        """Return the text as one line, whatever its width."""
        runs = self.runs(clean(text).replace("\n", " "), weight)
        return Line(runs, size * sum(run.width for run in runs))

    def width(self, text, size, weight=REGULAR):
        return size * self._measure(clean(text), weight)

    def wrap(self, text, size, *, width, weight=REGULAR):
        """Return the text as lines that fit in `width`."""
        if len(text) > CACHED_TEXT:
            return self._break_lines(text, size, width, weight)
        return self._lines(text, size, width, weight)

    def wrap_spans(self, spans, size, *, width):
        """Return the lines of a paragraph of differently weighted spans."""
        lines = []
        for pieces in paragraph_pieces(spans):
            for line in self.fill(pieces, width / size):
                runs = self._span_runs(list(merge(line)))
                lines.append(Line(runs, size * sum(run.width for run in runs)))
        return tuple(lines)

    def _span_runs(self, spans):
        text = "".join(part for part, _weight in spans)
        # A line without right-to-left letters keeps its order in any document.
        if not NEEDS_SHAPING.search(text):
            return tuple(run for span in spans for run in self.runs(*span))
        marks = [weight for part, weight in spans for _char in part]
        return self._ordered_runs(text.translate(_SPACES), marks)

    def runs(self, text, weight):
        if isinstance(weight, Ink):
            return _inked(self.runs(text, weight[:2]), weight)
        if len(text) > CACHED_TEXT:
            return self._make_runs(text, weight)
        return self._runs(text, weight)

    def _break_lines(self, text, size, width, weight):
        lines = []
        for part in clean(text).split("\n"):
            lines += self._break_part(part, width / size, weight)
        return tuple(Line(runs, size * wide) for runs, wide in map(self._set, lines))

    def _set(self, item):
        runs = self.runs(*item)
        return runs, sum(run.width for run in runs)

    def _break_part(self, text, room, weight):
        """Return (text, weight) of each line of one paragraph."""
        if self._measure(text, weight) <= room:
            return [(text, weight)]
        pieces = [(piece, weight) for piece in split_pieces(text)]
        lines = self.fill(pieces, room)
        return [("".join(piece for piece, _w in line), weight) for line in lines]

    def fill(self, pieces, room):
        """Distribute (text, weight) pieces over lines of `room` widths at size 1."""
        lines, line, used = [], [], 0.0
        for piece, weight in self._fitting(pieces, room):
            wide = self._measure(piece, weight)
            tail = len(piece) - len(piece.rstrip(" "))
            visible = wide - self._measure(" " * tail, weight) if tail else wide
            if line and used + visible > room:
                lines.append(trim(line))
                line, used = [], 0.0
            line.append((piece, weight))
            used += wide
        lines.append(trim(line))
        return lines

    def _fitting(self, pieces, room):
        """Yield the pieces; one that is wider than a line is cut in parts."""
        for piece, weight in pieces:
            if self._measure(piece.rstrip(" "), weight) <= room:
                yield piece, weight
            else:
                yield from ((part, weight) for part in self._cut(piece, room, weight))

    def _cut(self, piece, room, weight):
        part, used = "", 0.0
        for letter in split_letters(piece):
            wide = self._measure(letter, weight)
            if part and used + wide > room:
                yield part
                part, used = "", 0.0
            part += letter
            used += wide
        yield part

    def _measure(self, text, weight):
        if isinstance(weight, Ink):
            return weight.scale * self._measure(text, weight[:2])
        advances = _plain_advances(self.family.face(weight))
        try:
            return sum(map(advances.__getitem__, text))
        except KeyError:
            return sum(run.width for run in self.runs(text, weight))

    def _make_runs(self, text, weight):
        text = text.translate(_SPACES)
        face = self.family.face(weight)
        if not NEEDS_SHAPING.search(text):
            try:
                return (Run(face, text, sum(map(face.advances.__getitem__, text))),)
            except KeyError:
                return tuple(
                    self._plain_run(*item)
                    for item in split_faces(self.family, text, weight)
                )
        return self._ordered_runs(text, [weight] * len(text))

    def _ordered_runs(self, text, weights):
        return tuple(
            run
            for part, rtl, weight in visual_order(text, self.rtl, weights)
            for run in _inked(self._shaped_runs(part, rtl, weight[:2]), weight)
        )

    def _shaped_runs(self, text, rtl, weight):
        text = self._join(text, weight) if rtl else text
        pieces = split_faces(self.family, text, weight)
        for face, part in reversed(pieces) if rtl else pieces:
            if rtl or NEEDS_SHAPING.search(part):
                part, glyphs = shape(face, part, rtl)
                if glyphs:
                    yield Run(face, part, sum(g[1] for g in glyphs) / 1000, glyphs)
                    continue
            yield self._plain_run(face, part)

    def _join(self, text, weight):
        """Without HarfBuzz, take ready-made Arabic letters where a font has them."""
        joined = "" if CAN_SHAPE else join_arabic(text)
        known = self.family.face(weight).advances
        for char in set(joined) - set(text):
            if char not in known and not self.family.fallback(char, weight):
                return text
        return joined or text

    def _plain_run(self, face, text):
        # What the face has not is a mark of no width, see `faces.py`: the glyph that
        # fonts show for unknown characters must never be drawn.
        text = "".join(char for char in text if char in face.advances)
        return Run(face, text, sum(map(face.advances.__getitem__, text)))


def _inked(runs, weight):
    """Return runs that know how they are drawn."""
    if not isinstance(weight, Ink):
        return tuple(runs)
    return tuple(
        replace(run, width=run.width * weight.scale, ink=weight) for run in runs
    )


@lru_cache(maxsize=64)
def _plain_advances(face):
    """Return the widths of the letters that stand in a row, whatever is beside them."""
    return {
        char: width
        for char, width in face.advances.items()
        if not NEEDS_SHAPING.match(char)
    }
