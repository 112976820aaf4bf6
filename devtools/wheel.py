"""Is the wheel the addon, whatever the folder is called that it is built in?"""

import subprocess
import tempfile
import zipfile
from pathlib import Path

from . import paths, tree
from .console import say

NAME = f"odoo_addon_{paths.MODULE}-"
INSIDE = f"odoo/addons/{paths.MODULE}/"
# What a user needs, and what stays in the workshop.
WANTED = ("__manifest__.py", "models/__init__.py", "i18n/sq.po", "transport/tls.py")
UNWANTED = ("devtools/", "tests/", ".ci/", "bench", "run", "test", "odoo", ".pylintrc")


def check():
    """:return: whether the wheel has its name and holds what it should"""
    with tempfile.TemporaryDirectory() as folder:
        odd = tree.make(Path(folder)).rename(Path(folder) / "clone-1a2b")
        pip = [str(paths.venv_bin("python")), "-m", "pip", "wheel", "--no-deps", "-q"]
        words = [*pip, "--disable-pip-version-check", "-w", folder, "."]
        if subprocess.run(words, cwd=odd).returncode:
            return False
        (wheel,) = Path(folder).glob("*.whl")
        return not find_faults(wheel.name, zipfile.ZipFile(wheel).namelist())


def find_faults(name, files):
    """:return: sentences, each of them said"""
    faults = [] if name.startswith(NAME) else [f"The wheel is called {name}."]
    inside = [file.removeprefix(INSIDE) for file in files]
    faults += [f"The wheel lacks {name}." for name in WANTED if name not in inside]
    faults += [
        f"The wheel holds {file}."
        for file in inside
        for part in UNWANTED
        if file == part or part.endswith("/") and file.startswith(part)
    ]
    for fault in faults[:5]:
        say(fault)
    return faults
