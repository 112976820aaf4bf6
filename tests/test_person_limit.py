"""How many letters a person may write in an hour: counted, told, waited for."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import AccountEmailCommon
from .races import RaceCase

THREADS = 6
LIMIT = 3


@tagged("post_install", "-at_install")
class TestPersonLimitAtOnce(RaceCase):
    """Documents of their own, so that nothing but the limit stands between them."""

    def test_many_at_once_are_counted_one_by_one(self):
        moves = self._create_moves(THREADS)
        with self._committed() as env:
            settings = env["account.email.settings"].browse(self.settings_id)
            settings.limit_user_per_hour = LIMIT

        def send(env, move_id):
            move = env["account.move"].browse(move_id)
            return move.with_company(self.company_id)._email_documents().id

        with (
            patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 100),
            patch("odoo.service.model.time.sleep", lambda seconds: None),
        ):
            outcomes = self._race(
                *(lambda env, move_id=move_id: send(env, move_id) for move_id in moves),
                allowed=UserError,
            )
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), THREADS - LIMIT, outcomes)
        with self._committed() as env:
            rows = env["account.email.dispatch"].search([("res_id", "in", moves)])
            self.assertEqual(len(rows), LIMIT)


@tagged("post_install", "-at_install")
class TestPersonLimit(AccountEmailCommon):
    def setUp(self):
        super().setUp()
        self.settings = self._create_settings(limit_user_per_hour=2)

    def _send(self, user=None):
        move = self._create_move()
        return move.with_user(user or self.bookkeeper)._email_documents()

    def _reply(self, user):
        move = self._create_move()
        move.with_user(user).message_post(
            body="Hello",
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        return self.env["account.email.dispatch"].search([("res_id", "=", move.id)])

    def test_a_person_is_told_when_it_goes_on(self):
        first, _second = self._send(), self._send()
        with self.assertRaisesRegex(UserError, r"allows each person \(2\)\. It goes"):
            self._send()
        # Each person for herself.
        self.assertEqual(self._send(self.manager).state, "queued")
        self.env.cr.execute(
            "UPDATE account_email_dispatch SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(minutes=61), first.id),
        )
        self.env.invalidate_all()
        self.assertTrue(self._send())
        with self.assertRaises(UserError):
            self._send()
        self.settings.limit_user_per_hour = 0
        self.assertTrue(self._send())

    def test_what_core_sends_is_counted_too(self):
        self._send()
        self.assertEqual(len(self._reply(self.bookkeeper)), 1)
        with self.assertRaisesRegex(UserError, "It goes on at"):
            self._reply(self.bookkeeper)
        with self.assertRaises(UserError):
            self._send()

    def test_more_at_once_than_ever_allowed(self):
        rows = self.env["account.email.dispatch"].with_user(self.bookkeeper)
        partner = self.bookkeeper.partner_id
        with self.assertRaisesRegex(UserError, "3 emails at once"):
            rows._limit_person(self.company, partner, 3)
        self.assertTrue(rows._limit_person(self.company, partner, 2))

    def test_a_cron_in_her_name_waits_in_the_queue(self):
        root = self.env.ref("base.user_root")
        author = self.bookkeeper.partner_id
        rows = self.env["account.email.dispatch"]
        for _number in range(3):
            move = self._create_move().with_user(root)
            move.message_post(
                body="Hello",
                author_id=author.id,
                partner_ids=self.customer.ids,
                subtype_xmlid="mail.mt_comment",
            )
            rows |= rows.search([("res_id", "=", move.id)])
        self.assertEqual(rows.user_id, self.bookkeeper)
        late = rows.filtered("next_try_at")
        self.assertEqual(len(late), 1)
        self.assertGreater(
            late.next_try_at, fields.Datetime.now() + timedelta(minutes=59)
        )
        with self.assertRaises(UserError):
            self._send()

    def test_a_batch_waits_and_goes_on(self):
        moves = self.env["account.move"].union(
            *(self._create_move() for _number in range(3))
        )
        action = moves.with_user(self.bookkeeper).action_email_documents()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        batch = batch.with_user(self.bookkeeper)
        batch.action_start()
        self._prepare()
        self.assertEqual(sorted(batch.line_ids.mapped("state")), [*PREPARED, "waiting"])
        self.assertEqual(batch.state, "running")
        self.assertRegex(batch.queue_problem, "The rest goes on at .* by itself")
        self.assertGreaterEqual(batch.expected_end_at, batch.waits_until)
        cron = self.env.ref("account_email.ir_cron_prepare_batches")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(batch.waits_until, triggers.mapped("call_at"))
        with freeze_time(batch.waits_until + timedelta(minutes=1)):
            self._prepare()
        self.assertEqual(batch.state, "done")
        self.assertEqual(batch.line_ids.mapped("state"), [*PREPARED, "prepared"])

    def _prepare(self):
        with patch.object(IrCron, "_commit_progress", return_value=float("inf")):
            self.env["account.email.batch"].sudo()._cron_prepare()

    def test_the_manager_sees_and_a_bookkeeper_changes_nothing(self):
        self._send()
        self._send(self.manager)
        settings = self.settings.with_user(self.manager)
        for text in (settings.people_last_hour, settings.people_last_day):
            self.assertIn(f"{self.bookkeeper.name}: 1", text)
            self.assertIn(f"{self.manager.name}: 1", text)
        for values in ({"limit_user_per_hour": 0}, {"limit_user_per_hour": 1000}):
            with self.assertRaises(AccessError):
                self.settings.with_user(self.bookkeeper).write(values)
        with self.assertRaises(AccessError):
            self.settings.with_user(self._create_stranger()).limit_user_per_hour = 0
        settings.limit_user_per_hour = 7
        view = self.env["account.email.dispatch"].get_view(view_type="search")
        self.assertIn("last_hour", view["arch"])
        self.assertIn("group_user", view["arch"])
        rows = self.env["account.email.dispatch"].search(
            [("create_date", ">", "-1H"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(rows.user_id, self.bookkeeper | self.manager)

    def test_letters_of_another_company_are_its_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.bookkeeper.company_ids = [Command.link(other.id)]
        self._send()
        self._send()
        limit = self.env["account.email.dispatch"].with_user(self.bookkeeper)
        self.assertEqual(limit._limit_person(other, self.bookkeeper.partner_id, 5), {})


PREPARED = ["prepared", "prepared"]
