"""Tests and look-ups: limited, whoever asks how often at once, and kept in the log."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

from ..wizards import account_email_settings_test as wizard_module
from ..wizards.account_email_settings_test import prepare_probe
from .common import AccountEmailCommon
from .servers import PASSWORD, USERNAME, Mailbox, smtp_server

THREADS = 50
LIMIT = 30


@tagged("post_install", "-at_install")
class TestRateAtOnce(BaseCase):
    """Real threads, each with a connection and commits of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._environment() as env:
            self.user_id = new_test_user(env, "rate_at_once", "base.group_user").id
        self.addCleanup(self._clear)

    def _environment(self, uid=SUPERUSER_ID):
        return _Committed(self.registry, uid)

    def _clear(self):
        with self._environment() as env:
            user = env["res.users"].browse(self.user_id)
            partner = user.partner_id
            user.unlink()
            partner.unlink()

    def _take(self, start):
        with self._environment(self.user_id) as env:
            # The snapshot of every one of them is from before the first count.
            env.cr.execute("SELECT 1")
            start.wait()
            try:
                return retrying(
                    lambda: env["account.email.rate"]._take("test", LIMIT), env
                )
            except psycopg2.errors.SerializationFailure:
                return None

    def test_fifty_at_once_are_counted_one_by_one(self):
        start = threading.Barrier(THREADS)
        with (
            patch("odoo.service.model.time.sleep", lambda seconds: None),
            patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 500),
            ThreadPoolExecutor(THREADS) as pool,
        ):
            taken = list(pool.map(self._take, [start] * THREADS))
        self.assertEqual(taken.count(True), LIMIT)
        self.assertEqual(taken.count(False), THREADS - LIMIT)
        with self._environment() as env:
            row = env["account.email.rate"].search([("user_id", "=", self.user_id)])
            self.assertEqual(len(row.moments), LIMIT)


class _Committed:
    """An environment on a cursor of its own, committed at the end."""

    def __init__(self, registry, uid):
        self.cr, self.uid = registry.cursor(), uid

    def __enter__(self):
        self.cr.__enter__()
        return api.Environment(self.cr, self.uid, {})

    def __exit__(self, *error):
        return self.cr.__exit__(*error)


@tagged("post_install", "-at_install")
class TestSettingsRate(AccountEmailCommon):
    def _run(self, settings, **values):
        action = settings.with_user(self.manager).action_test(values)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.with_user(self.manager).action_run()
        return self._get_logs()[:1]

    def _get_logs(self):
        return self.env["account.email.dispatch"].search([("is_test", "=", True)])

    def test_a_test_stays_in_the_log(self):
        with smtp_server() as (port, _box):
            settings = self._create_settings(
                smtp_port=port, send_copy=True, copy_address="archive@example.com"
            )
            log = self._run(settings)
        self.assertEqual(log.state, "sent")
        self.assertTrue(log.sent_at)
        self.assertEqual(log.recipients, "billing@example.com, archive@example.com")
        self.assertEqual((log.user_id, log.company_id), (self.manager, self.company))
        self.assertEqual(log.document_kind, "Test")
        self.assertTrue(log.attempt_ids.success)
        # The provider counts it, too.
        self.assertEqual(settings._count_sent(timedelta(minutes=1)), 1)
        settings.unlink()
        self.env["account.email.settings.test"].search([]).unlink()
        self.assertTrue(log.exists())
        self.assertEqual(log.with_user(self.bookkeeper).subject, log.subject)
        for user in (self.manager, self.bookkeeper):
            with self.assertRaises(AccessError):
                log.with_user(user).unlink()
        with self.assertRaises(AccessError):
            log.with_user(self._create_stranger()).read(["recipients"])

    def test_what_went_wrong_is_in_the_log(self):
        with smtp_server(security="tls", login=True) as (port, _box):
            settings = self._create_settings(
                smtp_port=port, security="tls", username=USERNAME, password="wrong"
            )
            log = self._run(settings)
            self.assertEqual((log.state, log.failure_kind), ("failed", "auth"))
            self.assertFalse(log.attempt_ids.success or log.sent_at)
            self._deliver_all()
            self.assertEqual(log.state, "failed")
            with self.assertRaisesRegex(UserError, "This was a test"):
                log.with_user(self.manager).action_retry()
            settings.password = PASSWORD
            self.assertEqual(self._run(settings).state, "sent")

    def test_a_test_that_was_broken_off_is_in_the_log(self):
        with smtp_server(Mailbox()) as (port, _box):
            settings = self._create_settings(smtp_port=port).with_user(self.manager)
            action = settings.action_test()
            test = settings.env[action["res_model"]].browse(action["res_id"])
            steps = prepare_probe(test)
            next(steps)
            steps.close()
        log = self._get_logs()
        self.assertEqual(
            (log.state, log.recipients), ("unknown", "billing@example.com")
        )

    def test_deleting_the_settings_counts_nothing_anew(self):
        with patch.object(wizard_module, "TESTS_PER_HOUR", 2):
            for _number in range(2):
                settings = self._create_settings().with_user(self.manager)
                settings.action_test()
                settings.unlink()
                self.env["account.email.settings.test"].search([]).unlink()
            settings = self._create_settings().with_user(self.manager)
            with self.assertRaisesRegex(UserError, "You have tested 2 times"):
                settings.action_test()
            with freeze_time(fields.Datetime.now() + timedelta(minutes=61)):
                settings.action_test()

    def test_nobody_is_written_to_again_and_again(self):
        settings = self._create_settings(
            send_copy=True, copy_address="archive@example.com"
        ).with_user(self.manager)
        values = {"copy_address": "victim@example.net"}
        for _number in range(wizard_module.COPIES_PER_HOUR):
            settings.action_test(values)
        for address in ("victim@example.net", "Victim <VICTIM@example.net>"):
            with self.assertRaisesRegex(UserError, "victim@example.net often enough"):
                settings.action_test({"copy_address": address})
        # What is saved may be tested on.
        for _number in range(wizard_module.COPIES_PER_HOUR + 1):
            settings.action_test()

    def test_old_counts_are_cleared_away(self):
        rates = self.env["account.email.rate"].with_user(self.manager)
        rates._take("lookup", 1)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            rates.sudo()._gc_rates()
        self.assertFalse(rates.sudo().search([("user_id", "=", self.manager.id)]))
