from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestBatch(AccountEmailCommon):
    def _open(self, records):
        action = records.with_user(self.bookkeeper).action_email_documents()
        return self.env[action["res_model"]].browse(action["res_id"])

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
        self.assertTrue(lines[sent.id].is_sent)
        self.assertFalse(lines[sent.id].selected)
        self.assertEqual((batch.ready_count, batch.held_count), (1, 4))

    def test_sends_what_is_ticked(self):
        self._create_settings()
        moves = self._create_move() | self._create_move()
        bill = self._create_move("in_invoice")
        batch = self._open(moves | bill).with_user(self.bookkeeper)
        self.assertFalse(batch.notice)
        batch.line_ids.filtered(lambda line: line.res_id == bill.id).selected = True
        self.assertIn("1 vendor documents", batch.notice)
        batch.action_send()
        dispatches = self.env["account.email.dispatch"].search([])
        self.assertEqual(set(dispatches.mapped("res_id")), {*moves.ids, bill.id})

    def test_nothing_ticked(self):
        self._create_settings()
        bills = self._create_move("in_invoice") | self._create_move("in_refund")
        with self.assertRaisesRegex(UserError, "Tick at least one"):
            self._open(bills).with_user(self.bookkeeper).action_send()

    def test_one_document_opens_its_letter(self):
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        action = move.action_email_documents()
        self.assertEqual(action["res_model"], "mail.compose.message")
