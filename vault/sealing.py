"""Sealed secrets: authenticated encryption, bound to the place they belong to.

Pure: ``cryptography`` only. Reads no configuration, keeps nothing, logs nothing.

A sealed value reads ``v1:<fingerprint of the key>:<base64 of nonce and ciphertext>``.
The context (say, database, company and field) is authenticated with it: the same
value copied to another row or field does not open. Several keys may be given to open
and exactly one to seal, which is all that rotation needs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
KEY_BYTES = 32
# NIST SP 800-38D: 96 random bits are safe for 2**32 values under one key.
NONCE_BYTES = 12
# The length of a password is nobody's business either.
BLOCK = 64


class VaultError(Exception):
    """A secret could not be sealed or opened; never carries the secret or a key."""


class BadKey(VaultError):
    """The key is not one that ``generate_key`` makes, or is not kept as one must be.

    :ivar problem: ``bad``, ``empty``, ``gone``, ``unreadable``, ``link``, ``owner``,
        ``exposed``, ``folder`` or ``other``
    :ivar path: the file, where it was to be read from one
    :ivar cure: the command that cures it, or an empty text
    """

    def __init__(
        self, text: str, *, problem: str = "bad", path: str = "", cure: str = ""
    ):
        super().__init__(text)
        self.problem, self.path, self.cure = problem, path, cure


class MissingKey(VaultError):
    """The value was sealed with a key that is not at hand (a restored copy)."""


class Tampered(VaultError):
    """The value was changed, cut, or belongs to another context."""


def generate_key() -> str:
    """A new random key of 256 bits as URL-safe base64 (44 characters)."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def _raw(key: str) -> bytes:
    try:
        raw = base64.b64decode(key.strip().encode("ascii"), b"-_", validate=True)
    except (ValueError, AttributeError):
        raw = b""
    if len(raw) != KEY_BYTES:
        # Without a cause: its text could quote the key.
        raise BadKey("a key is 32 bytes in URL-safe base64") from None
    return raw


def fingerprint(key: str) -> str:
    """Sixteen hexadecimal digits that name a key and tell nothing about it."""
    return hashlib.sha256(b"account_email key name\0" + _raw(key)).hexdigest()[:16]


def _keys(keys: str | Iterable[str]) -> list[str]:
    return [keys] if isinstance(keys, str) else list(keys)


def _bound_to(name: str, context: str) -> bytes:
    return f"{VERSION}\0{name}\0{context}".encode()


def _pad(data: bytes) -> bytes:
    # ISO/IEC 7816-4: one mark, then zeros up to the block.
    return data + b"\x80" + b"\0" * (-(len(data) + 1) % BLOCK)


def seal(key: str, plaintext: str, context: str) -> str:
    """Encrypt ``plaintext`` for ``context``; two calls never give the same value.

    :param context: where the value belongs, the same words as for ``unseal``
    :raises BadKey: see ``generate_key``
    """
    name, nonce = fingerprint(key), os.urandom(NONCE_BYTES)
    padded = _pad(plaintext.encode("utf-8", "surrogatepass"))
    box = AESGCM(_raw(key)).encrypt(nonce, padded, _bound_to(name, context))
    return f"{VERSION}:{name}:{base64.b64encode(nonce + box).decode('ascii')}"


def _parts(sealed: str) -> tuple[str, bytes]:
    version, _, rest = sealed.partition(":")
    name, _, box = rest.partition(":")
    try:
        raw = base64.b64decode(box.encode("ascii"), validate=True)
    except (ValueError, binascii.Error) as exc:
        raise Tampered("not a sealed value") from exc
    if version != VERSION or len(raw) <= NONCE_BYTES:
        raise Tampered("not a sealed value")
    return name, raw


def unseal(keys: str | Iterable[str], sealed: str, context: str) -> str:
    """The plaintext of ``sealed``.

    :param keys: one key, or all that are at hand in any order
    :raises MissingKey: sealed with none of ``keys``
    :raises Tampered: not a sealed value, changed, or of another context
    """
    name, raw = _parts(sealed)
    key = next((key for key in _keys(keys) if fingerprint(key) == name), None)
    if key is None:
        raise MissingKey("sealed with a key that is not at hand")
    nonce, box = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    try:
        padded = AESGCM(_raw(key)).decrypt(nonce, box, _bound_to(name, context))
    except InvalidTag as exc:
        raise Tampered("changed, or of another context") from exc
    return padded.rstrip(b"\0")[:-1].decode("utf-8", "surrogatepass")


def sealed_with(sealed: str) -> str:
    """Fingerprint of the key a value was sealed with; :raises Tampered: none."""
    return _parts(sealed)[0]


def reseal(keys: Iterable[str], sealed: str, context: str) -> str:
    """``sealed`` under the first of ``keys``; unchanged when it already is.

    Rotation goes over all rows with the new key first and the old ones behind it.
    It may be interrupted and begun again at any row.
    """
    keys = _keys(keys)
    if not keys:
        raise MissingKey("no key is at hand")
    if sealed_with(sealed) == fingerprint(keys[0]):
        return sealed
    return seal(keys[0], unseal(keys, sealed, context), context)
