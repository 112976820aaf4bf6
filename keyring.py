"""Where the keys are that seal the secrets: never in the database.

In this order: the environment variable ``ACCOUNT_EMAIL_KEY``, the option
``account_email_key`` of ``odoo.conf``, or a file of mode 0600 in Odoo's data folder,
made at first use. Several keys, separated by commas, serve a rotation: the first
seals, all of them open.
"""

import os
from contextlib import suppress
from pathlib import Path

from odoo.tools import config

from .vault import generate_key

ENVIRONMENT_VARIABLE = "ACCOUNT_EMAIL_KEY"
OPTION = "account_email_key"
FILE_NAME = "account_email.key"


def get_keys():
    """:return: list of keys, the one that seals first"""
    given = os.environ.get(ENVIRONMENT_VARIABLE) or config.get(OPTION)
    if not given:
        given = _read_key_file(Path(config["data_dir"]) / FILE_NAME)
    return [key.strip() for key in given.split(",") if key.strip()]


def _read_key_file(path):
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return _create_key_file(path)


def _create_key_file(path):
    """Make the key, or take the one that another process made meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place: nobody ever reads half a key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(generate_key())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text(encoding="ascii")


def get_allowed_hosts(env):
    """Hosts that may be on a private network, which the administrator has listed."""
    # sudo: system parameters are the administrator's; this one holds no secret
    listed = env["ir.config_parameter"].sudo().get_param("account_email.allowed_hosts")
    return frozenset(host.strip() for host in (listed or "").split(",") if host.strip())
