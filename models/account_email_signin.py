"""A sign-in on its way: what a person left with, and what must come back with her."""

import hashlib
import json
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..transport import TransportError, secret_of, signin
from .account_email_application import get_app
from .account_email_grant import get_now, store
from .protected import without_defaults
from .sealed_columns import open_column, seal_column
from .signin_redirect import get_redirect_uri, tell

SIGNINS_PER_HOUR = 60
MINUTES = 15
# In the browser's session: that a code came back to the browser it left from.
SESSION_KEY = "account_email_signin"


def digest(text):
    """Random words are kept like passwords: what is stored opens nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def complete(settings, application, tokens):
    """Keep the tokens of a sign-in, unless they are of no use for these settings.

    In a transaction of its own, as every change of tokens. Nothing is touched before
    everything was checked: a sign-in that works goes on working.
    :raise TransportError: ``scope_missing``, ``refresh_missing``, ``other_account``
    """
    service = signin.SERVICES[application.service]
    shared = settings.is_shared_mailbox
    is_application = settings.login_kind == "application"
    if not is_application:
        wanted = service.sending_scope(settings.protocol, shared=shared)
        signin.check_scope(tokens, wanted)
        if not secret_of(tokens, "refresh"):
            raise TransportError("config", "refresh_missing", step="token")
        check_account(settings._get_sender_address(), tokens.account, shared=shared)
    values = {
        "settings_id": settings.id,
        "company_id": settings.company_id.id,
        "application_id": application.id,
        "road": settings.protocol,
        "is_shared": shared,
        "is_application": is_application,
        "account": tokens.account,
        "subject": tokens.subject,
        "issuer": tokens.issuer,
        "signed_in_at": fields.Datetime.now(),
        "user_id": settings.env.uid,
        "refresh_end_at": False,
        "refresh_sealed": False,
    }
    with settings.env.registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        grants = env["account.email.grant"]
        grant = grants.search([("settings_id", "=", settings.id)])
        if grant:
            grant.write(values)
        else:
            grant = grants.create(values)
        store(grant, tokens, get_now(env))
    settings.invalidate_recordset()


def check_account(sender, account, *, shared):
    """:raise TransportError: letters come from somebody else than who signed in"""
    same = not sender or (account or "").casefold() == sender.casefold()
    if account and not same and not shared:
        facts = {"account": account, "address": sender}
        raise TransportError("config", "other_account", step="who", facts=facts)


# No wizard: it holds what must come back, and core clears it away.
# pylint: disable-next=no-wizard-in-models
class AccountEmailSignin(models.TransientModel):
    """One way to a provider: with the browser, or with a code for any browser."""

    _name = "account.email.signin"
    _description = "Sign-in on Its Way"
    _inherit = ["account.email.reach"]
    _transient_max_hours = 1.0

    settings_id = fields.Many2one(
        "account.email.settings", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    application_id = fields.Many2one(
        "account.email.application", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("browser", "Browser"), ("device", "Code")], required=True, readonly=True
    )
    state_hash = fields.Char(groups=fields.NO_ACCESS, index=True)
    session_hash = fields.Char(groups=fields.NO_ACCESS)
    # Verifier and nonce, or the device's own code.
    sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    user_code = fields.Char("Code", readonly=True)
    address = fields.Char("Page", readonly=True)
    end_at = fields.Datetime("Valid until", readonly=True)
    interval = fields.Float(readonly=True)
    next_poll_at = fields.Datetime(readonly=True)
    is_waiting = fields.Boolean(compute="_compute_is_waiting")
    message = fields.Text(readonly=True)

    @api.depends("sealed")
    def _compute_is_waiting(self):
        # sudo: the column is closed to everyone; whether it is empty is no secret
        for row in self.sudo():
            row.is_waiting = bool(row.sealed)

    @api.model
    def _check_rate(self):
        if not self.env["account.email.rate"]._take("signin", SIGNINS_PER_HOUR):
            raise UserError(
                self.env._(
                    "You have begun to sign in %s times within an hour. Wait a little "
                    "before you try again.",
                    SIGNINS_PER_HOUR,
                )
            )

    @api.model
    def _prepare_values(self, settings, kind):
        return {
            "settings_id": settings.id,
            "company_id": settings.company_id.id,
            "application_id": settings.application_id.id,
            "kind": kind,
            "end_at": fields.Datetime.now() + timedelta(minutes=MINUTES),
        }

    @api.model
    def _depart(self, settings):
        """:return: address at the provider that this very browser may come back from"""
        self._check_rate()
        key = request.session.get(SESSION_KEY) or signin.new_secret()
        request.session[SESSION_KEY] = key
        state, verifier, nonce = (signin.new_secret() for _number in range(3))
        words = {
            "redirect_uri": get_redirect_uri(self.env),
            "verifier": verifier,
            "nonce": nonce,
        }
        values = self._prepare_values(settings, "browser")
        values |= {"state_hash": digest(state), "session_hash": digest(key)}
        # sudo: nobody writes such a row by hand
        row = without_defaults(self).sudo().create(values)
        seal_column(row, "sealed", json.dumps(words), row._get_sealed_place())
        return signin.depart(
            get_app(settings.application_id),
            signin.Departure(**words),
            road=settings.protocol,
            state=state,
            login_hint="" if settings.is_shared_mailbox else settings._get_login_hint(),
            shared=settings.is_shared_mailbox,
        )

    @api.model
    def _begin_device(self, settings):
        """:return: row with the code that a person types in any browser"""
        self._check_rate()
        device = signin.begin_device(
            get_app(settings.application_id),
            road=settings.protocol,
            shared=settings.is_shared_mailbox,
        )
        values = self._prepare_values(settings, "device") | {
            "user_code": device.user_code,
            "address": device.address,
            "interval": device.interval,
            "end_at": fields.Datetime.now() + timedelta(seconds=device.expires_in),
        }
        # sudo: nobody writes such a row by hand
        row = without_defaults(self).sudo().create(values)
        code = secret_of(device, "code")
        seal_column(row, "sealed", code, row._get_sealed_place())
        return row.with_env(self.env)

    def _get_sealed_place(self):
        self.ensure_one()
        return [self.id, self.company_id.id, *self.application_id._get_sealed_place()]

    def _is_fresh(self):
        return self.end_at > fields.Datetime.now()

    # ------------------------------------------------------------
    # Device code
    # ------------------------------------------------------------

    def action_poll(self):
        """Ask whether the person has typed the code; once more does no harm."""
        self.ensure_one()
        self.check_access("read")
        settings = self.settings_id
        # sudo: the column is closed to everyone, and the outcome is ours to write
        row = self.sudo()
        if not row.sealed or not settings._may_sign_in(row.company_id):
            return {"type": "ir.actions.act_window_close"}
        now = fields.Datetime.now()
        if row.next_poll_at and row.next_poll_at > now:
            return self._show(self.env._("Not yet. Wait some seconds, then try again."))
        if not row.try_lock_for_update():
            return self._show(False)
        return self._poll(row, settings)

    def _poll(self, row, settings):
        code = open_column(row, "sealed", row._get_sealed_place())
        try:
            answer = signin.poll_device(get_app(row.application_id), code)
            if isinstance(answer, float):
                row.interval += answer
                wait = timedelta(seconds=row.interval)
                row.next_poll_at = fields.Datetime.now() + wait
                return self._show(self.env._("Nobody has typed the code yet."))
            # From here on this code is used up, whatever comes.
            row.sealed = False
            complete(settings, row.application_id, answer)
        except TransportError as error:
            if error.kind not in ("transient", "quota"):
                row.sealed = False
            return self._show(tell(self.env, error))
        settings._signed_in(answer.account)
        return {"type": "ir.actions.act_window_close"}

    def _show(self, message):
        # sudo: nobody writes such a row by hand
        self.sudo().message = message
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign in with a code"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
