"""What we know of providers and domains: which server, which limits, which records.

Pure: standard library, and dnspython where it is installed. Asks over
``transport``'s guarded connections; ``transport`` knows nothing of it.
"""

from .autoconfig import fetcher
from .lookalike import hidden_marks, plain_form
from .lookup import lookup
from .preset import Preset
from .presets import PRESETS, by_domain, by_host
from .resolver import DnsUnavailable, system_query
from .verdict import sender_verdict

__all__ = [
    "PRESETS",
    "DnsUnavailable",
    "Preset",
    "by_domain",
    "by_host",
    "fetcher",
    "hidden_marks",
    "lookup",
    "plain_form",
    "sender_verdict",
    "system_query",
]
