"""What tests of several files use.

The same examples are tried each time, so that a change is judged by itself;
`HYPOTHESIS_PROFILE=random ./test unit` looks for new ones.
"""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# The root package imports Odoo. Here it is a folder of rooms and nothing more, so
# that a pure room may ask its neighbour as it does inside Odoo.
if "account_email" not in sys.modules:
    house = ModuleType("account_email")
    house.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["account_email"] = house

from account_email.pdf.fonts import finder
from pdf_fonts import forget_fonts

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The only folder of installed fonts."""
    monkeypatch.setattr(finder, "SYSTEM_FOLDERS", (str(tmp_path),))
    forget_fonts()
    yield tmp_path
    forget_fonts()
