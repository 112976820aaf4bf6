"""Who may call what: every public method of ours, over real requests."""

import inspect
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon
from .rpc import Denied, RpcCase
from .servers import HOST

NOBODY = set()
MANAGER = {"manager"}
SENDERS = {"manager", "bookkeeper"}
READERS = {*SENDERS, "auditor"}
OFFICE = "odoo.addons.account_email."
REACH = "account.email.reach"


class Row(NamedTuple):
    """Who may call a method, with which arguments, on a record in which state."""

    allowed: set
    args: tuple = ()
    state: str = ""
    on_model: bool = False
    # What those who may are told, as the record stands.
    answer: str = ""


FORM = {
    "smtp_host": HOST,
    "smtp_port": 2500,
    "security": "none",
    "email_address": "billing@example.com",
}
APPLICATION = {"service": "google", "client_number": "our-app"}
NO_APPLICATION = "Choose the registered application"
DOCUMENT = {
    "action_email_document": Row(SENDERS),
    "action_email_documents": Row(SENDERS),
    "action_open_email_dispatches": Row(READERS),
    "action_retry_email": Row(SENDERS, state="failed"),
    "action_send_email_now": Row(SENDERS, state="queued"),
    "action_confirm_email": Row(SENDERS, state="unknown"),
}
MATRIX = {
    "account.email.settings": {
        "create": Row({"manager", "stranger"}, ({},), on_model=True),
        "write": Row(MANAGER, ({"retry_hours": 3},)),
        "action_open": Row({"manager", "stranger"}, on_model=True),
        "action_test": Row(MANAGER, (FORM,)),
        "action_activate": Row(MANAGER),
        "action_pause": Row(MANAGER),
        # A manager who is an administrator as well; see test_two_hosts.py.
        "action_use_new_key": Row(NOBODY),
        "action_find_settings": Row(MANAGER, ({"email_address": ""},)),
        "action_check_sender": Row(MANAGER, ({"email_address": ""},)),
        "action_propose_sign_in": Row(MANAGER, ({},)),
        "action_sign_in": Row(MANAGER, answer=NO_APPLICATION),
        "action_sign_in_by_code": Row(MANAGER, answer=NO_APPLICATION),
        "action_disconnect": Row(MANAGER),
    },
    "account.email.application": {
        "create": Row(
            {"manager", "stranger", "administrator"}, (APPLICATION,), on_model=True
        ),
        "write": Row({"manager", "administrator"}, ({"client_number": "other"},)),
    },
    "account.email.signin": {"action_poll": Row(MANAGER)},
    "account.email.settings.test": {"action_run": Row(MANAGER)},
    "account.email.dispatch": {
        "create": Row(NOBODY, ({},), on_model=True),
        "action_download": Row(READERS),
        "action_open_document": Row(READERS),
        "action_retry": Row(SENDERS, state="failed"),
        "action_mark_sent": Row(SENDERS, state="unknown"),
        "action_send_now": Row(SENDERS, state="queued"),
        "action_cancel": Row(SENDERS, state="queued"),
    },
    "account.email.batch": {
        "write": Row(SENDERS, ({"line_ids": []},)),
        "action_start": Row({"bookkeeper"}),
        "action_open": Row(SENDERS),
        "action_pause": Row(SENDERS),
        "action_resume": Row(SENDERS),
        "action_cancel": Row(SENDERS),
    },
    "account.email.batch.line": {
        "write": Row({"bookkeeper"}, ({"selected": False},)),
    },
    "account.move": DOCUMENT,
    "account.payment": DOCUMENT,
    "mail.compose.message": {"action_send_mail": Row({"bookkeeper"})},
    "account.email.statement": {
        **DOCUMENT,
        "action_print": Row(READERS),
        "write": Row(NOBODY, ({"numbers": []},)),
    },
    "account.email.document.type": {
        "create": Row({"administrator"}, on_model=True),
        "write": Row({"administrator"}, ({"sequence": 3},)),
        "unlink": Row({"administrator"}),
        "action_preview": Row({"administrator"}),
    },
    "account.email.statement.create": {
        "action_print": Row({"bookkeeper"}),
        "action_email": Row({"bookkeeper"}),
    },
    "mail.mail": {
        "create": Row({"administrator"}, ({},), on_model=True),
        "send": Row({"administrator"}),
        "mark_outgoing": Row(NOBODY),
        "cancel": Row(NOBODY),
    },
}
PRIVATE = [
    ("account.email.settings", "_get_profile"),
    ("account.email.settings", "_resume"),
    ("account.email.settings", "_set_status"),
    ("account.email.settings", "_seal_password"),
    ("account.email.settings", "_reseal_passwords"),
    ("account.email.settings", "_get_grant"),
    ("account.email.application", "_reseal"),
    ("account.email.grant", "_cron_keep_alive"),
    ("account.email.grant", "_revoke"),
    ("account.email.signin", "_depart"),
    ("account.email.settings.test", "_seal_profile"),
    ("account.email.dispatch", "_cron_process"),
    ("account.email.dispatch", "_record"),
    ("account.email.batch", "_cron_prepare"),
    ("account.move", "_email_documents"),
    ("mail.mail", "_create_dispatches"),
]
# They answer alike to everybody, or what they answer is core's matter.
HARMLESS = {
    ("account.email.settings", "copy_data"),
    ("res.config.settings", "action_open_email_settings"),
    ("ir.actions.report", "is_drawn_by_reportlab"),
    ("mail.compose.message", "write"),
    ("mail.compose.message", "action_schedule_message"),
    ("account.move.send.batch.wizard", "action_send_and_print"),
    ("account.email.statement.create", "default_get"),
}


def find_public_methods(env):
    """:return: set of ``(model, method)`` that RPC may call because of this addon"""
    found = set()
    typed = "account.email.typed"
    for name, model in env.registry.items():
        # A document that was added has the methods of all documents, asked below.
        if typed in model._inherit_module and name != typed:
            continue
        for cls in model.mro():
            # What it does not refuse it hands on, to those whose rights are asked.
            if not cls.__module__.startswith(OFFICE) or cls._name == REACH:
                continue
            for method, function in vars(cls).items():
                if inspect.isfunction(function) and not (
                    method.startswith("_") or getattr(function, "_api_private", False)
                ):
                    found.add((name, method))
    return found


@tagged("post_install", "-at_install")
class TestRpcRights(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls._create_settings()
        cls.users = {
            "manager": cls.manager,
            "bookkeeper": cls.bookkeeper,
            "auditor": cls._create_user("auditor", "account.group_account_readonly"),
            "administrator": cls._create_user("administrator", "base.group_system"),
            "employee": cls._create_user("employee", "base.group_user"),
            "portal": cls._create_user("portal", "base.group_portal"),
            "stranger": cls._create_stranger(),
        }
        cls.move = cls._create_move()
        cls.payment = cls._create_payment()
        cls.dispatch = cls.move.with_user(cls.bookkeeper)._email_documents().sudo()
        cls.payment.with_user(cls.bookkeeper)._email_documents()
        both = (cls.move | cls._create_move()).with_user(cls.bookkeeper)
        cls.batch = both.env["account.email.batch"]._create_for(both)
        cls.batch.line_ids.sudo().write({"selected": True})
        application = cls.env["account.email.application"].create(
            {**APPLICATION, "company_id": cls.company.id}
        )
        signins = cls.env["account.email.signin"].with_user(cls.manager).sudo()
        way = {
            "settings_id": cls.settings.id,
            "company_id": cls.company.id,
            "application_id": application.id,
        }
        grants = cls.env["account.email.grant"].sudo()
        cls.records = {
            "account.email.settings": cls.settings,
            "account.email.application": application,
            "account.email.signin": signins.create({**way, "kind": "device"}),
            "account.email.grant": grants.create({**way, "road": "http"}),
            "account.email.dispatch": cls.dispatch,
            "account.email.batch": cls.batch,
            "account.email.batch.line": cls.batch.line_ids[0],
            "account.move": cls.move,
            "account.payment": cls.payment,
            "account.email.statement": cls._create_statement(),
            "account.email.document.type": cls._create_kind(),
            "mail.mail": cls.dispatch.mail_id,
            "mail.compose.message": cls._create_composer(),
        }

    @classmethod
    def _create_kind(cls):
        cls.env["product.template"].create({"name": "Desk", "company_id": False})
        report = cls.env["ir.actions.report"].create(
            {
                "name": "Sheet",
                "model": "product.template",
                "report_type": "qweb-pdf",
                "report_name": "account_email.test_sheet",
            }
        )
        cls.kind_values = {
            "name": "Sheet",
            "model_id": cls.env["ir.model"]._get_id("product.template"),
            "report_id": report.id,
            "partner_path": "company_id.partner_id",
        }
        return cls.env["account.email.document.type"].create(cls.kind_values)

    @classmethod
    def _create_statement(cls):
        statements = cls.env["account.email.statement"].with_user(cls.bookkeeper)
        statement = statements._create_for(
            cls.customer,
            cls.company,
            side="customer",
            kind="open",
            date_to=date(2026, 12, 31),
        )
        statement._email_documents()
        return statement

    @classmethod
    def _create_payment(cls):
        payment = cls.env["account.payment"].create(
            {"partner_id": cls.customer.id, "amount": 10, "payment_type": "inbound"}
        )
        payment.action_post()
        return payment

    @classmethod
    def _create_composer(cls):
        action = cls.move.with_user(cls.bookkeeper).action_email_document()
        composers = cls.env["mail.compose.message"].with_user(cls.bookkeeper)
        return composers.with_context(**action["context"]).create({})

    def _get_record(self, model):
        if model == "account.email.settings.test":
            test = self.settings.with_user(self.manager).action_test()
            return self.env[model].browse(test["res_id"])
        if model == "account.email.statement.create":
            wizard = self.env[model].with_user(self.bookkeeper)
            return wizard.create({"partner_ids": [(6, 0, self.customer.ids)]})
        return self.records[model]

    @contextmanager
    def _undone(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def _try(self, model, method, row):
        """:return: whether the user who is logged in may do it"""
        record = self._get_record(model)
        if row.state:
            rows = self.env["account.email.dispatch"].sudo().search([])
            rows.write({"state": row.state})
        if (model, method) == ("account.email.settings", "create"):
            record.unlink()
        if (model, method) == ("account.email.document.type", "create"):
            row = row._replace(args=(self.kind_values,))
        self.env.flush_all()
        target = [] if row.on_model else [record.ids]
        try:
            self._call(model, method, *target, *row.args)
        except Denied:
            return False
        except AssertionError as exc:
            self.assertTrue(row.answer and row.answer in str(exc), exc)
        return True

    def test_every_public_method_has_its_row(self):
        known = {(model, method) for model, rows in MATRIX.items() for method in rows}
        found = find_public_methods(self.env) - HARMLESS
        # Abstract models are asked below; models that share them bring the methods.
        found = {pair for pair in found if not self.env[pair[0]]._abstract}
        self.assertEqual(found, known)

    @mute_logger("odoo.http")
    def test_abstract_models_answer_nobody(self):
        found = find_public_methods(self.env)
        pairs = [pair for pair in found if self.env[pair[0]]._abstract]
        self.assertIn(("account.email.settings.provider", "action_check_sender"), pairs)
        for name in ("manager", "bookkeeper", "portal"):
            self.authenticate(self.users[name].login, self.users[name].login)
            for model, method in pairs:
                with self.subTest(user=name, model=model, method=method):
                    self.assertRaises(
                        Denied, self._call, model, method, self.settings.ids
                    )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_who_may_call_what(self):
        for name, user in self.users.items():
            self.authenticate(user.login, user.login)
            for model, rows in MATRIX.items():
                for method, row in rows.items():
                    with (
                        self.subTest(user=name, model=model, method=method),
                        self._undone(),
                    ):
                        allowed = self._try(model, method, row)
                        self.assertEqual(allowed, name in row.allowed)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_every_road_knows_the_same_rights(self):
        for name in ("manager", "bookkeeper", "stranger"):
            user = self.users[name]
            key = self._create_key(user)
            calls = {
                "jsonrpc": lambda ids, user=user, key=key: self._call_jsonrpc(
                    *(user, key, "account.email.settings", "action_pause", ids)
                ),
                "json2": lambda ids, key=key: self._call_json2(
                    key, "account.email.settings", "action_pause", ids=ids
                ),
            }
            for road, call in calls.items():
                with self.subTest(user=name, road=road), self._undone():
                    if name == "manager":
                        call(self.settings.ids)
                        self.settings.invalidate_recordset()
                        self.assertEqual(self.settings.state, "paused")
                    else:
                        self.assertRaises(Denied, call, self.settings.ids)

    @mute_logger("odoo.http")
    def test_private_methods_are_refused(self):
        user = self.manager
        self.authenticate(user.login, user.login)
        key = self._create_key(user)
        for model, method in PRIVATE:
            ids = self._get_record(model).ids
            roads = {
                "web": lambda m=model, n=method, i=ids: self._call(m, n, i),
                "jsonrpc": lambda m=model, n=method, i=ids: self._call_jsonrpc(
                    user, key, m, n, i
                ),
                "json2": lambda m=model, n=method, i=ids: self._call_json2(
                    key, m, n, ids=i
                ),
            }
            for road, call in roads.items():
                with self.subTest(model=model, method=method, road=road):
                    self.assertRaises(Denied, call)
