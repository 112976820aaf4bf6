"""A thousand letters in the queue, ours or core's, without drawing a thousand PDFs."""

from __future__ import annotations

from odoo import Command

PDF = b"%PDF-1.4\n" + b"%" * 20000 + b"\n%%EOF\n"


def write_letters(env, *, road, port, count):
    """Point the company at the server and fill its queue."""
    env["ir.config_parameter"].set_param("account_email.allowed_hosts", "127.0.0.1")
    company = env["res.company"].search([], limit=1)
    partner = env["res.partner"].create({"name": "Chaos", "email": "c@example.net"})
    attachment = env["ir.attachment"].create({"name": "chaos.pdf", "raw": PDF})
    mails = env["mail.mail"].create(
        [
            {
                "subject": f"Letter {number}",
                "body_html": "<p>Letter</p>",
                "email_from": "billing@example.com",
                "recipient_ids": [Command.set(partner.ids)],
                "attachment_ids": [Command.link(attachment.id)],
                "state": "dispatched" if road == "ours" else "outgoing",
                "model": "res.partner",
                "res_id": partner.id,
                "message_id": f"<{number}.chaos@example.com>",
            }
            for number in range(count)
        ]
    )
    if road == "ours":
        point_settings(env, company, port)
        mails._create_dispatches(
            {
                "company_id": company.id,
                "res_model": "res.partner",
                "res_id": partner.id,
            }
        )
    else:
        point_core(env, port)
    env.cr.commit()


def point_settings(env, company, port):
    values = {
        "protocol": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "security": "none",
        "email_address": "billing@example.com",
        # Sealed, so that there is a key to lose.
        "username": "billing@example.com",
        "password": "chaos",
        "accept_plain_password": True,
    }
    settings = company.email_settings_ids
    if settings:
        settings.write(values)
    else:
        settings = settings.create({**values, "company_id": company.id})
    settings.action_activate()


def point_core(env, port):
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {
            "name": "chaos",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_encryption": "none",
        }
    )
