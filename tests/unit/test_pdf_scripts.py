"""Scripts that are more than letters in a row: what is drawn, and what is copied."""

import unicodedata

import pytest
from account_email.pdf import render
from account_email.pdf.fonts import load_family, open_face
from account_email.pdf.typeset import script
from account_email.pdf.typeset import text as text_module
from account_email.pdf.typeset.bidi import visual_order
from account_email.pdf.typeset.pieces import split_letters, split_pieces
from account_email.pdf.typeset.text import Typesetter
from fontTools.ttLib import TTFont
from pdf_fonts import build_font
from pdf_samples import WEIGHTS, make_document, make_theme, read

TEXTS = {
    "Albanian": "Shqipëri, çelësi Ë",
    "Arabic": "فاتورة رقم مرحبا لا إله",
    "Bengali": "বাংলা কিছু ক্ষমা",
    "Chinese": "發票號碼",
    "Cyrillic": "Счёт-фактура № їґЂ",
    "Greek": "Ὀδυσσεῦ ᾧ ᾱ̔́",
    "Hebrew": "חשבונית שָׁלוֹם",
    "Hindi": "क्षत्रिय हिन्दी किताब कर्म",
    "Khmer": "វិក្កយបត្រ",
    "Polish": "Zażółć gęślą jaźń",
    "Tamil": "தமிழ் கோவை கொள்",
    "Thai": "ที่ น้ำ กำลัง ผู้ซื้อ",
    "Turkish": "İstanbul ılık ğüşöç",
    "Vietnamese": "Hoá đơn tiếng Việt ế ữ",
}
LETTERS = "".join(sorted({char for text in TEXTS.values() for char in text} - {" "}))
CONJUNCT = """
languagesystem dev2 dflt;
feature akhn { sub u0915 u094D u0937 by x; } akhn;
"""


@pytest.fixture(scope="module")
def font(tmp_path_factory):
    path = tmp_path_factory.mktemp("fonts") / "Scripts.ttf"
    return build_font(path, LETTERS + "\ufefb\ufe91\ufef4\ufe96", name="Scripts")


@pytest.fixture
def unshaped(monkeypatch):
    monkeypatch.setattr(script, "uharfbuzz", None)
    monkeypatch.setattr(text_module, "CAN_SHAPE", False)


def copied(text, font, **values):
    theme = make_theme(fallbacks=(font,), **values)
    page = read(render(make_document(title=f"<{text}>"), theme)).pages[0]
    return page.extract_text()


def letters_of(text):
    return sorted(unicodedata.normalize("NFC", text).replace(" ", ""))


@pytest.mark.parametrize("name", TEXTS)
def test_copied_text_is_the_text(font, name):
    text = unicodedata.normalize("NFC", TEXTS[name])
    assert text in unicodedata.normalize("NFC", copied(text, font))


@pytest.mark.parametrize("name", TEXTS)
def test_decomposed_text_is_composed(font, name):
    text = unicodedata.normalize("NFD", TEXTS[name])
    assert unicodedata.normalize("NFC", text) in copied(text, font)


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize("rtl", [False, True])
def test_nothing_is_lost_without_shaping(font, name, rtl, unshaped):
    theme = make_theme(fallbacks=(font,), rtl=rtl, size=8.0)
    content = render(make_document(title=TEXTS[name], blocks=()), theme)
    lines = read(content).pages[0].extract_text().split("\n")
    assert letters_of(TEXTS[name]) in map(letters_of, lines)


def shaped(text, face):
    return script.shape(face, text, False)[1]


def test_indic_vowel_stands_before_its_consonant(font):
    face = open_face(font)
    glyphs = shaped("कि", face)
    assert [glyph[0] for glyph in glyphs] == [face.glyphs[ord(c)] for c in "िक"]
    assert "".join(glyph[-1] for glyph in glyphs) == "कि"


def test_conjunct_is_one_glyph(tmp_path):
    path = tmp_path / "Hindi.ttf"
    build_font(path, "क्षि", features=CONJUNCT, extra=("x",))
    face = open_face(str(path))
    glyphs = shaped("क्ष", face)
    assert [glyph[0] for glyph in glyphs] == [TTFont(path).getGlyphID("x")]
    assert glyphs[0][-1] == "क्ष"
    assert "क्षि" in copied("क्षि", str(path))


def test_accents_are_placed_by_the_size_of_the_text(tmp_path):
    marks = "markClass u0301 <anchor 0 300> @TOP; feature mark { pos base u0071 "
    marks += "<anchor 100 500> mark @TOP; } mark;"
    path = build_font(tmp_path / "Accents.ttf", "q\u0301", features=marks)
    text = "q\u0301"
    theme = make_theme(fallbacks=(path,), size=10.0)
    content = read(render(make_document(title=text), theme)).pages[0].get_contents()
    # The title is 1.9 times as large; the accent is raised by 200 units of 1000.
    assert b" 3.8 Ts" in content.get_data()
    assert text in copied(text, path)


def test_accent_takes_its_letter_to_a_font_that_has_both(tmp_path):
    path = build_font(tmp_path / "Both.ttf", "x\u0314", name="Both")
    setter = Typesetter(load_family(WEIGHTS, (path,)))
    runs = setter.line("axx\u0314", 10).runs
    assert [run.face.name for run in runs] == ["BitstreamVeraSans-Roman", "Both"]
    assert [run.text for run in runs] == ["ax", "x\u0314"]


def test_vowel_that_a_font_cannot_part_stays_whole(tmp_path):
    path = build_font(tmp_path / "Thai.ttf", "น้ำ", name="Thai")
    (run,) = Typesetter(load_family(WEIGHTS, (path,))).line("น้ำ", 10).runs
    assert (run.text, run.glyphs) == ("น้ำ", None)


@pytest.mark.parametrize("text", ["a\u200db", "\u200d", "क\u200dष", "क\u200cष"])
def test_joiners_never_show(font, text):
    setter = Typesetter(load_family(WEIGHTS, (font,)))
    for run in setter.line(text, 10).runs:
        assert all(glyph[0] for glyph in run.glyphs or ())
        assert not run.glyphs or run.face.name == "Scripts"
        assert run.glyphs or "\u200d" not in run.text


def test_space_after_a_font_without_one(tmp_path):
    path = build_font(tmp_path / "Chinese.ttf", "發", name="Chinese", space=False)
    runs = Typesetter(load_family(WEIGHTS, (path,))).line("發 發", 10).runs
    assert [run.text for run in runs] == ["發", " ", "發"]
    assert runs[1].face.name == "BitstreamVeraSans-Roman"


def test_visible_sign_of_format_is_drawn(tmp_path):
    path = build_font(tmp_path / "Arabic.ttf", "\u0600١", name="Arabic")
    assert "\u0600" in copied("\u0600١", path)


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("אבג (דהו) xyz", False, "(והד) גבא xyz"),
        ("Shop (אבג) xyz", False, "Shop (גבא) xyz"),
        ("אבג (abc) דהו", True, "והד (abc) גבא"),
        ("abc (אבג) def", True, "def (גבא) abc"),
        ("abc ((אבג)", True, "(גבא)) abc"),
        ("אבג Ltd. 10% דהו", True, "והד Ltd. 10% גבא"),
        ("אבג 10% abc", True, "abc 10% גבא"),
        ("בית 12-34 ١٢-٣٤", True, "٣٤-١٢ 12-34 תיב"),
        ("مرحبا -5 $", False, "5- ابحرم $"),
        ("(" * 99 + "א", True, "א" + ")" * 99),
    ],
)
def test_order_on_the_page(text, rtl, shown):
    mirror = str.maketrans("()", ")(")
    parts = visual_order(text, rtl)
    drawn = "".join(p[::-1].translate(mirror) if back else p for p, back, _m in parts)
    assert drawn == shown


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("請求、書。", ["請", "求、", "書。"]),
        ("「請求」（書）です", ["「請", "求」", "（書）", "で", "す"]),
        ("チャートー", ["チャー", "トー"]),
        ("100％（ABC）", ["100％", "（ABC）"]),
        ("発票(測試)", ["発", "票", "(測", "試)"]),
        ("two words", ["two ", "words"]),
        ("hyphen-ated", ["hyphen-", "ated"]),
        ("เรียนที่น้ำ", ["เรี", "ย", "น", "ที่", "น้ำ"]),
        ("จันทร์ ไทย", ["จั", "น", "ทร์", " ", "ไท", "ย"]),
        ("ໃບແຈ້ງ", ["ໃບ", "ແຈ້", "ງ"]),
    ],
)
def test_where_lines_may_break(text, pieces):
    assert "".join(split_pieces(text)) == text
    assert split_pieces(text) == pieces


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("क्षत्रि", ["क्ष", "त्रि"]),
        ("q̃x", ["q̃", "x"]),
        ("👨\u200d👩x", ["👨\u200d👩", "x"]),
        ("", [""]),
    ],
)
def test_long_words_are_cut_between_letters(text, letters):
    assert list(split_letters(text)) == letters


def test_one_glyph_copies_as_each_of_its_letters(tmp_path):
    path = build_font(tmp_path / "Shared.ttf", "AΑВ", shared={"Α": "A", "В": "A"})
    assert "<AΑВA>" in copied("AΑВA", path, weights=(((False, False), path),))
