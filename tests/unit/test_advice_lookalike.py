from __future__ import annotations

import pytest
from account_email.advice.lookalike import hidden_marks, plain_form
from account_email.transport import TransportError, names
from hypothesis import given
from hypothesis import strategies as st

HIDDEN = {
    "\u202e": "right-to-left override",
    "\u200b": "zero width space",
    "\u200d": "zero width joiner",
    "\u2066": "left-to-right isolate",
    "\u00ad": "soft hyphen",
    "\ufeff": "zero width no-break space",
    "\r": "u+000d",
    "\0": "u+0000",
}
DISGUISED = {
    "b\u0456lling@example.com": "b[U+0456]lling@example.com",
    "billing@ex\u0430mple.com": "billing@xn--exmple-4nf.com",
    # A whole word of another script, before an ending of ours.
    "billing@\u0430\u0440\u0440\u04cf\u0435.com": "billing@xn--80ak6aa92e.com",
    "\u03bfffice@example.com": "[U+03BF]ffice@example.com",
}
HONEST = [
    "billing@example.com",
    "b.o'neil+x_1@example.co.uk",
    "info@bücher.example",
    "jürgen@müller.example",
    "\u0438\u043d\u0444\u043e@\u043f\u043e\u0447\u0442\u0430.\u0440\u0444",
    "\u60c5\u5831@\u65e5\u672c\u3054.\u65e5\u672c",
    "not an address",
    "",
]


@pytest.mark.parametrize("mark", HIDDEN)
@pytest.mark.parametrize("place", ["a{}b@example.com", "ab@exam{}ple.com", "{}a@b.com"])
def test_what_cannot_be_seen_is_found_and_does_not_leave(mark, place):
    address = place.format(mark)
    assert hidden_marks(address) == [HIDDEN[mark]]
    if address.strip() != address:
        return
    with pytest.raises(TransportError, match="bad_address"):
        names.envelope_address(address, step="recipient")


@pytest.mark.parametrize("address", DISGUISED)
def test_a_disguise_is_shown(address):
    assert plain_form(address) == DISGUISED[address]


@pytest.mark.parametrize("address", HONEST)
def test_an_honest_address_is_left_alone(address):
    assert not plain_form(address)
    assert not hidden_marks(address)


@given(st.text(max_size=60))
def test_any_text_has_a_form_or_none(text):
    plain = plain_form(text)
    assert plain == "" or plain.count("@") == text.count("@") or "@" not in text
    assert len(hidden_marks(text)) <= len(text)


@given(st.emails())
def test_plain_addresses_are_honest(address):
    assert not plain_form(address)
