"""Pictures that somebody uploads: those of known kinds, within limits."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from account_email.pdf import picture
from PIL import EpsImagePlugin, Image

HOUSE = Path(__file__).resolve().parents[2]
MEASURE = """
import io, resource, sys
from types import ModuleType
house = ModuleType("account_email")
house.__path__ = [sys.argv[1]]
sys.modules["account_email"] = house
from account_email.pdf import picture
data = open(sys.argv[2], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
shown = picture.load_picture(data, 200, 100)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(int(shown is not None), (after - before) // 1024)
"""


def saved(kind, size=(40, 30), mode="RGB"):
    buffer = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else None).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_known_kinds_are_shown(kind):
    assert picture.load_picture(saved(kind), 100, 50)


EPS = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(x) run\n%%EOF\n"
)


@pytest.mark.parametrize(
    "data",
    [EPS, b"%PDF-1.4\n", saved("PPM"), saved("PCX"), saved("ICO"), saved("TGA")],
    ids=("eps", "pdf", "ppm", "pcx", "ico", "tga"),
)
def test_other_kinds_are_left_out_with_a_line(data, caplog, monkeypatch):
    def called(*_args, **_kwargs):
        raise AssertionError("Ghostscript was asked")

    monkeypatch.setattr(EpsImagePlugin, "Ghostscript", called)
    monkeypatch.setattr(EpsImagePlugin, "has_ghostscript", lambda: True)
    with caplog.at_level(logging.WARNING):
        assert picture.load_picture(data, 100, 50) is None
    assert "is left out" in caplog.text


def png(width, height):
    """A PNG of one colour, written row by row: its making costs no memory."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + crc

    pack, rows = zlib.compressobj(9), bytearray()
    for _row in range(height):
        rows += pack.compress(b"\0" * (width * 3 + 1))
    rows += pack.flush()
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", bytes(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("size", [(11_000, 9_000), (9_000, 9_000), (7_000, 7_000)])
def test_few_bytes_of_many_pixels_cost_nothing(size, tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(png(*size))
    command = [sys.executable, "-c", MEASURE, str(HOUSE), str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    shown, megabytes = map(int, said.split())
    assert not shown
    assert megabytes < 60


def test_a_large_picture_within_the_limits_is_made_small():
    shown = picture.load_picture(saved("PNG", (3_000, 2_000), "L"), 100, 50)
    assert shown.width <= 100 * picture.DOTS_PER_POINT


def test_formats_are_known_where_a_program_keeps_pil_from_loading_them():
    """As Odoo does: an unknown one must leave the picture out, not fail the page."""
    code = """
import io, sys, types
from PIL import Image
Image.preinit()
Image._initialized = 2
house = types.ModuleType("account_email")
house.__path__ = [sys.argv[1]]
sys.modules["account_email"] = house
from account_email.pdf.picture import FORMATS, load_picture
assert load_picture(b"no picture", 9, 9) is None
for name in FORMATS:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, name)
    assert load_picture(buffer.getvalue(), 9, 9), name
"""
    subprocess.run([sys.executable, "-c", code, str(HOUSE)], check=True)
