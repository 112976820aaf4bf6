"""The server's words have one name, in the settings as in the log: server_text."""

from odoo.tools import sql

TABLE = "account_email_settings"


def migrate(cr, version):
    if sql.column_exists(cr, TABLE, "failure_text"):
        sql.rename_column(cr, TABLE, "failure_text", "server_text")
