"""Secrets: sealed values, the keys that seal them, and what must not be logged.

Pure: ``cryptography`` only.
"""

from .keys import read_keys
from .sealing import (
    BadKey,
    MissingKey,
    Tampered,
    VaultError,
    fingerprint,
    generate_key,
    reseal,
    seal,
    sealed_with,
    unseal,
)

__all__ = [
    "BadKey",
    "MissingKey",
    "Tampered",
    "VaultError",
    "fingerprint",
    "generate_key",
    "read_keys",
    "reseal",
    "seal",
    "sealed_with",
    "unseal",
]
