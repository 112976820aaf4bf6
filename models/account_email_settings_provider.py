"""Known providers: what the form can fill in by itself, and what it tells of them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize

from ..advice import (
    PRESETS,
    DnsUnavailable,
    by_domain,
    by_host,
    fetcher,
    lookup,
    sender_verdict,
    system_query,
)
from ..transport import PROVIDERS
from ..words import get_http_steps, get_notice, get_steps, tell
from .account_email_rate import LOOKUPS_PER_HOUR

LOOKUP_SECONDS = 5.0


def get_http_selection():
    return [(key, provider.label) for key, provider in PROVIDERS.items()]


class AccountEmailSettingsProvider(models.AbstractModel):
    _name = "account.email.settings.provider"
    _description = "Email Settings: Provider"

    provider = fields.Selection(
        lambda self: [(preset.key, preset.name) for preset in PRESETS.values()],
        string="Mail provider",
        compute="_compute_provider",
        store=True,
        readonly=False,
    )
    http_provider = fields.Selection(
        lambda self: get_http_selection(), string="Service", default="manager"
    )
    provider_steps = fields.Text(compute="_compute_provider_words")
    provider_url = fields.Char(compute="_compute_provider_words")
    provider_notice = fields.Text(compute="_compute_provider_words")
    url_placeholder = fields.Char(compute="_compute_placeholders")
    username_placeholder = fields.Char(compute="_compute_placeholders")

    @api.depends("smtp_host")
    def _compute_provider(self):
        """What is said of a provider goes when another server is entered."""
        for settings in self:
            preset, host = PRESETS.get(settings.provider), settings.smtp_host or ""
            if host and not (preset and preset.host_matches(host)):
                preset = by_host(host)
            settings.provider = preset and preset.key or False

    @api.depends("provider", "http_provider", "protocol", "smtp_host")
    @api.depends_context("lang")
    def _compute_provider_words(self):
        today = fields.Date.today()
        for settings in self:
            preset = settings._get_preset()
            notices = preset.notices_on(today) if preset else ()
            settings.provider_url = preset and preset.url or False
            settings.provider_notice = " ".join(
                get_notice(self.env, notice.key) for notice in notices
            )
            settings.provider_steps = settings._get_provider_steps(preset)

    @api.depends("protocol", "http_provider", "provider", "smtp_host")
    @api.depends_context("lang")
    def _compute_placeholders(self):
        """An example of what this very provider wants."""
        for settings in self:
            service = PROVIDERS[settings.http_provider or "manager"]
            settings.url_placeholder = service.example_base or service.default_base
            settings.username_placeholder = (
                service.example_username
                if settings.protocol == "http"
                else settings._get_login_placeholder()
            )

    def _get_login_placeholder(self):
        preset = self._get_preset()
        if not preset:
            return self.env._("Leave empty if your server wants no login")
        return "name@example.com" if preset.username == "address" else False

    def _get_provider_steps(self, preset):
        if self.protocol == "http":
            return get_http_steps(self.env, self.http_provider or "manager")
        return preset and get_steps(self.env, preset) or False

    def _get_provider_key(self):
        if self.protocol == "http":
            return self.http_provider or ""
        preset = self._get_preset()
        return preset.key if preset else ""

    def _get_preset(self):
        """The preset that was chosen or whose server it is, or None."""
        if self.protocol == "http":
            return PRESETS.get(self.http_provider)
        return PRESETS.get(self.provider) or by_host(self.smtp_host or "")

    @api.onchange("provider")
    def _onchange_provider(self):
        preset = PRESETS.get(self.provider)
        if preset and not preset.host_matches(self.smtp_host or ""):
            self.update(self._prepare_preset_values(preset))

    @api.onchange("company_id")
    def _onchange_company_id(self):
        """Most companies write from the address that stands in their letters."""
        address = email_normalize(self.company_id.email)
        if address and not (self._origin or self._get_typed_address()):
            self.username = self.email_address = address

    @api.onchange("username", "email_address")
    def _onchange_address(self):
        """An address at a known provider proposes its server."""
        address = self._get_typed_address()
        if address and not self.smtp_host and self.protocol == "smtp":
            preset = by_domain(address)
            if preset:
                self.provider = preset.key
                self.update(self._prepare_preset_values(preset))

    def _get_typed_address(self):
        return email_normalize(self.username) or email_normalize(self.email_address)

    def _prepare_preset_values(self, preset):
        address = self._get_typed_address()
        limits = preset.limits
        values = {
            "smtp_host": preset.host,
            "smtp_port": preset.port,
            "security": preset.security,
            "skip_tls_verification": False,
            "limit_per_minute": limits.letters_minute,
            "limit_per_day": limits.letters_day or limits.recipients_day,
            "limit_connections": limits.connections or 2,
        }
        if login := preset.login_for(address or ""):
            values["username"] = login
        return values

    # ------------------------------------------------------------
    # Actions on what stands in the form
    # ------------------------------------------------------------

    def _get_draft(self, values):
        """The record as it stands on screen, saved or not."""
        self.check_access("write")
        self._refuse_no_values(values or {})
        if not self:
            values = self.default_get(list(self._fields)) | (values or {})
        values = {name: values[name] for name in values or {} if name in self._fields}
        # Drafts of one row are one record in the cache: nothing of an earlier one.
        self.new(origin=self).invalidate_recordset(flush=False)
        return self.new(values, origin=self)

    def action_find_settings(self, values=None):
        """Look up the mail server of the address in the form.

        Asks the name servers and the domain itself, never with a password.
        :return: dict with ``values`` for the form and a ``message``
        """
        draft = self._get_draft(values)
        address = email_normalize(draft.username) or email_normalize(
            draft.email_address
        )
        if not address:
            message = self.env._("Enter your email address as the username first.")
            return {"values": {}, "message": message}
        self._check_lookup_rate()
        try:
            query, fetch = system_query(LOOKUP_SECONDS), fetcher(LOOKUP_SECONDS)
            found = lookup(address, query, fetch)
        except DnsUnavailable:
            found = None
        if not found:
            message = self.env._(
                "Nothing was found for %s. Ask your provider for hostname and port.",
                address,
            )
            return {"values": {}, "message": message}
        message = self.env._("Found: %(host)s. Test it.", host=found.host)
        return {"values": self._prepare_found_values(found), "message": message}

    @api.model
    def _check_lookup_rate(self):
        """The server asks name servers and other people's web servers."""
        if not self.env["account.email.rate"]._take("lookup", LOOKUPS_PER_HOUR):
            raise UserError(
                self.env._(
                    "You have looked up settings %s times within an hour. Wait a "
                    "little, or enter hostname and port yourself.",
                    LOOKUPS_PER_HOUR,
                )
            )

    def _prepare_found_values(self, found):
        port = str(found.port)
        values = {
            "provider": found.provider or False,
            "smtp_host": found.host,
            "smtp_port": found.port,
            "smtp_port_choice": port if port in ("465", "587", "25") else "other",
            "security": found.security,
        }
        return values | ({"username": found.username} if found.username else {})

    def action_check_sender(self, values=None):
        """What receivers will make of letters from the address in the form.

        :return: dict with ``lines``, sentences
        """
        draft = self._get_draft(values)
        address = draft._get_sender_address()
        if not address:
            return {"lines": [self.env._("Enter the sender's email address first.")]}
        self._check_lookup_rate()
        query, preset = system_query(LOOKUP_SECONDS), draft._get_sending_preset()
        addresses = [] if preset else draft._get_server_addresses(query)
        verdict = sender_verdict(address, query, preset=preset, addresses=addresses)
        return {"lines": tell(self.env, verdict)}

    def _get_sending_preset(self):
        """The preset whose server really sends; a chosen one may have been left."""
        preset = self._get_preset()
        own = self.protocol == "smtp" and preset and self.smtp_host
        if own and not preset.host_matches(self.smtp_host):
            return by_host(self.smtp_host)
        return preset

    def _get_server_addresses(self, query):
        try:
            return [a for kind in ("A", "AAAA") for a in query(self.smtp_host, kind)]
        except DnsUnavailable:
            return []
