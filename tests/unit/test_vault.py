"""Sealing and opening secrets."""

from __future__ import annotations

import base64

import pytest
from account_email import vault
from hypothesis import given
from hypothesis import strategies as st

KEY = vault.generate_key()
OTHER = vault.generate_key()
CONTEXT = "db/1/account.email.settings/password"


@given(st.text(), st.text())
def test_what_was_sealed_opens(plaintext, context):
    sealed = vault.seal(KEY, plaintext, context)
    assert vault.unseal(KEY, sealed, context) == plaintext
    assert sealed.isascii()


def test_two_seals_differ_and_hide_the_length():
    sealed = {vault.seal(KEY, "secret" * size, CONTEXT) for size in (1, 1, 8)}
    assert len(sealed) == 3
    assert len({len(value) for value in sealed}) == 1


def test_another_context_does_not_open():
    sealed = vault.seal(KEY, "secret", CONTEXT)
    with pytest.raises(vault.Tampered):
        vault.unseal(KEY, sealed, CONTEXT.replace("1", "2"))


def test_another_key_does_not_open():
    sealed = vault.seal(KEY, "secret", CONTEXT)
    with pytest.raises(vault.MissingKey):
        vault.unseal(OTHER, sealed, CONTEXT)
    with pytest.raises(vault.MissingKey):
        vault.unseal([], sealed, CONTEXT)
    renamed = sealed.replace(vault.fingerprint(KEY), vault.fingerprint(OTHER))
    with pytest.raises(vault.Tampered):
        vault.unseal(OTHER, renamed, CONTEXT)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_does_not_open(place, change):
    head, _, box = vault.seal(KEY, "secret", CONTEXT).rpartition(":")
    raw = bytearray(base64.b64decode(box))
    raw[place % len(raw)] ^= change
    changed = f"{head}:{base64.b64encode(raw).decode()}"
    with pytest.raises(vault.Tampered):
        vault.unseal(KEY, changed, CONTEXT)


@given(st.text())
def test_what_is_no_seal_is_refused(text):
    with pytest.raises(vault.VaultError):
        vault.unseal(KEY, text, CONTEXT)


@pytest.mark.parametrize(
    "key",
    ["", "short", "é" * 44, KEY[:-4], KEY + "AAAA", KEY + "!"],
    ids=("none", "short", "foreign", "cut", "longer", "odd"),
)
def test_a_bad_key_is_refused_without_being_quoted(key):
    with pytest.raises(vault.BadKey) as caught:
        vault.seal(key, "secret", CONTEXT)
    assert not key or key not in str(caught.value)
    assert caught.value.__cause__ is None


def test_rotation_can_be_interrupted():
    sealed = vault.seal(KEY, "secret", CONTEXT)
    keys = [OTHER, KEY]
    renewed = vault.reseal(keys, sealed, CONTEXT)
    assert vault.sealed_with(renewed) == vault.fingerprint(OTHER)
    assert vault.reseal(keys, renewed, CONTEXT) == renewed
    for value in (sealed, renewed):
        assert vault.unseal(keys, value, CONTEXT) == "secret"
    with pytest.raises(vault.MissingKey):
        vault.reseal([], sealed, CONTEXT)


def test_a_fingerprint_names_a_key_and_holds_none_of_it():
    assert vault.fingerprint(KEY) == vault.fingerprint(f" {KEY}\n")
    assert vault.fingerprint(KEY) != vault.fingerprint(OTHER)
    assert len(vault.fingerprint(KEY)) == 16
