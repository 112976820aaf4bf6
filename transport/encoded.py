"""Text in the ASCII of a header: encoded words and parameters, and lines of them.

Python's own folding loses blanks between words, or leaves none between two encoded
words, each version in its own way; what is written here is what every parser reads
back. RFC 2047 (words), RFC 2231 (parameters), RFC 5322 (lines).
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote

# RFC 2047, 2: an encoded word, and a line that holds one.
LONGEST_WORD = 75
LINE = 76
PREFIX, SUFFIX = {"b": "=?utf-8?b?", "q": "=?utf-8?q?"}, "?="
# RFC 2047, 5 (3): what may stand for itself in every place of a header.
PLAIN_OCTETS = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/"
)
# RFC 2231, 7: attribute-char.
PLAIN_PARAMETER = "!#$&+-.^_`{|}~"
TOKEN = re.compile(r"[A-Za-z0-9!#$&+.^_`{|}~-]+\Z")
# Ends of lines as some reader knows them, controls, and halves of characters.
BREAKING = {"Cc", "Cs", "Zl", "Zp"}
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,60}\Z")
PIECES = re.compile(r" *[^ ]+")


def one_line(text: str) -> str:
    """``text`` as typed, with a blank for whatever would end or break its line."""
    return "".join(
        " " if unicodedata.category(char) in BREAKING else char for char in text
    )


def is_plain(text: str) -> bool:
    """Whether ``text`` may stand in a header as it is, and is read back as it is."""
    return (
        text.isascii()
        and text.isprintable()
        and text == text.strip()
        and "=?" not in text
        and all(len(piece) <= LONGEST_WORD for piece in PIECES.findall(text))
    )


def _q(char: bytes) -> str:
    return "".join(
        "_" if octet == 32 else chr(octet) if octet in PLAIN_OCTETS else f"={octet:02X}"
        for octet in char
    )


def _base64_length(octets: int) -> int:
    return 4 * -(-octets // 3)


def _chunks(text: str, sizes: dict[str, int], room: int, first: int) -> Iterator[str]:
    """Runs of whole characters that fit into ``room``, as ``sizes`` measures them.

    They end behind a blank where they can: Python's own parser shows one between two
    encoded words of a name, so that no word is torn.

    :param first: the room of the first run
    """
    run, left = "", first
    for char in text:
        if run and sizes[char] > left:
            end = run.rfind(" ") + 1 or len(run)
            yield run[:end]
            run = run[end:]
            left = room - sum(sizes[kept] for kept in run)
        run, left = run + char, left - sizes[char]
    if run:
        yield run


def encoded_words(text: str, lead: int = 0) -> list[str]:
    """``text`` as encoded words of whole characters, to be parted by a blank.

    The blank is not part of the text; those that are stand inside the words.

    :param lead: octets that stand before the first word in its line
    """
    octets = {char: char.encode("utf-8", "replace") for char in set(text)}
    quoted = {char: _q(data) for char, data in octets.items()}
    room = LONGEST_WORD - len(PREFIX["b"]) - len(SUFFIX)
    # A character takes up to twelve octets.
    first = max(room - lead, 12)
    bare = sum(len(octets[char]) for char in text)
    if sum(len(quoted[char]) for char in text) <= _base64_length(bare):
        sizes = {char: len(word) for char, word in quoted.items()}
        return [
            PREFIX["q"] + "".join(quoted[char] for char in run) + SUFFIX
            for run in _chunks(text, sizes, room, first)
        ]
    sizes = {char: len(data) for char, data in octets.items()}
    return [
        PREFIX["b"]
        + base64.b64encode(b"".join(octets[char] for char in run)).decode()
        + SUFFIX
        for run in _chunks(text, sizes, room // 4 * 3, first // 4 * 3)
    ]


def text_pieces(text: str, lead: int = 0) -> list[str]:
    """Free text in pieces, each with the blanks before it, where a line may end.

    :param lead: octets that stand before the text in its line
    """
    text = one_line(text)
    if is_plain(text):
        return PIECES.findall(f" {text}")
    return [f" {word}" for word in encoded_words(text, lead + 1)]


def phrase_pieces(name: str, lead: int = 0) -> list[str]:
    """A display name in pieces, each with a blank before it.

    What need not be encoded is not: then no parser sees two encoded words side by side
    but in a name that is long and in no Latin letters throughout.

    :param lead: octets that stand before the name in its line
    """
    words = one_line(name).strip().split(" ")
    pieces: list[str] = []
    run: list[str] = []
    bare = [bool(ATOM.match(word)) and "=?" not in word for word in words]
    for position, word in enumerate(words):
        # Blanks beside blanks are kept inside of an encoded word.
        alone = "" in words[max(position - 1, 0) : position + 2]
        if not bare[position] or alone:
            run.append(word)
            continue
        pieces += encoded_words(" ".join(run), 0 if pieces else lead + 1) + [word]
        run = []
    pieces += encoded_words(" ".join(run), 0 if pieces else lead + 1)
    return [f" {piece}" for piece in pieces]


def parameter_pieces(name: str, value: str) -> list[str]:
    """A parameter of Content-Type or Content-Disposition, each piece with its blank."""
    value = one_line(value)
    if TOKEN.match(value) and len(value) <= LONGEST_WORD - len(name):
        return [f" {name}={value}"]
    if is_plain(value) and "  " not in value and len(value) + len(name) < 60:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return [f' {name}="{quoted}"']
    coded = {char: quote(char, PLAIN_PARAMETER, errors="replace") for char in value}
    sizes = {char: len(code) for char, code in coded.items()}
    room = LONGEST_WORD - len(name) - len("*000*=utf-8'';")
    runs = [
        "".join(coded[char] for char in run)
        for run in _chunks(value, sizes, room, room)
    ]
    if len(runs) == 1:
        return [f" {name}*=utf-8''{runs[0]}"]
    runs[0] = f"utf-8''{runs[0]}"
    return [f" {name}*{number}*={run}" for number, run in enumerate(runs)]


def fold(name: str, pieces: Iterable[str]) -> str:
    """``Name:`` and the pieces, in lines that break only where a piece begins."""
    line, lines = f"{name}:", []
    begun = False
    for piece in pieces:
        if begun and len(line) + len(piece) > LINE:
            lines.append(line)
            line = ""
        line, begun = line + piece, True
    return "\r\n".join([*lines, line]) + "\r\n"
