"""Which server, how it is reached and who logs in."""

from odoo import api, fields, models

from ..advice import ACTING_BY, acting_fields, split_host
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
    "login_kind",
    "application_id",
    "is_shared_mailbox",
)
SECURITY_BY_PORT = {
    25: "none",
    465: "tls",
    2465: "tls",
    587: "starttls",
    2525: "starttls",
    2587: "starttls",
}
PROFILE_FIELDS = (
    "smtp_host",
    "smtp_port",
    "security",
    "skip_tls_verification",
    "accept_plain_password",
    "username",
    "http_url",
)


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
        inverse="_inverse_smtp_port_choice",
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
    is_usual_security = fields.Boolean(compute="_compute_is_usual_security")
    username = fields.Char(tracking=True)
    skip_tls_verification = fields.Boolean("Do not verify TLS certificate")
    accept_plain_password = fields.Boolean("Send the password without encryption")
    # Names of the fields that act, and so are shown.
    acting = fields.Json(compute="_compute_acting")

    @api.depends("smtp_port")
    def _compute_smtp_port_choice(self):
        for settings in self:
            port = str(settings.smtp_port)
            settings.smtp_port_choice = port if port in OFFERED_PORTS else "other"

    def _inverse_smtp_port_choice(self):
        """What the form shows is what acts, whoever writes it."""
        for settings in self:
            if settings.smtp_port_choice in OFFERED_PORTS:
                settings.smtp_port = int(settings.smtp_port_choice)

    @api.depends("smtp_port")
    def _compute_security(self):
        """The offered ports say which encryption they mean; to any other port the one
        stays that was chosen, unless it is the form's own proposal."""
        for settings in self:
            usual = SECURITY_BY_PORT.get(settings.smtp_port, "starttls")
            is_offered = str(settings.smtp_port) in OFFERED_PORTS
            is_chosen = settings.security in ("tls", "none")
            settings.security = (
                usual if is_offered or not is_chosen else settings.security
            )

    @api.depends("smtp_port", "smtp_port_choice", "security")
    def _compute_is_usual_security(self):
        """Whether the chosen port already says how the connection is encrypted."""
        for settings in self:
            usual = SECURITY_BY_PORT.get(settings.smtp_port)
            is_offered = settings.smtp_port_choice in OFFERED_PORTS
            settings.is_usual_security = is_offered and settings.security == usual

    @api.onchange("smtp_port_choice")
    def _onchange_smtp_port_choice(self):
        self._inverse_smtp_port_choice()

    @api.onchange("smtp_host")
    def _onchange_smtp_host(self):
        """What was pasted with more than a name is taken apart."""
        host, port = split_host(self.smtp_host or "")
        if host:
            self.smtp_host = host
        if port:
            self.smtp_port = port

    @api.depends(*ACTING_BY)
    def _compute_acting(self):
        for settings in self:
            settings.acting = sorted(acting_fields(settings))

    def _get_acting(self, name):
        """The value of a field, or nothing where the field does not act."""
        return self[name] if name in acting_fields(self) else False

    def _build_profile(self, password):
        """:return: :class:`transport.Profile`, all that is needed to connect"""
        self.ensure_one()
        acting = acting_fields(self)
        values = {name: name in acting and self[name] for name in PROFILE_FIELDS}
        return Profile(
            protocol=self.protocol,
            host=(values["smtp_host"] or "").strip(),
            port=values["smtp_port"] or 0,
            security=values["security"] or "tls",
            username=values["username"] or "",
            password=password if "password" in acting else "",
            verify_tls=not values["skip_tls_verification"],
            plain_login=bool(values["accept_plain_password"]),
            http_url=values["http_url"] or "",
            provider=self._get_provider_key(),
            sender=self._get_sender_address(),
            allowed_hosts=get_allowed_hosts(self.env),
        )
