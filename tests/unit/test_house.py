"""The walls of the house: arrows point one way, rooms are entered by their doors."""

from __future__ import annotations

from pathlib import Path

import house
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path):
    """A small house without a fault."""
    for room in house.ARROWS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    write(tmp_path, "transport/__init__.py", "from .session import open_session")
    write(tmp_path, "transport/session.py", "def open_session(): ...")
    write(tmp_path, "pdf/__init__.py", "__all__ = ['render']\nfrom .page import hidden")
    write(tmp_path, "pdf/fonts/face.py", "from ..page import hidden")
    write(tmp_path, "models/queue.py", "from ..transport import open_session")
    write(tmp_path, "models/page.py", "import odoo\nfrom .. import pdf\npdf.render()")
    write(tmp_path, "advice/lookup.py", "from ..transport import open_session")
    return tmp_path


def write(root, name, text):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_the_house_stands():
    assert not house.faults(ROOT)


def test_each_room_of_the_addon_is_known():
    """A new room says where it stands, or nothing would look at it."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms - {"tests", "devtools"} <= set(house.ARROWS)


def test_no_room_leads_back_to_itself():
    assert not house.circles(house.ARROWS)
    assert house.circles({"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)})


def test_a_small_house_stands(small):
    assert not house.faults(small)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("pdf/page.py", "import odoo", "knows no Odoo"),
        ("pdf/fonts/face.py", "from odoo.tools import html", "knows no Odoo"),
        ("vault/key.py", "def key():\n    from odoo import tools", "knows no Odoo"),
        ("transport/a.py", "__import__('odoo')", "knows no Odoo"),
        ("transport/a.py", "from ..advice import PRESETS", "never asks advice"),
        ("transport/providers/a.py", "from ...words import cure", "never asks words"),
        ("models/a.py", "from ..wizards import a", "never asks wizards"),
        ("models/a.py", "from .. import controllers", "never asks controllers"),
        ("report/a.py", "from ..models import queue", "never asks models"),
        ("models/a.py", "import odoo.addons.account_email.wizards.a", "asks wizards"),
        ("models/a.py", "from ..transport.session import open_session", "the door"),
        ("models/a.py", "from ..transport import session", "the door"),
        ("models/a.py", "from ..pdf import hidden", "behind the door of pdf"),
        ("models/a.py", "from .. import pdf\npdf.page.hidden", "door of pdf"),
        ("advice/a.py", "from ..transport.session import SESSIONS", "the door"),
        (
            "report/a.py",
            "from importlib import *\nimport_module('account_email.pdf.a')",
            "the door",
        ),
    ],
)
def test_a_planted_fault_is_seen(small, name, text, words):
    write(small, name, text)
    (found,) = house.faults(small)
    assert words in found and name in found
