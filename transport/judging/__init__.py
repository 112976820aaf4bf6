"""What a server's negative answer means: by its words, then by its codes.

The table has the order in which a person would think. First whose limit is reached: a
limit of the account is no failure of a letter. Then this machine, which every letter
meets. Then the sender, then the login, then the recipient, and last the letter itself.
Within each room words decide before codes, since many servers have one code for all.

Codes and enhanced codes: RFC 5321, 3463, 4954, 7505. The providers' texts come from
their help pages and from public bug reports; ``tests/unit/data/smtp_replies.txt`` has
them, one a line.
"""

from __future__ import annotations

from .content import BY_STEP, CONTENT
from .limits import LIMITS
from .login import AT_LOGIN, LOGIN_LEFT, MISSING, OFF, RELAYING
from .machine import ENCRYPTION, MACHINE
from .quota import QUOTA
from .reading import Said, gist, read
from .recipient import RECIPIENT
from .rule import Rule
from .sender import RESTRICTED, SENDER, VERIFY

__all__ = ["RULES", "Rule", "Said", "gist", "judge", "read"]

# Said by an antivirus program or a proxy that stands between, not by the server.
BETWEEN = (
    Rule(
        "transient",
        "intercepted",
        r"cannot connect to (?:the )?(?:smtp |mail )?server|connect error \d{4,5}",
        steps=("connect", "greeting"),
    ),
)
RULES = (
    *BETWEEN,
    *ENCRYPTION,
    *AT_LOGIN,
    *RESTRICTED,
    *LIMITS,
    *QUOTA,
    *OFF,
    *MACHINE,
    *MISSING,
    *VERIFY,
    *SENDER,
    *RELAYING,
    *LOGIN_LEFT,
    *RECIPIENT,
    *CONTENT,
    *BY_STEP,
)


def judge(said: Said) -> Rule:
    """The first rule that speaks of what was said; the last one speaks of all."""
    return next(rule for rule in RULES if rule.fits(said))
