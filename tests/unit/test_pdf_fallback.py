"""Which installed font draws a letter that the company's own font lacks."""

import logging
import os

import pytest
from account_email.pdf import render
from account_email.pdf.fonts import find_regions, load_family, missing
from account_email.pdf.typeset.text import BOLD, REGULAR, Typesetter
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from pdf_fonts import CHINESE, LATIN, build_collection, build_font, forget_fonts
from pdf_rules import find_breaches
from pdf_samples import WEIGHTS, fonts_of, make_document, make_theme, read


def chosen(char, *, weight=REGULAR, lang="en"):
    """Return the name of the face that draws the character, if any."""
    fonts = load_family(WEIGHTS, (), find_regions(lang))
    face = fonts.fallback(char, weight)
    return face and face.name


@pytest.mark.parametrize("ending", ["ttf", "otf"])
def test_any_kind_of_outlines(folder, ending):
    build_font(folder / f"Chinese.{ending}", CHINESE, cff=ending == "otf")
    assert chosen("發") == "Built"
    assert chosen("ጀ") is None


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("ja-JP", "NotoSansCJKjp-Regular"),
        ("ko_KR", "NotoSansCJKkr-Regular"),
        ("zh-CN", "NotoSansCJKsc-Regular"),
        ("zh-TW", "NotoSansCJKtc-Regular"),
        ("zh-Hant-TW", "NotoSansCJKtc-Regular"),
        ("de", "NotoSansCJKsc-Regular"),
        ("", "NotoSansCJKsc-Regular"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_chinese_characters_of_the_language(folder, lang, name, together):
    regions = ("jp", "kr", "sc", "tc", "hk")
    names = [f"NotoSans{mono}CJK{r}-Regular" for mono in ("Mono", "") for r in regions]
    faces = [(name, CHINESE) for name in names]
    if together:
        build_collection(folder / "NotoSansCJK-Regular.ttc", faces, cff=True)
    else:
        for title, chars in faces:
            build_font(folder / f"{title}.otf", chars, cff=True, name=title)
    assert chosen("直", lang=lang) == name


def test_document_takes_the_face_of_its_language(folder):
    faces = [(f"NotoSansCJK{region}-Regular", CHINESE) for region in ("jp", "tc")]
    build_collection(folder / "NotoSansCJK-Regular.ttc", faces, cff=True)
    for lang, region in (("zh-TW", "tc"), ("ja", "jp")):
        content = render(make_document(title="直", lang=lang), make_theme())
        names = [font["/BaseFont"] for font in fonts_of(content)]
        assert any(f"+NotoSansCJK{region}-Regular-Identity-H" in n for n in names)


def test_fonts_that_look_like_the_text_come_first(folder):
    names = ("Aaa", "NotoSansMono-Regular", "NotoSerif-Regular", "NotoSans-Bold")
    for name in (*names, "NotoSansCJK-Regular", "DejaVuSans", "NotoSansArabicUI"):
        build_font(folder / f"{name}.ttf", "ጀ", name=name)
    order = ["DejaVuSans", "NotoSansCJK-Regular", "Aaa", "NotoSans-Bold"]
    for name in order:
        assert chosen("ጀ") == name
        (folder / f"{name}.ttf").unlink()
        forget_fonts()


@pytest.mark.parametrize(
    ("regular", "bold"),
    [
        ("Noto-Regular.otf", "Noto-Bold.otf"),
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        ("NanumGothic.ttf", "NanumGothicBold.ttf"),
    ],
)
def test_bold_brother(folder, regular, bold):
    build_font(folder / regular, "發票", cff="otf" in regular, name="Plain")
    build_font(folder / bold, "發", cff="otf" in bold, name="Strong")
    assert chosen("發", weight=BOLD) == "Strong"
    assert chosen("發") == chosen("票", weight=BOLD) == "Plain"


def test_bold_face_of_a_collection(folder):
    for weight in ("Regular", "Bold"):
        faces = [(f"CJK{region}-{weight}", "發") for region in ("jp", "sc")]
        build_collection(folder / f"CJK-{weight}.ttc", faces)
    assert chosen("發", weight=BOLD, lang="zh") == "CJKsc-Bold"


def _break_file(path):
    path.write_bytes(path.read_bytes()[:300])


def _empty_file(path):
    path.write_bytes(b"")


def _make_loop(path):
    path.unlink()
    path.symlink_to(path)


def _make_folder(path):
    path.unlink()
    path.mkdir()


def _make_pipe(path):
    path.unlink()
    os.mkfifo(path)


def _drop_outlines(path):
    """What is left of a font of coloured bitmaps."""
    font = TTFont(path)
    font["CBDT"] = font["post"]
    for tag in ("glyf", "loca"):
        del font[tag]
    font.save(path)


def _empty_outlines(path):
    font = TTFont(path)
    font["glyf"].glyphs = {name: Glyph() for name in font.getGlyphOrder()}
    font.save(path)


def _forbid_embedding(path):
    font = TTFont(path)
    font["OS/2"].fsType = 2
    font.save(path)


def _scramble(path):
    content = bytearray(path.read_bytes())
    content[200::3] = b"\xff" * len(content[200::3])
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        _break_file,
        _empty_file,
        _make_loop,
        _make_folder,
        _make_pipe,
        _drop_outlines,
        _empty_outlines,
        _forbid_embedding,
        _scramble,
    ],
)
@pytest.mark.parametrize("name", ["NotoSans-Regular.ttf", "NotoSansCJK-Bold.ttc"])
def test_unusable_files_are_passed_over(folder, damage, name):
    build_font(folder / "Other.ttf", "發", name="Other")
    path = folder / name
    build_font(path, "發", name="Unusable")
    damage(path)
    assert chosen("發") == "Other"
    page = read(render(make_document(title="發"), make_theme())).pages[0]
    assert "發" in page.extract_text()


def test_damaged_bold_brother(folder):
    build_font(folder / "Noto-Regular.ttf", "發", name="Plain")
    (folder / "Noto-Bold.ttf").write_bytes(b"\0\1\0\0")
    assert chosen("發", weight=BOLD) == "Plain"


@pytest.mark.parametrize(
    ("char", "package"),
    [
        ("中", "fonts-noto-cjk"),
        ("カ", "fonts-noto-cjk"),
        ("한", "fonts-noto-cjk"),
        ("㈱", "fonts-noto-cjk"),
        ("😀", "fonts-symbola"),
        ("ไ", "fonts-noto-core"),
        ("ꙮ", "fonts-noto-core"),
    ],
)
def test_missing_letters_are_reported_once(folder, char, package, monkeypatch, caplog):
    monkeypatch.setattr(missing, "_REPORTED", set())
    setter = Typesetter(load_family(WEIGHTS))
    setter.line(char * 2 + f" and {char}", 10)
    setter.line(f"{char} once more", 10)
    assert caplog.text.count("No installed font draws") == 1
    assert package in caplog.text


def test_nothing_helps_private_characters(folder, caplog):
    caplog.set_level(logging.WARNING)
    render(make_document(title="\ue000 \U0010fffd \u0378"), make_theme())
    assert not caplog.text


def test_fonts_of_the_caller_come_first(folder, tmp_path_factory):
    build_font(folder / "NotoSansCJK-Regular.ttf", "發", name="Installed")
    path = build_font(tmp_path_factory.mktemp("own") / "Own.ttf", "發", name="Own")
    assert load_family(WEIGHTS, (path,)).fallback("發", REGULAR).name == "Own"


def test_punctuation_comes_from_the_font_of_its_letters(folder):
    build_font(folder / "NotoSansMongolian-Regular.ttf", "。、", name="Mongolian")
    build_font(folder / "NotoSansGrantha-Regular.ttf", "க", name="Grantha")
    build_font(folder / "NotoSansTamil-Regular.ttf", "கௌ", name="Tamil")
    build_font(folder / "SomeHanSans.otf", CHINESE, cff=True, name="Chinese")
    setter = Typesetter(load_family(WEIGHTS))
    names = [[run.face.name for run in setter.line(t, 10).runs] for t in ("發。", "கௌ")]
    assert names == [["Chinese"], ["Tamil"]]


def test_variable_font_is_its_default(folder):
    path = folder / "Variable[wght].ttf"
    build_font(path, "發", name="Variable")
    font = TTFont(path)
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    wider = [TupleVariation({"wght": (0, 1, 1)}, [(50, 0)] * 8)]
    builder.setupGvar({_name: wider for _name in font.getGlyphOrder() if "u" in _name})
    font.save(path)
    content = render(make_document(title="發"), make_theme())
    assert "發" in read(content).pages[0].extract_text()
    assert not find_breaches(content)


def test_letters_are_found_after_a_vain_search(folder):
    build_font(folder / "Chinese.ttf", "發")
    assert [chosen(char) for char in "ጀ發ጁ"] == [None, "Built", None]


def test_latin_letters_stay_with_the_company_font(folder):
    build_font(folder / "NotoSans-Regular.ttf", LATIN + CHINESE)
    runs = Typesetter(load_family(WEIGHTS)).line("Rechnung 發票", 10).runs
    assert [run.face.name for run in runs] == ["BitstreamVeraSans-Roman", "Built"]
