"""What was known of a document's letters when core's Send was opened."""

from odoo import api, fields, models


class AccountMoveSendWizard(models.TransientModel):
    _inherit = "account.move.send.wizard"

    seen_letter = fields.Integer(compute="_compute_seen_letter", store=True)

    @api.depends("move_id")
    def _compute_seen_letter(self):
        for wizard in self:
            letters = wizard.move_id._get_standing_letters()
            wizard.seen_letter = letters[wizard.move_id.id].id if letters else 0

    def _get_seen_letter(self, move, from_cron):
        # EXTENDS 'account.move.send'
        return self.seen_letter


class AccountMoveSendBatchWizard(models.TransientModel):
    _inherit = "account.move.send.batch.wizard"

    seen_letters = fields.Json(compute="_compute_seen_letters", store=True)

    @api.depends("move_ids")
    def _compute_seen_letters(self):
        for wizard in self:
            letters = wizard.move_ids._get_standing_letters()
            wizard.seen_letters = {str(move): row.id for move, row in letters.items()}

    def action_send_and_print(self, *args, **kwargs):
        # EXTENDS 'account': its cron sends later, and should know what was known
        action = super().action_send_and_print(*args, **kwargs)
        for move in self.move_ids.filtered("sending_data"):
            seen = (self.seen_letters or {}).get(str(move.id), 0)
            move.sending_data = {**move.sending_data, "account_email_seen": seen}
        return action
