"""Where a text may break: words, ideographs, and lines that a line feed ends."""

import re
import unicodedata
from itertools import groupby

from .clean import clean
from .ink import ink_of

# Chinese, Japanese and Korean are written without spaces: a line may break around
# each character, but none begins with a closing mark or small kana, and none ends with
# an opening bracket (JIS X 4051, the rules called kinsoku).
_OPENING = r"(\[{「『（［｛〈《【〔〖〘〝｢“‘«￥＄"
_CLOSING = (
    r"、。，．：；？！・…‥ー～〜々〻ゝゞヽヾ゛゜ﾞﾟ％℃」』）］｝〉》】〕〗〙〟｡､｣･ｰ”’»"
    r"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯ!?,.:;)\]}%"
)
_IDEOGRAPHS = (
    "\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_ACCENTS = "\u0300-\u036f\u3099\u309a"
# Thai and Lao words are not parted either. Without a dictionary a line breaks between
# syllables: a vowel that is written first goes with its consonant, and so do the
# vowels, tones and repetition signs after it, and a consonant that is not spoken.
_THAI = (
    "[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf]"
    "[\u0e2f-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ecd]*"
    "(?:[\u0e01-\u0e2e]\u0e4c)*"
)
_WORD = f"[^ \\-\u0e01-\u0ede{_IDEOGRAPHS}]+"
PIECES = re.compile(
    f"[{_OPENING}]*(?:[{_IDEOGRAPHS}][{_ACCENTS}{_CLOSING}]*|{_THAI}"
    f"|{_WORD}[{_CLOSING}]*[\\- ]*)|[\\- ]+|.",
    re.DOTALL,
)
# A consonant under a virama or before a joiner is one letter with what follows.
JOINERS = ("\u200c", "\u200d")
_VIRAMA = 9


def split_pieces(text):
    return PIECES.findall(text)


def split_letters(text):
    """Yield the letters with their accents: a word too wide for a line breaks there."""
    letter = ""
    for char in text:
        if letter and not _belongs(letter[-1], char):
            yield letter
            letter = ""
        letter += char
    yield letter


def _belongs(before, char):
    joined = before in JOINERS or unicodedata.combining(before) == _VIRAMA
    return joined or char in JOINERS or unicodedata.category(char)[0] == "M"


def paragraph_pieces(spans):
    """Yield the (text, weight) pieces of each line that a line feed ends."""
    pieces = []
    for span in spans:
        weight = ink_of(span)
        for number, part in enumerate(clean(span.text).split("\n")):
            if number:
                yield pieces
                pieces = []
            pieces += [(piece, weight) for piece in PIECES.findall(part)]
    yield pieces


def merge(pieces):
    """Join neighbouring pieces of one weight."""
    for weight, group in groupby(pieces, key=lambda piece: piece[1]):
        yield "".join(text for text, _weight in group), weight


def trim(line):
    """Drop the spaces at the end of a line."""
    if line:
        text, weight = line[-1]
        line[-1] = (text.rstrip(" "), weight)
    return line
