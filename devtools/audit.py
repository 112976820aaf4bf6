"""Known weaknesses of the packages that the addon runs on.

Asks the package index that pip is set up with, in the form that PyPI offers
(``/pypi/NAME/VERSION/json``). Many indexes don't: nothing fails then, but a warning
says so, there and in the last lines of ``./test``, for nobody has looked.
"""

import ast
from importlib import metadata

import requests
from packaging.requirements import Requirement
from pip._internal.commands import create_command

from . import paths
from .console import remark, say, warn

# What the README calls optional.
OPTIONAL = ("Authlib", "dnspython", "uharfbuzz")
# Seconds to connect, and to wait for a word.
PATIENCE = (3, 5)
NOT_OFFERED = (
    "the audit could not see: this package index tells of no weaknesses. "
    "{seen} of {all} packages were audited."
)


def find_packages():
    """:return: dict of names and versions: the addon's requirements and theirs"""
    manifest = ast.literal_eval((paths.ROOT / "__manifest__.py").read_text())
    needed = map(Requirement, manifest["external_dependencies"]["python"])
    todo = [*(need.name for need in needed), *OPTIONAL]
    found = {}
    while todo:
        name = todo.pop().lower()
        if name in found or not is_installed(name):
            continue
        found[name] = metadata.version(name)
        todo += [
            need.name
            for need in map(Requirement, metadata.requires(name) or ())
            if not need.marker or need.marker.evaluate({"extra": ""})
        ]
    return dict(sorted(found.items()))


def is_installed(name):
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def open_index():
    """:return: session with pip's own certificate and proxy, and the index's address"""
    options, _words = create_command("download").parse_args([])
    session = requests.Session()
    session.verify = options.cert or True
    if options.proxy:
        session.proxies = {"http": options.proxy, "https": options.proxy}
    return session, options.index_url.rstrip("/").removesuffix("/simple")


def ask(session, base, name, version):
    """:return: what is known against one version, or None if the index doesn't tell"""
    url = f"{base}/pypi/{name}/{version}/json"
    try:
        answer = session.get(url, timeout=PATIENCE)
        told = answer.json().get("vulnerabilities") if answer.ok else None
    except (requests.RequestException, ValueError, AttributeError):
        return None
    if not isinstance(told, list):
        return None
    return [entry for entry in told if not entry.get("withdrawn")]


def main(session, base, packages):
    """:return: whether nothing is known against ``packages``"""
    clean = True
    for seen, (name, version) in enumerate(packages.items()):
        told = ask(session, base, name, version)
        if told is None:
            # The next one would wait as long for the same answer.
            remark(NOT_OFFERED.format(seen=seen, all=len(packages)))
            return clean
        for entry in told:
            clean = False
            cured = ", ".join(entry.get("fixed_in") or ()) or "no version yet"
            names = " ".join([entry.get("id", "?"), *(entry.get("aliases") or ())])
            warn(f"{name} {version}: {names}, cured in {cured}")
    say(f"{len(packages)} packages were audited.")
    return clean
