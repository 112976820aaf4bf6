"""Core's logs, without the passwords that are typed and the codes that come back.

At DEBUG core writes every call of the web client down with its arguments, and each
address that was asked for at any level. A filter is the logging module's own place for
what a logger should not say.
"""

import logging
import re

CORE_LOGGER = "odoo.service.model"
ADDRESS_LOGGER = "werkzeug"
# What Google and Microsoft send the browser back with: good for one use, but for that.
CODES = re.compile(r"(/account_email/signin\?)\S*")


# The address of an HTTP service may hold a token.
SECRETS = ("password", "http_url", "secret")


class WithoutPasswords(logging.Filter):
    """Leaves the arguments of a call out where one of them is a secret."""

    def filter(self, record):
        if isinstance(record.args, tuple) and record.args:
            said = str(record.args[-1])
            if any(name in said for name in SECRETS):
                record.args = (*record.args[:-1], "…")
        return True


class WithoutCodes(logging.Filter):
    """Leaves out what stands behind the address that a sign-in comes back to."""

    def filter(self, record):
        said = record.getMessage()
        if CODES.search(said):
            record.msg, record.args = CODES.sub(r"\1…", said), ()
        return True


FILTERS = {CORE_LOGGER: WithoutPasswords, ADDRESS_LOGGER: WithoutCodes}


def install():
    for name, kind in FILTERS.items():
        logger = logging.getLogger(name)
        if not any(isinstance(known, kind) for known in logger.filters):
            logger.addFilter(kind())
