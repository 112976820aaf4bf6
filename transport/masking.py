"""Secrets in the words of a server: found by what they are, whatever they look like.

A server may echo what was sent to it: cut short, escaped, encoded, turned round. So
both the text and every secret are brought to one plain shape, and each run of
``SHORTEST`` characters and more that they share is cut out.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from .plain import Plain, plain, small

SHORTEST = 6
# More than this is no sentence; what can't be looked through in time is cut.
LONGEST_TEXT = 65536
LONGEST_SECRET = 8192
# A token of a provider is longer, and no human plays with it.
LONGEST_PLAYED_WITH = 256
DEPTH = 3
MARK = "***"
CODED = re.compile(r"[A-Za-z0-9+/_=-]{8,}")
# A word as long as this is nothing but code: with one part of it the whole is cut.
CODE = re.compile(r"[A-Za-z0-9+/_=-]{16,}|=+")
HEX = re.compile(r"(?:[0-9a-f]{2}){6,}", re.IGNORECASE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROT47 = {33 + n: 33 + (n + 47) % 94 for n in range(94)}


def _coded(data: bytes) -> Iterator[str]:
    """Base64, base32 and hexadecimal of ``data``, wherever in a longer text it was."""
    yield data.hex()
    for lead in range(3):
        word = base64.b64encode(b"\0" * lead + data).decode().rstrip("=")
        inner = word[-(-lead * 4 // 3) : len(word) if not lead else -1]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")
    for lead in range(5):
        word = base64.b32encode(b"\0" * lead + data).decode().rstrip("=")
        yield word[-(-lead * 8 // 5) : len(word) if not lead else -1]


def _turned(text: str, steps: Iterable[int]) -> set[str]:
    """``text`` with its letters moved along the alphabet."""
    moved = (LETTERS[step:] + LETTERS[:step] for step in steps)
    return {text.translate(str.maketrans(LETTERS, letters)) for letters in moved}


def _shapes(secret: str) -> set[str]:
    """Everything that a secret may look like, in the plain shape."""
    data = secret.encode("utf-8", "replace")
    sizes = (secret, secret.upper(), secret.lower(), secret.swapcase())
    own = {small(s.encode("utf-8", "replace").decode("latin-1")) for s in sizes}
    own |= {plain(secret, decode=decode).text for decode in (False, True)}
    coded = {*_coded(data), *_coded(data[::-1])}
    # ROT47 knows two sizes of letters.
    coded |= {secret.translate(ROT47), secret[::-1].translate(ROT47)}
    coded = {plain(form, decode=False).text for form in coded}
    shapes = own | coded
    if len(secret) <= LONGEST_PLAYED_WITH:
        for shape in own:
            shapes |= _turned(shape, range(1, 26))
        for shape in coded:
            shapes |= _turned(shape, (13,))
    return shapes | {shape[::-1] for shape in shapes}


class Secrets:
    """What must not be shown: the runs of characters that give it away.

    No container and no sequence: nothing prints it by accident.
    """

    __slots__ = ("_exact", "_runs", "_solid", "_whole")

    def __init__(self, secrets: Iterable[str] = ()):
        self._runs: set[str] = set()
        self._solid: set[str] = set()
        self._whole: set[str] = set()
        self._exact = [secret for secret in secrets if secret]
        for secret in self._exact:
            self._add(secret[:LONGEST_SECRET])

    def __bool__(self) -> bool:
        return bool(self._exact)

    def with_more(self, *secrets: str) -> Secrets:
        return Secrets([*self._exact, *secrets])

    def _add(self, secret: str) -> None:
        shape = plain(secret, decode=False).text
        if min(len(shape), len(secret.encode("utf-8", "replace"))) < SHORTEST:
            self._add_short(secret)
            return
        for shape in _shapes(secret):
            self._runs.update(_runs_of(shape))
            self._solid.update(_runs_of("".join(filter(str.isalnum, shape))))

    def _add_short(self, secret: str) -> None:
        shape = plain(secret, decode=False).text
        data = secret.encode("utf-8", "replace")
        coded = base64.b64encode(data).decode().rstrip("=").lower()
        octets = small(data.decode("latin-1"))
        forms = (shape, shape[::-1], coded, data.hex(), octets)
        self._whole.update(filter(None, forms))

    def exact(self, text: str) -> list[tuple[int, int]]:
        return [
            match.span()
            for secret in self._exact
            for match in re.finditer(re.escape(secret), text, re.IGNORECASE)
        ]

    def covered(self, shown: Plain) -> list[tuple[int, int]]:
        """Places in the text that ``shown`` was made of."""
        found = []
        for shape, runs in ((shown, self._runs), (shown.solid(), self._solid)):
            text, spans = shape
            found += [
                (spans[n][0], spans[n + SHORTEST - 1][1])
                for n in range(len(text) - SHORTEST + 1)
                if text[n : n + SHORTEST] in runs
            ]
        for word in self._whole:
            for match in re.finditer(re.escape(word), shown.text):
                spans = shown.spans[match.start() : match.end()]
                found.append((spans[0][0], spans[-1][1]))
        return found


def _runs_of(shape: str) -> Iterator[str]:
    return (shape[n : n + SHORTEST] for n in range(len(shape) - SHORTEST + 1))


def _decoded(word: str) -> Iterator[bytes]:
    """What a coded word may stand for; it may have been cut at either end."""
    for match in HEX.finditer(word):
        yield bytes.fromhex(match[0])
    usual = word.replace("-", "+").replace("_", "/").rstrip("=")
    for start in range(4):
        part = usual[start:].replace("=", "")
        with_end = part[: len(part) // 4 * 4] if len(part) % 4 == 1 else part
        try:
            yield base64.b64decode(with_end + "=" * (-len(with_end) % 4))
        except (binascii.Error, ValueError):
            continue


def _hides(word: str, secrets: Secrets, depth: int) -> bool:
    """Whether a coded word holds a secret, or can't be seen through."""
    for data in _decoded(word):
        for text in _texts(data):
            if any(secrets.covered(plain(text, decode=d)) for d in (False, True)):
                return True
        for inner in CODED.findall(data.decode("latin-1")):
            if len(inner) >= 12 and (depth <= 1 or _hides(inner, secrets, depth - 1)):
                return True
    return False


def _texts(data: bytes) -> Iterator[str]:
    """In the letters of each kind of system."""
    octets = data.replace(b"\0", b"")
    yield octets.decode("utf-8", "replace")
    yield octets.decode("latin-1")
    if octets != data:
        for part in (data, data[1:]):
            yield part.decode("utf-16-le", "replace")


def secret_forms(*secrets: str) -> Secrets:
    """The secrets that :func:`mask` looks for."""
    return Secrets(secrets)


def mask(text: str, secrets: Secrets | tuple = ()) -> str:
    """``text`` with every run that gives a secret away replaced."""
    if not secrets or not isinstance(secrets, Secrets):
        return text
    text = text[:LONGEST_TEXT]
    covered = secrets.exact(text) + [
        span
        for decode in (False, True)
        for span in secrets.covered(plain(text, decode=decode))
    ]
    covered += [
        match.span()
        for match in CODED.finditer(text)
        if _hides(match[0], secrets, DEPTH)
    ]
    return _cut(text, covered)


def _cut(text: str, covered: list[tuple[int, int]]) -> str:
    if not covered:
        return text
    hidden = bytearray(len(text))
    for start, end in covered:
        hidden[start:end] = b"\1" * (end - start)
    for match in CODE.finditer(text):
        start, end = match.span()
        # What remains of a coded word, and the signs that fill its end up.
        if any(hidden[max(start - 1, 0) if text[start] == "=" else start : end]):
            hidden[start:end] = b"\1" * (end - start)
    pieces = re.split(rb"(\x01+)", bytes(hidden))
    shown, position = [], 0
    for piece in pieces:
        part = text[position : position + len(piece)]
        shown.append(MARK if piece[:1] == b"\1" else part)
        position += len(piece)
    return "".join(shown)
