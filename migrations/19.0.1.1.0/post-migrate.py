"""A sealed password was bound to its company; now it is bound to its server, too."""

import logging

from odoo import SUPERUSER_ID, api

from odoo.addons.account_email.models.keyring import get_keys
from odoo.addons.account_email.vault import VaultError, unseal

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for settings in env["account.email.settings"].search([]):
        sealed = settings.password_sealed
        context = f"{settings._name}:{settings.company_id.id}:password"
        try:
            if sealed:
                settings._seal_password(unseal(get_keys(), sealed, context))
        except VaultError:
            _logger.warning(
                "The email password of %s does not open with the known keys: it has "
                "to be typed again.",
                settings.company_id.name,
            )
