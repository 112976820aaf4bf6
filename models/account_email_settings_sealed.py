"""The password: sealed when it is typed, opened only to connect, never shown."""

import json
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..transport import TransportError, delay
from ..vault import BadKey, VaultError, fingerprint, reseal, seal, sealed_with, unseal
from ..words import get_key_fault
from .account_email_grant import get_access_token
from .keyring import (
    get_keys,
    get_path,
    set_fingerprint,
    take_keys,
    take_sealing_key,
)

_logger = logging.getLogger(__name__)

# A stored password opens only the door it was given for: when one of these changes
# it is forgotten, so that it can't be sent to a server of someone else's choice.
DOOR_FIELDS = (
    "protocol",
    "http_provider",
    "http_url",
    "smtp_host",
    "smtp_port",
    "security",
    "skip_tls_verification",
    "username",
)


def is_key_here(sealed):
    """Whether a sealed value is one, and its key is on this machine."""
    try:
        return sealed_with(sealed) in map(fingerprint, get_keys(make=False))
    except VaultError:
        return False


def is_sealed_elsewhere(sealed):
    """Whether another server may open it: a sealed value, by a key that is not here."""
    try:
        sealed_with(sealed)
    except VaultError:
        return False
    return not is_key_here(sealed)


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
        return unseal(take_keys(settings.env), sealed, settings._get_seal_context())
    except VaultError as exc:
        raise UserError(
            settings.env._(
                "The stored password can't be opened on this server: its key is "
                "not here. Type the password again in the email settings."
            )
        ) from exc


def open_secret(settings):
    """What one logs in with: the password, or a token of the provider.

    :raise TransportError: there is no token to be had
    """
    if settings.login_kind == "password":
        return open_password(settings)
    return get_access_token(settings._get_grant())


def get_pause_end(error):
    """:return: when to ask the provider again; None where a person must act"""
    wait = delay(error.kind, 1, error.retry_after)
    return wait and fields.Datetime.now() + timedelta(seconds=wait)


class AccountEmailSettingsSealed(models.AbstractModel):
    _name = "account.email.settings.sealed"
    _description = "Email Settings: Sealed Secrets"

    # Not trimmed: a blank at its end may belong to it, see ``advice.check``.
    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        copy=False,
        trim=False,
    )
    # Her word that the password has something in it that can't be seen.
    accept_odd_password = fields.Boolean("Use it just as typed", store=False)
    # Nobody reads this column through the ORM, the administrator included.
    password_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_password = fields.Boolean(compute="_compute_has_password")
    password_hint = fields.Char(compute="_compute_password_hint")
    is_key_missing = fields.Boolean(compute="_compute_is_key_missing")

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        for settings in self.filtered("password"):
            # Not among the constraints: by then nobody knows any more what was typed.
            settings._raise_problems(complete=False)
            settings._seal_password(settings.password)

    @api.depends("password_sealed", *DOOR_FIELDS)
    @api.depends_context("uid")
    def _compute_has_password(self):
        """Whether there is one for the door as it stands in the form, saved or not."""
        for settings in self:
            stored = settings._origin
            settings.has_password = (
                stored._is_password_stored()
                and stored._get_door() == settings._get_door()
            )

    @api.depends("has_password")
    @api.depends_context("lang")
    def _compute_password_hint(self):
        for settings in self:
            if settings.has_password:
                hint = self.env._("Stored. Leave empty to keep it.")
            elif settings._origin._is_password_stored():
                hint = self.env._("The server or the login has changed: type it again.")
            else:
                hint = False
            settings.password_hint = hint

    def _is_password_stored(self):
        # sudo: tells only whether there is one
        return bool(self.sudo().password_sealed)

    @api.depends("password_sealed")
    def _compute_is_key_missing(self):
        """A restored copy without the key: say so before a letter fails."""
        for settings in self:
            sealed = settings._get_sealed_secret()
            settings.is_key_missing = bool(sealed) and not is_key_here(sealed)

    def _forget_lent_password(self, doors):
        """Where the password would now go to another place than it was given for.

        :param dict doors: the door of each row as it was before
        """
        self.filtered(lambda row: doors[row] != row._get_door())._forget_password()

    def _drop_typed_password(self):
        """What was typed was sealed; the cache must not hand it out again."""
        self.invalidate_recordset(["password"], flush=False)

    def _get_door(self):
        """What a stored password was given for: all that decides where it goes."""
        self.ensure_one()
        return json.dumps([self.company_id.id, *(self[n] or "" for n in DOOR_FIELDS)])

    def _get_seal_context(self):
        """What a sealed password is bound to: it opens in no other row, and for no
        other door, whoever wrote it into the table."""
        return f"{self._name}:password:{self._get_door()}"

    def _seal_password(self, password):
        self.ensure_one()
        key = take_sealing_key(self.env)
        sealed = seal(key, password, self._get_seal_context())
        # sudo: the column is closed to everyone, by NO_ACCESS
        self.sudo().password_sealed = sealed

    def _forget_password(self):
        # sudo: the column is closed to everyone, by NO_ACCESS
        if stored := self.sudo().filtered("password_sealed"):
            stored.password_sealed = False

    def _get_profile(self):
        """The only place where a stored password is opened.

        :return: :class:`transport.Profile`
        """
        self.ensure_one()
        return self._build_profile(open_secret(self))

    def _get_profile_or_pause(self):
        """:return: the profile; or None, and the letters wait"""
        try:
            return self._get_profile()
        except UserError:
            if not is_sealed_elsewhere(self._get_sealed_secret()):
                self._pause_for(TransportError("auth", "seal_broken"))
            else:
                # Another server may have the key: the letters are left to it.
                facts = {"path": str(get_path())}
                self.env["account.email.trouble"]._tell("key_missing", facts)
        except TransportError as error:
            self._pause_for(error, until=get_pause_end(error))
        return None

    def _get_sealed_secret(self):
        """What one logs in with, as it is stored: the password, or the sign-in."""
        # sudo: the columns are closed to everyone, by NO_ACCESS
        if self.login_kind == "password":
            return self.sudo().password_sealed
        grant = self._get_grant()
        return grant.refresh_sealed or grant.access_sealed

    def action_use_new_key(self):
        """Give up a key that is lost: from now on this server's is the right one.

        What was sealed with the lost one has to be typed again.
        """
        self.check_access("write")
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._(
                    "Only an administrator can do this, since other servers may send "
                    "with the key that is missing here."
                )
            )
        try:
            set_fingerprint(self.env, fingerprint(get_keys()[0]))
        except BadKey as exc:
            fault = get_key_fault(self.env, exc)
        else:
            return
        raise UserError(fault)

    def _reseal_passwords(self):
        """Seal every password with the first key; see ``cli/account_email_reseal.py``.

        One that opens with no key is left as it is, and told of in the log.

        :return: how many were sealed anew
        """
        keys = get_keys()
        # sudo: the column is closed to everyone, by NO_ACCESS
        rows = self.sudo().search([("password_sealed", "!=", False)])
        count = sum(row._reseal_password(keys) for row in rows)
        set_fingerprint(self.env, fingerprint(keys[0]))
        return count

    def _reseal_password(self, keys):
        """:return: whether it was sealed with another key before"""
        self.ensure_one()
        # sudo: the column is closed to everyone, by NO_ACCESS
        settings, context = self.sudo(), self._get_seal_context()
        try:
            sealed = reseal(keys, settings.password_sealed, context)
        except VaultError:
            _logger.warning(
                "The email password of %s opens with none of the keys: put the old key "
                "behind the new one, or type the password again.",
                settings.company_id.name,
            )
            return False
        is_changed = sealed != settings.password_sealed
        if is_changed:
            settings.password_sealed = sealed
        return is_changed
