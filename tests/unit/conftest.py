"""What tests of several files use."""

import pytest
from pdf_fonts import forget_fonts

from pdf.fonts import finder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The only folder of installed fonts."""
    monkeypatch.setattr(finder, "SYSTEM_FOLDERS", (str(tmp_path),))
    forget_fonts()
    yield tmp_path
    forget_fonts()
