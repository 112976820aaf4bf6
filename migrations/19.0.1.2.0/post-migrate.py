"""A sealed password was bound to its server; now to the whole door: port, encryption
and the check of the certificate, too."""

import json
import logging

from odoo import SUPERUSER_ID, api

from odoo.addons.account_email.models.keyring import get_keys
from odoo.addons.account_email.vault import Tampered, VaultError, unseal

_logger = logging.getLogger(__name__)

PLACE_FIELDS = ("protocol", "http_provider", "smtp_host", "username", "http_url")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for settings in env["account.email.settings"].search(
        [("password_sealed", "!=", False)]
    ):
        try:
            reseal(settings)
        except VaultError:
            _logger.warning(
                "The email password of %s does not open with the known keys: it has "
                "to be typed again.",
                settings.company_id.name,
            )


def reseal(settings):
    keys, sealed = get_keys(), settings.password_sealed
    try:
        # Sealed anew already, by the step before or by an update that was broken off.
        unseal(keys, sealed, settings._get_seal_context())
    except Tampered:
        place = [settings[name] or "" for name in PLACE_FIELDS]
        door = json.dumps([settings.company_id.id, *place])
        context = f"{settings._name}:password:{door}"
        settings._seal_password(unseal(keys, sealed, context))
