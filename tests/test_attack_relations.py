"""What one learns of a record by pointing at it: nothing that one may not read."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon
from .rpc import RpcCase

OWN = "account_email"
COMPOSER = "mail.compose.message"
SECRET = "payroll-of-the-others"
# Where core puts the flag on what it gives to every model with a chatter: these
# point from a message or an activity back at the record, and never elsewhere.
BACKWARD = {
    "message_ids",
    "message_follower_ids",
    "activity_ids",
    "website_message_ids",
}


def find_relations(env):
    """:return: fields of ours that point at records, and all those of our models"""
    return [
        field
        for model in env.registry.models.values()
        for field in model._fields.values()
        if field.relational
        and (OWN in field._modules or model._name.startswith("account.email."))
    ]


@tagged("post_install", "-at_install")
class TestRelations(AccountEmailCommon):
    def test_no_relation_is_searched_with_more_rights(self):
        relations = find_relations(self.env)
        self.assertGreater(len(relations), 25)
        flagged = {
            str(field)
            for field in relations
            if field.bypass_search_access and field.name not in BACKWARD
        }
        self.assertFalse(flagged)

    def test_every_model_with_a_relation_checks_its_writer(self):
        """Of core's own models only those that nobody but an administrator writes."""
        unchecked = {
            str(field)
            for field in find_relations(self.env)
            if not hasattr(self.env[field.model_name], "_check_reach")
            and not field.readonly
            and not self.env[field.model_name]._abstract
        }
        # Their lines are the queue's and the manager's, who alone may write them.
        self.assertEqual(
            unchecked,
            {"mail.mail.email_dispatch_ids", "res.company.email_settings_ids"},
        )


@tagged("post_install", "-at_install")
class TestAttackRelations(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_settings()
        cls.move = cls._create_move()
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.stranger = cls._create_stranger()
        others = cls.stranger.company_id
        cls.hidden = {
            "ir.attachment": cls.env["ir.attachment"].create(
                {"name": SECRET, "raw": SECRET, "company_id": others.id}
            ),
            "res.partner": cls._create_partner(name=SECRET, company_id=others.id),
            "mail.message": cls.env["mail.message"].create(
                {"subject": SECRET, "body": SECRET, "model": "res.company"}
                | {"res_id": others.id, "record_name": SECRET}
            ),
            "res.company": others,
            "mail.template": cls.env["mail.template"].create(
                {"name": SECRET, "subject": SECRET}
            ),
        }
        others.name = f"{SECRET} Ltd"
        cls.hidden["ir.attachment"].flush_recordset()
        cls.env.cr.execute(
            "UPDATE ir_attachment SET create_uid = 1 WHERE id = %s",
            cls.hidden["ir.attachment"].ids,
        )
        cls.env["ir.rule"].create(
            {
                "name": "Hidden templates",
                "model_id": cls.env["ir.model"]._get_id("mail.template"),
                "domain_force": f"[('name', '!=', '{SECRET}')]",
            }
        )
        cls.env.invalidate_all()

    def _get_values(self, **values):
        return {
            "is_document_email": True,
            "model": "account.move",
            "res_ids": repr(self.move.ids),
            "composition_mode": "comment",
            **values,
        }

    def _ask(self, model, method, *args, **kwargs):
        """:return: the whole answer as text, an error's included"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            response = self._post("/web/dataset/call_kw", {"params": params})
        answer = response.json()
        if "error" in answer:
            answer["error"]["data"].pop("debug", None)
        return repr(answer)

    def _get_attacks(self):
        """:return: tuples of a relation of the composer and an id it may not get"""
        fields = self.env[COMPOSER]._fields
        return [
            (name, self.hidden[field.comodel_name].id)
            for name, field in fields.items()
            if field.relational and field.comodel_name in self.hidden
        ]

    def _get_values_of(self, name, number):
        """A relation's value in each form that a request may give it."""
        if self.env[COMPOSER]._fields[name].type == "many2one":
            return [number, str(number)]
        return [
            [[Command.LINK, number, 0]],
            [[Command.SET, 0, [number]]],
            [[Command.LINK, str(number), 0]],
            [[Command.UPDATE, number, {}]],
            [number],
        ]

    def _try(self, name, value):
        """Each road by which a value comes in, and what is said at its end."""
        field = self.env[COMPOSER]._fields[name]
        spec = {name: {"fields": {"display_name": {}}}, "subject": {}, "model": {}}
        typed, default = self._get_values(**{name: value}), {f"default_{name}": value}
        own = self.composer.ids
        yield self._ask(COMPOSER, "web_save", [], typed, spec)
        yield self._ask(COMPOSER, "web_save", own, {name: value}, spec)
        yield self._ask(COMPOSER, "write", own, {name: value})
        yield self._ask(COMPOSER, "read", own, [name])
        yield self._ask(COMPOSER, "onchange", [], typed, [], spec)
        yield self._ask(COMPOSER, "onchange", [], typed, [name], spec)
        yield self._ask(COMPOSER, "onchange", own, {name: value}, [name], spec)
        for method, args in (
            ("web_save", [[], self._get_values(), spec]),
            ("onchange", [[], self._get_values(), [], spec]),
            ("default_get", [[name]]),
        ):
            yield self._ask(COMPOSER, method, *args, context=default)
        copied = self._ask(COMPOSER, "copy", own, {name: value})
        yield copied
        yield self._ask(COMPOSER, "web_search_read", [], spec)
        self.assertIn("'error'", copied, field)

    def test_composer_points_at_nothing_hidden(self):
        attacks = self._get_attacks()
        names = {name for name, _number in attacks}
        ours = {"cc_partner_ids", "document_pdf_id", "document_file_ids"}
        self.assertLess(ours | {"attachment_ids", "partner_ids", "parent_id"}, names)
        self.authenticate(self.bookkeeper.login, self.bookkeeper.login)
        Composer = self.env[COMPOSER].with_user(self.bookkeeper)
        self.composer = Composer.create(self._get_values())
        self.env.flush_all()
        for name, number in attacks:
            for value in self._get_values_of(name, number):
                for road, answer in enumerate(self._try(name, value)):
                    with self.subTest(field=name, value=value, road=road):
                        self.assertNotIn(SECRET, answer)
                self.env.invalidate_all()
                for row in self.env[COMPOSER].sudo().search([]):
                    self.assertNotIn(number, row[name].ids, name)

    def test_no_employee_asks_about_files_through_a_composer(self):
        self.authenticate(self.employee.login, self.employee.login)
        number = self.hidden["ir.attachment"].id
        for name in ("document_pdf_id", "document_file_ids", "available_file_ids"):
            many = name != "document_pdf_id"
            value = [[Command.SET, 0, [number]]] if many else number
            for kind in (True, False):
                with self.subTest(field=name, kind=kind):
                    values = {"is_document_email": kind, name: value}
                    self._ask(COMPOSER, "create", values)
                    for question in ("name", "access_token", "index_content"):
                        domain = [(f"{name}.{question}", "ilike", "")]
                        answer = self._ask(COMPOSER, "search_count", domain)
                        self.assertRegex(answer, "'result': 0|it is not stored")

    def test_hidden_documents_are_not_described(self):
        """Core's computations would, as superuser: the subject holds the number."""
        others = self._create_move()
        number = others.name
        for user in (self.employee, self.stranger):
            self.authenticate(user.login, user.login)
            values = self._get_values(res_ids=repr(others.ids))
            spec = {"subject": {}, "body": {}, "record_company_id": {}}
            template = self.env.ref("account_email.mail_template_out_invoice").id
            context = {f"default_{name}": value for name, value in values.items()}
            active = {"active_model": "account.move", "active_ids": others.ids}
            forced = {"composer_force_res_ids": others.ids}
            mail = others.message_ids[:1].id
            for args, extra in (
                (([], values, [], spec), {}),
                (([], {**values, "template_id": template}, ["template_id"], spec), {}),
                (([], {}, [], spec), context),
                (([], {"is_document_email": True}, [], spec), context),
                (([], {"is_document_email": True}, [], spec), active),
                (([], {"is_document_email": True, "parent_id": mail}, [], spec), {}),
                (([], self._get_values(res_ids="[]"), [], spec), forced),
            ):
                with self.subTest(user=user.login, args=args, context=extra):
                    answer = self._ask(COMPOSER, "onchange", *args, context=extra)
                    self.assertNotIn(number, answer)
                    made = self._ask(
                        COMPOSER, "web_save", [], args[1], spec, context=extra
                    )
                    self.assertNotIn(number, made)

    def test_kind_of_a_composer_stays(self):
        """Or what was never checked would become a letter."""
        self.authenticate(self.bookkeeper.login, self.bookkeeper.login)
        made = self._call(COMPOSER, "create", {"body": "Hello"})
        answer = self._ask(COMPOSER, "write", [made], {"is_document_email": True})
        self.assertIn("by hand", answer)

    def test_other_models_point_at_nothing_hidden(self):
        batch = (self.move | self._create_move()).with_user(self.bookkeeper)
        batch = batch.env["account.email.batch"]._create_for(batch)
        self.manager.group_ids |= self.bookkeeper.group_ids
        targets = {
            "account.email.batch": batch,
            "account.email.batch.line": batch.line_ids[:1],
            "account.email.settings": self.company.sudo().email_settings_id,
        }
        for model, record in targets.items():
            user = self.manager if "settings" in model else self.bookkeeper
            self.authenticate(user.login, user.login)
            for name, field in record._fields.items():
                hidden = field.relational and self.hidden.get(field.comodel_name)
                if not hidden:
                    continue
                many = field.type != "many2one"
                value = [[Command.SET, 0, hidden.ids]] if many else hidden.id
                spec = {name: {"fields": {"display_name": {}}}}
                for method, args in (
                    ("web_save", (record.ids, {name: value}, spec)),
                    ("onchange", (record.ids, {name: value}, [name], spec)),
                    ("web_save", ([], {name: value}, spec)),
                    ("onchange", ([], {name: value}, [], spec)),
                ):
                    with self.subTest(model=model, field=name, method=method):
                        answer = self._ask(model, method, *args)
                        self.assertNotIn(SECRET, answer)
                        self.assertIn("'error'", answer)
