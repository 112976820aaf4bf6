"""Bytes of a font file gone wrong: the document is printed all the same."""

import random

import pytest
from account_email.pdf import render
from pdf_fonts import CHINESE, build_font
from pdf_samples import Party, make_document, make_theme, read

TEXT = "發票號碼 कि ที่ é"
ROUNDS = 20


def damage(content, chance):
    """Return the bytes with some of them changed, lost or cut off."""
    content = bytearray(content)
    for _number in range(chance.choice([1, 5, 50])):
        if len(content) < 80:
            break
        place = chance.randrange(min(len(content) - 12, chance.choice([400, 10_000])))
        kind = chance.random()
        if kind < 0.8:
            content[place] = chance.choice([0, 0x7F, 0x80, 0xFF])
        elif kind < 0.9:
            del content[place : place + chance.randrange(1, 40)]
        else:
            del content[max(place, 12) :]
    return bytes(content)


@pytest.mark.parametrize("ending", ["ttf", "otf", "ttc"])
@pytest.mark.parametrize("seed", range(2))
def test_damaged_fallback(folder, tmp_path_factory, ending, seed):
    chance = random.Random(seed)
    letters = sorted({*TEXT, *CHINESE} - {" "})
    place = tmp_path_factory.mktemp("damaged")
    path = build_font(folder / "whole", letters, cff=ending == "otf")
    with open(path, "rb") as file:
        whole = file.read()
    for number in range(ROUNDS):
        damaged = place / f"{number}.{ending}"
        damaged.write_bytes(damage(whole, chance))
        theme = make_theme(fallbacks=(str(damaged),))
        document = make_document(title=TEXT, recipient=Party((TEXT,)))
        page = read(render(document, theme)).pages[0]
        assert "Office chair 4" in page.extract_text()
