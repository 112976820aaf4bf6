"""The password: sealed when it is typed, opened only to connect, never shown."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..keyring import get_keys
from ..vault import VaultError, fingerprint, reseal, seal, sealed_with, unseal


def open_password(settings):
    """What was typed: a function and no method, so that server actions can't call it.

    :raise UserError: the key that sealed it is not on this machine
    """
    settings.ensure_one()
    # sudo: the column is closed to everyone, by NO_ACCESS
    sealed = settings.sudo().password_sealed
    if not sealed:
        return ""
    try:
        return unseal(get_keys(), sealed, settings._get_seal_context())
    except VaultError as exc:
        raise UserError(
            settings.env._(
                "The stored password can't be opened on this server: its key is "
                "not here. Type the password again in the email settings."
            )
        ) from exc


class AccountEmailSettings(models.Model):
    _inherit = "account.email.settings"

    is_key_missing = fields.Boolean(compute="_compute_is_key_missing")

    @api.depends("password_sealed")
    def _compute_is_key_missing(self):
        """A restored copy without the key: say so before a letter fails."""
        known = [fingerprint(key) for key in get_keys()]
        for settings in self:
            # sudo: the column is closed to everyone, by NO_ACCESS
            sealed = settings.sudo().password_sealed
            settings.is_key_missing = bool(sealed) and sealed_with(sealed) not in known

    def _get_seal_context(self):
        """What a sealed password is bound to: it opens in no other row."""
        self.ensure_one()
        return f"{self._name}:{self.company_id.id}:password"

    def _seal_password(self, password):
        self.ensure_one()
        sealed = seal(get_keys()[0], password, self._get_seal_context())
        # sudo: the column is closed to everyone, by NO_ACCESS
        self.sudo().password_sealed = sealed

    def _forget_password(self):
        # sudo: the column is closed to everyone, by NO_ACCESS
        if stored := self.sudo().filtered("password_sealed"):
            stored.password_sealed = False

    def _reseal_passwords(self):
        """Seal every password with the first key; see ``cli/account_email_reseal.py``.

        :return: how many were sealed anew
        """
        keys, count = get_keys(), 0
        # sudo: the column is closed to everyone, by NO_ACCESS
        for settings in self.sudo().search([("password_sealed", "!=", False)]):
            sealed = settings.password_sealed
            if sealed_with(sealed) != fingerprint(keys[0]):
                context = settings._get_seal_context()
                settings.password_sealed = reseal(keys, sealed, context)
                count += 1
        return count
