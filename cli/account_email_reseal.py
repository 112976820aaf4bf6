"""``odoo --addons-path=… account_email_reseal -d DATABASE``: seal all passwords anew.

To change the key, put the new one before the old one, separated by a comma, where the
old one stands (``ACCOUNT_EMAIL_KEY``, ``account_email_key`` in ``odoo.conf``, or the
file ``account_email.key``); run this; then take the old one away. It may be
interrupted and run again at any time: both keys open until the old one is gone.
"""

from odoo import SUPERUSER_ID, api
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class AccountEmailReseal(Command):
    """Seal the passwords of Accounting Email with the current key."""

    name = "account_email_reseal"

    def run(self, args):
        config.parse_config(args, setup_logging=True)
        for database in config["db_name"]:
            with Registry(database).cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                count = env["account.email.settings"]._reseal_passwords()
                for name in ("account.email.application", "account.email.grant"):
                    resealed, _closed = env[name]._reseal()
                    count += resealed
            print(f"{database}: {count} passwords sealed with the current key")  # noqa: T201
