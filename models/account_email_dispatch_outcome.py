"""What comes of an attempt: the log, the row's next state, the company's pause."""

from datetime import timedelta

from odoo import fields, models

from ..transport import Receipt, delay

# Kinds for which every further letter of the company would fail alike, until a
# person changes something.
PAUSING_KINDS = ("auth", "tls", "config")
# A server that can't be reached is not there for the next letter either.
CONNECTION_STEPS = ("resolve", "connect", "greeting", "encryption", "certificate")


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _record(self, outcome, seconds=0.0):
        """Write down what came of an attempt, and what comes next.

        :param outcome: Receipt or TransportError
        """
        self.ensure_one()
        self._log_attempt(outcome, seconds)
        if isinstance(outcome, Receipt):
            self._record_receipt(outcome)
            return
        self._write_failure(outcome)
        if outcome.kind in PAUSING_KINDS:
            self._keep_waiting()
            self._get_settings()._pause_for(outcome)
        elif outcome.kind in ("transient", "quota"):
            self._record_delay(outcome)
        elif outcome.kind == "unknown":
            self._give_up("unknown", outcome)
        else:
            self._give_up("failed", outcome)

    def _log_attempt(self, outcome, seconds):
        values = {
            "dispatch_id": self.id,
            "started_at": fields.Datetime.now() - timedelta(seconds=seconds),
            "seconds": seconds,
            "success": isinstance(outcome, Receipt),
        }
        if isinstance(outcome, Receipt):
            values["server_text"] = outcome.reply
            values["refused"] = self._format_refused(outcome)
        else:
            values |= {
                "failure_kind": outcome.kind,
                "failure_cause": outcome.cause,
                "failure_facts": outcome.facts,
                "step": outcome.step,
                "code": outcome.code,
                "server_text": outcome.server_text,
            }
        self.env["account.email.attempt"].create(values)

    def _record_receipt(self, receipt):
        self.refused = self._format_refused(receipt)
        self._set_sent()

    def _format_refused(self, receipt):
        return ", ".join(refusal.address for refusal in receipt.refused) or False

    def _write_failure(self, error):
        self.write(
            {
                "failure_kind": error.kind,
                "failure_cause": error.cause,
                "failure_facts": error.facts,
                "server_text": error.server_text,
            }
        )

    def _record_delay(self, error):
        """Try again later, if it was not tried long enough."""
        wait = delay(error.kind, self.attempt_count, error.retry_after)
        if wait is None:
            self._give_up("failed", error)
            return
        until = fields.Datetime.now() + timedelta(seconds=wait)
        self._keep_waiting(until)
        if error.kind == "quota" or error.step in CONNECTION_STEPS:
            self._get_settings()._pause_for(error, until=until)
        cron = self.env.ref("account_email.ir_cron_process_dispatches")
        cron._trigger(at=until)

    def _keep_waiting(self, until=False):
        self.write({"state": "queued", "next_try_at": until})

    def _give_up(self, state, error):
        self.write({"state": state, "next_try_at": False})
        self.mail_id._set_failed(error.kind, self.failure_cure)

    def _get_settings(self):
        return self.company_id.email_settings_id
