"""The manifest promises no version that is not tested."""

from __future__ import annotations

from importlib import metadata

from packaging.version import Version

from devtools import lowest, paths


def test_the_manifest_and_the_list_agree():
    bounds, versions = lowest.read_bounds(), lowest.read()
    assert bounds and all(bounds.values())
    assert bounds == {name: versions[name] for name in bounds}


def test_the_lowest_are_older_than_those_of_the_other_stages():
    for name, version in lowest.read_bounds().items():
        assert Version(version) < Version(metadata.version(name))


def test_the_readme_names_them():
    text = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    for name, version in lowest.read_bounds().items():
        assert f"{name}>={version}" in text


def test_each_of_its_tests_is_there():
    for name in lowest.TESTS:
        assert (paths.ROOT / "tests/unit" / f"{name}.py").exists()
