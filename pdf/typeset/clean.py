"""Takes out of a user's string what cannot or must not be printed."""

import logging
import re
import unicodedata

_logger = logging.getLogger(__name__)

# More than anybody reads; a field pasted from a log file must not cost a minute.
LONGEST_TEXT = 120_000
# Stands where a text was cut.
CUT = " […]"

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u180e\u2060-\u2064\u206a-\u206f\u200b\u2028\u2029\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e0fff"
    + "".join(map(chr, range(0x1FFFE, 0x110000, 0x10000)))
    + "".join(map(chr, range(0x1FFFF, 0x110000, 0x10000)))
    + "]"
)
# Direction is worked out from the letters; a stray override must not flip a line.
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def clean(text):
    """Return the text without what cannot be printed; one that is cut says so."""
    text = str(text or "")
    if len(text) > LONGEST_TEXT:
        _logger.warning("A text of %s characters is cut on the page.", len(text))
        text = text[:LONGEST_TEXT] + CUT
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", _DIRECTION_MARKS.sub("", text))
