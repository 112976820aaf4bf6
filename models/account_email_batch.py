from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from .protected import refuse_by_hand, without_defaults

# Documents prepared between two commits: small, so that progress is seen and a
# crash repeats little; each is one letter in the queue by then.
CHUNK = 20
# Seconds a letter takes where nothing was measured yet.
USUAL_SECONDS = 0.5


class AccountEmailBatch(models.Model):
    """Many documents at once: what will go to whom, and how far it has come.

    It runs in the name of the person who made it: ``create_uid``, which nobody can
    write.
    """

    _name = "account.email.batch"
    _description = "Batch of Emails"
    _inherit = ["account.email.reach"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [
            ("draft", "To confirm"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    line_ids = fields.One2many("account.email.batch.line", "batch_id")
    selected_count = fields.Integer(compute="_compute_selected")
    held_count = fields.Integer(compute="_compute_selected")
    notice = fields.Char(compute="_compute_selected")
    prepared_count = fields.Integer(compute="_compute_progress")
    sent_count = fields.Integer(compute="_compute_progress")
    failed_count = fields.Integer(compute="_compute_progress")
    waiting_count = fields.Integer(compute="_compute_progress")
    expected_end_at = fields.Datetime(compute="_compute_progress")

    @api.depends("line_ids")
    def _compute_name(self):
        for batch in self:
            batch.name = self.env._("Email %s documents", len(batch.line_ids))

    @api.depends("line_ids.selected", "line_ids.notice")
    def _compute_selected(self):
        for batch in self:
            selected = batch.line_ids.filtered("selected")
            batch.selected_count = len(selected)
            batch.held_count = len(batch.line_ids) - len(selected)
            told = len(selected.filtered("notice"))
            batch.notice = bool(told) and self.env._(
                "Vendor documents that are ticked: %s. Their vendors get your own "
                "record of them.",
                told,
            )

    @api.depends("line_ids.state", "line_ids.dispatch_id.state")
    def _compute_progress(self):
        for batch in self:
            states = batch.line_ids.filtered("selected").mapped("progress")
            batch.sent_count = states.count("sent")
            batch.failed_count = states.count("failed")
            batch.prepared_count = states.count("prepared")
            batch.waiting_count = states.count("waiting")
            batch.expected_end_at = batch._get_expected_end()

    def _get_expected_end(self):
        """When the last letter will have left, as far as can be told."""
        self.ensure_one()
        left = self.prepared_count + self.waiting_count
        # sudo: the settings are the manager's, their pace is no secret
        settings = self.company_id.sudo().email_settings_id
        if self.state != "running" or not left or not settings:
            return False
        seconds = self._get_seconds_per_letter()
        if settings.limit_per_minute:
            seconds = max(seconds, 60 / settings.limit_per_minute)
        if settings.limit_per_day:
            days = (settings.sent_last_day + left - 1) // settings.limit_per_day
            seconds = max(seconds, days * 86400 / left)
        begin = max(
            fields.Datetime.now(), settings.paused_until or fields.Datetime.now()
        )
        return begin + timedelta(seconds=left * seconds)

    def _get_seconds_per_letter(self):
        attempts = self.env["account.email.attempt"].search(
            [("company_id", "=", self.company_id.id), ("success", "=", True)], limit=20
        )
        if not attempts:
            return USUAL_SECONDS
        return sum(attempts.mapped("seconds")) / len(attempts) + 0.1

    def write(self, vals):
        # A person ticks lines; what happened to them is the queue's to say.
        refuse_by_hand(self, set(vals) - {"line_ids"})
        return super().write(vals)

    # ------------------------------------------------------------
    # Begin
    # ------------------------------------------------------------

    @api.model
    def _create_for(self, documents):
        """A batch to look at before anything is sent."""
        documents.check_access("read")
        self.check_access("write")
        Line = self.env["account.email.batch.line"]
        values = {
            "company_id": documents[:1]._get_email_company().id,
            "line_ids": [
                fields.Command.create(Line._prepare_values(document))
                for document in documents
            ],
        }
        # sudo: nobody makes a line by hand, since it is sent in its maker's name
        return without_defaults(self).sudo().create(values).with_env(self.env)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_start(self):
        self.ensure_one()
        if not self.line_ids.filtered("selected"):
            raise UserError(self.env._("Tick at least one document that can be sent."))
        self.action_resume()
        return self.action_open()

    def action_open(self):
        """The progress of the batch, in the place of the dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_pause(self):
        self.filtered(lambda batch: batch.state == "running")._set_state("paused")

    def action_resume(self):
        ready = self.filtered(lambda batch: batch.state in ("draft", "paused"))
        ready._set_state("running")
        ready._hand_over()

    def action_cancel(self):
        """Keep back everything that has not left."""
        self._set_state("cancelled")
        waiting = self.line_ids.dispatch_id.filtered(lambda row: row.state == "queued")
        waiting.action_cancel()

    def _set_state(self, state):
        self.check_access("write")
        # sudo: the status is written by these buttons alone
        self.sudo().state = state

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
            waiting = batch.line_ids.filtered(
                lambda line: line.selected and line.state == "waiting"
            )
            for lines in split_every(CHUNK, waiting.ids):
                batch.with_delay(
                    channel="root.account_email",
                    description=batch.name,
                    identity_key=f"account_email-{batch.id}-{lines[0]}",
                )._prepare_chunk(list(lines))

    def _prepare_chunk(self, line_ids):
        """One job: some lines of a batch, if nobody has paused it meanwhile."""
        self.ensure_one()
        if self.state != "running":
            return
        lines = self.line_ids.browse(line_ids).try_lock_for_update()
        # sudo: as the cron does; each letter is written with its maker's own rights
        lines.sudo().filtered(lambda row: row.state == "waiting")._prepare_each()
        self.sudo()._finish()

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """Make the letters of running batches, a few at a time."""
        commit_progress = self.env["ir.cron"]._commit_progress
        for batch in self.search([("state", "=", "running")], order="id"):
            while lines := batch._get_next_lines():
                lines._prepare_each()
                if commit_progress(len(lines)) <= 0:
                    self._wake()
                    commit_progress()
                    return
            batch._finish()
            commit_progress()

    def _get_next_lines(self):
        """Lines to prepare now, locked; none if the batch was paused meanwhile."""
        self.invalidate_recordset()
        if self.state != "running":
            return self.line_ids.browse()
        lines = self.line_ids.search(
            [
                ("batch_id", "=", self.id),
                ("selected", "=", True),
                ("state", "=", "waiting"),
            ],
            limit=CHUNK,
        )
        return lines.try_lock_for_update()

    def _finish(self):
        waiting = self.line_ids.filtered(
            lambda line: line.selected and line.state == "waiting"
        )
        if self.state == "running" and not waiting:
            self.state = "done"
