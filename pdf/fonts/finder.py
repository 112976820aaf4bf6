"""Which font files a machine has, the best looking first.

Any file may be there: cut off, unreadable, a font of coloured pictures. What cannot
be used is passed over.
"""

import mmap
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import error as StructError

from . import sfnt
from .cmap import Coverage, read_coverage

# Where Linux, BSD, macOS and Windows keep fonts.
SYSTEM_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
ENDINGS = (".ttf", ".ttc", ".otf", ".otc")
# Tried before other installed fonts, since they look like the text around them. The
# longest beginning counts: Chinese fonts have Greek letters, which are not for us.
PREFERRED = (
    "NotoSans-",
    "NotoSans[",
    "NotoSansHebrew",
    "NotoSansArabic",
    "NotoSansThai",
    "NotoSansDevanagari",
    "NotoSansSymbols",
    "NotoSans",
    "DejaVuSans.",
    "LiberationSans-Regular",
    "NotoSansCJK",
    "SourceHanSans",
    "NanumGothic.",
    "DroidSansFallback",
    "wqy",
    "Symbola",
)
# Words of a name that tell it is not the plain upright font.
ODD = re.compile(
    "Bold|Italic|Oblique|Mono|Serif|Light|Thin|Black|Medium|Condensed|UI|Looped"
    "|DemiLight|Display"
)
# A Chinese character looks different in each country. Language → the names by which
# fonts tell them apart, the best one first.
REGIONS = {
    "ja": ("JP",),
    "ko": ("KR",),
    "zh-tw": ("TC", "HK"),
    "zh-hant": ("TC", "HK"),
    "zh-hk": ("HK", "TC"),
    "zh-mo": ("HK", "TC"),
}
# Who writes in another language names a supplier in China more often than in Japan.
OTHER_REGIONS = ("SC", "JP")
_REGION = re.compile(r"(JP|KR|SC|TC|HK)(?=-|$|\[)", re.IGNORECASE)
_DAMAGED = (sfnt.FontError, StructError, OSError, ValueError, LookupError)


@dataclass(frozen=True)
class Candidate:
    """A face that may help: a file, its number in it, and its PostScript name."""

    path: str
    index: int
    name: str

    @property
    def coverage(self):
        """Return which characters it may have: nearly true, and quick to read."""
        return _read_coverage(self.path, self.index)


def find_regions(lang):
    """Return the regions whose Chinese characters suit a language such as "zh-TW"."""
    lang = lang.lower().replace("_", "-")
    while lang not in REGIONS and "-" in lang:
        lang = lang.rpartition("-")[0]
    return REGIONS.get(lang, OTHER_REGIONS)


@lru_cache(maxsize=16)
def find_candidates(extra, regions):
    """Return the faces of the files `extra`, then those that are installed."""
    faces = [face for path in extra for face in _faces_of(path, regions)]
    found = [face for path in _installed() for face in _faces_of(path, regions)]
    found.sort(key=lambda face: (*_rank(face, regions), face.path, face.index))
    return tuple(faces + found)


@lru_cache(maxsize=1)
def _installed():
    paths = set()
    for folder in SYSTEM_FOLDERS:
        for root, _folders, names in os.walk(os.path.expanduser(folder)):
            paths.update(
                os.path.join(root, name)
                for name in names
                if name.lower().endswith(ENDINGS)
            )
    return tuple(sorted(paths))


def find_installed(name):
    """Return the path of an installed font file of this name, or None."""
    return next((path for path in _installed() if Path(path).name == name), None)


def _faces_of(path, regions):
    """Return the faces of a file; of a collection the most fitting first."""
    names = _read_names(path)
    faces = [Candidate(path, index, name) for index, name in enumerate(names)]
    return sorted(faces, key=lambda face: (*_rank(face, regions), face.index))


@lru_cache(maxsize=4096)
def _read_names(path):
    """Return the PostScript names of the faces of a collection, for another file its
    own name without opening it: there may be hundreds."""
    if not path.lower().endswith(("ttc", "otc")):
        return (Path(path).name,)
    try:
        with _opened(path) as data:
            tables = [
                sfnt.read_tables(data, index) for index in range(sfnt.count_faces(data))
            ]
            return tuple(sfnt.read_postscript_name(data, part) for part in tables)
    except _DAMAGED:
        return ()


@lru_cache(maxsize=4096)
def _read_coverage(path, index):
    try:
        with _opened(path) as data:
            return read_coverage(data, sfnt.read_tables(data, index)["cmap"])
    except _DAMAGED:
        return Coverage(())


@contextmanager
def _opened(path):
    """Map a file: of its megabytes only some tables are read."""
    # Opening a pipe would wait for somebody to write to it.
    if not os.path.isfile(path):
        raise sfnt.FontError(f"{path} is not a file")
    with (
        open(path, "rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        yield data


def _rank(face, regions):
    name = Path(face.path).name
    plain = not ODD.search(name) and not ODD.search(face.name)
    fitting = [word for word in PREFERRED if name.startswith(word)]
    place = PREFERRED.index(max(fitting, key=len)) if fitting else len(PREFERRED)
    region = _REGION.search(face.name.partition(".")[0])
    known = region.group().upper() if region else regions[0]
    fit = regions.index(known) if known in regions else len(regions)
    return not plain, place, fit
