import errno
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_attachment import IrAttachment

from ..transport import TransportError
from .common import AccountEmailCommon
from .servers import smtp_server

LETTER_LOGGER = "odoo.addons.account_email.models.account_email_dispatch_letter"


@tagged("post_install", "-at_install")
class TestHeld(AccountEmailCommon):
    """What leaves is what was written, whole; asserted at the server that takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(mute_logger("odoo.addons.base.models.ir_attachment"))
        port, cls.box = cls.enterClassContext(smtp_server())
        cls.settings = cls._create_settings(smtp_port=port)

    def setUp(self):
        super().setUp()
        self.box.letters.clear()

    def _create_dispatch(self, **values):
        move = self._create_move(**values).with_user(self.bookkeeper)
        return move._email_documents().sudo()

    def _get_pdf(self, row):
        return row.mail_message_id.attachment_ids.ensure_one()

    def _lose(self, attachment):
        """Take the file out of the filestore, as a disk or a careless hand would."""
        path = Path(attachment._full_path(attachment.store_fname))
        aside = path.rename(path.with_suffix(".lost"))
        self.addCleanup(aside.rename, path)

    def _assert_held(self, row, cause, state="failed"):
        self.env.invalidate_all()
        self._deliver_all()
        self.assertEqual(
            (row.state, row.failure_kind, row.failure_cause), (state, "held", cause)
        )
        self.assertEqual(self.box.letters, [])
        self.assertFalse(row.server_text)
        self.assertNotIn("%(", row.failure_cure)
        self.assertNotIn("spam", row.failure_cure)

    def _assert_waits(self, row, cause):
        self.assertEqual(
            (row.state, row.failure_kind, row.failure_cause), ("queued", "own", cause)
        )
        self.assertGreater(row.next_try_at, fields.Datetime.now())
        self.assertEqual(row.attempt_count, 0, "the server never heard of it")
        self.assertEqual(self.settings.state, "active")
        self.assertNotIn("spam", row.failure_cure)

    def _leave_now(self, row):
        row.next_try_at = False
        self.env.invalidate_all()
        self._deliver_all()
        self.assertEqual(row.state, "sent")
        self.assertEqual(len(self.box.letters), 1)

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def test_whole_letter_leaves(self):
        row = self._create_dispatch()
        content = self._get_pdf(row).raw
        self._deliver_all()
        ((_sender, _to, message),) = self.box.letters
        (pdf,) = message.iter_attachments()
        self.assertEqual(pdf.get_content(), content)
        self.assertTrue(content)

    def test_file_gone_from_the_filestore(self):
        row = self._create_dispatch()
        self._lose(self._get_pdf(row))
        self._assert_held(row, "file_missing")
        self.assertIn(self._get_pdf(row).name, row.failure_cure)

    def test_file_deleted(self):
        row = self._create_dispatch()
        self._get_pdf(row).unlink()
        self._assert_held(row, "file_missing")

    def test_file_written_over(self):
        row = self._create_dispatch()
        self._get_pdf(row).raw = b"%PDF-1.4 another"
        self._assert_held(row, "file_changed")

    def test_file_added(self):
        row = self._create_dispatch()
        extra = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"x"})
        row.mail_message_id.attachment_ids += extra
        self._assert_held(row, "file_changed")

    def test_file_of_an_older_version_is_not_sent_empty(self):
        row = self._create_dispatch()
        row.files = False
        self._lose(self._get_pdf(row))
        self._assert_held(row, "file_missing")

    def test_file_of_an_older_version_leaves(self):
        row = self._create_dispatch()
        row.files = False
        self._deliver_all()
        self.assertEqual(row.state, "sent")

    def test_no_filestore_at_all(self):
        row = self._create_dispatch()
        with patch.object(IrAttachment, "_filestore", return_value="/nowhere/at/all"):
            self.env.invalidate_all()
            self._deliver_all()
            self._assert_waits(row, "filestore_gone")
        self._leave_now(row)

    def test_message_deleted(self):
        row = self._create_dispatch()
        row.mail_message_id.unlink()
        self._assert_held(row, "letter_gone")

    def test_contact_without_address(self):
        row = self._create_dispatch()
        self.customer.email = False
        self._assert_held(row, "address_gone")
        self.assertIn("Blue Lagoon", row.failure_cure)
        self.customer.email = "blue@example.net"
        row.with_user(self.bookkeeper).action_retry()
        self._leave_now(row)

    def test_contact_deleted(self):
        row = self._create_dispatch()
        row.mail_id.recipient_ids = False
        self._assert_held(row, "address_gone")

    def test_archive_alone_is_nobody(self):
        self.settings.write({"send_copy": True, "copy_address": "copy@example.com"})
        row = self._create_dispatch()
        self.customer.email = False
        self._assert_held(row, "address_gone")

    # ------------------------------------------------------------
    # Document
    # ------------------------------------------------------------

    def test_document_taken_back(self):
        for method in ("button_draft", "button_cancel"):
            with self.subTest(method=method):
                row = self._create_dispatch()
                move = self.env["account.move"].browse(row.res_id)
                if method == "button_cancel":
                    move.button_draft()
                getattr(move, method)()
                self._assert_held(row, "document_changed", "cancelled")

    def test_document_taken_back_and_confirmed_again(self):
        row = self._create_dispatch()
        move = self.env["account.move"].browse(row.res_id)
        move.with_user(self.bookkeeper).button_draft()
        self.assertEqual(row.state, "cancelled", "at once")
        self.assertIn("reset to draft", row.failure_cure)
        move.with_user(self.bookkeeper).action_post()
        self._assert_held(row, "document_changed", "cancelled")

    def test_document_deleted(self):
        row = self._create_dispatch(move_type="in_invoice")
        move = self.env["account.move"].browse(row.res_id)
        move.button_draft()
        move.with_context(force_delete=True).unlink()
        row.write({"state": "queued"})
        self._assert_held(row, "document_gone", "cancelled")

    def test_message_about_a_document_taken_back_leaves(self):
        move = self._create_move()
        move.message_post(
            body="We cancel it",
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        move.button_draft()
        self._deliver_all()
        self.assertEqual(len(self.box.letters), 1)

    # ------------------------------------------------------------
    # Our own trouble
    # ------------------------------------------------------------

    def test_own_trouble_waits(self):
        matrix = [
            (MemoryError(), "memory_full"),
            (OSError(errno.ENOSPC, "no space"), "disk_full"),
            (OSError(errno.EMFILE, "too many"), "files_open"),
            (OSError(errno.EIO, "input/output"), "disk_broken"),
            (psycopg2.errors.SerializationFailure(), "database"),
            (psycopg2.OperationalError("gone"), "database"),
            (ValueError("a template's data"), "letter_unready"),
        ]
        for exc, cause in matrix:
            with self.subTest(cause=cause, exc=exc):
                self.box.letters.clear()
                row, other = self._create_dispatch(), self._create_dispatch()
                mail = row.mail_id
                Mail = type(mail)
                build = Mail._build_letter

                def broken(record, settings, *, mail=mail, exc=exc, build=build):
                    if record == mail:
                        raise exc
                    return build(record, settings)

                with (
                    patch.object(Mail, "_build_letter", broken),
                    mute_logger(LETTER_LOGGER),
                ):
                    self._deliver_all()
                    self.assertEqual(other.state, "sent", "one blocks no other")
                    self._assert_waits(row, cause)
                self.box.letters.clear()
                self._leave_now(row)

    def test_own_trouble_waits_longer_each_time_and_never_too_long(self):
        row = self._create_dispatch()
        waits = []
        for _number in range(8):
            row._record(TransportError("own", "disk_full"))
            waits.append((row.next_try_at - fields.Datetime.now()).total_seconds())
        self.assertEqual(row.state, "queued")
        self.assertLess(waits[0], 120)
        self.assertGreater(waits[1], waits[0])
        self.assertLess(max(waits), 2 * 3600)

    def test_a_letter_that_is_broken_itself_ends(self):
        row = self._create_dispatch()
        self.settings.retry_hours = 0
        row._record(TransportError("own", "letter_unready"))
        self.assertEqual((row.state, row.failure_cause), ("failed", "letter_broken"))
        other = self._create_dispatch()
        other._record(TransportError("own", "disk_full"))
        self.assertEqual(other.state, "queued", "a full disk is not its fault")
