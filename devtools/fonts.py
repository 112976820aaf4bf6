"""Fonts for tests, out of Debian's packages, without installing them."""

import shutil

from . import debian, locks, paths
from .console import Stop, say

# package -> its files that tests use: the packages hold hundreds.
WANTED = {
    "fonts-noto-core": [
        f"NotoSans{script}-Regular.ttf"
        for script in (
            *("", "Arabic", "Bengali", "Devanagari", "Hebrew", "Khmer", "Tamil"),
            *("Telugu", "Thai"),
        )
    ],
    "fonts-noto-cjk": ["NotoSansCJK-Regular.ttc"],
}


def ensure():
    """Return the folder of the fonts, fetched if need be; Stop if they cannot be."""
    folder = paths.cache() / "fonts"
    with locks.exclusive(
        paths.cache() / "odoo.lock", "Another command uses the archive: waiting for it."
    ):
        if not folder.exists():
            fetch(folder)
    return folder


def fetch(folder):
    say("Fetching fonts for tests (about 70 MB, once) …")
    archive = debian.find_archive()
    config = debian.prepare(archive, (archive.codename,))
    versions = debian.versions(config, archive.codename, WANTED)
    if set(versions) != set(WANTED):
        raise Stop(f"The Debian archive has not all of {', '.join(WANTED)}.")
    packages = paths.cache() / "fonts.debs"
    half = paths.cache() / "fonts.unpacking"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    for name, file in zip(
        versions, debian.download(config, versions, packages), strict=True
    ):
        unpack(file, WANTED[name], half)
    shutil.rmtree(packages)
    half.rename(folder)


def unpack(file, names, folder):
    """Unpack some fonts of a package, without the folders that they lie in."""
    members = [f"./usr/share/fonts/*/noto/{name}" for name in names]
    debian.unpack(file, folder, "--transform", "s,.*/,,", "--wildcards", *members)
