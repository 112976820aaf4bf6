"""What customers and visitors learn from a field of ours: nothing."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..transport import TransportError
from .common import AccountEmailCommon
from .rpc import RpcCase

OWN = "account_email"
SAID = "Username or password is wrong at mx.secret.example"


def find_fields(env):
    """:return: dict of the names of our fields, by model, abstract ones left out"""
    found = {}
    for name, model in env.registry.items():
        if not model._abstract:
            fields = [f.name for f in model._fields.values() if OWN in f._modules]
            found[name] = fields
    return {name: fields for name, fields in found.items() if fields}


@tagged("post_install", "-at_install")
class TestAttackPortal(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_settings()
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.public = cls._create_user("public", "base.group_public")
        cls.move = cls._create_move(partner_id=cls.portal.partner_id.id)
        cls.portal.partner_id.email = "portal@example.net"
        cls.dispatch = cls.move.with_user(cls.bookkeeper)._email_documents().sudo()
        cls.dispatch._record(TransportError("auth", "login", server_text=SAID))
        cls.env.flush_all()

    def _get_questions(self, record, name):
        """:return: functions, each of which would tell of one field"""
        domain = [(name, "!=", False)]
        return {
            "read": lambda: record.read([name]),
            "search": lambda: record.search_count(domain),
            "search_read": lambda: record.search_read([], [name]),
            "web_read": lambda: record.web_read({name: {}}),
            "group": lambda: record.formatted_read_group([], [name], ["__count"]),
            "sum": lambda: record.formatted_read_group([], [], [f"{name}:max"]),
            "order": lambda: record.search([], order=name),
            "export": lambda: record.export_data([name]),
        }

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_no_field_is_read_by_a_stranger_to_the_house(self):
        found = find_fields(self.env)
        self.assertLess({"account.move", "account.payment", "mail.mail"}, set(found))
        for user in (self.portal, self.public):
            for model, names in found.items():
                record = self.env[model].sudo().search([], limit=1)
                if model == "account.move":
                    record = self.move
                for name in names:
                    self.env.invalidate_all(flush=False)
                    asked = self._get_questions(record.with_user(user), name)
                    for how, ask in asked.items():
                        self._check_refused(ask, (user.login, model, name, how))

    def _check_refused(self, ask, what):
        try:
            answer = ask()
        except (AccessError, UserError, ValueError):
            return  # refused, or a field that no table can be asked about
        self.assertFalse(answer, what)

    def test_the_portal_still_reads_its_invoice(self):
        """Else the refusals above would prove nothing."""
        mine = self.move.with_user(self.portal)
        self.assertEqual(mine.read(["name"])[0]["name"], self.move.name)
        fields = set(mine.fields_get()) & set(find_fields(self.env)["account.move"])
        self.assertFalse(fields)

    def test_pages_of_the_portal_are_shown_without_it(self):
        self.authenticate(self.portal.login, self.portal.login)
        for url in (f"/my/invoices/{self.move.id}", "/my/invoices"):
            response = self.url_open(url)
            self.assertEqual(response.status_code, 200)
            self.assertIn(self.move.name, response.text)
            self.assertNotIn("secret.example", response.text)

    def test_the_office_still_reads_it(self):
        for user in (self.bookkeeper, self.manager):
            state = self.move.with_user(user).email_dispatch_state
            self.assertEqual(state, self.dispatch.state)
