"""What a provider has given: tokens, whose they are, and how they stay alive.

Access tokens are renewed ahead of time, by one worker for all of them: under a row lock
in a transaction of its own, which ends before the new tokens are used. So what is
stored is never older than what the provider knows, whatever becomes of the letter.
"""

import logging
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..transport import TransportError, secret_of, signin
from .account_email_application import get_app
from .sealed_columns import open_column, reseal_columns, seal_column

_logger = logging.getLogger(__name__)

# How long before its end an access token is renewed, but never before half its life.
AHEAD_SECONDS = 300
# How often a token is asked for when others have just renewed it.
TRIES = 5
# Longer than a renewal may take: who waits behind it finds a new token.
LOCK_TIMEOUT = "60s"
RENEW_AFTER = timedelta(days=7)
TESTING_DAYS = 7


def get_access_token(grant, *, refused=""):
    """A token that is good for some minutes at least.

    A function and no method, so that server actions can't call it.
    :param grant: a sign-in, or none
    :param str refused: one that the mail server did not take, whatever our clock says
    :raise TransportError: there is none to be had
    :raise UserError: the key that sealed the tokens is not on this machine
    """
    if not grant:
        raise TransportError("auth", "signin_missing", step="token")
    # What another transaction has renewed is not in this one's memory.
    grant.invalidate_recordset()
    token = _open_living(grant)
    return token if token and token != refused else renew(grant, refused=refused)


def _open(grant, name):
    return open_column(grant, name, grant._get_sealed_place())


def get_now(env):
    """By the database's clock: those of the hosts may differ by minutes."""
    query = SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
    return env.execute_query(query)[0][0].replace(microsecond=0)


def _open_living(grant, *, at_end=False):
    """:return: the access token while it need not be renewed, else an empty string"""
    end = grant.access_end_at if at_end else grant.renew_at
    return _open(grant, "access_sealed") if end and end > get_now(grant.env) else ""


def renew(grant, *, refused=""):
    """Renew the tokens, or take those that another worker has got meanwhile.

    :return: the access token, which is stored and committed
    """
    for _number in range(TRIES):
        try:
            with grant.env.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                return _renew_locked(env[grant._name].browse(grant.id), refused)
        except psycopg2.errors.SerializationFailure:
            # Somebody was faster: a new snapshot sees her tokens.
            continue
        except psycopg2.errors.LockNotAvailable:
            break
    raise TransportError("transient", "temporary", step="token")


def _renew_locked(grant, refused):
    cr = grant.env.cr
    cr.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
    cr.execute(
        "SELECT id FROM account_email_grant WHERE id = %s FOR UPDATE", [grant.id]
    )
    if not cr.rowcount:
        raise TransportError("auth", "signin_missing", step="token")
    token = _open_living(grant)
    if token and token != refused:
        return token
    began = get_now(grant.env)
    try:
        tokens = _ask(grant)
    except TransportError as error:
        token = _open_living(grant, at_end=True)
        if error.kind != "transient" or not token or token == refused:
            raise
        # The provider will be there again before this one ends.
        return token
    store(grant, tokens, began)
    return secret_of(tokens, "access")


def _ask(grant):
    """New tokens from the provider."""
    app = get_app(grant.application_id)
    if grant.is_application:
        return signin.for_application(app, road=grant.road)
    refresh = _open(grant, "refresh_sealed")
    if not refresh:
        raise TransportError("auth", "signin_again", step="token")
    return signin.renew(app, refresh, road=grant.road, shared=grant.is_shared)


def store(grant, tokens, now):
    """Keep tokens; a new refresh token takes the place of the old one.

    :param datetime now: when they were asked for, by :func:`get_now`
    """
    life = tokens.expires_in
    place = grant._get_sealed_place()
    seal_column(grant, "access_sealed", secret_of(tokens, "access"), place)
    if refresh := secret_of(tokens, "refresh"):
        seal_column(grant, "refresh_sealed", refresh, place)
    ahead = min(AHEAD_SECONDS, life / 2)
    values = {
        "access_end_at": now + timedelta(seconds=life),
        "renew_at": now + timedelta(seconds=life - ahead),
        "renewed_at": now,
    }
    if tokens.refresh_expires_in:
        end = now + timedelta(seconds=tokens.refresh_expires_in)
        values["refresh_end_at"] = end
    if tokens.scope is not None:
        values["scope"] = " ".join(tokens.scope)
    grant.write(values)


class AccountEmailGrant(models.Model):
    """One sign-in: of a person or of an application, for one company's settings."""

    _name = "account.email.grant"
    _description = "Sign-in at a Mail Provider"
    _inherit = ["account.email.reach"]
    _rec_name = "account"

    settings_id = fields.Many2one(
        "account.email.settings", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    application_id = fields.Many2one(
        "account.email.application", required=True, ondelete="cascade", index=True
    )
    road = fields.Selection([("smtp", "SMTP"), ("http", "HTTP")], required=True)
    is_shared = fields.Boolean()
    is_application = fields.Boolean()
    account = fields.Char()
    subject = fields.Char()
    issuer = fields.Char()
    scope = fields.Char()
    signed_in_at = fields.Datetime()
    user_id = fields.Many2one("res.users", "Signed in by", ondelete="set null")
    renewed_at = fields.Datetime()
    renew_at = fields.Datetime()
    access_end_at = fields.Datetime()
    refresh_end_at = fields.Datetime()
    # Nobody reads these columns through the ORM, the administrator included.
    access_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    refresh_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)

    _settings_unique = models.Constraint(
        "unique(settings_id)", "These email settings have a sign-in already."
    )

    def _get_sealed_place(self):
        """Company, provider, tenant, client and this very database: a copy has no use
        for tokens, and would end the original's by renewing them."""
        self.ensure_one()
        uuid = self.env["account.email.settings"]._get_database_uuid()
        application = self.application_id
        names = [application.service, application.tenant, application.client_number]
        return [uuid, self.company_id.id, *(name or "" for name in names)]

    def _get_end(self):
        """:return: when it ends unless it is used or renewed, or False"""
        self.ensure_one()
        application = self.application_id
        if self.is_application:
            return fields.Datetime.to_datetime(application.secret_end_date)
        if self.refresh_end_at:
            return self.refresh_end_at
        if application.is_testing:
            return self.signed_in_at + timedelta(days=TESTING_DAYS)
        days = signin.SERVICES[application.service].unused_days
        return self.renewed_at and self.renewed_at + timedelta(days=days)

    def _revoke(self):
        """Give the tokens back at the provider, where it takes them.

        :return: whether nothing is left there for a person to do
        """
        self.ensure_one()
        try:
            token = _open(self, "refresh_sealed") or _open(self, "access_sealed")
            return bool(token) and signin.revoke(get_app(self.application_id), token)
        except (TransportError, UserError) as exc:
            _logger.info("A sign-in could not be given back: %s", type(exc).__name__)
            return False

    @api.model
    def _cron_keep_alive(self):
        """Renew what was not used for a week, and tell what will end."""
        for grant in self.search([("is_application", "=", False)]):
            used = grant.renewed_at or grant.signed_in_at
            if used and used > fields.Datetime.now() - RENEW_AFTER:
                continue
            grant._keep_alive()
            self.env["ir.cron"]._commit_progress()
        self.env["account.email.settings"]._warn_of_endings()

    def _keep_alive(self):
        settings = self.settings_id
        if settings._is_in_copy() or settings._get_grant() != self:
            return
        try:
            renew(self)
        except TransportError as error:
            if error.kind not in ("transient", "quota"):
                settings._pause_for(error)
        except UserError:
            # Its key is on another host, which will renew it.
            _logger.info("The sign-in of %s waits for its key", settings.display_name)

    @api.model
    def _reseal(self):
        """:return: how many tokens were sealed anew, and which open with no key"""
        # sudo: the columns are closed to everyone, by NO_ACCESS
        grants = self.sudo().search([("access_sealed", "!=", False)])
        return reseal_columns(grants, ["access_sealed", "refresh_sealed"])
