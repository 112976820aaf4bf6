"""Names and kinds of files as they leave the house."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

LONGEST_NAME = 150
# File systems count octets: ext4, NTFS and APFS end at 255.
LONGEST_OCTETS = 220
# Joiners are letters' own business (Persian, emoji); other format marks disguise.
JOINERS = {"\u200c", "\u200d"}
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
# What Windows takes for a device, whatever extension follows.
DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|\Z)", re.IGNORECASE
)
EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
KIND = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}\Z"
)
UNKNOWN = "application/octet-stream"


def _is_seen(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) not in HIDDEN


def file_name(text: str, content_type: str = UNKNOWN) -> str:
    """A name that any system can store, that shows what it is and leads nowhere.

    :param content_type: gives the extension of a file that has no name
    """
    name = "".join(char if _is_seen(char) else " " for char in text or "")
    # What looks like an encoded word would be read as one.
    name = FORBIDDEN.sub("_", " ".join(name.split())).replace("=_", "_")
    name = re.sub(r"\.{2,}", ".", name).strip(". ")
    name = DEVICE.sub(r"_\g<0>", name) if DEVICE.match(name) else name
    if not name:
        name = "attachment" + (mimetypes.guess_extension(content_type) or ".bin")
    return _shortened(name)


def _shortened(name: str) -> str:
    """``name`` cut before its extension."""
    match = EXTENSION.search(name)
    end = match[0] if match else ""
    stem = name[: len(name) - len(end)][: LONGEST_NAME - len(end)]
    data = stem.encode("utf-8", "replace")[: LONGEST_OCTETS - len(end)]
    return data.decode("utf-8", "ignore").rstrip(". ") + end


def file_type(content_type: str) -> str:
    """``type/subtype`` of one file; what is none, or holds other parts, is unknown."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if not KIND.match(kind) or kind.startswith(("multipart/", "message/")):
        return UNKNOWN
    return kind
