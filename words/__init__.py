"""All that speaks to people: failures and their cures, steps at a provider, verdicts.

Uses Odoo's translation; no ORM, no I/O.
"""

from .addresses import find_hidden_mark, show_address
from .failure import (
    get_advice,
    get_advice_of,
    get_cure,
    get_cure_of,
    get_label,
    get_selection,
    get_step_label,
)
from .form import tell_problem
from .keys import get_key_fault
from .providers import get_http_steps, get_notice, get_steps
from .signin import get_road_advice
from .verdict import tell
