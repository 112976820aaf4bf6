"""Signing in with Google and Microsoft: from a person's consent to access tokens.

Pure, over Authlib, which is optional: without it every grant fails with the cause
``library_missing``. Tokens are data; whoever keeps them decides where.
"""

from .app import App
from .grants import (
    Departure,
    DeviceCode,
    begin_device,
    depart,
    for_application,
    new_secret,
    poll_device,
    redeem,
    renew,
    revoke,
)
from .library import is_available
from .meaning import page_for, refusal
from .services import SERVICES, Service
from .tokens import Tokens, check_scope

__all__ = [
    "SERVICES",
    "App",
    "Departure",
    "DeviceCode",
    "Service",
    "Tokens",
    "begin_device",
    "check_scope",
    "depart",
    "for_application",
    "is_available",
    "new_secret",
    "page_for",
    "poll_device",
    "redeem",
    "refusal",
    "renew",
    "revoke",
]
