"""The last look before a file is sent."""

import pytest
from account_email.pdf import gate, render
from pdf_samples import make_document, make_theme


@pytest.fixture(scope="module")
def content():
    return render(make_document(), make_theme())


@pytest.mark.parametrize(
    ("number", "letterhead", "fault"),
    [
        ("INV/2026/00042", ["Example Company"], None),
        ("INV/2026/00042", ["other", "1 Main  Street"], None),
        ("INV/2026/00042", [], None),
        ("", ["", None, "info@example.com"], None),
        ("INV/2026/00043", ["Example Company"], gate.NO_NUMBER),
        ("INV/2026/00042", ["Lost Company", ""], gate.NO_LETTERHEAD),
    ],
)
def test_expectations(content, number, letterhead, fault):
    assert gate.find_fault(content, number=number, letterhead=letterhead) == fault


@pytest.mark.parametrize("cut", [0, 4, 200, 2000])
def test_damaged_files(content, cut):
    fault = gate.find_fault(content[:cut], number="INV", letterhead=[])
    assert fault in (gate.NOT_A_PDF, gate.NO_PAGES)


def test_html_is_no_pdf():
    assert gate.find_fault(b"<html/>", number="", letterhead=[]) == gate.NOT_A_PDF
