"""A copy of the database does not send what its original sends."""

from odoo import api, fields, models


class AccountEmailSettingsCopied(models.AbstractModel):
    _name = "account.email.settings.copied"
    _description = "Email Settings: Copies of the Database"

    # Of the database in which sending was started; core gives a copy another one.
    # The default also fills the rows of a database that is updated.
    database_uuid = fields.Char(
        readonly=True, copy=False, default=lambda self: self._get_database_uuid()
    )
    is_copy = fields.Boolean(compute="_compute_is_copy")

    @api.model
    def _get_database_uuid(self):
        # sudo: system parameters are the administrator's; this one is no secret
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""

    @api.depends("database_uuid")
    def _compute_is_copy(self):
        for settings in self:
            settings.is_copy = settings._is_in_copy()

    def _is_in_copy(self):
        """Whether sending was started in another database than this one."""
        self.ensure_one()
        return (self.database_uuid or "") != self._get_database_uuid()

    def _settle_here(self):
        """Start to send from a copy: what waits is sent by the original.

        It is cancelled, not deleted: a person can send any of it again.
        """
        for settings in self.filtered(lambda row: row._is_in_copy()):
            # sudo: the queue alone writes the log
            waiting = self.env["account.email.dispatch"].sudo()
            companies = settings._get_served_companies()
            waiting.search(
                [("company_id", "in", companies.ids), ("state", "=", "queued")]
            )._set_cancelled()
            settings._set_status({"database_uuid": self._get_database_uuid()})
