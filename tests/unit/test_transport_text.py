from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest
from account_email.transport.text import clean, first_ip, mask, secret_forms
from hypothesis import given
from hypothesis import strategies as st

SECRETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=40)


@given(SECRETS, st.sampled_from(["{}", "535 {} is wrong", "<{}>", "a{}b{}"]))
def test_no_form_of_a_secret_is_left(secret, frame):
    data = secret.encode()
    for form in (
        secret,
        quote(secret, safe=""),
        data.hex(),
        b64encode(data).decode(),
        b64encode(data).decode().rstrip("="),
        urlsafe_b64encode(data).decode(),
    ):
        said = clean(mask(frame.replace("{}", form), secret_forms(secret)))
        assert "***" in said
        assert form not in said.replace("***", "")


def test_no_secret_masks_nothing():
    assert mask("250 OK", secret_forms("", "")) == "250 OK"


@pytest.mark.parametrize(
    ("text", "ip"),
    [
        ("Client host [192.0.2.7] blocked using zen.example", "192.0.2.7"),
        ("IP 2001:db8::7 is not allowed", "2001:db8::7"),
        ("from 192.0.2.7.", "192.0.2.7"),
        ("at 10:15 by 999.1.1.1, code 5.7.1", ""),
        ("", ""),
    ],
)
def test_the_address_in_a_sentence(text, ip):
    assert first_ip(text) == ip
