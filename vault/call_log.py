"""Core's log of calls, without the passwords that are typed.

At DEBUG core writes every call of the web client down with its arguments. A filter is
the logging module's own place for what a logger should not say.
"""

import logging

CORE_LOGGER = "odoo.service.model"


# The address of an HTTP service may hold a token.
SECRETS = ("password", "http_url")


class WithoutPasswords(logging.Filter):
    """Leaves the arguments of a call out where one of them is a secret."""

    def filter(self, record):
        if isinstance(record.args, tuple) and record.args:
            said = str(record.args[-1])
            if any(name in said for name in SECRETS):
                record.args = (*record.args[:-1], "…")
        return True


def install():
    logger = logging.getLogger(CORE_LOGGER)
    if not any(isinstance(known, WithoutPasswords) for known in logger.filters):
        logger.addFilter(WithoutPasswords())
