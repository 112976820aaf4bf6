"""What people may do with a letter in the log."""

from odoo import models
from odoo.exceptions import UserError

AGAIN_STATES = ("partly", "failed", "unknown", "bounced", "cancelled")


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def action_download(self):
        """The exact letter, as a file that any mail program opens."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/account_email/letter/{self.id}",
            "target": "download",
        }

    def action_open_document(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_retry(self):
        """Send again what failed, or what nobody knows to have arrived."""
        rows = self.filtered(lambda row: row.state in AGAIN_STATES)
        if rows.filtered("is_test"):
            raise UserError(
                self.env._(
                    "This was a test. To repeat it, press Test email settings in the "
                    "email settings."
                )
            )
        if lost := rows.filtered(lambda row: not row._get_mail()):
            raise UserError(
                self.env._(
                    "The letter “%s” is no longer kept. Send the document again "
                    "from its own page.",
                    lost[0].subject,
                )
            )
        rows._check_may_send()
        rows._hold_documents()
        # sudo: bookkeepers read the log, the queue alone writes it
        rows.sudo()._queue_again()

    def action_mark_sent(self):
        """A person has found out that the letter did arrive."""
        rows = self.filtered(lambda row: row.state == "unknown")
        rows._check_may_send()
        # sudo: bookkeepers read the log, the queue alone writes it
        rows.sudo()._set_sent()

    def action_send_now(self):
        """Not at its next try, but at once: the server may be asked again earlier."""
        rows = self.filtered(lambda row: row.state == "queued")
        rows._check_may_send()
        # sudo: bookkeepers read the log, the queue alone writes it
        rows = rows.sudo()
        for row in rows:
            if not row._get_settings()._is_active():
                raise UserError(row._tell_pause())
        rows.next_try_at = False
        rows._wake(rows.company_id)

    def action_cancel(self):
        """Keep back what has not left yet."""
        # sudo: bookkeepers read the log, the queue alone writes it
        rows = self.filtered(lambda row: row.state == "queued")
        rows._check_may_send()
        locked = rows.sudo().try_lock_for_update()
        locked.filtered(lambda row: row.state == "queued")._set_cancelled()

    def _check_may_send(self):
        """The same right as for sending it in the first place."""
        self.check_access("read")
        for model, rows in self.grouped("res_model").items():
            records = self.env[model].browse(rows.mapped("res_id")).exists()
            records.check_access("write")

    def _hold_documents(self):
        """Make sure that a document's old letter does not leave beside a newer one.

        :raise UserError: it was sent again meanwhile, or that letter waits
        """
        for model, rows in self.filtered("is_document").grouped("res_model").items():
            records = self.env[model].browse(set(rows.mapped("res_id")))
            letters = records._get_standing_letters()
            for row in rows:
                newer = letters.get(row.res_id)
                if newer and newer.id > row.id:
                    raise UserError(newer._tell_standing())
            self.env["account.email.document"]._hold(records)
