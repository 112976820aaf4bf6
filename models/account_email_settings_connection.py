"""The settings in use: what opens the connection, what closes it for a while."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.mail import (
    email_normalize,
    email_split,
    email_split_and_format,
    formataddr,
)

from ..transport import Profile, TransportError
from .account_email_settings_secret import open_password

PROFILE_FIELDS = ("protocol", "security", "username", "http_url")
NO_FAILURE = {
    "failure_kind": False,
    "failure_cause": False,
    "failure_facts": False,
    "failure_text": False,
    "paused_until": False,
}


def get_allowed_hosts(env):
    """Hosts that may be on a private network, which the administrator has listed."""
    # sudo: system parameters are the administrator's; this one holds no secret
    listed = env["ir.config_parameter"].sudo().get_param("account_email.allowed_hosts")
    return frozenset(host.strip() for host in (listed or "").split(",") if host.strip())


class AccountEmailSettings(models.Model):
    _inherit = "account.email.settings"

    inherited_company_id = fields.Many2one(
        "res.company", compute="_compute_inherited_company_id"
    )

    customised_views = fields.Char(compute="_compute_customised_views")

    @api.depends("pdf_engine")
    def _compute_customised_views(self):
        """Changes to the invoice's look that only wkhtmltopdf prints."""
        views = self.env["ir.actions.report"]._get_customised_views()
        self.customised_views = ", ".join(views.mapped("name"))

    @api.depends("company_id")
    def _compute_inherited_company_id(self):
        """For a branch without settings: whose it uses meanwhile."""
        for settings in self:
            # sudo: that a branch uses its parent's account is no secret to it
            parent = settings.company_id.sudo().parent_id
            used = parent.email_settings_id.company_id
            settings.inherited_company_id = not settings._origin.id and used

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def action_open(self):
        """Open the settings of the current company, or an empty form for them."""
        settings = self.search([("company_id", "=", self.env.company.id)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Email Settings"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": settings.id,
        }

    def action_test(self, values=None):
        """Open the test on the values as they stand in the form, saved or not.

        :param dict values: what was changed on screen and not saved yet
        :return: action that opens the wizard
        """
        self.check_access("write")
        wizard = self.env["account.email.settings.test"]._create_for(self, values or {})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test email settings"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_activate(self):
        for settings in self:
            settings._raise_problems()
            settings._resume()

    def action_pause(self):
        self._set_status({"state": "paused"})

    # ------------------------------------------------------------
    # Connection
    # ------------------------------------------------------------

    def _get_profile(self):
        """The only place where a stored password is opened.

        :return: :class:`transport.Profile`
        """
        self.ensure_one()
        return self._build_profile(open_password(self))

    def _get_profile_or_pause(self):
        """:return: the profile, or None and the company waits for a person"""
        try:
            return self._get_profile()
        except UserError:
            self._pause_for(TransportError("auth", "key_missing"))
            return None

    def _build_profile(self, password):
        self.ensure_one()
        values = {name: self[name] or "" for name in PROFILE_FIELDS}
        return Profile(
            **values,
            host=(self.smtp_host or "").strip(),
            port=self.smtp_port,
            password=password,
            verify_tls=not self.skip_tls_verification,
            provider=self._get_provider_key(),
            sender=self._get_sender_address(),
            allowed_hosts=get_allowed_hosts(self.env),
        )

    def _get_provider_key(self):
        if self.protocol == "http":
            return self.http_provider or ""
        preset = self._get_preset()
        return preset.key if preset else ""

    def _get_sender_address(self):
        """The bare address that letters come from."""
        self.ensure_one()
        if self.protocol == "http" and self.http_provider not in (False, "manager"):
            return email_normalize(self.email_address) or ""
        if self.protocol == "http":
            # Manager's protocol has no sender: the server puts in its own.
            replies = email_split(self.reply_to or "")
            return replies[0] if replies else ""
        return (
            email_normalize(self.username) or email_normalize(self.email_address) or ""
        )

    def _get_sender(self):
        """The From header: the company's name and its address."""
        return formataddr((self.company_id.name, self._get_sender_address()))

    def _get_reply_to(self):
        """The Reply-To header, or an empty string if replies go to the sender."""
        self.ensure_one()
        if not self.use_reply_to and not self._needs_reply_to():
            return ""
        return ", ".join(email_split_and_format(self.reply_to or ""))

    def _needs_reply_to(self):
        """Manager's protocol can't do without it."""
        return self.protocol == "http" and self.http_provider in (False, "manager")

    def _get_copy_address(self):
        self.ensure_one()
        return self.send_copy and email_normalize(self.copy_address) or ""

    # ------------------------------------------------------------
    # Failure
    # ------------------------------------------------------------

    def _is_active(self):
        self.ensure_one()
        waiting = self.paused_until and self.paused_until > fields.Datetime.now()
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
                "failure_text": error.server_text,
                **({} if until else {"state": "paused"}),
            }
        )
        if not until:
            self._notify_managers()

    def _notify_managers(self):
        """An activity for each accounting manager of the company."""
        group = self.env.ref("account.group_account_manager")
        managers = group.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
        for manager in managers:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Emails of %s are waiting", self.company_id.name),
                note=self.failure_cure,
                user_id=manager.id,
            )

    def _raise_problems(self):
        if problems := self._get_problems(complete=True):
            raise ValidationError("\n".join(problems.values()))
