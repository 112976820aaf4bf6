from unittest.mock import patch

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.base.models.ir_cron import IrCron

from ..models.keyring import PARAMETER
from .servers import HOST


class AccountEmailCommon(AccountTestInvoicingCommon):
    """A company with working settings, its people, and factories for the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("account_email.allowed_hosts", "127.0.0.1,localhost")
        # A database that tests with real commits were run on knows their key.
        parameters.search([("key", "=", PARAMETER)]).unlink()
        cls.manager = cls._create_user("manager", "account.group_account_manager")
        cls.bookkeeper = cls._create_user("bookkeeper", "account.group_account_invoice")
        cls.customer = cls._create_partner(name="Blue Lagoon", email="blue@example.net")
        cls.vendor = cls._create_partner(name="Paper Mill", email="mill@example.net")

    @classmethod
    def _create_user(cls, name, *groups, **values):
        return new_test_user(
            cls.env,
            login=f"account_email_{name}",
            groups=",".join(groups),
            company_id=values.pop("company_id", cls.company.id),
            company_ids=values.pop("company_ids", [Command.set(cls.company.ids)]),
            **values,
        )

    @classmethod
    def _create_stranger(cls):
        """The manager of a company that has nothing to do with ours."""
        company = cls.env["res.company"].create({"name": "Stranger"})
        return cls._create_user(
            "stranger",
            "account.group_account_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _create_partner(cls, **values):
        return cls.env["res.partner"].create({"name": "Contact", **values})

    @classmethod
    def _create_settings(cls, **values):
        state = values.pop("state", "active")
        settings = cls.env["account.email.settings"].create(
            {
                "company_id": cls.company.id,
                "smtp_host": HOST,
                "smtp_port": 2500,
                "security": "none",
                "email_address": "billing@example.com",
                **values,
            }
        )
        settings.sudo().state = state
        return settings

    @classmethod
    def _create_move(cls, move_type="out_invoice", *, post=True, **values):
        is_sale = move_type.startswith("out_")
        partner = cls.customer if is_sale else cls.vendor
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": "2026-03-01",
                "ref": False if is_sale else "SUP-77",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Writing paper", "quantity": 3, "price_unit": 41.5}
                    )
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _deliver_all(cls):
        """What the cron does for the company, without its commits."""
        with patch.object(IrCron, "_commit_progress", return_value=float("inf")):
            cls.env["account.email.dispatch"].sudo()._process_company(
                cls.company.sudo()
            )
