"""Where the keys are that seal the secrets: never in the database.

In this order: the environment variable ``ACCOUNT_EMAIL_KEY``, the option
``account_email_key`` of ``odoo.conf``, or a file of mode 0600 in Odoo's data folder,
made when the first password of a database is sealed. Every server of that database
needs the same key; one without it makes none. Several keys, separated by commas, serve
a rotation: the first seals, all of them open.
"""

import os
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tools import SQL, config

from ..vault import BadKey, fingerprint, read_keys
from ..words import get_key_fault

ENVIRONMENT_VARIABLE = "ACCOUNT_EMAIL_KEY"
OPTION = "account_email_key"
FILE_NAME = "account_email.key"


# Which key the passwords of this database are sealed with: a name, and no secret.
PARAMETER = "account_email.key_fingerprint"
SEALED_WITH = """
    SELECT split_part(password_sealed, ':', 2) AS name FROM account_email_settings
     WHERE password_sealed IS NOT NULL GROUP BY name ORDER BY count(*) DESC LIMIT 1
"""


def get_path():
    return Path(config["data_dir"]) / FILE_NAME


def get_keys(*, make=True):
    """:param make: whether a file that is not there is made
    :return: list of keys, the one that seals first
    :raise BadKey: there is none, or others could know it
    """
    given = os.environ.get(ENVIRONMENT_VARIABLE) or config.get(OPTION)
    return read_keys(given, get_path(), make=make)


def find_fingerprint(env):
    """:return: of the key of this database; nothing before a password was sealed"""
    # sudo: system parameters are the administrator's, this one is no secret
    known = env["ir.config_parameter"].sudo().get_param(PARAMETER)
    # Of a version that did not write it down.
    return known or next((row[0] for row in env.execute_query(SQL(SEALED_WITH))), None)


def set_fingerprint(env, name):
    # sudo: system parameters are the administrator's
    env["ir.config_parameter"].sudo().set_param(PARAMETER, name)


def take_keys(env):
    """The same, for a request: no key is made where the database has one already.

    :raise UserError: what is wrong, and what cures it
    """
    try:
        return get_keys(make=not find_fingerprint(env))
    except BadKey as exc:
        fault = exc
    raise UserError(get_key_fault(env, fault))


def take_sealing_key(env):
    """The key to seal with: one that the other servers of this database have, too.

    :raise UserError: this server has not got it
    """
    keys, known = take_keys(env), find_fingerprint(env)
    if known and known not in map(fingerprint, keys):
        fault = BadKey("another key", problem="other", path=str(get_path()))
        raise UserError(get_key_fault(env, fault))
    set_fingerprint(env, known or fingerprint(keys[0]))
    return keys[0]
