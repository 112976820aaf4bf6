"""Whatever stands in a field, a good page comes out, and nothing is interpreted."""

import io
import logging
import struct
import zlib

import pytest
from account_email.pdf import (
    Code,
    Fact,
    Facts,
    Letterhead,
    Party,
    Row,
    Table,
    Total,
    Totals,
    plain_text,
    render,
)
from account_email.pdf.typeset.clean import clean
from pdf_samples import (
    COLUMNS,
    make_document,
    make_image,
    make_theme,
    read,
    render_text,
)
from PIL import Image


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "</para><font color='red'>",
        "&amp; &lt;script&gt;",
        "(brackets) \\ and ) Tj ET (",
        "<img src='file:///etc/passwd'/>",
        "{page} {pages} %s %(x)s {0}",
    ],
)
def test_markup_is_text(text):
    document = make_document(recipient=Party((text,)), title=text)
    squeezed = "".join(render_text(document)[0].split())
    assert "".join(text.split()) in squeezed


def test_control_characters_are_dropped():
    assert clean("soft\xadhyphen\u2060") == "softhyphen"
    assert clean("a\x00b\x07c\u202ed\ufeff\ud800e\r\nf\rg") == "abcde\nf\ng"
    assert "evil" in render_text(make_document(title="e\x00v\x1bi\u202el"))[0]


def test_long_text_in_every_place():
    text = "lorem ipsum " * 9000
    document = make_document(
        title=text[:5000],
        recipient=Party((text[:3000],)),
        blocks=(
            Facts((Fact(text[:500], text[:500]),)),
            Table(COLUMNS, (Row((text, text[:2000], text[:2000])),)),
            Totals((Total(text[:400], "1"),)),
        ),
    )
    assert len(render_text(document)) > 10


def test_endless_word():
    pages = render_text(make_document(title="W" * 2000, recipient=Party(("M" * 999,))))
    assert sum(page.count("M") for page in pages) >= 999


def test_huge_amounts():
    cells = ("Thing", "9" * 60, "-" + "9" * 60 + ".00 €")
    totals = Totals((Total("Total", "nan"), Total("Due", "9" * 90, "due")))
    text = "".join(
        render_text(make_document(blocks=(Table(COLUMNS, (Row(cells),)), totals)))
    )
    assert "nan" in text
    assert "9" * 60 in "".join(text.split())


def test_footer_and_header_as_long_as_a_book():
    text = "words " * 3000
    head = Letterhead("Company", plain_text(text), plain_text(text), plain_text(text))
    assert "Office chair 1" in "".join(render_text(make_document(letterhead=head)))


@pytest.mark.parametrize(
    "logo",
    [
        b"no image",
        make_image()[:80],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_broken_logo_is_left_out(logo, caplog):
    caplog.set_level(logging.WARNING)
    document = make_document(letterhead=Letterhead("Company", logo=logo))
    page = read(render(document, make_theme())).pages[0]
    assert not page.images
    assert "is left out" in caplog.text


def _png_of(width, height):
    """Return a PNG of black pixels that is small as a file and huge as an image."""

    def chunk(kind, data):
        check = struct.pack(">L", zlib.crc32(kind + data))
        return struct.pack(">L", len(data)) + kind + data + check

    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height)
    head = chunk(b"IHDR", struct.pack(">2L5B", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_forty_megapixels():
    head = Letterhead("Company", logo=_png_of(8000, 5000))
    content = render(make_document(letterhead=head), make_theme())
    assert len(content) < 60_000
    assert read(content).pages[0].images


def test_image_bomb_is_left_out():
    head = Letterhead("Company", logo=_png_of(30_000, 30_000))
    assert (
        not read(render(make_document(letterhead=head), make_theme())).pages[0].images
    )


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "CMYK", "LA", "1"])
def test_image_modes(mode):

    buffer = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new("RGB", (50, 20), "red").convert(mode).save(buffer, kind)
    head = Letterhead("Company", logo=buffer.getvalue())
    assert read(render(make_document(letterhead=head), make_theme())).pages[0].images


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.com/ü?a=%20b#(c)", "https://example.com/%C3%BC?a=%20b#(c)"),
        ("http://example.com/\ud800x y", "http://example.com/x%20y"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("javascript:app.alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://" + "x" * 9000, None),
    ],
)
def test_links(url, written):
    document = make_document(blocks=(Code("x", url=url),))
    page = read(render(document, make_theme())).pages[0]
    links = [link["/A"]["/URI"] for link in page.get("/Annots", ())]
    assert links == ([written] if written else [])


@pytest.mark.parametrize("value", ["", "\ud800", "x" * 9000, "ü" * 700, "\0"])
def test_odd_codes(value):
    pages = render_text(make_document(blocks=(Code(value, ("caption",)),)))
    assert "caption" in pages[0]
