"""What the set-up installs is what was chosen, archive by archive."""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools import lowest, paths, python_env

LISTS = (python_env.REQUIREMENTS, lowest.LIST)


def versions_of(text):
    """The versions of a list, and how many checksums each has."""
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    return {
        (canonicalize_name(need.name), str(need.specifier)): line.count("--hash")
        for line in filter(None, lines)
        for need in [Requirement(line.split(" --hash")[0])]
    }


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_each_version_has_its_checksums(path):
    hashed = versions_of((python_env.HASHES / path.name).read_text(encoding="utf-8"))
    assert set(hashed) == set(versions_of(path.read_text(encoding="utf-8")))
    assert all(hashed.values())


def test_no_list_names_a_place_to_fetch_from():
    for path in (*LISTS, *python_env.HASHES.iterdir()):
        assert "://" not in path.read_text(encoding="utf-8"), path.name


@pytest.fixture
def wheel(tmp_path):
    """A package of one file, in a folder of its own."""
    path = tmp_path / "small-1.0-py3-none-any.whl"
    files = {
        "small.py": "",
        "small-1.0.dist-info/METADATA": "Name: small\nVersion: 1.0\n",
        "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
        "small-1.0.dist-info/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("change", [b"", b"changed"])
def test_an_archive_that_was_changed_is_refused(wheel, tmp_path, monkeypatch, change):
    checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (tmp_path / "list.txt").write_text(f"small==1.0 --hash=sha256:{checksum}\n")
    wheel.write_bytes(wheel.read_bytes() + change)
    monkeypatch.setattr(python_env, "HASHES", tmp_path)
    monkeypatch.setattr(paths, "venv_bin", lambda name: sys.executable)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    try:
        python_env.install("list.txt", "--target", tmp_path / "in")
    except python_env.Stop:
        assert change and not (tmp_path / "in" / "small.py").exists()
    else:
        assert not change and (tmp_path / "in" / "small.py").exists()
