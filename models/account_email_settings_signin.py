"""How one logs in: with a password, or by signing in with Google or Microsoft."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..transport import Profile, signin
from ..words import get_road_advice
from .account_email_settings_connection import get_allowed_hosts
from .signin_redirect import get_redirect_uri

SERVICE_OF = {"google": "google", "microsoft": "microsoft", "application": "microsoft"}
SERVICE_OF_API = {row.http_provider: key for key, row in signin.SERVICES.items()}
WARN_DAYS = 30


class AccountEmailSettingsSignin(models.AbstractModel):
    _name = "account.email.settings.signin"
    _description = "Email Settings: Sign-in"
    _inherit = ["account.email.settings.connection", "mail.activity.mixin"]

    login_kind = fields.Selection(
        [
            ("password", "Password or app password"),
            ("google", "Google"),
            ("microsoft", "Microsoft"),
            ("application", "Microsoft, for an application (no person)"),
        ],
        string="How to log in",
        required=True,
        default="password",
        tracking=True,
    )
    application_id = fields.Many2one(
        "account.email.application",
        string="Registered application",
        ondelete="restrict",
        copy=False,
    )
    is_shared_mailbox = fields.Boolean(
        "Send from another address than the one that signs in",
        help="A shared mailbox, or an alias of the account.",
    )
    signin_service = fields.Char(compute="_compute_signin_service")
    redirect_uri = fields.Char("Redirect address", compute="_compute_redirect_uri")
    road_advice = fields.Text(compute="_compute_road_advice")
    is_signed_in = fields.Boolean(compute="_compute_signin")
    signed_in_account = fields.Char("Signed in as", compute="_compute_signin")
    signed_in_at = fields.Datetime("Signed in since", compute="_compute_signin")
    signed_in_until = fields.Datetime("Holds until", compute="_compute_signin")
    signin_warning = fields.Text(compute="_compute_signin")

    @api.depends("login_kind")
    def _compute_signin_service(self):
        for settings in self:
            settings.signin_service = SERVICE_OF.get(settings.login_kind)

    def _compute_redirect_uri(self):
        self.redirect_uri = get_redirect_uri(self.env)

    @api.depends("login_kind", "protocol")
    @api.depends_context("lang")
    def _compute_road_advice(self):
        for settings in self:
            settings.road_advice = get_road_advice(
                self.env, settings.login_kind, settings.protocol
            )

    @api.depends("login_kind", "protocol", "application_id", "is_shared_mailbox")
    @api.depends_context("lang")
    def _compute_signin(self):
        for settings in self:
            grant = settings._get_grant()
            settings.is_signed_in = bool(grant)
            settings.signed_in_account = grant.account or (
                grant and grant.application_id.client_number
            )
            settings.signed_in_at = grant.signed_in_at
            settings.signed_in_until = grant and grant._get_end()
            settings.signin_warning = settings._get_signin_warning(grant)

    @api.constrains("login_kind", "application_id", "company_id")
    def _check_application(self):
        for settings in self:
            application = settings.application_id
            service = SERVICE_OF.get(settings.login_kind)
            if not application or not service:
                continue
            if application.service != service:
                raise ValidationError(
                    self.env._("This application is registered at another provider.")
                )
            if application.company_id | settings.company_id != settings.company_id:
                raise ValidationError(
                    self.env._("This application belongs to another company.")
                )

    @api.onchange("login_kind")
    def _onchange_login_kind(self):
        key = SERVICE_OF.get(self.login_kind)
        if self.application_id.service != (key or False):
            self.application_id = key and self._find_application(key)
        if key:
            self.http_provider = signin.SERVICES[key].http_provider
        elif self.http_provider in SERVICE_OF_API:
            self.http_provider = "manager"

    @api.onchange("http_provider")
    def _onchange_http_provider_signin(self):
        """A service that knows no password is signed in to, and no other one is."""
        key = SERVICE_OF_API.get(self.http_provider)
        if self.protocol == "http" and SERVICE_OF.get(self.login_kind) != key:
            self.login_kind = key or "password"
            self._onchange_login_kind()

    @api.onchange("provider")
    def _onchange_provider_signin(self):
        """Another provider than the one that was signed in to wants its own login."""
        service = self._get_service()
        other = service and self.provider and self.provider not in service.presets
        if other and self.protocol == "smtp":
            self.login_kind = "password"
            self._onchange_login_kind()

    def _find_application(self, service):
        """The company's own, or else the one that is for all companies."""
        company = self.company_id.id or self.env.company.id
        domain = [("service", "=", service), ("company_id", "in", (company, False))]
        return self.env["account.email.application"].search(domain, limit=1)

    # ------------------------------------------------------------
    # What holds
    # ------------------------------------------------------------

    def _get_service(self):
        return signin.SERVICES.get(SERVICE_OF.get(self.login_kind))

    def _get_grant(self):
        """The sign-in that serves these settings as they stand, or none."""
        self.ensure_one()
        grant = self._get_any_grant()
        fits = (
            self.login_kind != "password"
            and grant.application_id.id == self.application_id._origin.id
            and grant.road == self.protocol
            and grant.is_shared == self.is_shared_mailbox
            and grant.is_application == (self.login_kind == "application")
        )
        return grant if fits else grant.browse()

    def _get_any_grant(self):
        """The sign-in that was made for these settings, as they stood then."""
        # sudo: tokens are closed to everyone; what is shown of them is not
        grants = self.env["account.email.grant"].sudo()
        return grants.search([("settings_id", "in", self._origin.ids)])

    def _get_login_hint(self):
        return self._get_sender_address()

    def _build_profile(self, password):
        # EXTENDS 'account.email.settings.connection'
        self.ensure_one()
        service = self._get_service()
        if not service:
            return super()._build_profile(password)
        mailbox = self._get_sender_address()
        values = {
            "password": password,
            "by_token": True,
            "sender": mailbox,
            "provider": self._get_provider_key(),
            "allowed_hosts": get_allowed_hosts(self.env),
        }
        # No address of the form: whoever could choose one would be sent the token.
        if self.protocol == "http":
            named = self.is_shared_mailbox or self.login_kind == "application"
            address = mailbox if named else ""
            return Profile("http", http_url=service.api, username=address, **values)
        # sudo: the tenant is no secret
        tenant = self.application_id.sudo().tenant or ""
        host, port, security = service.servers.get(tenant, service.servers[""])
        return Profile("smtp", host, port, security, username=mailbox, **values)

    def _get_provider_key(self):
        # EXTENDS 'account.email.settings.provider'
        service = self._get_service()
        if not service:
            return super()._get_provider_key()
        if self.protocol == "http":
            return service.http_provider
        return service.presets[-1]

    # ------------------------------------------------------------
    # What will end
    # ------------------------------------------------------------

    def _get_signin_warning(self, grant):
        end = grant and grant._get_end()
        secret_end = grant.application_id.secret_end_date
        today = fields.Date.today()
        if secret_end and secret_end <= today + timedelta(days=WARN_DAYS):
            return self.env._(
                "The client secret of the application expires on %s. Make a new one at "
                "the provider and enter it here before.",
                fields.Date.to_string(secret_end),
            )
        if end and end <= fields.Datetime.now() + timedelta(days=WARN_DAYS):
            return self.env._(
                "This sign-in ends on %s. Sign in again before. If the consent screen "
                "at Google is in testing, publish it, and the sign-in lasts.",
                fields.Date.to_string(end),
            )
        return False

    @api.model
    def _warn_of_endings(self):
        """Tell the managers once of what will end, weeks before it does."""
        for settings in self.search([("login_kind", "!=", "password")]):
            warning = settings._get_signin_warning(settings._get_grant())
            known = settings.activity_ids.mapped("summary")
            if warning and warning not in known and not settings._is_in_copy():
                settings._notify_managers(summary=warning)
