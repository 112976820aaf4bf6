"""What tests of several files use.

The same examples are tried each time, so that a change is judged by itself;
`HYPOTHESIS_PROFILE=random ./test unit` looks for new ones.
"""

import os

import pytest
from hypothesis import settings
from pdf_fonts import forget_fonts

from pdf.fonts import finder

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
