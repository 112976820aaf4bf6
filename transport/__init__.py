"""The wire: from one message to a receipt or a classified failure.

Pure: standard library, requests, idna, and cryptography
to read certificates. Knows no Odoo, no database, no language.
"""

from .errors import CAUSES, KINDS, TransportError, classify
from .outcome import Receipt, Refusal, Step
from .probe import STEPS, probe
from .profile import Profile
from .retry import delay
from .session import open_session

__all__ = [
    "CAUSES",
    "KINDS",
    "STEPS",
    "Profile",
    "Receipt",
    "Refusal",
    "Step",
    "TransportError",
    "classify",
    "delay",
    "open_session",
    "probe",
]
