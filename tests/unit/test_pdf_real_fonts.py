"""The scripts once more, in the fonts that the log tells people to install."""

import shutil
import subprocess
import unicodedata

import pytest
from account_email.pdf import render
from account_email.pdf.fonts import find_regions, finder, open_face
from account_email.pdf.typeset import script
from pdf_rules import find_breaches
from pdf_samples import fonts_of, make_document, make_table, make_theme, read
from test_pdf_scripts import TEXTS

from devtools import fonts
from devtools.console import Stop

# What a right-to-left reader turns around, some readers keep as it is drawn.
RIGHT_TO_LEFT = ("Arabic", "Hebrew")


@pytest.fixture(scope="module")
def folder():
    try:
        return fonts.ensure()
    except Stop as stop:
        pytest.skip(f"no fonts, since the package archive cannot be reached: {stop}")


@pytest.fixture(scope="module")
def theme(folder):
    return make_theme(fallbacks=tuple(sorted(map(str, folder.iterdir()))))


def squeeze(text):
    text = unicodedata.normalize("NFC", text)
    return "".join(text.translate(_DIRECTIONS).split())


_DIRECTIONS = dict.fromkeys(range(0x202A, 0x202F))


def read_with_poppler(content, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    command = ("pdftotext", "-layout", path, "-")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", TEXTS)
def test_copied_text_is_the_text(theme, tmp_path, name):
    content = render(make_document(title=TEXTS[name]), theme)
    text = squeeze(TEXTS[name])
    assert text in squeeze(read(content).pages[0].extract_text())
    if name not in RIGHT_TO_LEFT and shutil.which("pdftotext"):
        assert text in squeeze(read_with_poppler(content, tmp_path))


@pytest.mark.parametrize("name", TEXTS)
def test_rules_for_archives(theme, name):
    table = make_table(3, TEXTS[name])
    assert not find_breaches(render(make_document(blocks=(table,)), theme))


@pytest.mark.parametrize(
    ("font", "text", "count"),
    [
        ("NotoSansDevanagari-Regular.ttf", "क्ष", 1),
        ("NotoSansDevanagari-Regular.ttf", "कि", 2),
        ("NotoSansArabic-Regular.ttf", "لا", 1),
        ("NotoSansTamil-Regular.ttf", "கோ", 3),
    ],
)
def test_letters_join(folder, font, text, count):
    face = open_face(str(folder / font))
    glyphs = script.shape(face, text, "Arabic" in font)[1]
    assert len(glyphs) == count
    assert "".join(glyph[-1] for glyph in glyphs) == text


def test_thai_tone_stands_above_the_vowel(folder):
    face = open_face(str(folder / "NotoSansThai-Regular.ttf"))
    low, high = (script.shape(face, text, False)[1][-1] for text in ("ท่", "ที่"))
    assert (low[0], low[3]) != (high[0], high[3])


@pytest.mark.parametrize(
    ("lang", "name"),
    [("ja", "CJKjp"), ("ko", "CJKkr"), ("zh-TW", "CJKtc"), ("zh", "CJKsc")],
)
def test_collection_has_a_face_for_each_language(folder, lang, name):
    path = str(folder / "NotoSansCJK-Regular.ttc")
    best = finder.find_candidates((path,), find_regions(lang))[0]
    assert best.name == f"NotoSans{name}-Regular"


def test_japanese_document_is_small(theme):
    table = make_table(50, "請求書番号 株式会社サンプル")
    content = render(make_document(blocks=(table,), lang="ja"), theme)
    assert len(content) < 25_000
    names = [font["/BaseFont"] for font in fonts_of(content)]
    assert any("CJKjp" in name for name in names)
