"""The lowest versions that the manifest allows, before those of the venv."""

import ast
import hashlib
import shutil

from packaging.requirements import Requirement

from . import locks, paths, python_env
from .console import say

LIST = paths.DEVTOOLS / "lowest.txt"
# What touches those packages, and nothing that takes long.
TESTS = (
    *("test_vault", "test_transport_dial", "test_transport_http"),
    *("test_transport_providers", "test_transport_smtp", "test_transport_symptoms"),
    *("test_pdf_render", "test_pdf_gate", "test_pdf_hostile", "test_pdf_archive"),
)


def read():
    """:return: dict of names and versions"""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    wanted = [line.partition("==") for line in lines if not line.startswith("#")]
    return {name: version for name, _equals, version in wanted}


def read_bounds():
    """:return: dict of the manifest's packages and the lowest versions it allows"""
    manifest = ast.literal_eval((paths.ROOT / "__manifest__.py").read_text())
    needs = map(Requirement, manifest["external_dependencies"]["python"])
    return {need.name: str(need.specifier).removeprefix(">=") for need in needs}


def ensure():
    """:return: a folder with these packages, for the front of Python's path"""
    folder = paths.cache() / "lowest"
    stamp = hashlib.sha256(f"{python_env.stamp()}{LIST.read_text()}".encode())
    mark = folder / "stamp"
    with locks.exclusive(paths.cache() / "lowest.lock"):
        if not mark.exists() or mark.read_text() != stamp.hexdigest():
            say("Installing the lowest versions (once) …")
            shutil.rmtree(folder, ignore_errors=True)
            python_env.install(LIST.name, "--target", folder)
            mark.write_text(stamp.hexdigest())
    return folder
