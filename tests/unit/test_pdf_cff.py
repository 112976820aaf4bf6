"""OpenType fonts with CFF outlines: read, cut down, embedded."""

import io

import pytest
from account_email.pdf import render
from account_email.pdf.fonts import FontError, open_face
from account_email.pdf.fonts.cff import Index, read_dict
from account_email.pdf.fonts.cff_subset import make_cff
from account_email.pdf.fonts.charstring import ENDCHAR, flatten
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from pdf_fonts import CHINESE, LATIN, build_font
from pdf_samples import fonts_of, make_document, make_table, make_theme, read


def code(*program):
    charstring = T2CharString(program=list(program))
    charstring.compile()
    return charstring.bytecode


LINE = code(10, 20, "rlineto")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    path = tmp_path_factory.mktemp("fonts") / "Chinese.otf"
    return build_font(path, CHINESE, cff=True, name="Chinese", wide=1000)


@pytest.mark.parametrize(
    "program",
    [
        (10, "hmoveto", 10, 20, "rlineto", "endchar"),
        (500, 10, "hmoveto", 10, 20, "rlineto", "endchar"),
        (500, 1, 2, "hstem", 10, "hmoveto", 10, 20, "rlineto", "endchar"),
        (1, 2, "hstemhm", 3, 4, "hintmask", b"\xc0", 10, "hmoveto", 10, 20, "rlineto"),
        (500, 1, 2, "hstem", 3, 4, "vstem", 10, "hmoveto", 10, 20, "rlineto"),
        (10, "hmoveto", -107, "callsubr", "endchar"),
        (10, "hmoveto", -107, "callgsubr", "endchar"),
    ],
)
def test_outlines_lose_subroutines_hints_and_width(program):
    subroutines = [LINE + code("return")]
    flat = flatten(code(*program), subroutines, subroutines)
    assert flat == code(10, "hmoveto") + LINE + ENDCHAR


def test_every_form_of_a_number_survives():
    numbers = (0, -107, 107, 108, 1131, -108, -1131, 1132, -32768, 32767, 0.5)
    program = code(*numbers, 1, 2, 3, "rrcurveto") + code(1, "vmoveto")
    flex = code(*range(13), "flex")
    assert flatten(program + flex, (), ()) == program + flex + ENDCHAR


@pytest.mark.parametrize(
    "program",
    [
        code(-107, "callsubr"),
        code(5, "callsubr"),
        code("callsubr"),
        code(1, 2, 65, 66, "endchar"),
        code(1, 2, "add"),
        b"\x0c",
        b"\x00",
    ],
)
def test_damaged_outlines(program):
    endless = [code(-107, "callsubr")]
    with pytest.raises(FontError):
        flatten(program, endless, ())


@pytest.mark.parametrize("units", [1000, 2048])
def test_subset_draws_what_the_font_draws(tmp_path, units):
    path = build_font(tmp_path / "font.otf", cff=True, units=units)
    face = open_face(path)
    glyphs = [0, face.glyphs[ord("A")], face.glyphs[ord("z")], face.glyphs[ord("A")]]
    subset = CFFFontSet()
    subset.decompile(io.BytesIO(make_cff(face, glyphs)), None)
    top, font = subset[0], TTFont(path)
    assert top.ROS == ("Adobe", "Identity", 0)
    assert top.charset == [".notdef", "cid00001", "cid00002", "cid00003"]
    assert top.FontMatrix[0] == pytest.approx(1 / units, rel=1e-6)
    for place, glyph in enumerate(glyphs):
        ours, theirs = RecordingPen(), RecordingPen()
        outline = top.CharStrings[top.charset[place]]
        outline.draw(ours)
        font.getGlyphSet()[font.getGlyphName(glyph)].draw(theirs)
        assert ours.value == theirs.value
        assert outline.width == face.widths[glyph]


def test_document_with_cff_font(chinese):
    document = make_document(title="發票號碼 7")
    content = render(document, make_theme(fallbacks=(chinese,)))
    assert "發票號碼 7" in read(content).pages[0].extract_text()
    kinds = {}
    for font in fonts_of(content):
        descendant = font["/DescendantFonts"][0]
        kinds[descendant["/Subtype"]] = descendant["/FontDescriptor"]
    program = kinds["/CIDFontType0"]["/FontFile3"]
    assert program["/Subtype"] == "/CIDFontType0C"
    assert len(program.get_data()) < 600
    assert "/FontFile2" in kinds["/CIDFontType2"]


def test_pages_name_no_cff_font_themselves(chinese):
    """Odoo's step to PDF/A fails on a page that does; see `pdf/file.py`."""
    document = make_document(title="發票", blocks=(make_table(99),))
    reader = read(render(document, make_theme(fallbacks=(chinese,))))
    assert len(reader.pages) > 1
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "Office chair" in page.extract_text()


def test_same_document_gives_same_bytes(chinese):
    document, theme = make_document(title=CHINESE), make_theme(fallbacks=(chinese,))
    assert render(document, theme) == render(document, theme)


def test_company_font_may_be_cff(tmp_path):
    path = build_font(tmp_path / "Company.otf", LATIN, cff=True, units=2048)
    content = render(make_document(), make_theme(weights=(((False, False), path),)))
    assert "Good Customer" in read(content).pages[0].extract_text()


@pytest.mark.parametrize("cut", [0, 5, 30, 200])
def test_font_cut_off(chinese, tmp_path, cut):
    with open(chinese, "rb") as whole:
        content = whole.read()
    path = tmp_path / "font.otf"
    path.write_bytes(content[: len(content) - cut * len(content) // 256 - 40])
    try:
        face = open_face(str(path))
    except FontError:
        return
    program = make_cff(face, list(range(len(face.widths))))
    assert Index(program, 4).end > 4


@pytest.mark.parametrize("data", [b"\x1e\x12", b"\x1d\0\0", b"\x0c", b"\xf7"])
def test_dict_cut_off(data):
    try:
        assert isinstance(read_dict(data), dict)
    except IndexError:
        assert data
