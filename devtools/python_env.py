"""The venv in the cache, made of the pinned requirements."""

import hashlib
import importlib.util
import os
import shutil
import sys

from . import apt, locks, paths
from .console import Stop, call, say

REQUIREMENTS = paths.DEVTOOLS / "requirements.txt"


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
    install("--no-deps", "-r", REQUIREMENTS)
    (paths.venv() / "stamp").write_text(stamp())


def install(*words):
    """pip, with the machine's own configuration."""
    pip = (paths.venv_bin("python"), "-m", "pip", "install")
    call(*pip, "--disable-pip-version-check", "--prefer-binary", "-qq", *words)


def require_ensurepip():
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop(f"Python's venv is missing here: install the package {package}.")
    apt.get("update", "--quiet")
    apt.get("install", "--yes", "--no-install-recommends", package)
