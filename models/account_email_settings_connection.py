"""Which server, how it is reached and who logs in."""

from odoo import api, fields, models

from ..transport import Profile

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
PROFILE_FIELDS = ("protocol", "security", "username", "http_url")


def get_allowed_hosts(env):
    """Hosts that may be on a private network, which the administrator has listed."""
    # sudo: system parameters are the administrator's; this one holds no secret
    listed = env["ir.config_parameter"].sudo().get_param("account_email.allowed_hosts")
    return frozenset(host.strip() for host in (listed or "").split(",") if host.strip())


class AccountEmailSettingsConnection(models.AbstractModel):
    _name = "account.email.settings.connection"
    _description = "Email Settings: Connection"
    # Changes of server and login are told in the chatter.
    _inherit = "mail.thread"

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
    skip_tls_verification = fields.Boolean("Do not verify TLS certificate")
    accept_plain_password = fields.Boolean("Send the password without encryption")

    @api.depends("smtp_port")
    def _compute_smtp_port_choice(self):
        for settings in self:
            port = str(settings.smtp_port)
            settings.smtp_port_choice = port if port in OFFERED_PORTS else "other"

    @api.depends("smtp_port")
    def _compute_security(self):
        for settings in self:
            settings.security = SECURITY_BY_PORT.get(settings.smtp_port, "starttls")

    @api.onchange("smtp_port_choice")
    def _onchange_smtp_port_choice(self):
        if self.smtp_port_choice in OFFERED_PORTS:
            self.smtp_port = int(self.smtp_port_choice)

    def _build_profile(self, password):
        """:return: :class:`transport.Profile`, all that is needed to connect"""
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
