"""Whether anybody is at the queue at all: noticed, and said where people look."""

from datetime import timedelta

from odoo import api, fields, models

from .account_email_dispatch import CRONS

# Crons that are due for so long have nobody who runs them: they run every few minutes.
LATE = timedelta(minutes=15)
# Says something of the server, but holds no letter up.
HARMLESS = ("pooled",)


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    @api.model
    def _get_queue_problem(self, crons=CRONS):
        """:param crons: XML ids, of which one is enough
        :return: a sentence on why nothing leaves, or an empty text
        """
        # sudo: whether the scheduled actions run is no secret to who waits for them
        found = self.env["ir.cron"].sudo().browse()
        for name in crons:
            found |= self.env.ref(name, raise_if_not_found=False) or found
        working = found.filtered("active")
        if not working:
            return self.env._(
                "Nothing leaves: the scheduled actions of Accounting Email are "
                "switched off. The administrator switches them on under Settings > "
                "Technical > Scheduled Actions."
            )
        now = fields.Datetime.now()
        late = now - max(working.mapped("nextcall"))
        if late < LATE or self._is_running(working, now):
            return ""
        return self.env._(
            "Nothing leaves: Odoo has run no scheduled action for %s minutes. The "
            "administrator starts a server that runs them (max_cron_threads), and "
            "looks whether addons wait to be installed.",
            int(late.total_seconds() // 60),
        )

    @api.model
    def _is_running(self, crons, now):
        """Whether one of them was begun lately, and is not over yet."""
        # sudo: see _get_queue_problem
        Progress = self.env["ir.cron.progress"].sudo()
        recent = [("cron_id", "in", crons.ids), ("create_date", ">", now - LATE)]
        return bool(Progress.search_count(recent, limit=1))

    @api.model
    def _get_troubles(self):
        """:return: what is wrong with the servers of this database, for managers"""
        # sudo: managers are told what holds their letters up
        troubles = self.env["account.email.trouble"].sudo()._get_current()
        return troubles.with_env(self.env(su=True)).mapped("sentence")

    def _tell_wait(self):
        """Why this letter waits, beside its own failure; or an empty text."""
        self.ensure_one()
        if problem := self._get_queue_problem():
            return problem
        # sudo: what is wrong is for the administrators, that something is for all
        troubles = self.env["account.email.trouble"].sudo()._get_current()
        due_since = max(self.create_date, self.next_try_at or self.create_date)
        is_late = due_since < fields.Datetime.now() - LATE
        if is_late and set(troubles.mapped("cause")) - set(HARMLESS):
            return self.env._(
                "This Odoo server has a problem of its own, of which its administrator "
                "was told. No letter is lost."
            )
        return ""
