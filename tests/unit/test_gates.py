"""Each gate of ``./test lint`` lets a sound addon pass, and stops one with a fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from devtools import lint, paths, tree

ROOT = Path(__file__).resolve().parents[2]
# What the gates are told, as it stands in the repository.
RULES = ("ruff.toml", ".pylintrc", "pyproject.toml", "pdf/ruff.toml")
MANIFEST = """\
{
    "name": "Sound",
    "version": "19.0.1.0.0",
    "author": "Account Email contributors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["views/sound_views.xml"],
}
"""
VIEW = """\
<?xml version="1.0" encoding="UTF-8" ?>
<odoo>
    <record id="sound_view_form" model="ir.ui.view">
        <field name="name">sound.form</field>
        <field name="model">sound</field>
        <field name="arch" type="xml"><form /></field>
    </record>
</odoo>
"""
MODEL = """\
from odoo import fields, models
from odoo.exceptions import UserError


class Sound(models.Model):
    _inherit = "sound"

    name = fields.Char()

    def action_refuse(self):
        raise UserError(self.env._("No."))
"""
PURE = """\
def double(number: int) -> int:
    \"\"\"Twice the number.\"\"\"
    return 2 * number
"""
SOUND = {
    "__manifest__.py": MANIFEST,
    "__init__.py": "from . import models\n",
    "models/__init__.py": "from . import sound\n",
    "models/sound.py": MODEL,
    "views/sound_views.xml": VIEW,
    **{f"{room}/__init__.py": PURE for room in lint.PURE_ROOMS},
}
TWICE = VIEW.replace("</odoo>", "") + VIEW.split("<odoo>")[1]
BRANCHES = "def choose(number):\n" + "".join(
    f"    if number == {n}:\n        number += {n}\n" for n in range(1, 9)
)
SECOND = """\
from odoo import models


class Sound(models.Model):
    _inherit = "sound"

    def action_accept(self):
        return None
"""
# gate → file → what is written there, one fault each.
FAULTS = [
    ("ruff", "models/sound.py", "import os\n\n" + MODEL),
    ("ruff", "models/sound.py", MODEL + "\n\n" + BRANCHES + "    return number\n"),
    ("ruff", "models/sound.py", MODEL.replace('"sound"', "'sound'")),
    ("ruff", "pdf/page.py", "import odoo\n\nVERSION = odoo.release\n"),
    ("pylint", "models/sound.py", MODEL.replace('self.env._("No.")', '"No."')),
    ("pylint", "models/second.py", SECOND),
    ("oca", "views/sound_views.xml", TWICE),
    ("mypy", "pdf/page.py", PURE.replace("2 * number", "str(number)")),
    ("mypy", "vault/key.py", PURE + "\n\ndouble()\n"),
]
NAMES = (
    *("unused import", "complexity 9", "quotes", "odoo in a pure room"),
    *("untranslated term", "class in two files", "XML id twice"),
    *("type of a result", "missing argument"),
)


@pytest.fixture
def addon(tmp_path):
    """A small addon in a folder of the module's name, with the repository's rules."""
    folder = tmp_path / paths.MODULE
    for name, text in SOUND.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name in RULES:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("gate", ["ruff", "pylint", "oca", "mypy"])
def test_a_sound_addon_passes(addon, gate):
    assert getattr(lint, gate)(addon)


@pytest.mark.parametrize(("gate", "name", "text"), FAULTS, ids=NAMES)
def test_a_planted_fault_is_seen(addon, gate, name, text):
    (addon / name).write_text(text, encoding="utf-8")
    assert not getattr(lint, gate)(addon)


def test_a_model_is_split_for_a_reason(addon, monkeypatch):
    (addon / "models/second.py").write_text(SECOND, encoding="utf-8")
    monkeypatch.setitem(lint.SPLIT, "sound", "a reason")
    assert lint.pylint(addon)


def test_a_gate_that_finds_no_addon_does_not_pass(addon):
    (addon / "__manifest__.py").unlink()
    assert not lint.oca(addon)
    shutil.rmtree(addon)
    assert not lint.pylint(addon.parent / "elsewhere")
    assert not lint.mypy(addon)


def test_the_copy_is_what_git_knows(tmp_path):
    copy = tree.make(tmp_path)
    assert copy.name == paths.MODULE and not copy.is_symlink()
    assert (copy / "__manifest__.py").read_bytes() == (
        ROOT / "__manifest__.py"
    ).read_bytes()
    assert (copy / "tests/unit" / Path(__file__).name).exists()
    assert not list(copy.rglob("__pycache__")) and not (copy / ".git").exists()
