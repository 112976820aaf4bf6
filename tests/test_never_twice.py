"""Never twice, also side by side: counted at the mail server."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged

from .races import RaceCase


@tagged("post_install", "-at_install")
class TestNeverTwice(RaceCase):
    def _open_composer(self, move_id):
        """As the web client does: one request opens it, another one sends it."""
        with self._committed(self.clerk_id) as env:
            action = env["account.move"].browse(move_id).action_email_document()
            composer = env["mail.compose.message"].with_context(**action["context"])
            return composer.create({}).id

    def _send(self, composer_id):
        return lambda env: (
            env["mail.compose.message"].browse(composer_id).action_send_mail()
        )

    def _open_batch(self, move_ids):
        with self._committed(self.clerk_id) as env:
            action = env["account.move"].browse(move_ids).action_email_documents()
            batch = env["account.email.batch"].browse(action["res_id"])
            batch.line_ids.selected = True
            return batch.id

    def _start(self, batch_id):
        with self._committed(self.clerk_id) as env:
            env["account.email.batch"].browse(batch_id).action_start()

    def _prepare_batches(self, env):
        """A worker of the batches' cron."""
        env(user=1)["account.email.batch"]._cron_prepare()

    def _read(self, model, record_id, name):
        with self._committed() as env:
            return env[model].browse(record_id).mapped(name)

    def test_twelve_presses_of_one_composer(self):
        (move_id,) = self._create_moves(1)
        send = self._send(self._open_composer(move_id))
        outcomes = self._race(*[send] * 12)
        self.assertEqual(self._count_letters(move_id), 1)
        quiet = [outcome for outcome in outcomes if isinstance(outcome, dict)]
        self.assertEqual({action["type"] for action in quiet}, {"ir.actions.client"})

    def test_two_composers_over_one_document(self):
        (move_id,) = self._create_moves(1)
        first, second = self._open_composer(move_id), self._open_composer(move_id)
        outcomes = self._race(self._send(first), self._send(second))
        self.assertEqual(self._count_letters(move_id), 1)
        (held,) = [a for a in outcomes if a["type"] == "ir.actions.act_window"]
        notice = self._read(held["res_model"], held["res_id"], "standing_notice")
        self.assertIn("race_clerk", notice[0])
        # Now that she was told, she may press once more.
        self._race(self._send(held["res_id"]))
        self.assertEqual(self._count_letters(move_id), 2)

    def test_double_click_on_an_old_screen_sends_nothing(self):
        (move_id,) = self._create_moves(1)
        first, second = self._open_composer(move_id), self._open_composer(move_id)
        self._race(self._send(first))

        def press(env):
            env = env(context={"account_email_seen": 0})
            return self._send(second)(env)

        self._race(press, press)
        self.assertEqual(self._count_letters(move_id), 1)

    def test_workers_over_batches_of_the_same_documents(self):
        move_ids = self._create_moves(3)
        batch_ids = [self._open_batch(ids) for ids in (move_ids, move_ids[::-1]) * 2]
        for batch_id in batch_ids:
            self._start(batch_id)
        self._race(*[self._prepare_batches] * 4)
        self._race(self._prepare_batches)
        for move_id in move_ids:
            self.assertEqual(self._count_letters(move_id), 1)
        states = self._read("account.email.batch", batch_ids, "line_ids.state")
        self.assertEqual(sorted(states), ["held"] * 9 + ["prepared"] * 3)
        problems = self._read("account.email.batch", batch_ids, "line_ids.problem")
        self.assertEqual(sum("race_clerk" in str(text) for text in problems), 9)
        self.assertEqual(
            self._read("account.email.batch", batch_ids, "state"), ["done"] * 4
        )

    def test_jobs_over_batches_of_the_same_documents(self):
        move_ids = self._create_moves(2)
        jobs = []
        for batch_id in [self._open_batch(move_ids) for _number in range(3)]:
            self._start(batch_id)
            line_ids = self._read("account.email.batch", batch_id, "line_ids.id")
            jobs.append(partial(self._run_job, batch_id, line_ids))
        self._race(*jobs)
        for move_id in move_ids:
            self.assertEqual(self._count_letters(move_id), 1)

    def _run_job(self, batch_id, line_ids, env):
        env["account.email.batch"].browse(batch_id)._prepare_chunk(line_ids)

    def test_running_batch_and_the_button(self):
        move_ids = self._create_moves(2)
        send = self._send(self._open_composer(move_ids[0]))
        self._start(self._open_batch(move_ids))
        self._race(self._prepare_batches, send)
        self._race(self._prepare_batches)
        for move_id in move_ids:
            self.assertEqual(self._count_letters(move_id), 1)

    def test_code_that_calls_at_once_and_again(self):
        (move_id,) = self._create_moves(1)

        def email(env, **values):
            return env["account.move"].browse(move_id)._email_documents(**values).id

        first, *others = set(self._race(*[email] * 3))
        self.assertFalse(others, "each got the one letter")
        self._race(email)
        self.assertEqual(self._count_letters(move_id), 1)
        self._race(partial(email, again=True))
        self.assertEqual(self._count_letters(move_id), 2)

    def test_old_letter_and_new_letter(self):
        """Send again on a letter that failed, while somebody writes a new one."""
        (move_id,) = self._create_moves(1)
        self._race(self._send(self._open_composer(move_id)))
        with self._committed() as env:
            row = env["account.email.dispatch"].search([("res_id", "=", move_id)])
            row.state = "failed"
        new = self._send(self._open_composer(move_id))
        retries = [lambda env: env[row._name].browse(row.id).action_retry()] * 2
        self._race(*retries, new, allowed=UserError)
        self.assertEqual(self._count_letters(move_id), 1)

    def test_one_run_of_a_settings_test(self):
        with self._committed() as env:
            group = env.ref("account.group_account_manager")
            env["res.users"].browse(self.clerk_id).group_ids += group
        with self._committed(self.clerk_id) as env:
            settings = env["account.email.settings"].browse(self.settings_id)
            test_id = settings.action_test()["res_id"]

        def run(env):
            env["account.email.settings.test"].browse(test_id).action_run()

        outcomes = self._race(*[run] * 8, allowed=UserError)
        self.assertEqual(len(self.box.letters), 1)
        self.assertEqual(outcomes.count(None), 1)

    def _open_core_wizard(self, move_id):
        with self._committed(self.clerk_id) as env:
            wizards = env["account.move.send.wizard"].with_context(
                active_model="account.move", active_ids=[move_id]
            )
            return wizards.create({"sending_methods": ["email"]}).id

    def _core_send(self, wizard_id):
        return lambda env: (
            env["account.move.send.wizard"].browse(wizard_id).action_send_and_print()
            and None
        )

    def test_cores_send_and_our_button(self):
        (move_id,) = self._create_moves(1, "out_invoice")
        core = [self._core_send(self._open_core_wizard(move_id)) for _number in (1, 2)]
        ours = self._send(self._open_composer(move_id))
        self._race(*core, ours, allowed=UserError)
        self.assertEqual(self._count_letters(move_id), 1)
        # Opened now, it tells of the first letter, and may send a second one.
        wizard_id = self._open_core_wizard(move_id)
        alerts = self._read("account.move.send.wizard", wizard_id, "alerts")[0]
        self.assertIn("race_clerk", alerts["account_email_standing"]["message"])
        self._race(self._core_send(wizard_id))
        self.assertEqual(self._count_letters(move_id), 2)

    def test_cores_cron_and_our_button(self):
        move_ids = self._create_moves(2, "out_invoice")
        with self._committed(self.clerk_id) as env:
            wizards = env["account.move.send.batch.wizard"]
            wizard = wizards.create({"move_ids": move_ids})
            wizard.action_send_and_print()
        self._race(self._send(self._open_composer(move_ids[0])))
        with self._committed() as env:
            env["account.move"]._cron_account_move_send()
        for move_id in move_ids:
            self.assertEqual(self._count_letters(move_id), 1)
        self.assertFalse(any(self._read("account.move", move_ids, "sending_data")))

    def test_chatter_is_no_letter(self):
        (move_id,) = self._create_moves(1)
        with self._committed(self.clerk_id) as env:
            env["account.move"].browse(move_id).message_post(
                body="Hello",
                partner_ids=[self.partner_id],
                subtype_xmlid="mail.mt_comment",
            )
        self._race(self._send(self._open_composer(move_id)))
        self.assertEqual(self._count_letters(move_id), 2)
