import re

from odoo.tests import TransactionCase, tagged

from ..models.mail_mail_outcome import FAILURE_TYPE_BY_KIND
from ..transport import CAUSES, KINDS, PROVIDERS
from ..transport.causes import COMMON_FACTS
from ..words import failure
from ..words.cures_http_key import PAGES

SAMPLES = {"ports": [465, 587], "size": 9_000_000, "limit": 1_000_000}
# What ``advice.deduce`` finds out, and what the test tells of itself.
DEDUCED = {
    *("service", "own", "port_kind", "best", "best_kind", "meant", "receiving"),
    *("sending", "watcher", "watched_by", "certificate", "enter", "ends", "logins"),
    "speaks",
}
TOLD = {"voice", "again", "whose"}


@tagged("post_install", "-at_install")
class TestFailure(TransactionCase):
    def test_every_kind_has_its_words(self):
        for table in (failure.LABELS, failure.CURES_BY_KIND, FAILURE_TYPE_BY_KIND):
            self.assertEqual(set(table), set(KINDS))
        field = self.env["account.email.dispatch"]._fields["failure_kind"]
        self.assertEqual(set(field.get_values(self.env)), set(KINDS))

    def test_every_cause_has_a_cure(self):
        known = {*CAUSES, *failure.OWN_CURES, "interrupted", "letter_broken"}
        self.assertEqual(set(failure.CURES_BY_CAUSE), known)

    def test_cures_fill_in_the_facts(self):
        for cause, names in CAUSES.items():
            facts = {"host": "smtp.example.com", "port": 587}
            facts |= {name: SAMPLES.get(name, f"<{name}>") for name in names}
            with self.subTest(cause=cause):
                cure = failure.get_cure(self.env, "config", cause, facts)
                self.assertNotIn("%(", cure)
                general = failure.get_cure(self.env, "config")
                self.assertNotEqual(cure, general, "a cause without words of its own")

    def test_other_ports_and_the_providers_page_are_named(self):
        facts = {"host": "smtp.gmail.com", "port": 25, "ports": [465, 587]}
        cure = failure.get_cure(self.env, "transient", "refused", facts)
        self.assertIn("Choose 465 under Port", cure)
        facts = {"host": "smtp.gmail.com", "provider": "gmail"}
        cure = failure.get_cure(self.env, "auth", "app_password", facts)
        self.assertIn("2-Step Verification", cure)
        self.assertIn("https://myaccount.google.com/apppasswords", cure)

    def test_what_a_server_said_is_no_markup(self):
        """In an activity, which is HTML; only a page of ours becomes a link."""
        settings = self.env["account.email.settings"].create(
            {"smtp_host": "x.example", "company_id": self.env.company.id}
        )
        told = {"failure_kind": "config", "failure_cause": "redirect"}
        evil = {"protocol": "http", "location": "https://x/<img src=x onerror=y>"}
        settings.sudo().write({**told, "failure_facts": evil})
        note = settings._build_failure_note()
        self.assertIn("&lt;img", note)
        self.assertNotIn("<img", note)
        self.assertNotIn("<a", note)
        told = {"failure_kind": "auth", "failure_cause": "app_password"}
        facts = {"host": "smtp.gmail.com", "protocol": "smtp"}
        settings.sudo().write({**told, "failure_facts": facts})
        page = "https://myaccount.google.com/apppasswords"
        self.assertEqual(settings.failure_page, page)
        self.assertIn(f'<a href="{page}"', settings._build_failure_note())
        self.assertNotIn(page, settings.failure_cure)

    def test_facts_may_be_missing(self):
        cure = failure.get_cure(self.env, "tls", "cert_hostname")
        self.assertEqual(cure, failure.get_cure(self.env, "tls"))

    def test_every_row_speaks_of_what_is_known(self):
        for cause, rows in failure.NEARER_CURES.items():
            self.assertIn(cause, CAUSES)
            for row in rows:
                with self.subTest(cause=cause, when=row.when):
                    names = set(re.findall(r"%\((\w+)\)", row.sentence._source))
                    known = {*COMMON_FACTS, *CAUSES[cause], *DEDUCED, *TOLD}
                    self.assertLessEqual(names | set(row.when), known)

    def test_every_page_is_one_of_ours(self):
        for (cause, provider), page in PAGES.items():
            with self.subTest(cause=cause, provider=provider):
                self.assertIn(cause, CAUSES)
                self.assertIn(provider, PROVIDERS)
                self.assertTrue(page.startswith("https://"))
