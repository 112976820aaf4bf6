"""How the letters of a batch are written: by cron, or by OCA's queue_job."""

import logging
import random
import time

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

# Documents prepared between two commits: small, so that progress is seen and a
# crash repeats little; each is one letter in the queue by then.
CHUNK = 20
# How often some lines are begun anew because somebody else wrote to a document.
TRIES = 10


class AccountEmailBatch(models.Model):
    _inherit = "account.email.batch"

    @api.model
    def _wake(self):
        # sudo: waking a cron is not a right of bookkeepers
        self.env.ref("account_email.ir_cron_prepare_batches").sudo()._trigger()

    def _hand_over(self):
        """Have the letters written: by OCA's queue_job if it is there, else by cron."""
        if "queue.job" not in self.env:
            self._wake()
            return
        for batch in self:
            for lines in split_every(CHUNK, batch._get_waiting_lines().ids):
                batch.with_delay(
                    channel="root.account_email",
                    description=batch.name,
                    identity_key=f"account_email-{batch.id}-{lines[0]}",
                )._prepare_chunk(list(lines))

    def _prepare_chunk(self, line_ids):
        """One job: some lines of a batch, if nobody has paused it meanwhile.

        If somebody else wrote to one of the documents, queue_job begins it anew.
        """
        self.ensure_one()
        if self.state != "running" or self._is_put_off():
            return
        lines = self.line_ids.browse(line_ids).try_lock_for_update()
        # sudo: as the cron does; each letter is written with its maker's own rights
        lines.sudo().filtered(lambda row: row.state == "waiting")._prepare_each()
        self.sudo()._finish()

    @api.model
    def _cron_prepare(self):
        """Make the letters of running batches, a few at a time."""
        for batch in self.search([("state", "=", "running")], order="id"):
            if not batch._prepare_all():
                self._wake()
                self.env["ir.cron"]._commit_progress()
                return

    def _prepare_all(self):
        """:return: whether there is time left for the next batch"""
        left, count = float("inf"), 1
        while left > 0 and count:
            left, count = self._prepare_next_safely()
        return left > 0

    def _prepare_next_safely(self):
        """:return: tuple of seconds left in this run and lines that were done"""
        for attempt in range(TRIES):
            try:
                count = self._prepare_next()
                return self.env["ir.cron"]._commit_progress(count), count
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Nothing has left the house: what was written is written anew, with
                # a view of what the others have done.
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        _logger.info("Batch %s goes on later: its documents are in use", self.id)
        return 0, 0

    def _prepare_next(self):
        """:return: how many lines were done"""
        lines = self._get_next_lines()
        if lines:
            lines._prepare_each()
        else:
            self._finish()
        return len(lines)

    def _get_next_lines(self):
        """Lines to prepare now, locked; none if the batch was paused meanwhile."""
        self.invalidate_recordset()
        if self.state != "running" or self._is_put_off():
            return self.line_ids.browse()
        return self._get_waiting_lines()[:CHUNK].try_lock_for_update()

    def _put_off(self, moment):
        """The cron goes on then, also with what was in the hands of queue_job."""
        self.waits_until = moment
        # sudo: waking a cron is not a right of bookkeepers
        cron = self.env.ref("account_email.ir_cron_prepare_batches").sudo()
        cron._trigger(at=moment)

    def _get_waiting_lines(self):
        return self.line_ids.search(
            [
                ("batch_id", "in", self.ids),
                ("selected", "=", True),
                ("state", "=", "waiting"),
            ]
        )

    def _finish(self):
        if self.state == "running" and not self._get_waiting_lines():
            self.state = "done"
