"""Words of strangers on their way through Odoo into a letter."""

from base64 import b64encode
from email import message_from_bytes

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..transport import serialize
from .common import AccountEmailCommon
from .servers import smtp_server


def encoded(text):
    """RFC 2047: a subject or a name that hides line ends."""
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


TRICK = "A\r\nBcc: thief@evil.example\r\n\r\n<b>hello"
LONG = "Construcciones y Servicios de la Península Ibérica S.A."
ZERO_WIDTH, OVERRIDE = "\u200b", "\u202e"
CYRILLIC = "b\u0456lling@example.net"


@tagged("post_install", "-at_install")
class TestInjection(AccountEmailCommon):
    def _email(self, **values):
        move = self._create_move().with_user(self.bookkeeper)
        return move._email_documents(**values).sudo()

    def test_headers_stay_what_they_are(self):
        literal = "=?utf-8?q?x=0d=0aReply-To:_evil=40example.net?="
        for trick, shown in (
            (TRICK, TRICK.replace("\r\n", "  ")),
            (encoded(TRICK), encoded(TRICK)),
            (encoded(encoded(TRICK)), encoded(encoded(TRICK))),
            (literal, literal),
            ("A\x1b[2J", "A [2J"),
            (LONG, LONG),
        ):
            with self.subTest(trick=trick), smtp_server() as (port, box):
                self.company.sudo().email_settings_id.unlink()
                self._create_settings(
                    smtp_port=port, use_reply_to=True, reply_to="replies@example.com"
                )
                self.company.name = self.customer.name = trick
                row = self._email(subject=trick)
                self._deliver_all()
                self.assertEqual(row.state, "sent", row.server_text)
                ((_sender, recipients, message),) = box.letters
                self.assertEqual(recipients, ["blue@example.net"])
                names = [name.lower() for name in message]
                self.assertNotIn("bcc", names)
                self.assertEqual(len(set(names)), len(names))
                self.assertTrue(message.is_multipart())
                self.assertEqual(str(message["Subject"]).split(), shown.split())
                for header in ("From", "To", "Reply-To"):
                    (mailbox,) = message[header].addresses
                    if header != "Reply-To":
                        # Python's parser shows a blank between encoded words.
                        name = "".join(mailbox.display_name.split())
                        self.assertEqual(name, "".join(shown.split()), header)

    def test_the_downloaded_letter_is_as_clean(self):
        self._create_settings()
        row = self._email(subject=encoded(TRICK))
        message = message_from_bytes(serialize(row._build_letter().message))
        self.assertNotIn("bcc", [name.lower() for name in message])

    def test_hidden_characters_are_refused_with_a_sentence(self):
        settings = self._create_settings(state="draft")
        for mark in (ZERO_WIDTH, OVERRIDE, "\u2066", "\u00ad"):
            address = f"bill{mark}ing@example.net"
            for values in (
                {"email_address": address},
                {"send_copy": True, "copy_address": address},
                {"use_reply_to": True, "reply_to": address},
                {"username": address},
            ):
                with (
                    self.subTest(mark=ascii(mark), values=list(values)[-1]),
                    self.assertRaisesRegex(ValidationError, "can't be seen"),
                    self.env.cr.savepoint(),
                ):
                    settings.write(values)
            settings.sudo().state = "active"
            self.customer.email = address
            with self.subTest(mark=ascii(mark)):
                with self.assertRaisesRegex(UserError, "can't be seen"):
                    self._email()
                moves = self._create_move() | self._create_move()
                Batch = self.env["account.email.batch"].with_user(self.bookkeeper)
                batch = Batch._create_for(moves.with_user(self.bookkeeper))
                self.assertIn("can't be seen", batch.line_ids[0].problem)

    def test_a_disguised_address_is_shown(self):
        self._create_settings()
        self.customer.email = CYRILLIC
        move = self._create_move().with_user(self.bookkeeper)
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.bookkeeper)
            .with_context(**move.action_email_document()["context"])
            .create({})
        )
        self.assertIn("[U+0456]", composer.recipient_addresses)
        self.assertIn("[U+0456]", self._email().recipients)
        Batch = self.env["account.email.batch"].with_user(self.bookkeeper)
        self.assertIn("[U+0456]", Batch._create_for(move).line_ids.email)
        self.customer.email = "info@bücher.example"
        self.assertEqual(self._email().recipients, "info@bücher.example")

    def test_what_a_server_says_stays_text(self):
        answer = "550 5.7.1 <script>alert(1)</script> \u202e \x1b[2J {0.env} %(host)s"
        box_answer = answer.encode("ascii", "ignore").decode()
        with smtp_server() as (port, box):
            box.replies["DATA"] = box_answer
            self._create_settings(smtp_port=port)
            row = self._email()
            self._deliver_all()
        self.assertEqual(row.state, "failed")
        self.assertTrue(row.server_text.isprintable())
        self.assertIn("%(host)s", row.server_text)
        message = row.mail_message_id
        self.assertNotIn("<script>", message.body)

    def test_what_a_bookkeeper_types_is_no_template(self):
        """Core lets template editors alone write templates."""
        source = "object.env['ir.config_parameter'].sudo().get_param('database.uuid')"
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        self._create_settings()
        move = self._create_move()
        # Nor would the administrator's rights change that: nothing is rendered here.
        for user in (self.bookkeeper, self.env.ref("base.user_admin")):
            user.company_ids |= self.company
            subject, body = f"{{{{ {source} }}}}", f'<p t-out="{source}">typed</p>'
            composer = (
                self.env["mail.compose.message"]
                .with_user(user)
                .create(
                    {
                        "is_document_email": True,
                        "model": "account.move",
                        "res_ids": repr(move.ids),
                        "composition_mode": "comment",
                        "subject": subject,
                        "body": body,
                    }
                )
            )
            composer.action_send_mail()
            row = self.env["account.email.dispatch"].search([], limit=1)
            with self.subTest(user=user.login):
                self.assertEqual(row.subject, subject)
                letter = str(row._build_letter().message)
                self.assertNotIn(uuid, letter)
                self.assertIn("typed", letter)
