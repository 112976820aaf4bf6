import socketserver
import threading
from contextlib import contextmanager

from odoo.tests import tagged

from ..transport import Receipt, Refusal, TransportError
from .common import AccountEmailCommon
from .queue_common import QueueCase
from .servers import HOST, Mailbox

LETTERS = 12


class Refuser(Mailbox):
    """Says ``words`` at one ``verb``; ``%d`` in them counts, as queue ids do."""

    def __init__(self, verb, words):
        super().__init__()
        self.verb, self.words, self.count = verb, words, 0

    def _answer(self, verb):
        if verb != self.verb:
            return None
        self.count += 1
        return self.words % self.count if "%" in self.words else self.words

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        envelope.mail_from = address
        return self._answer("MAIL") or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        envelope.rcpt_tos.append(address)
        return self._answer("RCPT") or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        return self._answer("DATA") or await super().handle_DATA(
            server, session, envelope
        )


@contextmanager
def talker(answer):
    """Yield ``(port, connections)`` of a server that says what ``answer(line)`` gives,
    the greeting for ``b""``, and hangs up at None."""
    connections = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            connections.append(self.client_address)
            line = b""
            while (said := answer(line)) is not None:
                self.wfile.write(said + b"\r\n")
                line = self.rfile.readline()
                if not line:
                    return

    server = socketserver.ThreadingTCPServer((HOST, 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], connections
    finally:
        server.shutdown()
        server.server_close()


def no_service(line):
    return None if line else b"554 no SMTP service for you"


def no_login_now(line):
    if line[:4].upper() == b"EHLO":
        return b"250-x\r\n250 AUTH PLAIN"
    if line[:4].upper() == b"AUTH":
        return b"454 4.7.0 Temporary authentication failure"
    return b"221 bye" if line else b"220 x"


@tagged("post_install", "-at_install")
class TestAlikeSideBySide(QueueCase):
    """Two workers meet what every letter would meet: none of the letters is lost."""

    def _get_settings_state(self):
        with self.environment() as env:
            settings = env["res.company"].browse(self.company_id).email_settings_id
            return settings.state, settings.failure_cause, bool(settings.paused_until)

    def _drain(self, box, **settings_values):
        self.fill(LETTERS, box, **settings_values)
        for _number in range(2):
            self.start_worker()
        self.wait_until(lambda: self._get_settings_state()[1])
        self.wait_until(lambda: "sending" not in self.get_states())

    def _check_all_wait(self, *expected):
        self.assertEqual(set(self.get_states()), {"queued"})
        self.assertEqual(self._get_settings_state(), expected)

    def test_the_sender_is_refused(self):
        # Postfix keeps what it has against the sender until it hears of a recipient.
        box = Refuser("RCPT", "553 5.7.1 Sender address rejected: not owned by user")
        self._drain(box)
        self._check_all_wait("paused", "sender_denied", False)
        self.assertLessEqual(box.count, 4)

    def test_a_limit_of_the_account(self):
        box = Refuser("RCPT", "550 5.7.1 Hourly limit of emails exceeded")
        self._drain(box)
        self._check_all_wait("active", "rate", True)
        self.assertLessEqual(box.count, 4)

    def test_one_cause_for_a_whole_batch(self):
        box = Refuser("DATA", "554 5.6.0 we take no such thing (id 4F2A%d)")
        self._drain(box)
        self._check_all_wait("paused", "refused_alike", False)
        self.assertLessEqual(box.count, 5)

    def test_no_service(self):
        with talker(no_service) as (port, connections):
            self._drain(Mailbox(), smtp_port=port)
            self._check_all_wait("paused", "greeting_refused", False)
            self.assertLessEqual(len(connections), 4)

    def test_no_login_for_now(self):
        with talker(no_login_now) as (port, connections):
            self._drain(
                Mailbox(),
                smtp_port=port,
                username="office",
                password="secret",
                accept_plain_password=True,
            )
            self._check_all_wait("active", "login_temporary", True)
            self.assertLessEqual(len(connections), 4)


@tagged("post_install", "-at_install")
class TestAlike(AccountEmailCommon):
    def setUp(self):
        super().setUp()
        self.settings = self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        self.rows = move._email_documents().sudo()
        for _number in range(5):
            self.rows |= (
                self._create_move().with_user(self.bookkeeper)._email_documents().sudo()
            )

    def _refuse(self, row, text="5.6.0 no <%s> today", code=554, **values):
        values = {"step": "delivery", "code": code, "server_text": text} | values
        row.write({"state": "sending"})
        row._record(TransportError("content", "content_refused", **values))

    def test_the_third_in_a_row_asks_and_revives_the_first_two(self):
        first, second, third, *others = self.rows
        self._refuse(first)
        self._refuse(second, text="5.6.0 no <b@example.net> today")
        self.assertEqual((first.state, second.state), ("failed", "failed"))
        self.assertEqual(self.settings.state, "active")
        self._refuse(third, text="5.6.0 no <c@example.net> today")
        self.assertEqual(set(self.rows.mapped("state")), {"queued"})
        self.assertEqual(self.settings.state, "paused")
        self.assertEqual(self.settings.failure_cause, "refused_alike")
        self.assertIn("three letters in a row", self.settings.failure_cure)
        # One that was on its way meanwhile waits as well.
        self._refuse(others[0])
        self.assertEqual(others[0].state, "queued")

    def test_who_goes_on_is_not_asked_about_the_same_letters_again(self):
        rows = list(self.rows)
        for row in rows[:3]:
            self._refuse(row)
        self.settings._resume()
        for row in rows[:3]:
            self._refuse(row)
            self.assertEqual((row.state, self.settings.state), ("failed", "active"))
        for row in rows[3:5]:
            self._refuse(row)
            self.assertEqual((row.state, self.settings.state), ("failed", "active"))
        self._refuse(rows[5])
        self.assertEqual(self.settings.state, "paused")
        self.assertEqual({row.state for row in rows[3:]}, {"queued"})
        self.assertEqual({row.state for row in rows[:3]}, {"failed"})

    def test_one_that_was_asked_about_asks_no_more_behind_others(self):
        rows = list(self.rows)
        for row in rows[:3]:
            self._refuse(row)
        self.settings._resume()
        for row in (*rows[3:5], rows[0]):
            self._refuse(row)
            self.assertEqual((row.state, self.settings.state), ("failed", "active"))

    def test_other_refusals_are_not_alike(self):
        different = (
            {"text": "5.6.0 something else"},
            {"code": 550},
            {"step": "recipient"},
        )
        for other in different:
            with self.subTest(**other):
                first, second, third, *_others = self.rows
                self.rows.write({"state": "queued"})
                self.rows.attempt_ids.unlink()
                self._refuse(first)
                self._refuse(second, **other)
                self._refuse(third)
                self.assertEqual(third.state, "failed")
                self.assertEqual(self.settings.state, "active")

    def test_a_letter_that_left_in_between_breaks_the_row(self):
        first, second, sent, third, *_others = self.rows
        self._refuse(first)
        self._refuse(second)
        sent.attempt_ids.create(
            {"dispatch_id": sent.id, "started_at": sent.create_date, "success": True}
        )
        self._refuse(third)
        self.assertEqual(third.state, "failed")
        self.assertEqual(self.settings.state, "active")

    def test_what_no_server_said_is_no_refusal(self):
        for row in self.rows[:4]:
            self._refuse(row, code=None, text="")
            self.assertEqual(row.state, "failed")
        self.assertEqual(self.settings.state, "active")

    def test_who_was_refused_for_the_account_waits_and_a_copy_does_not(self):
        self.settings.write({"send_copy": True, "copy_address": "copy@example.com"})
        relay = TransportError("config", "relay_denied", step="recipient", code=554)
        for address, state in (
            ("copy@example.com", "active"),
            ("blue@example.net", "paused"),
        ):
            with self.subTest(address):
                move = self._create_move().with_user(self.bookkeeper)
                row = move._email_documents().sudo()
                others = {"copy@example.com", "blue@example.net"} - {address}
                row._record(Receipt(tuple(others), (Refusal(address, relay),), "250"))
                self.assertEqual(self.settings.state, state)
                self.assertEqual(
                    row.state, {"active": "sent", "paused": "queued"}[state]
                )
