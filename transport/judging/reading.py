"""What a server said, made ready to be judged: its own words and nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Beyond this no text gets more telling, and the patterns stay cheap.
MAX_JUDGED = 2000


class Said(NamedTuple):
    """A negative answer.

    :ivar code: the SMTP reply code (400 to 599)
    :ivar enhanced: the enhanced code (RFC 3463), e.g. ``5.7.1``, or empty
    :ivar words: folded to small ASCII letters; addresses, names and quotations stand
        there as ``~``, IP addresses as ``#ip``
    :ivar step: what was answered
    :ivar logged_in: whether we had logged in; None where nobody knows
    """

    code: int
    enhanced: str
    words: str
    step: str
    logged_in: bool | None = None


# A class, then two numbers, not part of an IP address.
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)")
IP = re.compile(
    r"\[?\b\d{1,3}(?:\.\d{1,3}){3}\b\]?"
    r"|\[?(?:ipv6:)?\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}"
)
# Lists of senders of spam are named by their host: the only names that decide.
LISTS = (
    "spamhaus|spamcop|barracuda|sorbs|uceprotect|abuseat|surbl|uribl|mailspike|psbl"
    "|senderscore|senderbase|invaluement|spamrats|backscatterer|manitu|truncate|dnsbl"
    r"|\brbl|\bcbl|abusix|nixspam|hostkarma|mxrate|cloudmark|proofpoint|trendmicro"
)
QUOTED = re.compile(
    # A name or an address in marks; a whole sentence in them still speaks.
    r'"[^"\n]{1,64}"|“[^”]{1,64}”|<[^<>\n]{1,320}>|`[^`\']{1,64}\''
    r"|(?<!\w)\'[^\']{1,64}\'(?!\w)"
)
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
# The scheme may lead to a list of senders of spam.
URL = re.compile(rf"(?:https?://|www\.)(?!\S*(?:{LISTS}))\S+")
HOST = re.compile(
    rf"(?<![\w.-])(?![\w.-]*(?:{LISTS}))(?:[a-z0-9_-]+\.)+"
    r"(?:com|net|org|info|biz|example|invalid|test|local|email|online|cloud|app|dev"
    r"|shop|eu|de|fr|it|es|ch|at|uk|us|nl|be|pl|al|io|co)\b(?![\w-])"
)
# All that was said, in marks: no quotation.
ALL_QUOTED = re.compile(r'"([^"]*)"')


def fold(text: str) -> str:
    """``text`` in small letters without accents, white space as single blanks."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(letters.split())


def own_words(text: str) -> str:
    """The words a server chose itself: what it repeats of ours or of others is out."""
    words = fold(text)
    if whole := ALL_QUOTED.fullmatch(words):
        words = whole[1]
    for pattern, stand_in in (
        (URL, " ~ "),
        (QUOTED, " ~ "),
        (ADDRESS, " ~ "),
        (HOST, " ~ "),
        (IP, " #ip "),
    ):
        words = pattern.sub(stand_in, words)
    return " ".join(words.split())


def gist(text: str) -> str:
    """What was said, whoever and whichever letter it was said of.

    Two refusals of one cause have the same: what has a digit in it counts or names.
    """
    return re.sub(r"\S*\d\S*", "#", own_words(text[:MAX_JUDGED]))


def read(code: int, text: str, *, step: str, logged_in: bool | None = None) -> Said:
    """A reply as the rules want it; its first enhanced code counts, each is cut out."""
    text = text[:MAX_JUDGED]
    found = ENHANCED.search(text)
    words = own_words(ENHANCED.sub(" ", text))
    return Said(code, found[1] if found else "", words, step, logged_in)
