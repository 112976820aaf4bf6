from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.account_email_ledger import KINDS, SIDES


class AccountEmailStatementCreate(models.TransientModel):
    """Asks which statements of which contacts: to look at, print or email."""

    _name = "account.email.statement.create"
    _description = "Make Statements of Account"
    _inherit = ["account.email.reach"]

    partner_ids = fields.Many2many("res.partner", string="Contacts")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    side = fields.Selection(SIDES, "Account", required=True, default="customer")
    kind = fields.Selection(KINDS, required=True, default="open")
    date_from = fields.Date(
        "From",
        default=lambda self: (
            fields.Date.context_today(self).replace(day=1) - timedelta(days=1)
        ).replace(day=1),
    )
    date_to = fields.Date("As of", required=True, default=fields.Date.context_today)
    attach_invoices = fields.Boolean(
        "Attach the open invoices", help="Each invoice that is not paid goes along."
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "res.partner":
            ids = self.env.context.get("active_ids")
            ids = ids if isinstance(ids, list | tuple) else ()
            # A request may say anything there.
            numbers = [number for number in ids if type(number) is int]
            partners = self.env["res.partner"].browse(numbers).exists()
            values["partner_ids"] = [fields.Command.set(partners.ids)]
            if partners and not any(partners.mapped("customer_rank")):
                ranked = any(partners.mapped("supplier_rank"))
                values["side"] = "supplier" if ranked else "customer"
        return values

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            late = wizard.kind == "activity" and wizard.date_from
            if late and wizard.date_from > wizard.date_to:
                raise UserError(
                    self.env._("The first day must not be after the last one.")
                )

    def _create_statements(self):
        self.ensure_one()
        partners = self.partner_ids
        Statement = self.env["account.email.statement"]
        if not partners:
            partners = Statement._find_partners_with_balance(self.company_id, self.side)
        statements = Statement._create_for(
            partners,
            self.company_id,
            side=self.side,
            kind=self.kind,
            date_from=self.date_from,
            date_to=self.date_to,
            attach_invoices=self.attach_invoices,
        )
        if not statements:
            raise UserError(
                self.env._(
                    "There is nothing to state: no posted invoice or payment of these "
                    "contacts up to that day."
                )
            )
        return statements

    def action_print(self):
        return self._create_statements().action_print()

    def action_email(self):
        """One opens its letter, many a list to look through first."""
        return self._create_statements().action_email_documents()
