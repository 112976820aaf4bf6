"""The venv in the cache, made of the pinned requirements."""

import hashlib
import importlib.util
import os
import shutil
import sys

from . import apt, locks, paths
from .console import Stop, call, say

REQUIREMENTS = paths.DEVTOOLS / "requirements.txt"
# The same versions with the checksums of all their archives, for every platform, made
# by `uv pip compile --no-deps --generate-hashes --universal --python-version 3.10
# --no-annotate --no-header`; ./test unit tells when a version was changed without it.
HASHES = paths.DEVTOOLS / "hashes"


def stamp():
    """Changes with the pins and the Python, and then the venv is made anew."""
    text = f"{sys.version}\n{sys.base_prefix}\n{REQUIREMENTS.read_text()}"
    return hashlib.sha256(text.encode()).hexdigest()


def is_current():
    mark = paths.venv() / "stamp"
    return mark.exists() and mark.read_text() == stamp()


def ensure():
    if is_current():
        return
    with locks.exclusive(
        paths.cache() / "venv.lock", "Another command is installing: waiting for it."
    ):
        if not is_current():
            build()


def build():
    say("Installing the Python packages (once) …")
    require_ensurepip()
    shutil.rmtree(paths.venv(), ignore_errors=True)
    call(sys.executable, "-m", "venv", paths.venv())
    install(REQUIREMENTS.name)
    (paths.venv() / "stamp").write_text(stamp())


def install(name, *words):
    """pip, with the machine's own configuration; it takes no archive but those whose
    checksums are in the list ``hashes/name``."""
    pip = (paths.venv_bin("python"), "-m", "pip", "install", "-qq", "--no-deps")
    options = ("--disable-pip-version-check", "--prefer-binary", "--require-hashes")
    call(*pip, *options, *words, "-r", HASHES / name)


def require_ensurepip():
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(f"Python's venv is missing here: install the package {package}.")
    apt.get("update", "--quiet")
    apt.get("install", "--yes", "--no-install-recommends", package)
