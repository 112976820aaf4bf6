"""Invoices and settings for the benches; runs inside Odoo."""

import base64

from odoo.fields import Command

LOGO = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def create_invoices(env, *, count, lines):
    """Posted customer invoices, each for a partner of its own."""
    partners = env["res.partner"].create(
        [
            {
                "name": f"Customer {number}",
                "email": f"customer{number}@example.net",
                "street": "1 Long Road",
                "city": "Springfield",
                "zip": "12345",
                "country_id": env.ref("base.us").id,
            }
            for number in range(count)
        ]
    )
    moves = env["account.move"].create(
        [prepare_invoice(partner, lines=lines) for partner in partners]
    )
    moves.action_post()
    env.cr.commit()
    return moves


def prepare_invoice(partner, *, lines):
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": "2026-01-15",
        "invoice_line_ids": [
            Command.create(
                {
                    "name": f"Article {number}: delivered, fitted and tried on site",
                    "quantity": number % 7 + 1,
                    "price_unit": 19.9 + number,
                }
            )
            for number in range(lines)
        ],
    }


def point_settings(env, *, port, **values):
    """The company's settings, in use, at a server on this machine."""
    name = "account_email.allowed_hosts"
    env["ir.config_parameter"].set_param(name, "127.0.0.1,localhost")
    company = env.company
    company.logo = company.logo or base64.b64decode(LOGO)
    values = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "security": "none",
        "email_address": "billing@example.com",
        **values,
    }
    Settings = env["account.email.settings"]
    settings = Settings.search([("company_id", "=", company.id)])
    if settings:
        settings.write(values)
    else:
        settings = Settings.create({**values, "company_id": company.id})
    settings.action_activate()
    env.cr.commit()
    return settings


def point_core(env, *, port):
    """Core's own server, the same one."""
    servers = env["ir.mail_server"]
    servers.search([]).active = False
    servers.create(
        {
            "name": "bench",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_encryption": "none",
        }
    )
    env.cr.commit()
