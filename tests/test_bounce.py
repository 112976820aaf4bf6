"""Letters that came back: by Odoo's own mail gateway, as a server would send them."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..transport import TransportError
from .test_truth import COPY, TruthCase

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: billing@example.com
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

{blocks}
--b
Content-Type: message/rfc822

Message-ID: {message_id}
From: billing@example.com
Subject: Invoice

Hello
--b--
"""
BLOCK = """\
Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {text}

"""
GONE = "550 5.1.1 <x>: user unknown; see <script>alert(1)</script>"
# Some servers send nothing that a machine could read.
PLAIN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: billing@example.com
Subject: Mail delivery failed
Message-ID: <plain@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; boundary="b"
References: {message_id}

--b
Content-Type: text/plain

550 mailbox unavailable

--b
Content-Type: message/rfc822

Message-ID: {message_id}

--b--
"""


@tagged("post_install", "-at_install")
class TestBounce(TruthCase):
    def _send(self, **values):
        self._serve()
        row = self._email(**values)
        self._deliver(row)
        self.assertEqual(row.state, "sent")
        return row

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def _bounce(self, row, *addresses, action="failed", status="5.1.1", text=GONE):
        blocks = "".join(
            BLOCK.format(address=a, action=action, status=status, text=text)
            for a in addresses
        )
        report = REPORT.format(number=1, blocks=blocks, message_id=row.message_id)
        self.env["mail.thread"].message_process(False, report)
        self.env.invalidate_all()

    def test_bounced_with_words_and_cure(self):
        row = self._send()
        self.assertTrue(self.move.is_move_sent)
        self._bounce(row, "Blue@example.net")
        self.assertEqual((row.state, row.refused), ("bounced", "blue@example.net"))
        self.assertEqual(row.failure_cause, "recipient_unknown")
        self.assertIn("user unknown", row.server_text)
        self.assertIn("came back from blue@example.net", self.move.email_status)
        self.assertFalse(self.move.is_move_sent or row.sent_at)
        self.assertEqual(self._get_statuses(row), {self.customer: "bounce"})
        reasons = row.mail_message_id.notification_ids.mapped("failure_reason")
        self.assertNotIn("user unknown", str(reasons), "every employee may read it")
        self.assertEqual(len(row.attempt_ids), 2)

    def test_cured_and_sent_again(self):
        row = self._send()
        self._bounce(row, "blue@example.net")
        self.customer.email = "green@example.net"
        self.move.action_retry_email()
        self._deliver(row)
        self.assertEqual((row.state, row.recipients), ("sent", "green@example.net"))
        self.assertEqual(
            self._get_taken(),
            [["archive@example.com", "blue@example.net"]] + [["green@example.net"]],
        )
        self.assertTrue(self.move.is_move_sent)

    def test_one_of_two_is_partly(self):
        row = self._send(to_ids=(self.customer.id, self.other.id))
        self._bounce(row, "other@example.net")
        self.assertEqual((row.state, row.refused), ("partly", "other@example.net"))
        self.assertTrue(self.move.is_move_sent)
        statuses = {self.customer: "sent", self.other: "bounce"}
        self.assertEqual(self._get_statuses(row), statuses)
        self._bounce(row, "blue@example.net")
        self.assertEqual(row.state, "bounced")
        self.assertFalse(self.move.is_move_sent)

    def test_cc_and_copy_never_make_a_failure(self):
        row = self._send(cc_ids=(self.third.id,))
        self._bounce(row, "third@example.net")
        self.assertEqual((row.state, row.refused), ("sent", "third@example.net"))
        self._bounce(row, COPY)
        self.assertEqual(row.state, "sent")
        self.assertIn("user unknown", row._get_settings().copy_refused)

    def test_late_is_not_lost(self):
        row = self._send()
        text = "451 4.4.1 not reached yet, will try again"
        self._bounce(
            row, "blue@example.net", action="delayed", status="4.4.1", text=text
        )
        self.assertEqual(row.state, "sent")
        self.assertEqual(self._get_statuses(row), {self.customer: "sent"})

    def test_given_up_at_last_is_no_matter_of_patience(self):
        row = self._send()
        text = "451 4.4.1 connection timed out"
        self._bounce(row, "blue@example.net", status="4.4.7", text=text)
        self.assertEqual((row.state, row.failure_kind), ("bounced", "recipient"))

    def test_forwarded_address_is_the_only_one(self):
        row = self._send()
        self._bounce(row, "somebody@elsewhere.example")
        self.assertEqual(row.state, "bounced")

    def test_nobody_knows_which_of_two(self):
        row = self._send(to_ids=(self.customer.id, self.other.id))
        self._bounce(row, "somebody@elsewhere.example")
        self.assertEqual(row.state, "unknown")
        self.assertFalse(self.move.is_move_sent)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_without_a_part_for_machines(self):
        row = self._send()
        report = PLAIN.format(message_id=row.message_id)
        self.env["mail.thread"].message_process(False, report)
        self.env.invalidate_all()
        self.assertEqual(row.state, "bounced")
        self.assertIn("mailbox unavailable", row.server_text)

    def test_of_somebody_elses_letter(self):
        row = self._send()
        other = self._email()
        self._bounce(other, "blue@example.net")
        self.assertEqual(row.state, "sent")

    def test_told_by_the_provider_at_a_later_attempt(self):
        self._serve()
        words = "You tried to send to inactive recipients: blue@example.net."
        said = ("marked as inactive", "Recipient is suppressed", words, "hard bounce")
        for text in said:
            with self.subTest(text=text):
                row = self._email()
                row._prepare_letter()
                row._record(
                    TransportError("recipient", "recipient_refused", server_text=text)
                )
                self.assertEqual(row.state, "bounced")
                self.assertEqual(row.failure_cause, "suppressed")
                self.assertIn(text, self.move.email_status)
        row = self._email()
        row._prepare_letter()
        row._record(TransportError("recipient", "mailbox_full", server_text="552"))
        self.assertEqual(row.state, "failed")
