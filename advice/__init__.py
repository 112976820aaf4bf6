"""What we know of providers and domains: which server, which limits, which records.

Pure: standard library, and dnspython where it is installed. Asks over
``transport``'s guarded connections; ``transport`` knows nothing of it.
"""

from .acting import ACTING_BY, acting_fields, is_manager
from .addresses import bare_addresses, one_address
from .autoconfig import fetcher
from .check import FORM_VALUES, check, split_host
from .deduce import deduce
from .lookalike import hidden_marks, plain_form
from .lookup import lookup
from .preset import Preset
from .presets import PRESETS, by_domain, by_host
from .resolver import DnsUnavailable, system_query
from .verdict import sender_verdict

__all__ = [
    "ACTING_BY",
    "FORM_VALUES",
    "PRESETS",
    "DnsUnavailable",
    "Preset",
    "acting_fields",
    "bare_addresses",
    "by_domain",
    "by_host",
    "check",
    "deduce",
    "fetcher",
    "hidden_marks",
    "is_manager",
    "lookup",
    "one_address",
    "plain_form",
    "sender_verdict",
    "split_host",
    "system_query",
]
