"""The linters, one function each; all of them run, whatever the others find."""

import subprocess

from . import node, paths
from .console import say

XML_PLUGIN = "node_modules/@prettier/plugin-xml/src/plugin.js"
FORMATTED = ("static/**/*.js", "**/*.xml")


def run(title, words):
    """:return: whether the command found nothing"""
    say(f"— {title}")
    words = [str(word) for word in words]
    done = subprocess.run(words, cwd=paths.ROOT, env=node.environment())
    return not done.returncode


def ruff():
    tool = paths.venv_bin("ruff")
    checked = run("ruff check", [tool, "check", "--no-cache", "."])
    formatted = run("ruff format", [tool, "format", "--no-cache", "--check", "."])
    return checked and formatted


def pylint():
    # README.md is our README, which the message C8112 does not know.
    words = [paths.venv_bin("pylint"), "--rcfile=.pylintrc", "--disable=C8112", "."]
    return run("pylint-odoo", words)


def oca(*, write=False):
    link = paths.addons() / paths.MODULE
    modules = [paths.venv_bin("oca-checks-odoo-module"), link]
    texts = [paths.venv_bin("oca-checks-po"), *(["--fix"] if write else [])]
    texts += sorted(paths.ROOT.glob("i18n/*.po*"))
    checked = run("oca-checks-odoo-module", modules)
    return run("oca-checks-po", texts) and checked


def prettier(*, write=False):
    plugin = node.folder() / XML_PLUGIN
    words = [*node.program("prettier"), "--config", "devtools/npm/prettier.json"]
    words += [f"--plugin={plugin}", "--ignore-path", ".gitignore", "--log-level=warn"]
    return run("prettier", [*words, "--write" if write else "--check", *FORMATTED])


def main(*, write=False):
    return all([ruff(), pylint(), oca(write=write), prettier(write=write)])
