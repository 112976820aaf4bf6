from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .account_email_settings_connection import CONNECTION_FIELDS


class AccountEmailSettings(models.Model):
    """How one company sends its accounting documents: server, login, sender.

    Each subject is a parent of its own, with its fields and what belongs to them; here
    is what they are put together to, and the order in which they have their say when a
    row is written.
    """

    _name = "account.email.settings"
    _description = "Company Email Settings"
    _inherit = [
        "account.email.reach",
        "account.email.settings.guard",
        "account.email.settings.checked",
        "account.email.settings.sealed",
        "account.email.settings.signin.steps",
        "account.email.settings.connection",
        "account.email.settings.sender",
        "account.email.settings.provider",
        "account.email.settings.limits",
        "account.email.settings.copied",
        "account.email.settings.status",
        "account.email.settings.statements",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        copy=False,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    inherited_company_id = fields.Many2one(
        "res.company", compute="_compute_inherited_company_id"
    )
    pdf_engine = fields.Selection(
        [
            ("auto", "Automatic"),
            ("reportlab", "Built in (fast)"),
            ("wkhtmltopdf", "wkhtmltopdf"),
        ],
        string="PDF made by",
        required=True,
        default="auto",
    )
    customised_views = fields.Char(compute="_compute_customised_views")
    use_for_all = fields.Boolean(
        "Use for every email of this company",
        help="Without it only emails of accounting documents take this way.",
    )

    _company_unique = models.Constraint(
        "unique(company_id)", "This company has its email settings already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("company_id")
    def _compute_inherited_company_id(self):
        """For a branch without settings: whose it uses meanwhile."""
        for settings in self:
            # sudo: that a branch uses its parent's account is no secret to it
            parent = settings.company_id.sudo().parent_id
            used = parent.email_settings_id.company_id
            settings.inherited_company_id = not settings._origin.id and used

    @api.depends("pdf_engine")
    def _compute_customised_views(self):
        """Changes to the invoice's look that only wkhtmltopdf prints."""
        views = self.env["ir.actions.report"]._get_customised_views()
        self.customised_views = ", ".join(views.mapped("name"))

    def _compute_display_name(self):
        for settings in self:
            settings.display_name = self.env._(
                "Email settings of %s", settings.company_id.name
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_no_list(vals_list)
        for vals in vals_list:
            self._refuse_forged(vals)
            # Before the table is asked: "exists already" would tell of others' rows.
            company_id = vals.get("company_id") or self._default_company()
            self._check_own_company(company_id)
            self._check_first(company_id)
        clean = self._without_forged_defaults()
        settings = super(AccountEmailSettings, clean).create(vals_list)
        settings._drop_typed_password()
        for row, vals in zip(settings, vals_list, strict=True):
            row._note_statement_plan(vals)
        return settings

    def write(self, vals):
        self._refuse_no_values(vals)
        self._refuse_forged(vals)
        if {"send_copy", "copy_address"} & set(vals):
            vals = {**vals, "copy_refused": False}
        doors = {row: row._get_door() for row in self}
        result = super().write(vals)
        if not vals.get("password"):
            self._forget_lent_password(doors)
        self._drop_typed_password()
        if set(vals) & set(CONNECTION_FIELDS):
            # What failed may be cured now: the next test or letter will tell.
            self._clear_failure()
        self._note_statement_plan(vals)
        return result

    def copy_data(self, default=None):
        # A copy would belong to the same company, of which there is only one.
        raise UserError(self.env._("Email settings can't be copied."))

    @api.model
    def _check_first(self, company_id):
        """The constraint says so, too, but not without an error in the log."""
        # sudo: only whether there is one, of a company that the user works in
        if self.sudo().search_count([("company_id", "=", company_id)], limit=1):
            raise ValidationError(
                self.env._("This company has its email settings already.")
            )

    @api.model
    def _default_company(self):
        return self.default_get(["company_id"])["company_id"]

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
