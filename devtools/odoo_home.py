"""Odoo 19: the one that ODOO_HOME names, else Debian's package in the cache."""

import json
import os
import re
import shutil
from collections import namedtuple
from pathlib import Path

from . import debian, locks, paths
from .console import Stop, say

Odoo = namedtuple("Odoo", "path addons")

SERVER = "odoo-19"
# The server's package links to these by relative paths, so they lie beside it.
FROM_EITHER = (
    "libjs-jquery",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
)
FROM_STABLE = ("libjs-jquery-form", "fonts-font-awesome")
LIBRARY = Path("usr/lib/python3/dist-packages")
# The package carries a second copy of most addons, and tools nobody imports.
UNUSED = ("addons", "setup", "doc")
# Missing from the package; without it every page logs an error in the browser.
MISSING = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def find():
    """The Odoo to use, or None if it has to be fetched first."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return find_at(Path(home).expanduser().resolve())
    if not marker().exists():
        return None
    return describe(root() / LIBRARY)


def find_at(home):
    for path in (home, home.parent if home.name == "odoo" else home):
        if (path / "odoo" / "release.py").exists():
            require_version(path / "odoo" / "release.py")
            return describe(path)
    raise Stop(
        f"ODOO_HOME is {home}, and no Odoo is there: it must be the folder that "
        "holds odoo-bin or the Python package odoo."
    )


def require_version(release):
    found = re.search(r"version_info\s*=\s*\((\d+)", release.read_text())
    if not found or found.group(1) != "19":
        raise Stop(f"{release.parent.parent} is not an Odoo 19: set ODOO_HOME to one.")


def describe(path):
    folders = (path / "addons", path / "odoo" / "addons")
    return Odoo(path, tuple(folder for folder in folders if folder.is_dir()))


def root():
    return paths.cache() / "odoo"


def marker():
    return root() / "packages.json"


def ensure():
    """Return the Odoo to use, fetched if need be."""
    with locks.exclusive(
        paths.cache() / "odoo.lock", "Another command is fetching Odoo: waiting for it."
    ):
        return find() or fetch()


def fetch():
    say("Fetching Odoo 19 (about 130 MB, once) …")
    archive = debian.find_archive()
    config = debian.prepare(archive, ("sid", archive.codename))
    wanted = choose(config, archive.codename)
    folder = paths.cache() / "debs"
    files = debian.download(config, wanted, folder)
    unpack(files, wanted)
    shutil.rmtree(folder)
    return find()


def choose(config, stable):
    """{package: version}: the server from sid, old libraries from stable."""
    names = (*FROM_EITHER, *FROM_STABLE)
    wanted = debian.versions(config, "sid", (SERVER, *names))
    wanted.update(debian.versions(config, stable, FROM_STABLE))
    for name, version in debian.versions(config, stable, FROM_EITHER).items():
        wanted.setdefault(name, version)
    lacking = {SERVER, *names} - set(wanted)
    if lacking:
        raise Stop(
            f"The Debian archive has no {', '.join(sorted(lacking))}: "
            "set ODOO_HOME to the folder of an Odoo 19 that is already there."
        )
    return wanted


def unpack(files, wanted):
    """Unpack beside and rename at the end, so that a half is never used."""
    say("Unpacking Odoo 19 …")
    half = paths.cache() / "odoo.unpacking"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    for file in files:
        unpack_package(file, half)
    missing = half / LIBRARY / MISSING
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()
    (half / marker().name).write_text(json.dumps(wanted, indent=4, sort_keys=True))
    shutil.rmtree(root(), ignore_errors=True)
    half.rename(root())


def unpack_package(file, folder):
    excluded = [f"--exclude=./{LIBRARY}/{name}" for name in UNUSED]
    debian.unpack(file, folder, *excluded)
