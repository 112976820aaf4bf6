"""The steps of a sign-in: away to the provider, back, and out again."""

import time

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..transport import Step, TransportError, altered, signin
from .account_email_application import get_app
from .account_email_grant import get_access_token
from .account_email_signin import check_account, complete
from .signin_redirect import find_redirect_problem, tell


def check_signin(grant, profile):
    """What a test shows before it connects: token, scope, who.

    A function and no method, so that server actions can't call it.
    :param profile: all that is needed to connect but the token
    :return: list of :class:`transport.Step`, and the profile if all were passed
    """
    steps = []

    def passed(name, detail):
        steps.append(Step(name, True, time.monotonic() - began, detail))

    began = time.monotonic()
    try:
        token = get_access_token(grant)
        end = grant._get_end()
        passed("token", (end and fields.Date.to_string(end)) or "")
        _check_scope(grant)
        passed("scope", grant.scope or "")
        check_account(profile.sender, grant.account, shared=grant.is_shared)
        passed("who", grant.account or grant.application_id.client_number)
    except TransportError as error:
        steps.append(Step(error.step, False, 0.0, error.server_text, error))
        return steps, None
    return steps, altered(profile, password=token)


def _check_scope(grant):
    if grant.is_application or not grant.scope:
        return
    service = signin.SERVICES[grant.application_id.service]
    wanted = service.sending_scope(grant.road, shared=grant.is_shared)
    signin.check_scope(signin.Tokens(0.0, scope=tuple(grant.scope.split())), wanted)


class AccountEmailSettingsSigninSteps(models.AbstractModel):
    _name = "account.email.settings.signin.steps"
    _description = "Email Settings: Steps of a Sign-in"
    _inherit = "account.email.settings.signin"

    def _may_sign_in(self, company):
        """Whether the user may still do for the company what she began."""
        self.ensure_one()
        return (
            self.has_access("write")
            and self.company_id == company
            and company in self.env.user.company_ids
            and self.login_kind != "password"
        )

    def _prepare_to_sign_in(self):
        self.ensure_one()
        self.check_access("write")
        if not signin.is_available():
            missing = TransportError("config", "library_missing", step="token")
            raise UserError(tell(self.env, missing))
        if not self.application_id:
            raise UserError(
                self.env._(
                    "Choose the registered application first, or enter a new one: how "
                    "to register it stands in the guide."
                )
            )
        if self.login_kind == "application" and not self.application_id.company_id:
            # It may send from every mailbox of its tenant, whose company it ever is.
            raise UserError(
                self.env._(
                    "Without a person, a company needs an application of its own, not "
                    "the one for all companies."
                )
            )

    def action_sign_in(self):
        """Leave for the provider; for an application, ask it at once."""
        self._prepare_to_sign_in()
        try:
            if self.login_kind == "application":
                app = get_app(self.application_id)
                tokens = signin.for_application(app, road=self.protocol)
                complete(self, self.application_id, tokens)
                return self._signed_in("")
            problem = find_redirect_problem(self.env, self.signin_service)
            if problem or not request:
                raise UserError(problem or self.env._("Sign in with a browser."))
            url = self.env["account.email.signin"]._depart(self)
        except TransportError as error:
            raise UserError(tell(self.env, error)) from None
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def action_sign_in_by_code(self):
        """Show a code to type in any browser, where none can come back to this Odoo."""
        self._prepare_to_sign_in()
        if self.login_kind != "microsoft":
            raise UserError(self.env._("Only Microsoft lets people sign in by a code."))
        try:
            row = self.env["account.email.signin"]._begin_device(self)
        except TransportError as error:
            raise UserError(tell(self.env, error)) from None
        return row._show(False)

    def action_disconnect(self):
        """Give the sign-in back where the provider takes it, and forget it here."""
        self.ensure_one()
        self.check_access("write")
        grant = self._get_any_grant()
        # In a copy they are the original's, which goes on using them.
        done = grant and not self._is_in_copy() and grant._revoke()
        page = grant and signin.SERVICES[grant.application_id.service].account_page
        grant.unlink()
        if grant and not done:
            self.message_post(
                body=self.env._(
                    "The sign-in was forgotten here. To end it at the provider as "
                    "well, open %s.",
                    page,
                )
            )

    def _signed_in(self, account):
        """A new sign-in cures what its want had stopped."""
        self.ensure_one()
        if account and not self.email_address:
            self.email_address = account
        paused_by_it = self.failure_kind in ("auth", "config")
        if self.state == "paused" and paused_by_it and not self._is_in_copy():
            self._resume()
        else:
            self._clear_failure()

    def action_propose_sign_in(self, values=None):
        """The values that make these settings sign in; all others stay.

        :return: dict with ``values`` for the form and a ``message``
        """
        self.check_access("write")
        draft = self._get_draft(values)
        preset = draft._get_preset()
        google = preset and preset.key in signin.SERVICES["google"].presets
        kind = "google" if google else "microsoft"
        application = draft._find_application(kind)
        proposed = {"login_kind": kind, "protocol": "http"}
        if application:
            proposed["application_id"] = {
                "id": application.id,
                "display_name": application.display_name,
            }
        if not draft.email_address and (address := draft._get_typed_address()):
            proposed["email_address"] = address
        message = self.env._("Now press the button to sign in.")
        return {"values": proposed, "message": message}
