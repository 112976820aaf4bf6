"""Measuring, breaking, falling back, and right-to-left order."""

import pytest
from account_email.pdf.document import find_texts
from account_email.pdf.fonts import FontError, load_family, open_face
from account_email.pdf.fonts.subset import close_over, make_subset
from account_email.pdf.html.richtext import parse_html
from account_email.pdf.typeset import script
from account_email.pdf.typeset.bidi import visual_order
from account_email.pdf.typeset.script import join_arabic
from account_email.pdf.typeset.text import BOLD, Typesetter
from pdf_samples import WEIGHTS, make_document, make_theme, render_text


@pytest.fixture
def setter():
    return Typesetter(load_family(WEIGHTS))


def lines(setter, text, width):
    broken = setter.wrap(text, 10, width=width)
    return ["".join(run.text for run in line.runs) for line in broken]


def test_lines_break_between_words(setter):
    assert lines(setter, "one two three", 45) == ["one two", "three"]
    assert lines(setter, "one\n\ntwo", 100) == ["one", "", "two"]


def test_lines_fit(setter):
    text = "some words of various lengths, hyphen-ated and unbreakablelikethis " * 5
    for width in (30, 55, 90, 200):
        broken = setter.wrap(text, 10, width=width)
        assert all(line.width <= width + 0.01 for line in broken)
        assert "".join("".join(lines(setter, text, width)).split()) == "".join(
            text.split()
        )


def test_chinese_breaks_between_letters(setter):
    text = "發票號碼發票號碼發票號碼"
    assert len(setter.wrap(text, 10, width=40)) > 1


def test_bold_is_wider(setter):
    assert setter.width("wide", 10, BOLD) > setter.width("wide", 10)


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("abc", False, "abc"),
        ("אבג", False, "גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc דהו", True, "והד abc גבא"),
        ("אבג 12.50", True, "12.50 גבא"),
        ("סך 1,234.50 שח", True, "חש 1,234.50 ךס"),
    ],
)
def test_visual_order(text, rtl, shown):
    parts = visual_order(text, rtl)
    assert "".join(part[::-1] if back else part for part, back, _m in parts) == shown


def test_order_agrees_with_unicode_on_digits_and_brackets():
    parts = visual_order("(אבג) INV/2026/1", True)
    assert parts[0] == ("INV/2026/1", False, None)


def test_weights_do_not_part_a_run():
    marks = [True] * 3 + [False] * 4
    parts = visual_order("abc def", True, marks)
    assert parts == [("abc", False, True), (" def", False, False)]
    parts = visual_order("אבג דהו", True, marks)
    assert parts == [(" דהו", True, False), ("אבג", True, True)]


def test_arabic_letters_join():
    # The word "bayt": beh initial, yeh medial, teh final.
    assert join_arabic("بيت") == "\ufe91\ufef4\ufe96"
    assert join_arabic("لا") == "\ufefb"
    assert join_arabic("دار") == "\ufea9\ufe8d\ufead"


def test_shaping_is_optional(monkeypatch, caplog):
    monkeypatch.setattr(script, "uharfbuzz", None)
    script._report_unshaped.cache_clear()
    face = open_face(WEIGHTS[0][1])
    assert script.shape(face, "क्षेत्र", False) == ("क्षेत्र", None)
    assert "uharfbuzz" in caplog.text


def test_subset_keeps_parts_of_accented_letters():
    face = open_face(WEIGHTS[0][1])
    glyphs = [0, face.glyphs[ord("é")]]
    close_over(face, glyphs)
    assert len(glyphs) > 2
    assert make_subset(face, glyphs)[:4] == b"\0\1\0\0"


@pytest.mark.parametrize("content", [b"", b"OTTO" + b"\0" * 60, b"\0\1\0\0\0\4"])
def test_unusable_font(tmp_path, content):
    path = tmp_path / "font.ttf"
    path.write_bytes(content)
    with pytest.raises(FontError):
        open_face(str(path))


def test_every_script_leaves_a_page():
    names = (
        "Shqipëri Ελλάδα Россия Türkçe ğİ Việt ế Żółć مرحبا שלום ไทย "
        "हिन्दी 中文 カナ 한글 😀👨‍👩‍👧"
    )
    page = render_text(make_document(title=names))[0]
    assert "Shqipëri" in page
    assert render_text(make_document(title=names, lang="ar"), rtl=True)


def test_html_becomes_paragraphs():
    html = (
        "<p>One <b>two</b><br/>three &amp; four</p><script>alert(1)</script>"
        "<ol><li>first</li><li>second<ul><li>deep</li></ul></li></ol>"
        "<table><tr><td>a</td><td>b</td></tr></table>"
    )
    *paragraphs, table = parse_html(html)
    texts = ["".join(span.text for span in part.spans) for part in paragraphs]
    assert texts == ["One two\nthree & four", "first", "second", "deep"]
    assert [part.bullet for part in paragraphs] == ["", "1.", "2.", "•"]
    assert [list(find_texts(cell.text)) for cell in table.rows[0]] == [["a"], ["b"]]
    assert paragraphs[0].spans[1].bold
    assert paragraphs[3].level == 1


@pytest.mark.parametrize("html", ["", None, "<p><br/></p>", "<<<>>>", "<p", "a<b"])
def test_odd_html(html):
    for paragraph in parse_html(html):
        assert paragraph.spans
    assert make_theme()
