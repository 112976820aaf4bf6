from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..transport import LONGEST
from ..words import get_cure_of, get_selection

STATES = [
    ("queued", "Waiting"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("partly", "Partly sent"),
    ("failed", "Failed"),
    ("unknown", "Outcome unknown"),
    ("bounced", "Came back"),
    ("cancelled", "Cancelled"),
]
# Whoever sends such a document again must know it.
PERHAPS_SENT = ("queued", "sending", "sent", "partly", "unknown")
# Rows deleted in one run of the daily clean-up, as core limits its own.
GC_LIMIT = 10000
# Two workers for one queue.
CRONS = (
    "account_email.ir_cron_process_dispatches",
    "account_email.ir_cron_process_dispatches_second",
)


# Our crons run every few minutes.
CRON_LIMIT = timedelta(days=1)
# The longest wait, with what is added so that letters don't come back together.
LONGEST_WAIT = timedelta(seconds=1.5 * LONGEST)


class AccountEmailDispatch(models.Model):
    """The way of one letter to the mail server.

    A row is claimed and committed before the network is touched, so that no crash
    can lead to a second copy. See ``account_email_dispatch_queue.py``.
    """

    _name = "account.email.dispatch"
    _description = "Sent Email"
    _inherit = ["account.email.reach"]
    _order = "id desc"
    _rec_name = "subject"

    state = fields.Selection(
        STATES, string="Status", default="queued", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char("Document", readonly=True)
    document_kind = fields.Char("Kind", readonly=True)
    # Of the settings: no letter of the queue, and nothing to be sent again.
    is_test = fields.Boolean("Test", readonly=True)
    is_document = fields.Boolean("Carries the document", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    user_id = fields.Many2one("res.users", "Sent by", readonly=True)
    # A letter can be opened in the log by those who may read its document.
    mail_id = fields.Many2one(
        "mail.mail", ondelete="set null", readonly=True, index=True
    )
    mail_message_id = fields.Many2one(
        "mail.message", ondelete="set null", readonly=True, index="btree_not_null"
    )
    message_id = fields.Char("Message-ID", readonly=True, index=True)
    subject = fields.Char(readonly=True)
    recipients = fields.Char("To", readonly=True)
    can_open_letter = fields.Boolean(compute="_compute_can_open_letter")
    sent_at = fields.Datetime(readonly=True)
    attempt_count = fields.Integer("Attempts", readonly=True)
    attempt_ids = fields.One2many("account.email.attempt", "dispatch_id", readonly=True)
    next_try_at = fields.Datetime("Next Attempt", readonly=True)
    failure_kind = fields.Selection(
        lambda self: get_selection(self.env), string="Failure", readonly=True
    )
    failure_cause = fields.Char(readonly=True)
    failure_facts = fields.Json(readonly=True)
    failure_cure = fields.Text("What to do", compute="_compute_failure_cure")
    server_text = fields.Char("Answer of the Server", readonly=True)
    refused = fields.Char("Refused Recipients", readonly=True)
    # What the letter was written with: a list of {id, name, checksum, size}, compared
    # before the network is touched. Empty for letters of older versions.
    files = fields.Json(readonly=True)
    was_ready = fields.Boolean(
        readonly=True, help="Whether the document could be sent when it was written."
    )
    # After a letter that reached some: those it must still go to, and nobody else.
    remaining = fields.Char("Still to Reach", readonly=True)

    # What the queue looks for, and nothing else: it stays small however long the log.
    _queue_idx = models.Index("(company_id, next_try_at, id) WHERE state = 'queued'")
    _sending_idx = models.Index("(id) WHERE state = 'sending'")
    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("failure_kind", "failure_cause", "failure_facts")
    @api.depends_context("lang")
    def _compute_failure_cure(self):
        for dispatch in self:
            dispatch.failure_cure = get_cure_of(dispatch)

    @api.depends("mail_id", "res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_open_letter(self):
        for dispatch in self:
            dispatch.can_open_letter = dispatch._can_open_letter()

    def _can_open_letter(self):
        """A letter about a document is for those who may read that; any other mail may
        open somebody's account, as an invitation does, and is the administrator's.
        """
        self.ensure_one()
        model = self.env.get(self.res_model)
        # sudo: mail.mail is closed to all but administrators
        if model is None or not self.sudo().mail_id:
            return False
        if "can_be_emailed" not in model._fields:
            return self.env["mail.mail"].has_access("read")
        record = model.browse(self.res_id).exists()
        return bool(record) and record.has_access("read")

    @api.model_create_multi
    def create(self, vals_list):
        dispatches = super().create(vals_list)
        self._wake(dispatches.company_id)
        return dispatches

    def _get_mail(self):
        # sudo: mail.mail is closed to all but administrators
        return self.sudo().mail_id.exists()

    @api.autovacuum
    def _gc_dispatches(self):
        """Forget what is older than the company wants to keep."""
        Settings = self.env["account.email.settings"]
        for settings in Settings.search([("retention_days", ">", 0)]):
            limit = fields.Datetime.now() - timedelta(days=settings.retention_days)
            old = self.search(
                [
                    ("company_id", "in", settings._get_served_companies().ids),
                    ("state", "not in", ("queued", "sending")),
                    ("create_date", "<", limit),
                ],
                limit=GC_LIMIT,
            )
            old.mail_id.unlink()
            old.unlink()

    @api.model
    def _wake(self, companies):
        """Have the cron look at the queue as soon as this transaction commits."""
        if companies and not self.env.context.get("account_email_wake_later"):
            for name in CRONS:
                # sudo: waking a cron is not a right of bookkeepers
                cron = self.env.ref(name).sudo()
                cron._trigger()
                self._set_clock_right(cron)

    @api.model
    def _set_clock_right(self, cron):
        """A clock that was ahead for a while has put the cron off as far."""
        now = fields.Datetime.now()
        if cron.nextcall > now + CRON_LIMIT and cron.try_lock_for_update(
            allow_referencing=True
        ):
            cron.nextcall = now

    @api.model
    def _get_due_domain(self, company):
        now = fields.Datetime.now()
        return (
            Domain("state", "=", "queued")
            & Domain("company_id", "=", company.id)
            & (
                Domain("next_try_at", "=", False)
                | Domain("next_try_at", "<=", now)
                # No rule puts a try off so far: the clock was wrong. A letter that was
                # not tried yet may wait as long as its writer likes.
                | Domain("next_try_at", ">", now + LONGEST_WAIT)
                & Domain("failure_kind", "!=", False)
            )
        )
