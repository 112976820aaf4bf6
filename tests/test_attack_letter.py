"""What people may not do with a letter, whatever they write over RPC."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestAttackLetter(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_settings()
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.move = cls._create_move()

    def _compose(self, user, **values):
        return (
            self.env["mail.compose.message"]
            .with_user(user)
            .create(
                {
                    "is_document_email": True,
                    "model": "account.move",
                    "res_ids": repr(self.move.ids),
                    "composition_mode": "comment",
                    **values,
                }
            )
        )

    def test_composer_draws_no_document_that_one_may_not_read(self):
        before = self.env["ir.attachment"].sudo().search([])
        for user in (self.employee, self._create_stranger()):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._compose(user).read(["document_pdf_id", "partner_ids"])
                made = self.env["ir.attachment"].sudo().search([]) - before
                self.assertFalse(made.filtered(lambda a: a.name.endswith(".pdf")))

    def test_composer_refuses_what_is_no_document(self):
        for model in ("res.users", "ir.config_parameter", "no.such.model"):
            with self.subTest(model=model), self.assertRaises(UserError):
                self._compose(self.bookkeeper, model=model, res_ids="[1]").read(
                    ["document_pdf_id"]
                )

    def test_somebody_elses_files_do_not_go_along(self):
        secret = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"private"})
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_uid = 1 WHERE id = %s", [secret.id]
        )
        self.env.invalidate_all()
        for name in ("document_file_ids", "attachment_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                composer = self._compose(
                    self.bookkeeper, **{name: [Command.set(secret.ids)]}
                )
                # As a computation for the screen would have left it.
                self.assertEqual(secret.sudo().raw, b"private")
                composer.action_send_mail()

    def test_sending_needs_the_right_to_write(self):
        auditor = self._create_user("auditor", "account.group_account_readonly")
        for method in ("action_email_document", "action_email_documents"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.move.with_user(auditor), method)()
        two = self.move | self._create_move()
        with self.assertRaises(AccessError):
            two.with_user(auditor).action_email_documents()


@tagged("post_install", "-at_install")
class TestAttackBatch(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_settings()
        cls.moves = cls._create_move() | cls._create_move()

    def _open(self, user):
        action = self.moves.with_user(user).action_email_documents()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        return batch.with_user(user)

    def test_nobody_adds_a_line_to_a_batch(self):
        """It would be sent with the rights of the batch's maker."""
        batch = self._open(self.manager)
        values = {
            "batch_id": batch.id,
            "res_model": "account.move",
            "res_id": self.moves[0].id,
            "selected": True,
        }
        for user in (self.bookkeeper, self.manager):
            with self.subTest(user=user.login):
                lines = self.env["account.email.batch.line"].with_user(user)
                with self.assertRaises(AccessError):
                    lines.create(values)
                with self.assertRaises(AccessError):
                    self.env["account.email.batch"].with_user(user).create({})
        with self.assertRaises(AccessError):
            batch.line_ids = [Command.create(values)]
        self.assertEqual(len(batch.line_ids), 2)

    def test_a_line_can_only_be_ticked(self):
        mine, other = self._open(self.bookkeeper), self._open(self.manager)
        line = mine.line_ids[0]
        stolen = {
            "batch_id": other.id,
            "res_model": "res.users",
            "res_id": 1,
            "partner_id": self.vendor.id,
            "state": "prepared",
            "dispatch_id": False,
            "problem": "",
        }
        for name, value in stolen.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                line.write({name: value})
        with self.assertRaises(AccessError):
            mine.line_ids = [Command.link(other.line_ids[0].id)]
        line.selected = False
        self.assertEqual(mine.selected_count, 1)

    def test_status_and_company_are_not_written_by_hand(self):
        batch = self._open(self.bookkeeper)
        for values in ({"state": "running"}, {"company_id": self.company.id}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                batch.write(values)

    def test_others_batches_stay_theirs(self):
        batch = self._open(self.manager)
        for method in ("action_start", "action_pause", "action_cancel", "action_open"):
            with (
                self.subTest(method=method),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                getattr(batch.with_user(self.bookkeeper), method)()
        Batch = self.env["account.email.batch"].with_user(self.bookkeeper)
        self.assertFalse(Batch.search_count([]))
        self.assertFalse(Batch.line_ids.search_count([]))

    def test_defaults_in_the_context_make_nothing_up(self):
        tricks = {"default_state": "done", "default_selected": False}
        moves = self.moves.with_context(**tricks).with_user(self.bookkeeper)
        batch = self.env["account.email.batch"].browse(
            moves.action_email_documents()["res_id"]
        )
        self.assertEqual(batch.state, "draft")


@tagged("post_install", "-at_install")
class TestAttackContext(AccountEmailCommon):
    def test_defaults_do_not_forge_the_log(self):
        self._create_settings()
        forged = {
            "default_state": "sent",
            "default_sent_at": "2020-01-01 00:00:00",
            "default_remaining": "thief@example.org",
            "default_server_text": "250 OK",
            "default_email_to": "thief@example.org",
        }
        move = self._create_move().with_user(self.bookkeeper)
        (dispatch,) = move.with_context(**forged)._email_documents().sudo()
        self.assertEqual(dispatch.state, "queued")
        for name in ("sent_at", "remaining", "server_text"):
            self.assertFalse(dispatch[name])
        letter = dispatch._prepare_letter()
        self.assertEqual(letter.recipients, ["blue@example.net"])

    def test_our_own_context_keys_are_not_for_sale(self):
        """A mail marked as ours without a row in the queue would never leave."""
        contact = self.customer.with_context(account_email_road=True)
        message = contact.message_post(
            body="Hello", partner_ids=self.vendor.ids, message_type="comment"
        )
        self.assertTrue(message.sudo().mail_ids)
        self.assertNotIn("dispatched", message.sudo().mail_ids.mapped("state"))

    def test_a_letter_draft_can_not_come_over_the_wire(self):
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        move.message_post(
            body="Hello",
            partner_ids=self.vendor.ids,
            letter_draft={"to_ids": [1], "cc_ids": [], "dispatch_values": {}},
        )
        dispatch = self.env["account.email.dispatch"].search([])
        self.assertEqual(dispatch.recipients, "mill@example.net")
