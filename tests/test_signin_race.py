"""Several workers at the moment of expiry, each with a connection of its own."""

import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ..devtools.authority import open_authority
from ..models.account_email_grant import get_access_token
from ..models.account_email_signin import complete
from ..transport import TransportError, signin

SECRET = "s3cret~of.the-app"
WORKERS = 4


@tagged("post_install", "-at_install")
class TestSigninRace(BaseCase):
    @contextmanager
    def _env(self):
        with Registry(get_db_name()).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean)
        self.provider = self.enterContext(open_authority())
        self.provider.add_client("our-app", SECRET)
        row = self.provider.service(signin.SERVICES["microsoft"])
        self.enterContext(patch.dict(signin.SERVICES, {"microsoft": row}))
        self.enterContext(
            patch(
                "odoo.addons.account_email.models.account_email_application"
                ".get_allowed_hosts",
                return_value=frozenset({"localhost"}),
            )
        )
        with self._env() as env:
            self.company_id = env["res.company"].create({"name": "Race"}).id
            application = env["account.email.application"].create(
                {
                    "service": "microsoft",
                    "client_number": "our-app",
                    "secret": SECRET,
                    "company_id": self.company_id,
                }
            )
            settings = env["account.email.settings"].create(
                {
                    "company_id": self.company_id,
                    "login_kind": "microsoft",
                    "protocol": "http",
                    "application_id": application.id,
                    "email_address": "jane@example.com",
                }
            )
            self.settings_id = settings.id
        with self._env() as env:
            settings = env["account.email.settings"].browse(self.settings_id)
            complete(settings, settings.application_id, self._consent())

    def _consent(self):
        """What the provider has given to a person, without her browser."""
        store, app = self.provider.store, self.provider.app
        with app.test_request_context("/"):
            token = self.provider._generate_token(
                "code",
                store.clients["our-app"],
                user="jane@example.com",
                scope="https://graph.microsoft.com/Mail.Send",
            )
        saved = self.provider.keep(token, "our-app", "jane@example.com")
        return signin.Tokens(
            3600.0, access=saved.access, refresh=saved.refresh, account=saved.user
        )

    def _clean(self):
        with self._env() as env:
            company = env["res.company"].search([("name", "=", "Race")])
            settings = env["account.email.settings"].search(
                [("company_id", "in", company.ids)]
            )
            settings.unlink()
            env["account.email.application"].search(
                [("company_id", "in", company.ids)]
            ).unlink()
            for row in company:
                env.cr.execute(
                    "UPDATE res_company SET active = false, name = %s WHERE id = %s",
                    [f"Race {row.id}", row.id],
                )

    def _expire(self):
        with self._env() as env:
            grant = env["account.email.grant"].search(
                [("settings_id", "=", self.settings_id)]
            )
            grant.write({"renew_at": "2020-01-01", "access_end_at": "2020-01-01"})

    def _at_once(self):
        """What each of several workers gets, all of them starting together."""
        barrier, found = threading.Barrier(WORKERS), []

        def work():
            with self._env() as env:
                settings = env["account.email.settings"].browse(self.settings_id)
                grant = settings._get_grant()
                # Its transaction has begun: what it has seen is what was.
                grant.read(["renew_at"])
                barrier.wait(30)
                try:
                    found.append(get_access_token(grant))
                except TransportError as error:
                    found.append(error)

        threads = [threading.Thread(target=work) for _number in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        self.assertEqual(len(found), WORKERS)
        return found

    def test_one_renews_for_all(self):
        for _number in range(3):
            self._expire()
            self.provider.delay = 0.2
            asked = len(self.provider.refreshes)
            found = self._at_once()
            self.assertEqual(len(set(found)), 1, found)
            self.assertTrue(self.provider.check_access(found[0]))
            self.assertEqual(len(self.provider.refreshes), asked + 1)
            self.assertFalse(self.provider.reused)

    def test_a_worker_that_dies_lets_the_others_go_on(self):
        """Its connection is cut while it waits for the provider."""
        self._expire()
        self.provider.is_lenient = True
        self.provider.delay = 1.0

        def cut():
            with self._env() as env:
                for _number in range(100):
                    env.cr.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks "
                        "WHERE relation = 'account_email_grant'::regclass "
                        "AND mode = 'RowShareLock'"
                    )
                    if env.cr.rowcount:
                        return
                    threading.Event().wait(0.02)

        def work():
            try:
                with self._env() as env:
                    settings = env["account.email.settings"].browse(self.settings_id)
                    get_access_token(settings._get_grant())
            except Exception as exc:
                died.append(exc)

        died = []
        worker, killer = (threading.Thread(target=f) for f in (work, cut))
        killer.start()
        worker.start()
        worker.join(60)
        killer.join(60)
        self.assertTrue(died, "nobody was cut off")
        self.provider.delay = 0.0
        found = self._at_once()
        self.assertEqual(len(set(found)), 1, found)
        self.assertTrue(self.provider.check_access(found[0]))
