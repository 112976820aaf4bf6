"""A provider on loopback, an application that is registered there, and a browser."""

import contextlib
import re
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests

from ..devtools.authority import MailApis, open_authority, token_smtp_server
from ..transport import signin
from .common import AccountEmailCommon
from .rpc import RpcCase
from .servers import trusted_context

JANE = "jane@example.com"
SECRET = "s3cret~of.the-app"
SECRETS = re.compile(r"(at|rt)-[\w-]{20}|s3cret~")
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
BACK = "/account_email/signin"


class SigninCase(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As a person on this machine types it: Microsoft knows no 127.0.0.1.
        cls.base = cls.base_url().replace("127.0.0.1", "localhost")
        cls.env["ir.config_parameter"].set_param("web.base.url", cls.base)

    @contextlib.contextmanager
    def _provider(self, service="microsoft", **knobs):
        """A running provider that stands in the table for the real one."""
        apis = []

        def extend(authority):
            apis.append(MailApis(authority))

        with open_authority(extend) as there, contextlib.ExitStack() as stack:
            for name, value in knobs.items():
                setattr(there, name, value)
            there.apis = apis[0]
            there.client = there.add_client("our-app", SECRET, self.base + BACK)
            there.add_client("public-app", "", self.base + BACK)
            changes = {}
            if service == "microsoft":
                context = stack.enter_context(trusted_context())
                server = token_smtp_server(there, context)
                port, there.box = stack.enter_context(server)
                changes["servers"] = {"": ("localhost", port, "starttls")}
            row = there.service(signin.SERVICES[service], **changes)
            stack.enter_context(patch.dict(signin.SERVICES, {service: row}))
            yield there

    def _create_application(self, service="microsoft", **values):
        values = {
            "service": service,
            "client_number": "our-app",
            "secret": SECRET,
            "company_id": self.company.id,
            **values,
        }
        return self.env["account.email.application"].create(values)

    def _create_signin_settings(self, kind="microsoft", **values):
        service = "google" if kind == "google" else "microsoft"
        if "application_id" not in values:
            tenant = {"tenant": TENANT} if kind == "application" else {}
            application = self._create_application(service, **tenant)
            values["application_id"] = application.id
        values = {"login_kind": kind, "protocol": "http", "smtp_host": False, **values}
        return self._create_settings(**{"email_address": JANE, **values})

    # ------------------------------------------------------------
    # A person and her browser
    # ------------------------------------------------------------

    def _log_in(self, user):
        """Open a browser of her own, on the name that this Odoo goes by."""
        self.authenticate(user.login, user.login)
        for cookie in list(self.opener.cookies):
            self.opener.cookies.set(
                cookie.name, cookie.value, domain="localhost.local", path="/"
            )
        return self.opener

    def _post(self, url, values, **headers):
        headers = {"Content-Type": "application/json", **headers}
        return self.opener.post(self.base + url, json=values, headers=headers)

    def _press(self, settings, button="action_sign_in"):
        return self._call("account.email.settings", button, settings.ids)

    def _consent(self, url, user=JANE, answer="allow"):
        """At the provider; the address that she is sent back to."""
        form = {"user": user, "answer": answer}
        page = requests.post(url, data=form, timeout=10, allow_redirects=False)
        self.assertEqual(page.status_code, 302, page.text)
        where = page.headers["Location"]
        self.assertTrue(where.startswith(self.base + BACK))
        return where

    def _return(self, address):
        return self.opener.get(address, allow_redirects=False)

    def _sign_in(self, settings, user=JANE):
        """The whole way there and back."""
        there = self._press(settings)
        self.assertEqual(there["type"], "ir.actions.act_url")
        answer = self._return(self._consent(there["url"], user))
        self.env.invalidate_all()
        return answer

    def _state_of(self, url):
        return parse_qs(urlsplit(url).query)["state"][0]

    def _get_grant(self, settings):
        self.env.invalidate_all()
        return settings.sudo()._get_any_grant()

    def _send_one(self):
        """A letter to a customer, by the queue; its dispatch."""
        move = self._create_move().with_user(self.bookkeeper)
        dispatch = move._email_documents().sudo()
        self._deliver_all()
        return dispatch
