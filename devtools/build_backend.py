"""The wheel's build: whool, on a plain copy in a folder of the addon's name.

whool names the package after the folder, which pip calls as it likes, and takes all
that git tracks. The copy holds what an Odoo needs, and nothing of the workshop.
"""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from whool import buildapi

MODULE = "account_email"
ROOT = Path(__file__).resolve().parent.parent
# At the root: needed to work on the addon, not to use it.
WORKSHOP = {"bench", "build", "devtools", "dist", "node_modules", "odoo", "run"}
WORKSHOP |= {"ruff.toml", "test", "tests"}


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """:return: the wheel's file name; see PEP 517"""
    target = os.path.abspath(wheel_directory)
    with clean_copy():
        return buildapi.build_wheel(target, config_settings, metadata_directory)


def build_sdist(sdist_directory, config_settings=None):
    """:return: the archive's file name; see PEP 517"""
    target = os.path.abspath(sdist_directory)
    with clean_copy():
        return buildapi.build_sdist(target, config_settings)


@contextmanager
def clean_copy():
    """Stand in a copy of the addon as it is installed."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / MODULE
        shutil.copytree(ROOT, copy, ignore=_left_out)
        os.chdir(copy)
        try:
            yield copy
        finally:
            os.chdir(here)


def _left_out(folder, names):
    left = {name for name in names if name.startswith((".", "__pycache__"))}
    if Path(folder) == ROOT:
        left |= WORKSHOP & set(names)
    return left | {name for name in names if name == "ruff.toml"}
