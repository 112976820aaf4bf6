"""Where the keys are that seal the secrets: never in the database.

In this order: the environment variable ``ACCOUNT_EMAIL_KEY``, the option
``account_email_key`` of ``odoo.conf``, or a file of mode 0600 in Odoo's data folder,
made at first use. Several keys, separated by commas, serve a rotation: the first
seals, all of them open.
"""

import os
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tools import config

from ..vault import BadKey, read_keys
from ..words import get_key_fault

ENVIRONMENT_VARIABLE = "ACCOUNT_EMAIL_KEY"
OPTION = "account_email_key"
FILE_NAME = "account_email.key"


def get_keys():
    """:return: list of keys, the one that seals first
    :raise BadKey: there is none, or others could know it
    """
    given = os.environ.get(ENVIRONMENT_VARIABLE) or config.get(OPTION)
    return read_keys(given, Path(config["data_dir"]) / FILE_NAME)


def take_keys(env):
    """The same, for a request.

    :raise UserError: what is wrong, and the command that cures it
    """
    try:
        return get_keys()
    except BadKey as exc:
        fault = exc
    raise UserError(get_key_fault(env, fault))
