from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import AccountEmailCommon
from .servers import smtp_server


@tagged("post_install", "-at_install")
class TestBatch(AccountEmailCommon):
    def _open(self, records):
        action = records.with_user(self.bookkeeper).action_email_documents()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        return batch.with_user(self.bookkeeper)

    def _prepare(self):
        with patch.object(IrCron, "_commit_progress", return_value=float("inf")):
            self.env["account.email.batch"].sudo()._cron_prepare()

    def _tick(self, batch, record):
        batch.line_ids.filtered(lambda line: line.res_id == record.id).selected = True

    def test_says_what_goes_and_what_stays(self):
        self._create_settings()
        ready = self._create_move()
        draft = self._create_move(post=False)
        silent = self._create_partner(name="Silent")
        mute = self._create_move(partner_id=silent.id)
        bill = self._create_move("in_invoice")
        sent = self._create_move()
        sent.with_user(self.bookkeeper)._email_documents()
        batch = self._open(ready | draft | mute | bill | sent)
        lines = {line.res_id: line for line in batch.line_ids}
        self.assertTrue(lines[ready.id].selected)
        for move, word in ((draft, "confirm it first"), (mute, "No valid email")):
            self.assertFalse(lines[move.id].selected)
            self.assertIn(word, lines[move.id].problem)
        self.assertFalse(lines[bill.id].selected)
        self.assertFalse(lines[bill.id].problem)
        self.assertTrue(lines[sent.id].sent_before_at)
        self.assertFalse(lines[sent.id].selected)
        self.assertEqual((batch.selected_count, batch.held_count), (1, 4))

    def test_sends_what_is_ticked(self):
        moves = self._create_move() | self._create_move()
        bill = self._create_move("in_invoice")
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            batch = self._open(moves | bill)
            self.assertFalse(batch.notice)
            self._tick(batch, bill)
            self.assertIn("ticked: 1", batch.notice)
            batch.action_start()
            self.assertEqual((batch.waiting_count, batch.state), (3, "running"))
            self.assertTrue(batch.expected_end_at)
            self._prepare()
            self.assertEqual((batch.prepared_count, batch.state), (3, "done"))
            self._deliver_all()
            self.assertEqual(batch.sent_count, 3)
        self.assertEqual(len(box.letters), 3)
        dispatches = batch.line_ids.dispatch_id
        self.assertEqual(set(dispatches.mapped("res_id")), {*moves.ids, bill.id})
        self.assertEqual(dispatches.user_id, self.bookkeeper)

    def test_one_broken_document_stops_nobody(self):
        self._create_settings()
        good, bad = self._create_move(), self._create_move()
        batch = self._open(good | bad)
        bad.button_draft()
        batch.action_start()
        self._prepare()
        lines = {line.res_id: line for line in batch.line_ids}
        self.assertEqual(lines[good.id].state, "prepared")
        self.assertEqual(lines[bad.id].state, "failed")
        self.assertIn("confirm it first", lines[bad.id].problem)
        self.assertEqual(batch.failed_count, 1)

    def test_pause_go_on_and_keep_back(self):
        self._create_settings()
        batch = self._open(self._create_move() | self._create_move())
        batch.action_start()
        batch.action_pause()
        self._prepare()
        self.assertEqual(batch.waiting_count, 2)
        batch.action_resume()
        self._prepare()
        self.assertEqual(batch.prepared_count, 2)
        batch.action_cancel()
        self.assertEqual(set(batch.line_ids.dispatch_id.mapped("state")), {"cancelled"})

    def test_runs_in_the_name_of_its_maker(self):
        self._create_settings()
        auditor = self._create_user("auditor", "account.group_account_readonly")
        batch = self._open(self._create_move() | self._create_move())
        batch.action_start()
        with self.assertRaises(AccessError):
            batch.with_user(auditor).read(["state"])
        with self.assertRaises(AccessError):
            batch.write({"create_uid": self.manager.id})
        self.assertEqual(batch.create_uid, self.bookkeeper)

    def test_nothing_ticked(self):
        self._create_settings()
        bills = self._create_move("in_invoice") | self._create_move("in_refund")
        with self.assertRaisesRegex(UserError, "Tick at least one"):
            self._open(bills).action_start()

    def test_one_document_opens_its_letter(self):
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        action = move.action_email_documents()
        self.assertEqual(action["res_model"], "mail.compose.message")

    def test_a_manager_pauses_and_stops_anybodys(self):
        self._create_settings()
        batch = self._open(self._create_move() | self._create_move())
        batch.action_start()
        theirs = batch.with_user(self.manager)
        theirs.action_pause()
        self._prepare()
        self.assertEqual((batch.state, batch.waiting_count), ("paused", 2))
        theirs.action_resume()
        self._prepare()
        self.assertEqual(batch.prepared_count, 2)
        theirs.action_cancel()
        self.assertEqual((batch.state, batch.stopped_count), ("cancelled", 2))
        # What is ticked is sent in its maker's name.
        with self.assertRaises(AccessError):
            theirs.line_ids[0].selected = False
        draft = self._open(self._create_move() | self._create_move())
        with self.assertRaises(AccessError):
            draft.with_user(self.manager).action_start()
        draft.with_user(self.manager).action_resume()
        self.assertEqual(draft.state, "draft")
        with self.assertRaises(AccessError):
            batch.with_user(self._create_stranger()).action_pause()

    def test_buttons_stand_on_the_page_and_lead_back(self):
        self._create_settings()
        moves = self._create_move() | self._create_move() | self._create_move()
        batch = self._open(moves)
        started = batch.action_start()
        view = batch.get_view(view_type="form")["arch"]
        header = view[view.index("<header") : view.index("</header>")]
        for method in ("action_pause", "action_resume", "action_cancel"):
            self.assertIn(f'name="{method}"', header)
        self.assertFalse(batch.action_pause(), "a page stays where it is")
        dialog = batch.with_context(**started["context"])
        for method in ("action_resume", "action_pause", "action_cancel"):
            with self.subTest(method=method):
                action = getattr(dialog, method)()
                self.assertEqual(
                    (action["res_model"], action["res_id"]), (batch._name, batch.id)
                )
        for word in (*moves.mapped("name")[:2], "1 more", str(batch.create_date.year)):
            self.assertIn(word, batch.name)

    def test_what_was_perhaps_sent_is_never_ticked(self):
        self._create_settings()
        for state in ("queued", "sending", "sent", "partly", "unknown"):
            with self.subTest(state=state):
                move = self._create_move()
                row = move.with_user(self.bookkeeper)._email_documents().sudo()
                row.state = state
                batch = self._open(move | self._create_move())
                line = batch.line_ids.filtered(lambda r, move=move: r.res_id == move.id)
                self.assertFalse(line.selected)
                self.assertIn(self.bookkeeper.name, line.standing_notice)
                # Ticked on purpose it goes out once more.
                line.selected = True
                batch.action_start()
                self._prepare()
                self.assertEqual(line.state, "prepared")
                self.assertNotEqual(line.dispatch_id, row)

    def test_failed_and_bounced_are_ticked(self):
        self._create_settings()
        for state in ("failed", "bounced", "cancelled"):
            with self.subTest(state=state):
                move = self._create_move()
                row = move.with_user(self.bookkeeper)._email_documents().sudo()
                row.state = state
                batch = self._open(move | self._create_move())
                self.assertEqual(batch.selected_count, 2)

    def test_each_outcome_has_its_place(self):
        self._create_settings()
        batch = self._open(self._create_move() | self._create_move())
        batch.action_start()
        self._prepare()
        row = batch.sudo().line_ids[0].dispatch_id
        for state, _label in row._fields["state"].selection:
            with self.subTest(state=state):
                row.state = state
                batch.invalidate_recordset()
                parts = ("sent", "failed", "stopped", "prepared", "waiting")
                counts = [batch[f"{part}_count"] for part in parts]
                self.assertEqual(sum(counts), 2)
