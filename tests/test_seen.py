import io
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..pdf.fonts import Family
from .common import AccountEmailCommon
from .servers import smtp_server

THAI = "บริษัท ตัวอย่าง"


@tagged("post_install", "-at_install")
class TestSeen(AccountEmailCommon):
    """The bytes that were looked at are those that leave, and what is wrong with them
    is told before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        port, cls.box = cls.enterClassContext(smtp_server())
        cls.settings = cls._create_settings(smtp_port=port, pdf_engine="reportlab")

    def setUp(self):
        super().setUp()
        self.box.letters.clear()

    def _compose(self, record):
        action = record.with_user(self.bookkeeper).action_email_document()
        return Form(
            self.env["mail.compose.message"]
            .with_user(self.bookkeeper)
            .with_context(**action["context"]),
            view="account_email.mail_compose_message_view_form",
        )

    def _deliver(self):
        self.env.invalidate_all()
        self._deliver_all()
        return [
            [part.get_content() for part in message.iter_attachments()]
            for _from, _to, message in self.box.letters
        ]

    def _create_file(self, move, **values):
        return self.env["ir.attachment"].create(
            {"name": "x.txt", "res_model": move._name, "res_id": move.id, **values}
        )

    def _lose(self, attachment):
        path = Path(attachment._full_path(attachment.store_fname))
        aside = path.rename(path.with_suffix(".lost"))
        self.addCleanup(aside.rename, path)
        self.env.invalidate_all()

    def _without_fonts(self, script=THAI):
        """As on a machine without a font for a script."""
        find = Family.fallback
        return patch.object(
            Family,
            "fallback",
            lambda family, char, weight: (
                None if char in script else find(family, char, weight)
            ),
        )

    # ------------------------------------------------------------
    # The preview
    # ------------------------------------------------------------

    def test_bytes_of_the_preview_leave(self):
        payment = self.env["account.payment"].create(
            {"partner_id": self.vendor.id, "amount": 10, "payment_type": "outbound"}
        )
        payment.action_post()
        for record in (self._create_move("in_invoice"), payment):
            with self.subTest(record=record):
                self.box.letters.clear()
                composer = self._compose(record).save()
                seen = composer.document_pdf_id.raw
                # Drawn again it would be another one, as by wkhtmltopdf.
                with patch.object(
                    type(record), "_render_email_pdf", return_value=b"%PDF-another"
                ):
                    composer.action_send_mail()
                self.assertEqual(self._deliver(), [[seen]])

    def test_pages_of_the_preview_become_the_legal_pdf(self):
        move = self._create_move()
        composer = self._compose(move).save()
        seen = composer.document_pdf_id.raw
        composer.action_send_mail()
        ((sent, *_others),) = self._deliver()
        self.assertEqual(sent, move.invoice_pdf_report_id.raw)
        texts = [PdfReader(io.BytesIO(b)).pages[0].extract_text() for b in (seen, sent)]
        self.assertEqual(*texts)

    def test_a_document_changed_meanwhile_is_looked_at_again(self):
        bill = self._create_move("in_invoice")
        composer = self._compose(bill).save()
        bill.ref = "ANOTHER-REF"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET write_date = %s WHERE id = %s",
            [fields.Datetime.now() + timedelta(minutes=1), bill.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "was changed since"):
            composer.action_send_mail()

    def test_a_write_that_changes_no_page_is_no_change(self):
        bill = self._create_move("in_invoice")
        composer = self._compose(bill).save()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET write_date = %s WHERE id = %s",
            [fields.Datetime.now() + timedelta(minutes=1), bill.id],
        )
        self.env.invalidate_all()
        composer.action_send_mail()
        self.assertEqual(len(self._deliver()), 1)

    def test_the_preview_has_the_logo(self):
        """A form asks for sizes instead of pictures."""
        bill = self._create_move("in_invoice")
        seen = self._compose(bill).save().document_pdf_id.raw
        self.assertEqual(seen, bill._render_email_pdf())

    def test_no_other_file_is_sent_as_the_document(self):
        move, other = self._create_move(), self._create_move()
        preview = other.with_user(self.bookkeeper)._get_email_preview()
        own = self._create_file(move, raw=preview.raw, mimetype="application/pdf")
        for file in (preview, own):
            with self.subTest(file=file):
                composer = self._compose(move).save()
                composer.document_pdf_id = file
                with self.assertRaises(UserError):
                    composer.action_send_mail()
        self.assertFalse(move.invoice_pdf_report_id)

    def test_a_preview_that_was_written_over_is_none(self):
        move = self._create_move()
        composer = self._compose(move).save()
        composer.document_pdf_id.sudo().raw = b"%PDF-1.4 forged"
        with self.assertRaisesRegex(UserError, "no longer kept"):
            composer.action_send_mail()

    # ------------------------------------------------------------
    # The legal PDF
    # ------------------------------------------------------------

    def test_a_legal_pdf_that_was_changed_is_told(self):
        move = self._create_move()
        move._generate_legal_pdf()
        self.assertFalse(move._get_email_notice())
        move.invoice_pdf_report_id.raw = b"%PDF-1.4 forged"
        self.env.invalidate_all()
        self.assertIn("no longer the one", move._get_email_notice())
        line = self.env["account.email.batch.line"]._prepare_values(move)
        self.assertFalse(line["selected"])

    def test_a_legal_pdf_that_was_made_again_is_right(self):
        move = self._create_move()
        move._generate_legal_pdf()
        move.button_draft()
        move.ref = "changed"
        move.action_post()
        move._generate_legal_pdf()
        self.assertFalse(move._get_email_notice())

    def test_a_legal_pdf_that_is_gone_never_leaves_empty(self):
        move = self._create_move()
        move._generate_legal_pdf()
        self._lose(move.invoice_pdf_report_id)
        self.assertIn("no longer on the server", move._get_email_notice())
        with self.assertRaisesRegex(UserError, "no longer on the server"):
            move.with_user(self.bookkeeper)._email_documents()

    # ------------------------------------------------------------
    # Other files
    # ------------------------------------------------------------

    def test_files_that_cannot_go_along_are_told_before(self):
        move = self._create_move()
        gone = self._create_file(move, name="gone.txt", raw=b"gone indeed")
        files = {
            "is a link": self._create_file(
                move, name="l.txt", type="url", url="https://x.example/l.txt"
            ),
            "is an empty file": self._create_file(move, name="e.txt", raw=b""),
            "no longer on the server": gone,
        }
        self._lose(gone)
        for words, file in files.items():
            with self.subTest(words=words):
                form = self._compose(move)
                form.document_file_ids.add(file)
                self.assertIn(words, form.file_notice)
                self.assertIn(file.name, form.file_notice)
                with self.assertRaisesRegex(UserError, words):
                    form.save().action_send_mail()
        self.assertEqual(self._deliver(), [])

    def test_a_file_that_can_go_along_does(self):
        move = self._create_move()
        file = self._create_file(move, raw=b"whole")
        form = self._compose(move)
        form.document_file_ids.add(file)
        self.assertFalse(form.file_notice)
        form.save().action_send_mail()
        ((_pdf, *others),) = self._deliver()
        self.assertEqual([text.strip() for text in others], ["whole"])

    # ------------------------------------------------------------
    # Letters that no font has
    # ------------------------------------------------------------

    def test_letters_without_a_font_are_told_and_a_batch_holds_them(self):
        self.customer.name = THAI
        move = self._create_move()
        with self._without_fonts():
            form = self._compose(move)
            self.assertIn("ง", form.letters_notice)
            self.assertIn("fonts-noto-core", form.letters_notice)
            with self.assertRaisesRegex(UserError, "fonts-noto-core"):
                move.with_user(self.bookkeeper)._email_documents()

    def test_letters_with_a_font_are_no_matter(self):
        form = self._compose(self._create_move())
        self.assertEqual(form.letters_notice, False)

    def test_company_without_a_font_does_not_blame_wkhtmltopdf(self):
        self.company.write({"name": THAI, "vat": False, "email": False, "phone": False})
        self.company.company_details = self.company.report_header = False
        self.company.report_footer = False
        move = self._create_move()
        with self._without_fonts():
            form = self._compose(move)
            self.assertIn("fonts-noto-core", form.letters_notice)
            content = move._render_email_pdf()
            fault = self.env["ir.actions.report"]._find_pdf_fault(content, move)
        self.assertNotIn("wkhtmltopdf", fault)
        self.assertIn("fonts-noto-core", fault)

    # ------------------------------------------------------------
    # The scan of a bill
    # ------------------------------------------------------------

    def test_our_pdf_is_no_scan(self):
        bill = self._create_move("in_invoice")
        self._compose(bill).save().action_send_mail()
        self.assertFalse(bill.message_main_attachment_id)
        scan = self._create_file(bill, name="scan.pdf", raw=b"%PDF-1.4 scan")
        scan.mimetype = "application/pdf"
        bill.message_main_attachment_id = scan
        self.assertEqual(len(self._deliver()), 1)
        self.assertEqual(bill.message_main_attachment_id, scan)
