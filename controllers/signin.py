from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.signin_redirect import tell
from ..models.signin_return import come_back
from ..transport import TransportError

# What the browser brings is for nobody else, and its address not for the next page.
HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
]
# Not by its path: for that, the browser's tab shows the form as it was first opened
# there again, and that is an empty one when the settings were made just before.
FORM = "/odoo/action-account_email.account_email_settings_action"


class SigninController(http.Controller):
    # Public, since core's page for a login would keep the code in its address.
    @http.route("/account_email/signin", type="http", auth="public", methods=["GET"])
    def come_back(self, **params):
        """Where Google and Microsoft send the browser back to.

        Leads to one place of this Odoo alone, whatever the address says.
        """
        sentence = self._come_back(params)
        if not sentence:
            answer = request.redirect(FORM, code=303)
            answer.headers.extend(HEADERS)
            return answer
        answer = request.render(
            "account_email.signin_failed", {"sentence": sentence, "form": FORM}
        )
        answer.status_code = 400
        answer.headers.extend(HEADERS)
        return answer

    def _come_back(self, params):
        """:return: what went wrong, in one sentence, or nothing"""
        env = request.env
        if not env.user or env.user._is_public():
            return env._(
                "You are no longer logged in. Log in, open the email settings and sign "
                "in once more."
            )
        try:
            come_back(env, params)
        except TransportError as error:
            return tell(env, error)
        except UserError as error:
            return str(error)
        return ""
