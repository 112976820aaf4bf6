from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from .account_email_batch_line import TROUBLE
from .protected import refuse_by_hand, without_defaults

# Documents named in the name of their batch.
NAMED = 2
# Seconds a letter takes where nothing was measured yet.
USUAL_SECONDS = 0.5


BATCH_CRONS = ("account_email.ir_cron_prepare_batches",)


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
    stopped_count = fields.Integer(compute="_compute_progress")
    waiting_count = fields.Integer(compute="_compute_progress")
    queue_problem = fields.Char(compute="_compute_queue_problem")
    # The maker has sent as much as a person may in an hour.
    waits_until = fields.Datetime(readonly=True)
    expected_end_at = fields.Datetime(compute="_compute_progress")

    @api.depends("line_ids")
    def _compute_name(self):
        for batch in self:
            batch.name = self.env._(
                "%(names)s, %(when)s",
                names=batch._get_names(),
                when=format_datetime(self.env, batch.create_date),
            )

    def _get_names(self):
        """The first documents by name, and how many more there are."""
        first = ", ".join(self.line_ids[:NAMED].mapped("name"))
        more = len(self.line_ids) - NAMED
        if more <= 0:
            return first
        return self.env._("%(names)s and %(count)s more", names=first, count=more)

    @api.depends("line_ids.selected", "line_ids.notice")
    def _compute_selected(self):
        for batch in self:
            selected = batch.line_ids.filtered("selected")
            batch.selected_count = len(selected)
            batch.held_count = len(batch.line_ids) - len(selected)
            bills = selected.filtered(lambda line: line.res_model == "account.move")
            told = len(bills.filtered("notice"))
            batch.notice = bool(told) and self.env._(
                "Vendor documents that are ticked: %s. Their vendors get your own "
                "record of them.",
                told,
            )

    @api.depends("state", "line_ids.state", "line_ids.dispatch_id.state", "waits_until")
    @api.depends_context("lang")
    def _compute_queue_problem(self):
        """Nobody promises an end where nothing goes on."""
        Dispatch = self.env["account.email.dispatch"]
        problem = Dispatch._get_queue_problem(BATCH_CRONS)
        problem = problem or Dispatch._get_queue_problem()
        for batch in self:
            waits = batch.prepared_count or batch.waiting_count
            told = problem or batch._tell_limit()
            batch.queue_problem = batch.state == "running" and waits and told

    def _is_put_off(self):
        return bool(self.waits_until and self.waits_until > fields.Datetime.now())

    def _tell_limit(self):
        return self._is_put_off() and self.env._(
            "%(name)s has sent as many emails as your company allows each person in an "
            "hour. The rest goes on at %(time)s by itself.",
            name=self.create_uid.name,
            time=format_datetime(self.env, self.waits_until),
        )

    @api.depends("line_ids.state", "line_ids.dispatch_id.state")
    def _compute_progress(self):
        for batch in self:
            states = batch.line_ids.filtered("selected").mapped("progress")
            batch.sent_count = states.count("sent")
            batch.failed_count = sum(map(states.count, TROUBLE))
            batch.stopped_count = states.count("held")
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
        now = fields.Datetime.now()
        begin = max(now, settings.paused_until or now, self.waits_until or now)
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
        self._refuse_no_values(vals)
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
        if self.create_uid != self.env.user:
            # Its letters are written with the rights of whoever opened it.
            raise AccessError(self.env._("Only %s may start it.", self.create_uid.name))
        if not self.line_ids.filtered("selected"):
            raise UserError(self.env._("Tick at least one document that can be sent."))
        self.filtered(lambda batch: batch.state == "draft")._run()
        return self.action_open()

    def action_open(self):
        """The batch itself, in the dialog where it was opened or on its page."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"account_email_dialog": True, "dialog_size": "extra-large"},
        }

    def _stay(self):
        """Where the button was pressed; a dialog that gets no action closes."""
        in_dialog = self.env.context.get("account_email_dialog") and len(self) == 1
        return self.action_open() if in_dialog else None

    def action_pause(self):
        self.filtered(lambda batch: batch.state == "running")._set_state("paused")
        return self._stay()

    def action_resume(self):
        self.filtered(lambda batch: batch.state == "paused")._run()
        return self._stay()

    def action_cancel(self):
        """Keep back everything that has not left."""
        self._set_state("cancelled")
        waiting = self.line_ids.dispatch_id.filtered(lambda row: row.state == "queued")
        waiting.action_cancel()
        return self._stay()

    def _run(self):
        self._set_state("running")
        self._hand_over()

    def _set_state(self, state):
        self.check_access("write")
        # sudo: the status is written by these buttons alone
        self.sudo().state = state
