"""What is said of a letter is what the mail server really took."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..transport import Receipt, Refusal, TransportError
from .common import AccountEmailCommon
from .servers import Mailbox, smtp_server

NO_SUCH_USER = "550 5.1.1 no such user"
COPY = "archive@example.com"


class Choosy(Mailbox):
    """Refuses the addresses it is told, each with its own words."""

    def __init__(self, **refusals):
        super().__init__()
        self.refusals = {f"{name}@example.net": v for name, v in refusals.items()}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"


class TruthCase(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_partner(name="Other", email="other@example.net")
        cls.third = cls._create_partner(name="Third", email="third@example.net")

    def _serve(self, **refusals):
        port, self.box = self.enterContext(smtp_server(Choosy(**refusals)))
        return self._create_settings(smtp_port=port, send_copy=True, copy_address=COPY)

    def _email(self, **values):
        self.move = self._create_move().with_user(self.bookkeeper)
        return self.move._email_documents(**values).sudo()

    def _deliver(self, row):
        row.next_try_at = False
        row._get_settings().paused_until = False
        self._deliver_all()
        self.env.invalidate_all()

    def _get_taken(self):
        """:return: whom the server took letters for, letter by letter"""
        return [sorted(recipients) for _from, recipients, _m in self.box.letters]

    def _get_statuses(self, row):
        return {
            notification.res_partner_id: notification.notification_status
            for notification in row.mail_message_id.notification_ids
        }


@tagged("post_install", "-at_install")
class TestSentMeansTo(TruthCase):
    def test_the_copy_alone_is_no_success(self):
        self._serve(blue=NO_SUCH_USER)
        row = self._email()
        self._deliver(row)
        self.assertEqual(row.state, "failed")
        self.assertEqual(row.failure_cause, "recipient_unknown")
        self.assertIn("no such user", row.server_text)
        self.assertIn("does not exist", self.move.email_status)
        self.assertIn("no such user", self.move.email_status)
        self.assertFalse(self.move.is_move_sent)
        self.assertEqual(
            self._get_taken(), [], "nobody is told what the customer is not"
        )
        self.assertEqual(self._get_statuses(row), {self.customer: "exception"})

    def test_cure_names_the_address_it_went_to(self):
        self._serve(blue=NO_SUCH_USER)
        row = self._email()
        self._deliver(row)
        self.customer.email = "green@example.net"
        self.move.action_retry_email()
        self._deliver(row)
        self.assertEqual(row.state, "sent")
        self.assertEqual(row.recipients, "green@example.net")
        # The newest first.
        self.assertEqual(
            row.attempt_ids.mapped("recipients"),
            [f"green@example.net, {COPY}", f"blue@example.net, {COPY}"],
        )
        self.assertEqual(self._get_taken(), [[COPY, "green@example.net"]])
        self.assertTrue(self.move.is_move_sent)
        self.assertEqual(self._get_statuses(row), {self.customer: "sent"})

    def test_some_refused_is_partly_and_goes_on_to_those_alone(self):
        settings = self._serve(blue=NO_SUCH_USER)
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self._deliver(row)
        self.assertEqual((row.state, row.refused), ("partly", "blue@example.net"))
        self.assertEqual(row.failure_cause, "recipient_unknown")
        self.assertIn("refused for blue@example.net", self.move.email_status)
        self.assertTrue(self.move.is_move_sent)
        self.assertFalse(settings.copy_refused)
        statuses = {self.customer: "exception", self.other: "sent"}
        self.assertEqual(self._get_statuses(row), statuses)
        # Somebody who has it already moves: no second letter for that.
        self.other.email = "moved@example.net"
        self.customer.email = "green@example.net"
        self.move.action_retry_email()
        self.assertEqual(row.remaining, "blue@example.net")
        self._deliver(row)
        self.assertEqual(row.state, "sent")
        self.assertFalse(row.refused or row.failure_kind or row.remaining)
        self.assertEqual(
            self._get_taken(), [[COPY, "other@example.net"], ["green@example.net"]]
        )
        self.assertEqual(set(self._get_statuses(row).values()), {"sent"})

    def test_some_refused_again_stays_partly(self):
        self._serve(blue=NO_SUCH_USER)
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self._deliver(row)
        self.move.action_retry_email()
        self._deliver(row)
        self.assertEqual(row.state, "partly")
        self.assertEqual(len(self.box.letters), 1)
        self.assertTrue(self.move.is_move_sent)

    def test_each_refusal_keeps_its_own_words(self):
        self._serve(blue=NO_SUCH_USER, other="552 5.2.2 mailbox full")
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self._deliver(row)
        self.assertEqual(row.state, "failed")
        texts = {place["address"]: place["text"] for place in row.envelope}
        self.assertIn("no such user", texts["blue@example.net"])
        self.assertIn("mailbox full", texts["other@example.net"])

    def test_refused_cc_is_told_and_no_failure(self):
        self._serve(third=NO_SUCH_USER)
        row = self._email(cc_ids=tuple(self.third.ids))
        self._deliver(row)
        self.assertEqual((row.state, row.refused), ("sent", "third@example.net"))
        self.assertIn("third@example.net", self.move.email_status)
        statuses = {self.customer: "sent", self.third: "exception"}
        self.assertEqual(self._get_statuses(row), statuses)

    def test_refused_copy_is_a_warning_of_the_settings(self):
        settings = self._serve()
        self.box.refusals[COPY] = "550 5.7.1 archive closed"
        row = self._email()
        self._deliver(row)
        self.assertEqual(row.state, "sent")
        self.assertFalse(row.refused)
        self.assertIn("archive closed", settings.copy_refused)
        self.box.refusals.clear()
        self._deliver(self._email())
        self.assertFalse(settings.copy_refused)

    def test_later_for_some_is_asked_again_for_those(self):
        self._serve(blue="450 4.7.1 greylisted, try later")
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self._deliver(row)
        self.assertEqual((row.state, row.remaining), ("queued", "blue@example.net"))
        self.assertFalse(self.move.is_move_sent)
        self.box.refusals.clear()
        self._deliver(row)
        self.assertEqual(row.state, "sent")
        self.assertEqual(
            self._get_taken(), [[COPY, "other@example.net"], ["blue@example.net"]]
        )

    def test_later_for_too_long_is_partly(self):
        self._serve(blue="450 4.7.1 greylisted, try later")
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self.env.cr.execute(
            "UPDATE account_email_dispatch SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=30), row.id],
        )
        row.invalidate_recordset()
        self._deliver(row)
        self.assertEqual(row.state, "partly")

    def test_later_for_a_copy_does_not_hide_that_it_was_sent(self):
        self._serve(third="450 4.7.1 greylisted, try later")
        row = self._email(cc_ids=tuple(self.third.ids))
        self._deliver(row)
        self.assertEqual(row.state, "queued")
        self.assertTrue(row.sent_at and self.move.is_move_sent)
        row.with_user(self.bookkeeper).action_cancel()
        self.assertEqual(row.state, "sent")

    def test_kept_back_in_the_middle_is_partly(self):
        self._serve(blue="450 4.7.1 greylisted, try later")
        row = self._email(to_ids=(self.customer.id, self.other.id))
        self._deliver(row)
        row.with_user(self.bookkeeper).action_cancel()
        self.assertEqual(row.state, "partly")

    def test_what_a_provider_does_not_tell_is_unknown(self):
        self._serve()
        row = self._email(to_ids=(self.customer.id, self.other.id))
        addresses = ("blue@example.net", "other@example.net", COPY)
        row._prepare_letter()
        row._record(Receipt((), reply="200 1 of 3 accepted", unknown=addresses))
        self.assertEqual(row.state, "unknown")
        self.assertFalse(self.move.is_move_sent)
        self.move.action_confirm_email()
        self.assertEqual(row.state, "sent")
        self.assertTrue(self.move.is_move_sent)

    def test_refusals_of_an_unclear_answer_stay_refusals(self):
        self._serve()
        row = self._email(to_ids=(self.customer.id, self.other.id))
        row._prepare_letter()
        error = TransportError("recipient", "recipient_unknown")
        refused = (Refusal("blue@example.net", error),)
        receipt = Receipt((COPY,), refused, unknown=("other@example.net",))
        row._record(receipt)
        self.assertEqual(row.state, "unknown")
        self.move.action_confirm_email()
        self.assertEqual(row.state, "partly")

    def test_letters_of_former_versions_go_on(self):
        self._serve()
        row = self._email(to_ids=(self.customer.id, self.other.id))
        row.remaining = "other@example.net"
        self._deliver(row)
        self.assertEqual(self._get_taken(), [["other@example.net"]])
        self.assertEqual(row.state, "sent")


@tagged("post_install", "-at_install")
class TestMarks(TruthCase):
    OUTCOMES = (
        (Receipt(("blue@example.net",)), "sent", True),
        (TransportError("transient", "greylisted"), "queued", False),
        (TransportError("auth", "login_refused"), "queued", False),
        (TransportError("content", "too_big"), "failed", False),
        (TransportError("recipient", "recipient_unknown"), "failed", False),
        (TransportError("unknown", "lost_after_data"), "unknown", False),
        (TransportError("held", "document_gone"), "cancelled", False),
    )

    def test_cores_marks_follow_the_log(self):
        settings = self._create_settings()
        for outcome, state, is_sent in self.OUTCOMES:
            with self.subTest(outcome=outcome):
                row = self._email()
                self.assertFalse(self.move.is_move_sent, "it only waits")
                row._prepare_letter()
                row._record(outcome)
                self.assertEqual(row.state, state)
                self.assertEqual(self.move.is_move_sent, is_sent)
                sent = self.env["account.move"].search(
                    [("move_sent_values", "=", "sent"), ("id", "=", self.move.id)]
                )
                self.assertEqual(bool(sent), is_sent)
                settings._resume()

    def test_cores_send_waits_for_the_log(self):
        self._serve()
        move = self._create_move()
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model=move._name, active_ids=move.ids
        )
        wizard.create({"sending_methods": ["email"]}).action_send_and_print()
        self.assertTrue(move.invoice_pdf_report_id)
        self.assertFalse(move.is_move_sent)
        self._deliver_all()
        self.assertTrue(move.is_move_sent)

    def test_cores_other_roads_and_older_marks_stay(self):
        self._serve(blue=NO_SUCH_USER)
        move = self._create_move()
        self.env["account.move.send"].with_context(
            force_report_rendering=True
        )._generate_and_send_invoices(move, sending_methods={"manual"})
        self.assertTrue(move.is_move_sent)
        row = move.with_user(self.bookkeeper)._email_documents().sudo()
        self.assertTrue(move.is_move_sent)
        self._deliver(row)
        self.assertEqual(row.state, "failed")
        self.assertTrue(move.is_move_sent, "handed over by hand before")

    def test_waiting_is_told_and_can_be_hurried(self):
        settings = self._serve(blue="450 4.7.1 greylisted, try later")
        row = self._email()
        self._deliver(row)
        self.assertTrue(self.move.email_waits)
        self.assertIn("next try at", self.move.email_status)
        settings.sudo()._pause_for(
            TransportError("auth", "login_refused", step="login")
        )
        self.env.invalidate_all()
        self.assertIn("paused", self.move.email_status)
        with self.assertRaisesRegex(UserError, "paused"):
            self.move.action_send_email_now()
        settings._resume()
        self.box.refusals.clear()
        self.move.action_send_email_now()
        self._deliver_all()
        self.assertEqual(row.state, "sent")
