"""Whether the company sends: in use, paused and why."""

from datetime import timedelta

from markupsafe import Markup, escape

from odoo import api, fields, models

from ..transport import LONGEST
from ..words import get_advice_of

# The longest wait, with what is added so that letters don't come back together.
LONGEST_PAUSE = timedelta(seconds=1.5 * LONGEST)
NO_FAILURE = {
    "failure_kind": False,
    "failure_cause": False,
    "failure_facts": False,
    "server_text": False,
    "paused_until": False,
}

LINK = Markup(
    '<br/><a href="%(page)s" target="_blank" rel="noopener noreferrer">%(page)s</a>'
)


class AccountEmailSettingsStatus(models.AbstractModel):
    _name = "account.email.settings.status"
    _description = "Email Settings: Status"
    # The status is told in the chatter, and the managers by an activity.
    _inherit = ["mail.thread", "mail.activity.mixin"]

    state = fields.Selection(
        [("draft", "Not in use"), ("active", "In use"), ("paused", "Paused")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    paused_until = fields.Datetime(readonly=True, copy=False)
    failure_kind = fields.Char(readonly=True, copy=False)
    failure_cause = fields.Char(readonly=True, copy=False)
    failure_facts = fields.Json(readonly=True, copy=False)
    server_text = fields.Char("Answer of the server", readonly=True, copy=False)
    failure_cure = fields.Text(compute="_compute_failure_cure")
    # The provider's page for it, always one that we name ourselves.
    failure_page = fields.Char(compute="_compute_failure_cure")
    # What the last test of what stands in the form has said; it is not kept.
    test_verdict = fields.Text("Last test", store=False)
    test_page = fields.Char("Page that helps", store=False)
    queue_problem = fields.Text(compute="_compute_queue_problem")
    tested_at = fields.Datetime("Last successful test", readonly=True, copy=False)

    @api.depends("failure_kind", "failure_cause", "failure_facts")
    @api.depends_context("lang")
    def _compute_failure_cure(self):
        for settings in self:
            cure = get_advice_of(settings) if settings.failure_kind else (False, False)
            settings.failure_cure, settings.failure_page = cure

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_queue_problem(self):
        """What holds the letters up, however right the settings are."""
        Dispatch = self.env["account.email.dispatch"]
        told = [Dispatch._get_queue_problem(), *Dispatch._get_troubles()]
        told.append(self.env["ir.actions.report"]._tell_blind())
        self.queue_problem = "\n".join(filter(None, told)) or False

    def _set_status(self, values):
        """Write ``SYSTEM_FIELDS``, for those who may write the settings."""
        self.check_access("write")
        # sudo: what happened is written by the addon alone
        self.sudo().write(values)

    def _is_sending(self):
        """Whether a person has started to send, in this very database."""
        return self.state == "active" and not self._is_in_copy()

    def _is_active(self):
        self.ensure_one()
        now = fields.Datetime.now()
        # Further off than any rule puts it is a clock that was wrong.
        end = self.paused_until if self.paused_until else now
        waiting = now < end <= now + LONGEST_PAUSE
        return self._is_sending() and not waiting

    def _resume(self):
        """Go on with all that waited."""
        self._settle_here()
        self._set_status({"state": "active", **NO_FAILURE})
        self.activity_feedback(["mail.mail_activity_data_todo"])
        self.env["account.email.dispatch"]._wake(self.company_id)

    def _clear_failure(self):
        """Something went well again: what was said before no longer holds."""
        self.filtered("failure_kind")._set_status(NO_FAILURE)

    def _pause_for(self, error, *, until=None):
        """Stop sending for this company: every further letter would fail alike.

        :param TransportError error: what the server answered
        :param datetime until: when it goes on by itself; without it a person must act
        """
        self.ensure_one()
        if self.state == "paused":
            # Another worker has found the same, and told the people.
            return
        self.write(
            {
                "paused_until": until,
                "failure_kind": error.kind,
                "failure_cause": error.cause,
                "failure_facts": error.facts,
                "server_text": error.server_text,
                **({} if until else {"state": "paused"}),
            }
        )
        if not until:
            self._notify_managers()

    def _notify_managers(self, *, summary=None, note=None):
        """An activity for each accounting manager of the company."""
        waiting = self.env._("Emails of %s are waiting", self.company_id.name)
        group = self.env.ref("account.group_account_manager")
        managers = group.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
        for manager in managers:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary or waiting,
                note=note or self._build_failure_note(),
                user_id=manager.id,
            )

    def _build_failure_note(self):
        """The cure as HTML: what a server said in it is text and nothing else."""
        note = escape(self.failure_cure or "")
        if self.failure_page:
            note += LINK % {"page": self.failure_page}
        return note
