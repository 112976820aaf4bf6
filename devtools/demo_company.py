"""Run in ``odoo shell``: a demo company whose mail goes to the catcher.

Environment: ``CATCHER_PORT``.
"""

import os

# Login, which is the password too; name; what each may do beside contacts.
USERS = (
    ("manager", "Accounting Manager", "account.group_account_manager"),
    ("bookkeeper", "Bookkeeper", "account.group_account_invoice"),
)


def allow_loopback(env):
    """On this machine the mail server is this machine."""
    name = "account_email.allowed_hosts"
    env["ir.config_parameter"].set_param(name, "127.0.0.1,localhost")


def create_users(env):
    for login, name, group in USERS:
        user = env["res.users"].search([("login", "=", login)])
        if not user:
            email = f"{login}@example.com"
            values = {"login": login, "password": login, "name": name, "email": email}
            user = user.create(values)
        # Not beside what a new user gets by default: a bookkeeper may bill, no more.
        user.group_ids = env.ref(group) | env.ref("base.group_partner_manager")


def point_settings(env, port):
    company = env.ref("base.main_company")
    settings = company.email_settings_ids
    values = {"smtp_host": "127.0.0.1", "smtp_port": port, "security": "none"}
    if not settings:
        values |= {
            "company_id": company.id,
            "email_address": "billing@example.com",
            "send_copy": True,
            "copy_address": "archive@example.com",
        }
        settings = settings.create(values)
    elif settings.smtp_host == "127.0.0.1":
        # Somebody may have tried a server of her own: that stays.
        settings.write(values)
    if settings.state == "draft":
        settings.action_activate()


allow_loopback(env)  # noqa: F821
create_users(env)  # noqa: F821
point_settings(env, int(os.environ["CATCHER_PORT"]))  # noqa: F821
env.cr.commit()  # noqa: F821
