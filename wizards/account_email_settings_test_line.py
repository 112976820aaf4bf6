"""What a person reads of one step of the test, in her language."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_time

from ..words import get_advice, get_step_label

# How long most servers let strangers wait, where they don't say it.
GREYLISTED_SECONDS = 300


def join_advice(values):
    """The cure of a step and the page that goes with it, as one text."""
    return " ".join(filter(None, (values.get("cure"), values.get("page"))))


class AccountEmailSettingsTestLine(models.TransientModel):
    _name = "account.email.settings.test.line"
    _description = "Step of a Test of Email Settings"
    _inherit = ["account.email.reach"]

    test_id = fields.Many2one(
        "account.email.settings.test", required=True, ondelete="cascade"
    )
    name = fields.Char()
    label = fields.Char("Step")
    success = fields.Boolean()
    seconds = fields.Float("Time (s)", digits=(16, 2))
    detail = fields.Char("Answer of the server")
    cure = fields.Text()
    # A page of the provider where the cure is found, and after how many seconds the
    # open dialog tries again by itself.
    page = fields.Char()
    again_in = fields.Integer()

    @api.model
    def _prepare_values(self, test, step):
        values = {
            "name": step.name,
            "label": str(get_step_label(self.env, step.name)),
            "success": step.ok,
            "seconds": step.seconds,
            "detail": step.detail,
        }
        return values | (self._prepare_advice(test, step.error) if step.error else {})

    @api.model
    def _prepare_advice(self, test, error):
        facts, again_in = dict(error.facts), 0
        if facts.get("address") == test.copy_address != test.sender:
            facts["whose"] = "copy"
        if error.cause == "greylisted":
            again_in = int(error.retry_after or GREYLISTED_SECONDS)
            facts["again"] = self._show_time(again_in)
        cure, page = get_advice(self.env, error.kind, error.cause, facts, voice="test")
        return {"cure": cure, "page": page, "again_in": again_in}

    @api.model
    def _show_time(self, seconds):
        """The time of day in ``seconds``, as the user reads clocks."""
        moment = fields.Datetime.now() + timedelta(seconds=seconds)
        return format_time(self.env, moment, tz=self.env.user.tz, time_format="short")
