import io

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import Form, tagged

from .common import AccountEmailCommon
from .servers import smtp_server

MOVE_TYPES = (
    "out_invoice",
    "out_refund",
    "out_receipt",
    "in_invoice",
    "in_refund",
    "in_receipt",
)


def pdf_text(content):
    return "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
    )


@tagged("post_install", "-at_install")
class TestEmailDocument(AccountEmailCommon):
    def _open_composer(self, record, user=None):
        record = record.with_user(user or self.bookkeeper)
        action = record.action_email_document()
        return Form(
            self.env["mail.compose.message"]
            .with_user(user or self.bookkeeper)
            .with_context(**action["context"]),
            view="account_email.mail_compose_message_view_form",
        )

    def _send(self, form):
        form.save().action_send_mail()
        return self.env["account.email.dispatch"].search([], limit=1)

    def test_every_kind_of_document_arrives_with_its_pdf(self):
        for move_type in MOVE_TYPES:
            with self.subTest(move_type=move_type), smtp_server() as (port, box):
                settings = self._create_settings(smtp_port=port)
                move = self._create_move(move_type)
                dispatch = self._send(self._open_composer(move))
                self.assertEqual(dispatch.state, "queued")
                self.assertEqual(
                    (dispatch.res_model, dispatch.res_id), (move._name, move.id)
                )
                self._deliver_all()
                self.assertEqual(dispatch.state, "sent")
                ((mail_from, recipients, message),) = box.letters
                self.assertEqual(mail_from, "billing@example.com")
                self.assertEqual(recipients, [move.partner_id.email])
                self.assertIn(self.company.name, message["From"])
                self.assertIn(move.partner_id.name, message["To"])
                self.assertIsNone(message["Reply-To"])
                self.assertIsNone(message["Return-Path"])
                self.assertEqual(message["Message-ID"], dispatch.message_id)
                pdf = next(message.iter_attachments())
                self.assertEqual(pdf.get_content_type(), "application/pdf")
                text = pdf_text(pdf.get_content())
                for word in (move.name, move.partner_id.name, "124.50"):
                    self.assertIn(word, text)
                settings.unlink()

    def test_letter_is_in_the_partners_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.ref("account_email.mail_template_out_invoice").with_context(
            lang="fr_FR"
        ).subject = "Facture {{ object.name }}"
        self.customer.lang = "fr_FR"
        self._create_settings()
        form = self._open_composer(self._create_move())
        self.assertTrue(form.subject.startswith("Facture"), form.subject)

    def test_one_letter_to_all_with_cc_copy_and_reply_to(self):
        second = self._create_partner(name="Second", email="two@example.net")
        third = self._create_partner(name="Third", email="three@example.net")
        with smtp_server() as (port, box):
            self._create_settings(
                smtp_port=port,
                send_copy=True,
                copy_address="archive@example.com",
                use_reply_to=True,
                reply_to="replies@example.com, office@example.com",
            )
            form = self._open_composer(self._create_move())
            form.partner_ids.add(second)
            form.cc_partner_ids.add(third)
            self._send(form)
            self._deliver_all()
        ((_from, recipients, message),) = box.letters
        self.assertEqual(
            sorted(recipients),
            sorted(
                [
                    "archive@example.com",
                    "blue@example.net",
                    "three@example.net",
                    "two@example.net",
                ]
            ),
        )
        self.assertIn("two@example.net", message["To"])
        self.assertIn("three@example.net", message["Cc"])
        self.assertNotIn("archive@example.com", str(message.items()))
        self.assertEqual(message["Reply-To"], "replies@example.com, office@example.com")

    def test_copy_address_that_is_a_recipient_gets_one_letter(self):
        with smtp_server() as (port, box):
            self._create_settings(
                smtp_port=port, send_copy=True, copy_address="Blue@example.net"
            )
            self._create_move().with_user(self.bookkeeper)._email_documents()
            self._deliver_all()
        self.assertEqual(box.letters[0][1], ["blue@example.net"])

    def test_other_files_go_along_when_ticked(self):
        move = self._create_move()
        wanted, unwanted = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": b"text",
                    "res_model": move._name,
                    "res_id": move.id,
                }
                for name in ("terms.txt", "internal.txt")
            ]
        )
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            form = self._open_composer(move)
            composer = form.save()
            self.assertEqual(composer.available_file_ids, wanted | unwanted)
            composer.document_file_ids = wanted
            composer.action_send_mail()
            # What was ticked goes along, even if it is deleted meanwhile.
            wanted.unlink()
            self._deliver_all()
        names = [part.get_filename() for part in box.letters[0][2].iter_attachments()]
        self.assertEqual(len(names), 2)
        self.assertIn("terms.txt", names)

    def test_customers_get_the_legal_pdf_and_again_the_same(self):
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        form = self._open_composer(move)
        composer = form.save()
        self.assertFalse(move.invoice_pdf_report_id, "looking stores nothing")
        composer.action_send_mail()
        legal = move.invoice_pdf_report_id
        self.assertTrue(legal)
        self.assertFalse(move.is_move_sent, "it only waits")
        dispatches = move._email_documents(again=True)
        dispatches |= move._email_documents(again=True)
        self.assertEqual(len(dispatches), 2)
        self.assertEqual(move.invoice_pdf_report_id, legal)
        for attachment in dispatches.sudo().mail_message_id.attachment_ids:
            self.assertEqual(attachment.checksum, legal.checksum)
            self.assertEqual(attachment.res_model, "mail.message")

    def test_chatter_shows_letter_and_state(self):
        with smtp_server() as (port, _box):
            self._create_settings(smtp_port=port)
            move = self._create_move()
            dispatch = self._send(self._open_composer(move))
            message = dispatch.sudo().mail_message_id
            self.assertIn(message, move.message_ids)
            self.assertEqual(message.partner_ids, self.customer)
            notification = message.notification_ids
            self.assertEqual(notification.notification_status, "ready")
            self._deliver_all()
            self.assertEqual(notification.notification_status, "sent")
        self.assertEqual(move.email_dispatch_state, "sent")

    def test_payment_receipt(self):
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            payment = self.env["account.payment"].create(
                {
                    "partner_id": self.customer.id,
                    "amount": 77.0,
                    "payment_type": "inbound",
                    "partner_type": "customer",
                }
            )
            payment.action_post()
            payment.with_user(self.bookkeeper)._email_documents()
            self._deliver_all()
        pdf = next(box.letters[0][2].iter_attachments())
        self.assertIn("77.00", pdf_text(pdf.get_content()))

    def test_button_is_there_only_when_it_works(self):
        draft = self._create_move(post=False)
        posted = self._create_move()
        entry = self._create_move("entry", post=False, invoice_line_ids=[], ref=False)
        self.assertFalse(posted.can_be_emailed, "no settings")
        settings = self._create_settings(state="draft")
        for state, expected in (("draft", False), ("active", True), ("paused", False)):
            with self.subTest(state=state):
                settings.sudo().state = state
                (posted | draft | entry).invalidate_recordset()
                self.assertEqual(posted.can_be_emailed, expected)
                self.assertFalse(draft.can_be_emailed)
                self.assertFalse(entry.can_be_emailed)

    def test_click_is_refused_with_a_sentence_and_a_link(self):
        move = self._create_move()
        with self.assertRaisesRegex(RedirectWarning, "has no email settings"):
            move.with_user(self.manager).action_email_document()
        with self.assertRaisesRegex(UserError, "has no email settings"):
            move.with_user(self.bookkeeper).action_email_document()
        settings = self._create_settings()
        composer = self._open_composer(move).save()
        settings.sudo().state = "paused"
        with self.assertRaisesRegex(UserError, "paused"):
            composer.action_send_mail()
        self.assertFalse(self.env["account.email.dispatch"].search([]))

    def test_nothing_is_said_of_a_letter_that_is_not_there(self):
        """No text is a record: what has no letter yet has no notice of one."""
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        composer = self._open_composer(move).save()
        for record in (move, composer):
            for name, field in record._fields.items():
                if field.type in ("char", "text") and field._module == "account_email":
                    with self.subTest(model=record._name, field=name):
                        self.assertNotRegex(record[name] or "", r"\w\.\w+\(")
        self.assertFalse(composer.standing_notice or move.email_status)

    def test_other_company_is_refused(self):
        self._create_settings()
        other = self.setup_other_company()
        move = self.init_invoice(
            "out_invoice", amounts=[100], post=True, company=other["company"]
        )
        self.manager.company_ids |= other["company"]
        mine = move.with_user(self.manager).with_company(self.company)
        with self.assertRaisesRegex(RedirectWarning, other["company"].name):
            mine.action_email_document()

    def test_partner_without_address_is_named(self):
        self._create_settings()
        self.customer.email = False
        move = self._create_move().with_user(self.bookkeeper)
        with self.assertRaisesRegex(UserError, "Blue Lagoon has no valid email"):
            move._email_documents()

    def test_the_contact_for_invoices_comes_first(self):
        self._create_settings()
        company = self._create_partner(name="Company", is_company=True, email=False)
        invoices = self._create_partner(
            name="Books",
            parent_id=company.id,
            type="invoice",
            email="books@example.net",
        )
        person = self._create_partner(
            name="Anna", parent_id=company.id, email="anna@example.net"
        )
        silent = self._create_partner(name="Ben", parent_id=company.id, email=False)
        for partner, expected in (
            (company, invoices),
            (invoices, invoices),
            (person, person),
            (silent, invoices),
            (self.customer, self.customer),
        ):
            with self.subTest(partner=partner.name):
                move = self._create_move(partner_id=partner.id)
                self.assertEqual(move._get_email_partners(), expected)
        company.email = "office@example.net"
        move = self._create_move(partner_id=company.id)
        self.assertEqual(move._email_documents().partner_id, invoices)
        invoices.active = False
        self.assertEqual(move._get_email_partners(), company)

    def test_vendor_is_told_about_once(self):
        self._create_settings()
        bill = self._open_composer(self._create_move("in_invoice")).save()
        self.assertIn("Paper Mill", bill.document_notice)
        invoice = self._open_composer(self._create_move()).save()
        self.assertFalse(invoice.document_notice)

    def test_core_composer_is_left_alone(self):
        move = self._create_move()
        composer = Form(
            self.env["mail.compose.message"].with_context(
                default_model=move._name, default_res_ids=move.ids
            )
        )
        composer.subject = "Hello"
        composer.partner_ids.add(self.customer)
        composer.save().action_send_mail()
        self.assertFalse(self.env["account.email.dispatch"].search([]))
        mail = self.env["mail.mail"].search([], limit=1)
        self.assertNotEqual(mail.state, "dispatched")

    def test_recipients_can_be_given(self):
        self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        other = self._create_partner(name="Other", email="o@example.net")
        dispatch = move._email_documents(to_ids=(other.id,), subject="Second notice")
        self.assertEqual(dispatch.recipients, "o@example.net")
        self.assertEqual(dispatch.subject, "Second notice")
        self.assertIn(
            Command.link(other.id)[1], dispatch.sudo().mail_id.recipient_ids.ids
        )
