import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..advice import FORM_VALUES
from ..models.account_email_settings_sealed import open_password
from ..models.account_email_settings_signin_steps import check_signin
from ..models.keyring import take_keys
from ..models.protected import without_defaults
from ..transport import Profile, address_field, probe, text_field, to_values
from ..vault import VaultError, seal, unseal
from .account_email_settings_test_line import join_advice

TESTS_PER_HOUR = 30
# To a copy address that is not, or not yet, the company's.
COPIES_PER_HOUR = 5
# What the form may hand over: all that a person can type there.
FORM_FIELDS = (*FORM_VALUES, "provider")


def take_profile(test):
    """The profile of a test, once: a second run would be a second letter.

    :raise UserError: it was taken already
    """
    # sudo: the column is closed to everyone, by NO_ACCESS
    test = test.sudo()
    # Held until this request has ended: whoever else runs it meanwhile sends nothing.
    if not test.try_lock_for_update() or not test.profile_sealed:
        raise UserError(
            test.env._("This test has run already. Press Test email settings again.")
        )
    try:
        opened = unseal(
            take_keys(test.env), test.profile_sealed, test._get_seal_context()
        )
    except VaultError as exc:
        raise UserError(
            test.env._(
                "The key of this server has changed since this test was opened. Press "
                "Test email settings again."
            )
        ) from exc
    test.profile_sealed = False
    values = json.loads(opened)
    return Profile(**values | {"allowed_hosts": frozenset(values["allowed_hosts"])})


def prepare_probe(test):
    """All that needs the database happens here; what it returns does not.

    A function and no method: server actions could look into the generator.
    :return: generator of :class:`transport.Step`
    """
    test.ensure_one()
    test.check_access("read")
    profile = take_profile(test)
    steps = []
    if profile.by_token:
        steps, profile = check_signin(test.settings_id._get_any_grant(), profile)
    recipients = [test.sender]
    if test.copy_address and test.copy_address != test.sender:
        recipients.append(test.copy_address)
    message = test._build_message()
    test._create_log(message["Subject"], recipients)
    return _run(steps, profile, message=message, recipients=recipients)


def _run(steps, profile, **letter):
    yield from steps
    if profile:
        yield from probe(profile, **letter)


class AccountEmailSettingsTest(models.TransientModel):
    """Sends a real letter with the values in the form, and tells of each step."""

    _name = "account.email.settings.test"
    _description = "Test of Email Settings"
    _inherit = ["account.email.reach", "account.email.settings.test.kept"]

    settings_id = fields.Many2one("account.email.settings", ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    sender = fields.Char(readonly=True)
    copy_address = fields.Char(readonly=True)
    reply_to = fields.Char(readonly=True)
    # Everything that is needed to connect, the password included.
    profile_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    is_saved = fields.Boolean(readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("passed", "Passed"), ("failed", "Failed")],
        default="running",
        readonly=True,
    )
    line_ids = fields.One2many(
        "account.email.settings.test.line", "test_id", readonly=True
    )
    cure = fields.Text("What to do", readonly=True)

    @api.model
    def _create_for(self, settings, values):
        """Freeze the values on screen.

        :param settings: the saved settings, or none
        :param dict values: the changes on screen that are not saved yet
        """
        settings._refuse_no_values(values)
        self._check_rate()
        values = {name: values[name] for name in FORM_FIELDS if name in values}
        password = values.get("password")
        draft = settings._get_draft(values)
        draft._raise_problems()
        is_saved = bool(settings) and not values
        if not password and draft.has_password:
            password = open_password(settings)
        profile = draft._build_profile(password or "")
        draft._check_own_company(draft.company_id.id)
        self._check_copy_rate(settings, draft)
        return self._create_sealed(
            profile,
            {
                "settings_id": settings.id,
                "company_id": draft.company_id.id,
                "sender": draft._get_sender_address(),
                "copy_address": draft._get_copy_address(),
                "reply_to": draft._get_reply_to(),
                "is_saved": is_saved,
            },
        )

    @api.model
    def _create_sealed(self, profile, values):
        # sudo: a test can't be made or changed by hand, or it could write to anybody
        wizard = without_defaults(self).sudo().create(values)
        wizard._seal_profile(profile)
        return wizard.with_env(self.env)

    @api.model
    def _check_rate(self):
        """A test is no mailer and no scanner of other people's ports."""
        if not self.env["account.email.rate"]._take("test", TESTS_PER_HOUR):
            raise UserError(
                self.env._(
                    "You have tested %s times within an hour. Wait a little before the "
                    "next test.",
                    TESTS_PER_HOUR,
                )
            )

    @api.model
    def _check_copy_rate(self, settings, draft):
        """Nobody is written to again and again by tests of what is not saved."""
        copy = draft._get_copy_address()
        known = {"", draft._get_sender_address()}
        known |= {settings._get_copy_address()} if settings else set()
        rate = self.env["account.email.rate"]
        if copy not in known and not rate._take("copy", COPIES_PER_HOUR, copy):
            raise UserError(
                self.env._(
                    "You have tested with copies to %s often enough. Save the settings "
                    "first, or test without a copy.",
                    copy,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_run(self):
        """Run the whole test in one request. The form itself asks for it step by
        step, from ``controllers/settings_test.py``.
        """
        self.ensure_one()
        self._record_steps(list(prepare_probe(self)))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------
    # Probe
    # ------------------------------------------------------------

    def _get_seal_context(self):
        self.ensure_one()
        return f"{self._name}:{self.id}:profile"

    def _seal_profile(self, profile):
        values = json.dumps(to_values(profile), default=list)
        sealed = seal(take_keys(self.env)[0], values, self._get_seal_context())
        # sudo: the column is closed to everyone, by NO_ACCESS
        self.sudo().profile_sealed = sealed

    def _build_message(self):
        """A letter of the real shape: PDF, From, Reply-To, text beside the HTML."""
        company = self.company_id
        body = self.env["ir.qweb"]._render(
            "account_email.settings_test_letter", {"company": company}
        )
        message = self.env["ir.mail_server"]._build_email__(
            email_from=address_field("From", [(company.name, self.sender)]),
            email_to=address_field("To", [("", self.sender)]),
            subject=text_field(
                "Subject", self.env._("Test of the email settings of %s", company.name)
            ),
            body=body,
            subtype="html",
            reply_to=self.reply_to,
            attachments=[(self._get_pdf_name(), self._render_pdf(), "application/pdf")],
        )
        if not self.reply_to:
            del message["Reply-To"]
        return message

    def _get_pdf_name(self):
        return self.env._("Test") + ".pdf"

    def _render_pdf(self):
        report = "account_email.report_settings_test"
        content, _type = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report, self.ids)
        )
        return content

    # ------------------------------------------------------------
    # Outcome
    # ------------------------------------------------------------

    def _record_steps(self, steps):
        """Keep what happened, and note on the settings that they work."""
        self.ensure_one()
        # sudo: the log is written by the addon alone
        self.sudo().log_id._record_test(steps)
        passed = bool(steps) and all(step.ok for step in steps)
        lines = [self.line_ids._prepare_values(self, step) for step in steps]
        # sudo: what happened is written by the addon alone
        self.sudo().write(
            {
                "state": "passed" if passed else "failed",
                "cure": join_advice(lines[-1]) if lines else "",
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )
        if passed and self.is_saved:
            self._note_success()
