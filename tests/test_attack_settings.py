"""What even a manager may not do with the settings of a company."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..transport import secret_of
from .common import AccountEmailCommon

SECRET = "never seen again"
# Written over RPC, each would make up what only the addon knows.
MADE_UP = {
    "state": "active",
    "paused_until": False,
    "failure_kind": False,
    "failure_cause": False,
    "failure_facts": {"host": "x"},
    "server_text": "All is well",
    "tested_at": "2026-01-01 00:00:00",
    "database_uuid": "another",
    "company_id": 1,
}
# Changes after which the password would go to somebody else, or in the clear.
DOWNGRADES = [
    {"smtp_host": "smtp.thief.example"},
    {"smtp_host": False},
    {"username": "somebody"},
    {"protocol": "http", "http_url": "https://thief.example/"},
    {"http_provider": "mailgun"},
    {"http_url": "https://thief.example/"},
    {"security": "none"},
    {"smtp_port": 25},
    {"smtp_port": 25, "security": "none", "accept_plain_password": True},
    {"skip_tls_verification": True},
    {"smtp_port": 465},
    {"smtp_port": 2525},
    {"smtp_port_choice": "465"},
    {"security": "starttls"},
]
HARMLESS = [
    {"smtp_port": 587, "security": "tls"},
    {"email_address": "other@example.com"},
    {"send_copy": True, "copy_address": "archive@example.com"},
    {"username": "office"},
]


@tagged("post_install", "-at_install")
class TestAttackSettings(AccountEmailCommon):
    def _create(self, **values):
        return self._create_settings(
            **{
                "smtp_host": "smtp.example.com",
                "smtp_port": 587,
                "security": "tls",
                "username": "office",
                "password": SECRET,
                **values,
            }
        ).with_user(self.manager)

    def test_what_happened_is_not_made_up(self):
        settings = self._create(state="draft")
        for name, value in MADE_UP.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                settings.write({name: value})
        settings.unlink()
        Settings = self.env["account.email.settings"].with_user(self.manager)
        for name in set(MADE_UP) - {"company_id"}:
            with self.subTest(create=name), self.assertRaises(AccessError):
                Settings.create({name: MADE_UP[name], "company_id": self.company.id})
            with self.subTest(default=name):
                forged = Settings.with_context(**{f"default_{name}": "paused"})
                made = forged.create({"company_id": self.company.id})
                self.assertEqual(made.state, "draft")
                self.assertNotEqual(made[name], "paused")
                made.unlink()

    def test_a_downgrade_costs_the_password(self):
        for values in DOWNGRADES:
            with self.subTest(values=values):
                settings = self._create()
                settings.write(values)
                self.assertFalse(settings.has_password)
                self.assertFalse(secret_of(settings._get_profile()))
                settings.unlink()

    def test_the_test_does_not_lend_the_password_to_a_downgrade(self):
        settings = self._create()
        for values in DOWNGRADES:
            with self.subTest(values=values), self.assertRaises(UserError):
                settings.action_test({"http_provider": "brevo", **values})

    def test_what_changes_nothing_keeps_the_password(self):
        for values in HARMLESS:
            with self.subTest(values=values):
                settings = self._create()
                settings.write(values)
                self.assertEqual(secret_of(settings._get_profile()), SECRET)
                settings.unlink()

    def test_a_new_password_comes_with_a_new_server(self):
        settings = self._create()
        settings.write({"smtp_host": "smtp.example.net", "password": "new one"})
        profile = settings._get_profile()
        self.assertEqual(
            (profile.host, secret_of(profile)), ("smtp.example.net", "new one")
        )

    def test_the_seal_holds_where_no_rule_was_asked(self):
        """Written into the table, or drafted in a server action."""
        settings = self._create()
        draft = settings.new({"smtp_host": "smtp.thief.example"}, origin=settings)
        with self.assertRaises(UserError):
            draft._get_profile()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_email_settings SET smtp_host = 'smtp.thief.example'"
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            settings._get_profile()

    def test_settings_are_not_copied_or_moved(self):
        settings = self._create()
        other = self.env["res.company"].create({"name": "Second"})
        self.manager.company_ids |= other
        settings = settings.with_context(
            allowed_company_ids=self.manager.company_ids.ids
        )
        for method, values in (("copy", {}), ("copy_data", {"company_id": other.id})):
            with self.subTest(method=method), self.assertRaises(UserError):
                getattr(settings, method)(values)
        with self.assertRaises(AccessError):
            settings.company_id = other
        # As superuser it moves, and leaves the password behind.
        settings.sudo().company_id = other
        self.assertFalse(settings.has_password)

    def test_branches_inherit_and_can_not_look(self):
        settings = self._create()
        self.company.child_ids = [Command.create({"name": "Branch"})]
        branch = self.company.child_ids
        chief = self._create_user(
            "chief",
            "account.group_account_manager",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        mine = branch.with_user(chief)
        self.assertEqual(mine.email_settings_id, settings)
        with self.assertRaises(AccessError):
            mine.email_settings_id.read(["smtp_host", "username"])
        with self.assertRaises(AccessError):
            settings.with_user(chief).action_test()
        with self.assertRaises(AccessError):
            self.env["account.email.settings"].with_user(chief).create(
                {"company_id": self.company.id}
            )


@tagged("post_install", "-at_install")
class TestAttackTemplates(AccountEmailCommon):
    """The languages that people may write in, from inside Odoo."""

    def _render(self, source, engine):
        settings = self.company.sudo().email_settings_id
        return self.env["mail.render.mixin"]._render_template(
            source, settings._name, settings.ids, engine=engine
        )[settings.id]

    def test_templates_get_nothing(self):
        self._create_settings(username="office", password=SECRET)
        sources = [
            "object.password",
            "object.sudo().password",
            "object.sudo().read(['password'])",
            "object.sudo().password_sealed",
            "object._get_profile()",
            "object._get_profile().password",
            "'{0.secret__}'.format(object._get_profile())",
            "'{0.__dict__}'.format(object._get_profile())",
            "'{0.__init__.__globals__[_SECRETS].data}'.format(object._get_profile())",
            "object.mapped('password')",
            "object.export_data(['password'])",
        ]
        for source in sources:
            inline, qweb = f"{{{{ {source} }}}}", f'<p t-out="{source}"/>'
            for engine, text in (("inline_template", inline), ("qweb", qweb)):
                with self.subTest(source=source, engine=engine):
                    try:
                        said = str(self._render(text, engine))
                    except Exception as exc:
                        said = f"{exc} {exc.__cause__}"
                    self.assertNotIn(SECRET, said)
