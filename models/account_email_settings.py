from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..words import get_cure_of

# The ports Manager.io offers; every other one is typed in.
OFFERED_PORTS = ("465", "587", "25")
CONNECTION_FIELDS = (
    "protocol",
    "provider",
    "http_provider",
    "http_url",
    "smtp_host",
    "smtp_port",
    "security",
    "username",
    "password",
    "skip_tls_verification",
)
SECURITY_BY_PORT = {
    25: "none",
    465: "tls",
    2465: "tls",
    587: "starttls",
    2525: "starttls",
    2587: "starttls",
}
# All that a person can type and that may be wrong; see ``_get_problems``.
CHECKED_VALUES = (
    "protocol",
    "http_provider",
    "http_url",
    "smtp_host",
    "smtp_port",
    "skip_tls_verification",
    "security",
    "accept_plain_password",
    "username",
    "email_address",
    "send_copy",
    "copy_address",
    "use_reply_to",
    "reply_to",
)


class AccountEmailSettings(models.Model):
    """How one company sends its accounting documents: server, login, sender."""

    _name = "account.email.settings"
    _description = "Company Email Settings"
    _inherit = ["mail.thread", "mail.activity.mixin", "account.email.reach"]
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        copy=False,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [("draft", "Not in use"), ("active", "In use"), ("paused", "Paused")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    protocol = fields.Selection(
        [("http", "HTTP"), ("smtp", "SMTP")], required=True, default="smtp"
    )
    http_url = fields.Char("HTTP Server")
    smtp_host = fields.Char("Hostname", tracking=True)
    smtp_port = fields.Integer("Port Number", default=587)
    smtp_port_choice = fields.Selection(
        [
            ("465", "465 (TLS, recommended)"),
            ("587", "587 (STARTTLS, recommended)"),
            ("25", "25 (encrypted only if the server offers it)"),
            ("other", "Other"),
        ],
        string="Port",
        compute="_compute_smtp_port_choice",
        store=True,
        readonly=False,
    )
    security = fields.Selection(
        [
            ("tls", "TLS from the start"),
            ("starttls", "STARTTLS, required"),
            ("none", "STARTTLS if offered, else none"),
        ],
        string="Encryption",
        compute="_compute_security",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    username = fields.Char(tracking=True)
    password = fields.Char(
        compute="_compute_password", inverse="_inverse_password", copy=False
    )
    # Nobody reads this column through the ORM, the administrator included.
    password_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_password = fields.Boolean(compute="_compute_has_password")
    email_address = fields.Char("Email address")
    send_copy = fields.Boolean("Send a copy of every email to this address")
    copy_address = fields.Char()
    use_reply_to = fields.Boolean(
        "Receive email replies at a different address than you send from"
    )
    reply_to = fields.Char("Reply to")
    skip_tls_verification = fields.Boolean("Do not verify TLS certificate")
    accept_plain_password = fields.Boolean("Send the password without encryption")
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
    use_for_all = fields.Boolean(
        "Use for every email of this company",
        help="Without it only emails of accounting documents take this way.",
    )
    paused_until = fields.Datetime(readonly=True, copy=False)
    failure_kind = fields.Char(readonly=True, copy=False)
    failure_cause = fields.Char(readonly=True, copy=False)
    failure_facts = fields.Json(readonly=True, copy=False)
    failure_text = fields.Char("Answer of the server", readonly=True, copy=False)
    failure_cure = fields.Text(compute="_compute_failure_cure")
    tested_at = fields.Datetime("Last successful test", readonly=True, copy=False)

    _company_unique = models.Constraint(
        "unique(company_id)", "This company has its email settings already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("smtp_port")
    def _compute_smtp_port_choice(self):
        for settings in self:
            port = str(settings.smtp_port)
            settings.smtp_port_choice = port if port in OFFERED_PORTS else "other"

    @api.depends("smtp_port")
    def _compute_security(self):
        for settings in self:
            settings.security = SECURITY_BY_PORT.get(settings.smtp_port, "starttls")

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        for settings in self.filtered("password"):
            settings._seal_password(settings.password)

    @api.depends("password_sealed")
    @api.depends_context("uid")
    def _compute_has_password(self):
        for settings in self:
            # sudo: tells only whether there is one
            settings.has_password = bool(settings.sudo().password_sealed)

    @api.depends("failure_kind", "failure_cause", "failure_facts")
    @api.depends_context("lang")
    def _compute_failure_cure(self):
        for settings in self:
            settings.failure_cure = get_cure_of(settings)

    def _compute_display_name(self):
        for settings in self:
            settings.display_name = self.env._(
                "Email settings of %s", settings.company_id.name
            )

    # ------------------------------------------------------------
    # Checks and onchanges
    # ------------------------------------------------------------

    @api.onchange("smtp_port_choice")
    def _onchange_smtp_port_choice(self):
        if self.smtp_port_choice in OFFERED_PORTS:
            self.smtp_port = int(self.smtp_port_choice)

    @api.constrains(*CHECKED_VALUES)
    def _check_values(self):
        for settings in self:
            if problems := settings._get_problems():
                raise ValidationError("\n".join(problems.values()))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if set(vals) & set(CONNECTION_FIELDS):
            # What failed may be cured now: the next test or letter will tell.
            self._clear_failure()
        return result

    def copy_data(self, default=None):
        # A copy would belong to the same company, of which there is only one.
        raise UserError(self.env._("Email settings can't be copied."))
