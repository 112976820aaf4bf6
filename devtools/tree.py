"""A plain copy of the addon in a folder of its name: what the linters look at.

Tools that look for an addon follow a link to the checkout, whatever that is called,
find none and say that all is well.
"""

import os
import shutil
import subprocess

from . import paths

# Where git can't be asked, as in a downloaded archive.
UNTRACKED = ("__pycache__", ".git", ".*_cache", ".hypothesis", "node_modules", "dist")


def make(folder):
    """Copy what git tracks, and new files that it does not ignore.

    :return: the copy, ``folder``/``account_email``
    """
    copy = folder / paths.MODULE
    shutil.rmtree(copy, ignore_errors=True)
    names = list_files()
    if names is None:
        ignored = shutil.ignore_patterns(*UNTRACKED, "*.pyc")
        return shutil.copytree(paths.ROOT, copy, ignore=ignored)
    for name in filter(None, names):
        source = paths.ROOT / name
        # A file that is deleted and not yet committed is still tracked.
        if source.is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy / name)
    return copy


def list_files():
    """:return: names below the root, or None where git knows nothing of it"""
    words = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    try:
        done = subprocess.run(words, cwd=paths.ROOT, capture_output=True)
    except FileNotFoundError:
        return None
    return None if done.returncode else os.fsdecode(done.stdout).split("\0")
