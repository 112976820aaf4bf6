"""What we work out ourselves, against what others work out."""

from __future__ import annotations

import datetime
import io
from itertools import product

import requests
from account_email.pdf.fonts import face as faces
from account_email.pdf.fonts import subset
from account_email.pdf.typeset.bidi import visual_order
from account_email.transport.providers.sigv4 import signed_headers
from bidi import get_display
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from pdf_fonts import build_font

NOW = datetime.datetime(2026, 11, 24, 12, 0, 7, tzinfo=datetime.timezone.utc)
PATHS = ("/v2/email/outbound-emails", "/", "/a/b~c/d-e_f.g")
# Letters of three kinds, digits of two, and what may stand between them. Brackets are
# not among them: the other one turns them around, ours does so when it draws.
ALPHABET = "abאבעدب12٣ .,-/+%:"


@given(
    st.binary(max_size=50),
    st.sampled_from(PATHS),
    st.sampled_from(["eu-west-1", "us-east-1"]),
)
def test_a_request_is_signed_as_amazon_signs_it(body, path, region):
    url, key = f"https://email.{region}.amazonaws.com{path}", ("AKID", "s3cr3t/+")
    kind = {"Content-Type": "application/json"}
    ours = requests.Request("POST", url, data=body, headers=kind).prepare()
    theirs = AWSRequest(method="POST", url=url, data=body, headers=kind)
    with freeze_time(NOW):
        SigV4Auth(Credentials(*key), "ses", region).add_auth(theirs)
    headers = signed_headers(ours, key=key, scope=(region, "ses"), now=NOW)
    assert headers["Authorization"] == theirs.headers["Authorization"]
    assert headers["X-Amz-Date"] == theirs.headers["X-Amz-Date"]


@given(st.text(ALPHABET, min_size=1, max_size=14), st.booleans())
def test_a_line_stands_in_unicodes_order(text, rtl):
    parts = visual_order(text, rtl)
    shown = "".join(part[::-1] if turned else part for part, turned, _mark in parts)
    assert shown == get_display(text, base_dir="R" if rtl else "L")


def outlines_of(font):
    """The drawing and the width of each glyph, by its number."""
    glyphs, found = font.getGlyphSet(), []
    for name in font.getGlyphOrder():
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
        found.append((pen.value, font["hmtx"][name][0]))
    return found


def test_a_subset_draws_what_the_font_draws(tmp_path):
    path = build_font(tmp_path / "font.ttf")
    whole, face = TTFont(path), faces.Face(path)
    for first, step in product((33, 50, 97), (1, 7)):
        codes = range(first, 127, step)
        glyphs = [0, *(face.glyphs[code] for code in codes)]
        subset.close_over(face, glyphs)
        data = subset.make_subset(face, glyphs)
        part = TTFont(io.BytesIO(data), checkChecksums=2)
        everything = outlines_of(whole)
        assert outlines_of(part) == [everything[glyph] for glyph in glyphs]
