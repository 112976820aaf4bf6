"""Type 2 charstrings: one glyph's outline as a program of its own.

In a font a charstring calls subroutines that it shares with others. A subset holds
few glyphs, so each takes its subroutines' code in: less to write, nothing to renumber.
Hints go, as they do for TrueType. Source: Adobe Technical Note 5177.
"""

from .sfnt import FontError

ENDCHAR = b"\x0e"
# The format's own limit; beyond both a font is damaged or means harm.
DEEPEST_CALL = 10
MOST_CALLS = 5000

_CALL_LOCAL, _RETURN, _CALL_GLOBAL = 10, 11, 29
_STEMS = (1, 3, 18, 23)
_MASKS = (19, 20)
# Move operators, and how many numbers each takes: one more is the glyph's width.
_MOVES = {4: 1, 21: 2, 22: 1}
_LINES = (5, 6, 7, 8, 24, 25, 26, 27, 30, 31)
_FLEXES = (34, 35, 36, 37)
# Two bytes of an `endchar` with four numbers: an accented letter of old Type 1 fonts.
_COMPOSED = 4


def _number_size(first):
    """Return how many bytes a number takes, by its first one; 0 is an operator."""
    if first == 28:
        return 3
    if first < 32:
        return 0
    return 1 if first < 247 else 2 if first < 255 else 5


_SIZES = tuple(map(_number_size, range(256)))


def flatten(code, local, shared):
    """Return a charstring without subroutines, hints and width.

    `local` and `shared` are the subroutines that `callsubr` and `callgsubr` name.
    Raises `FontError` where the code is damaged.
    """
    reader = _Reader(local, shared)
    try:
        reader.walk(code)
    except (IndexError, ValueError) as exc:
        raise FontError("a glyph's outline is damaged") from exc
    return b"".join(reader.result) + ENDCHAR


class _Reader:
    """Walks a charstring; numbers stay the bytes they are, only their count matters."""

    def __init__(self, local, shared):
        self.subroutines = {_CALL_LOCAL: local, _CALL_GLOBAL: shared}
        self.result = []
        self.stack = []
        self.stems = self.depth = self.calls = 0
        self.widthless = self.done = False

    def walk(self, code):
        at, end, stack = 0, len(code), self.stack
        while at < end and not self.done:
            size = _SIZES[code[at]]
            if size:
                stack.append(code[at : at + size])
                at += size
            elif code[at] == _RETURN:
                return
            else:
                at = self._operate(code, at)

    def _operate(self, code, at):
        """Do one operator and return where the next one stands."""
        operator = code[at]
        if operator in _LINES:
            self._write(code[at : at + 1])
        elif operator in self.subroutines:
            self._call(self.subroutines[operator])
        elif operator in _MOVES:
            self._drop_width(len(self.stack) > _MOVES[operator])
            self._write(code[at : at + 1])
        elif operator in _STEMS or operator in _MASKS:
            self._count_stems()
            at += (self.stems + 7) // 8 if operator in _MASKS else 0
        else:
            return self._operate_rarely(code, at)
        return at + 1

    def _operate_rarely(self, code, at):
        if code[at] == ENDCHAR[0]:
            if len(self.stack) >= _COMPOSED:
                raise FontError("an outline is made of named letters")
            self.done = True
            return at + 1
        if code[at] == 12 and code[at + 1] in _FLEXES:
            self._write(code[at : at + 2])
            return at + 2
        raise FontError("an outline holds an unknown operator")

    def _write(self, operator):
        self.result += self.stack
        self.result.append(operator)
        self.stack.clear()

    def _drop_width(self, present):
        """The first operator that clears the stack may have the width before it."""
        if present and not self.widthless:
            del self.stack[0]
        self.widthless = True

    def _count_stems(self):
        self._drop_width(len(self.stack) % 2)
        self.stems += len(self.stack) // 2
        self.stack.clear()

    def _call(self, subroutines):
        self.calls += 1
        if self.depth >= DEEPEST_CALL or self.calls > MOST_CALLS:
            raise FontError("an outline's subroutines never end")
        count = len(subroutines)
        bias = 107 if count < 1240 else 1131 if count < 33900 else 32768
        self.depth += 1
        self.walk(subroutines[_integer(self.stack.pop()) + bias])
        self.depth -= 1


def _integer(raw):
    first = raw[0]
    if first == 28:
        return int.from_bytes(raw[1:3], "big", signed=True)
    if first < 247:
        return first - 139
    if first < 251:
        return (first - 247) * 256 + raw[1] + 108
    if first < 255:
        return -(first - 251) * 256 - raw[1] - 108
    return int.from_bytes(raw[1:3], "big", signed=True)
