"""The gates: each looks at a plain copy of the addon and says whether it is sound.

All of them run, whatever the others find. ``tests/unit/test_gates.py`` plants a fault
for each and sees it fail.
"""

import json
import re
import subprocess

from oca_pre_commit_hooks.checks_odoo_module import lookup_manifest_paths

from . import locks, node, paths, tree
from .console import say

XML_PLUGIN = "node_modules/@prettier/plugin-xml/src/plugin.js"
FORMATTED = ("static/**/*.js", "**/*.xml")
# They know no Odoo, and their hints are true.
PURE_ROOMS = ("transport", "advice", "vault", "pdf", "ledger")
# README.md is our README: the page of the repository, and no manual of the addon.
README_MESSAGE = {"pylint": "C8112", "oca": "prefer-readme-rst"}
MERGE = "consider-merging-classes-inherited"
# Model → why its class stands in several files.
SPLIT = {
    "account.email.report": "a document, a changed template, the pictures in it",
    "account.email.dispatch": "the row, its queue, its locks, what comes of an attempt",
    "account.email.mixin": "a document, its letter, its PDF",
    "ir.actions.report": "drawing, judging what was drawn, finding changed templates",
    "mail.mail": "a letter on its way, and what is told of its end",
    "report.account.report_invoice": "head, lines and totals of the longest document",
}


def run(title, words, *, folder, env=None):
    """:return: whether the command found nothing"""
    say(f"— {title}")
    words = [str(word) for word in words]
    return not subprocess.run(words, cwd=folder, env=env).returncode


def ruff(addon):
    tool = paths.venv_bin("ruff")
    checked = run("ruff check", [tool, "check", "--no-cache", "."], folder=addon)
    words = [tool, "format", "--no-cache", "--check", "."]
    return run("ruff format", words, folder=addon) and checked


def pylint(addon):
    say("— pylint-odoo")
    # Run from above: inside the addon it does not see which classes are one model.
    words = [paths.venv_bin("pylint"), f"--rcfile={addon / '.pylintrc'}"]
    words += [f"--disable={README_MESSAGE['pylint']}", "--output-format=json2"]
    done = subprocess.run(
        [*words, addon.name], cwd=addon.parent, stdout=subprocess.PIPE
    )
    if not done.stdout:
        # It could not even begin, and has said why.
        return False
    found = [row for row in json.loads(done.stdout)["messages"] if not is_split(row)]
    for row in found:
        say(f"{row['path']}:{row['line']}: {row['message']} ({row['symbol']})")
    return not found


def is_split(row):
    """Whether a message is about a model that has several files for a reason."""
    model = re.search(r'"(.+?)"', row["message"])
    return row["symbol"] == MERGE and bool(model) and model[1] in SPLIT


def oca(addon):
    tool = paths.venv_bin("oca-checks-odoo-module")
    words = [tool, f"--disable={README_MESSAGE['oca']}", addon]
    if not all(lookup_manifest_paths([str(addon)])):
        # It would say nothing of this itself, and end well.
        say(f"oca-checks-odoo-module finds no addon in {addon}")
        return False
    return run("oca-checks-odoo-module", words, folder=addon.parent)


def oca_po(addon):
    words = [paths.venv_bin("oca-checks-po"), *sorted(addon.glob("i18n/*.po*"))]
    return run("oca-checks-po", words, folder=addon)


def mypy(addon):
    words = [paths.venv_bin("mypy"), f"--config-file={addon / 'pyproject.toml'}"]
    words += [f"--cache-dir={addon.parent / 'mypy'}"]
    for room in PURE_ROOMS:
        words += ["--package", f"{addon.name}.{room}"]
    return run("mypy", words, folder=addon.parent)


def prettier(addon, *, write=False):
    plugin = node.folder() / XML_PLUGIN
    words = [*node.program("prettier"), "--config", "devtools/npm/prettier.json"]
    words += [f"--plugin={plugin}", "--ignore-path", ".gitignore", "--log-level=warn"]
    words += ["--write" if write else "--check", *FORMATTED]
    return run("prettier", words, folder=addon, env=node.environment())


GATES = (ruff, pylint, oca, oca_po, mypy, prettier)


def format_others():
    """Format what is not Python, in the checkout itself."""
    texts = sorted(paths.ROOT.glob("i18n/*.po*"))
    words = [paths.venv_bin("oca-checks-po"), "--fix", *texts]
    run("oca-checks-po --fix", words, folder=paths.ROOT)
    prettier(paths.ROOT, write=True)


def main(*, write=False):
    if write:
        format_others()
    folder = paths.workspace() / "lint"
    with locks.exclusive(folder / "lock", "Another command looks: waiting for it."):
        addon = tree.make(folder)
        return all([gate(addon) for gate in GATES])
