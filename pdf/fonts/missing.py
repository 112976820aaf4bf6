"""Says which package to install where no font draws a letter."""

import logging
import unicodedata

_logger = logging.getLogger(__name__)

CHINESE = "fonts-noto-cjk"
EMOJI = "fonts-symbola"
OTHERS = "fonts-noto-core"
# Script (first word of the character's Unicode name) → Debian's package.
PACKAGES = {
    "CJK": CHINESE,
    "HIRAGANA": CHINESE,
    "KATAKANA": CHINESE,
    "BOPOMOFO": CHINESE,
    "HANGUL": CHINESE,
    "IDEOGRAPHIC": CHINESE,
    "FULLWIDTH": CHINESE,
    "HALFWIDTH": CHINESE,
}
# Squared and circled Chinese words, which Unicode counts among the symbols.
CHINESE_SYMBOLS = range(0x3000, 0x3400)
_REPORTED = set()


def report_missing(char):
    """Log which font to install, once per process and script."""
    name = unicodedata.name(char, "")
    # Private and unassigned characters have no name, and no font that would help.
    if name:
        script, package = find_package(char)
        _report(script, package, f"U+{ord(char):04X} ({name})")


def find_package(char):
    """Return (script, package): a word of Unicode's and a package of Debian's."""
    if ord(char) in CHINESE_SYMBOLS:
        return "CJK", CHINESE
    if unicodedata.category(char) in ("So", "Sk"):
        return "EMOJI", EMOJI
    script = unicodedata.name(char, "-").split()[0].partition("-")[0]
    return script, PACKAGES.get(script, OTHERS)


def _report(script, package, example):
    if script not in _REPORTED:
        _REPORTED.add(script)
        _logger.warning(
            "No installed font draws %s and its like, so the PDF shows squares: "
            "install a font that does, for instance the package %s, and restart.",
            example,
            package,
        )
