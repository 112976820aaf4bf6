"""The wire: from one message to a receipt or a classified failure.

Pure: standard library, requests, idna, and cryptography
to read certificates. Knows no Odoo, no database, no language.
"""

from . import signin
from .deadline import Deadline
from .errors import CAUSES, ILLEGIBLE, KINDS, TransportError, failing
from .exchange import HttpConnection
from .files import file_name, file_type
from .foreign import classify
from .header import address_field, are_addresses, read_mailboxes, text_field
from .judging import gist
from .mime import serialize
from .names import ascii_address, host_name, is_address, is_same_host, to_ascii
from .outcome import Receipt, Refusal, Step
from .probe import STEPS, probe
from .profile import Profile, altered, secret_of, to_values
from .providers import PROVIDERS
from .replies import reply_error
from .retry import LONGEST, delay
from .session import open_session
from .text import UNSHOWN

__all__ = [
    "CAUSES",
    "ILLEGIBLE",
    "KINDS",
    "LONGEST",
    "PROVIDERS",
    "STEPS",
    "UNSHOWN",
    "Deadline",
    "HttpConnection",
    "Profile",
    "Receipt",
    "Refusal",
    "Step",
    "TransportError",
    "address_field",
    "altered",
    "are_addresses",
    "ascii_address",
    "classify",
    "delay",
    "failing",
    "gist",
    "file_name",
    "file_type",
    "host_name",
    "is_address",
    "is_same_host",
    "open_session",
    "probe",
    "read_mailboxes",
    "reply_error",
    "secret_of",
    "serialize",
    "signin",
    "text_field",
    "to_ascii",
    "to_values",
]
