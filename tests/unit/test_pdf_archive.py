"""Every kind of document keeps the rules for archives (PDF/A-3b)."""

import pytest
from account_email.pdf import (
    LOOKS,
    Code,
    Facts,
    Framed,
    Letterhead,
    Note,
    Party,
    Total,
    file,
    plain_text,
    render,
    render_batch,
)
from account_email.pdf.fonts import EmbeddedFont, Face, embed
from account_email.pdf.pen import Pen
from pdf_fonts import CHINESE, build_font
from pdf_rules import find_breaches
from pdf_samples import make_document, make_image, make_table, make_theme
from reportlab.pdfbase.pdfdoc import PDFDictionary
from test_pdf_scripts import TEXTS


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    letters = "".join({char for text in TEXTS.values() for char in text} - set(CHINESE))
    return (
        build_font(folder / "Scripts.ttf", letters, units=2048, name="Scripts"),
        build_font(folder / "Chinese.otf", CHINESE, cff=True, units=1024, wide=1024),
    )


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("rtl", [False, True])
def test_every_look(look, rtl):
    head = Letterhead("Example", plain_text("Street"), logo=make_image())
    document = make_document(letterhead=head, mark="Draft")
    assert not find_breaches(render(document, make_theme(look=look, rtl=rtl)))


def test_every_block():
    code = Code("https://example.com", ("Scan me",), url="https://example.com/pay")
    blocks = (
        Facts(()),
        make_table(99),
        Framed("Taxes EUR", (Total("Total", "€ 1.00", "total"),)),
        Note(plain_text("muted words"), "muted"),
        code,
    )
    assert not find_breaches(render(make_document(blocks=blocks), make_theme()))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("rtl", [False, True])
def test_every_script(fonts, name, rtl):
    text = TEXTS[name]
    document = make_document(title=text, recipient=Party((text, text)))
    assert not find_breaches(render(document, make_theme(fallbacks=fonts, rtl=rtl)))


def test_batch(fonts):
    theme = make_theme(fallbacks=fonts)
    documents = [make_document(title=text) for text in TEXTS.values()]
    assert not find_breaches(render_batch((document, theme) for document in documents))


@pytest.mark.parametrize(
    "text", ["\0\ufeff\ufffe\uffff\ufdd0", "\ue000\u0378", "\u200d\u0301", "😀\u20e3"]
)
def test_characters_that_no_font_should_draw(text):
    document = make_document(title=f"a{text}b", recipient=Party((text, f"{text}x")))
    assert not find_breaches(render(document, make_theme()))


@pytest.mark.parametrize("name", ["ไม่", "A" * 300, "", "A(B)/C D"])
def test_name_of_a_font(tmp_path, name):
    path = build_font(tmp_path / f"{name[:9] or 'x'}.ttf".replace("/", ""), name=name)
    theme = make_theme(weights=(((False, False), path),))
    assert not find_breaches(render(make_document(), theme))


def test_long_and_odd_titles():
    head = Letterhead("\ud800\0" + "c" * 40_000)
    title = "t\n\ud800\uffff" + "t" * 40_000
    document = make_document(title=title, letterhead=head, subject=title)
    assert not find_breaches(render(document, make_theme()))


@pytest.mark.parametrize(
    ("thing", "name", "broken", "clause"),
    [
        (Face, "glyph_width", lambda *_args: 555, "6.2.11.5"),
        (EmbeddedFont, "code", lambda *_args: "0000", "6.2.11.8"),
        (EmbeddedFont, "code", lambda *_args: "0fff", "6.2.11.4.1"),
        (embed, "_copied", lambda _char: "\ufeff", "6.2.11.7.2"),
        (Pen, "rule", lambda pen, *_a, **_k: pen._code.append("q /x gs"), "6.2.2"),
        (Pen, "rule", lambda pen, *_a, **_k: pen._code.append("q"), "6.1.13"),
        (file, "_dictionary", lambda v: PDFDictionary({**v, "F": 2}), "6.3.2"),
    ],
)
def test_rules_can_be_broken(monkeypatch, thing, name, broken, clause):
    """The rules are worth something only if they find what they are for."""
    monkeypatch.setattr(thing, name, broken)
    url = "https://example.com"
    document = make_document(blocks=(Code(url, url=url),))
    found = find_breaches(render(document, make_theme()))
    assert any(breach.startswith(clause) for breach in found)
