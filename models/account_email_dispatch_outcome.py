"""What comes of an attempt: the log, the row's next state, the company's pause."""

import random
from datetime import timedelta

from odoo import fields, models

from ..transport import Receipt, TransportError, delay
from . import envelope
from .own_trouble import UNSURE

# Kinds for which every further letter of the company would fail alike, until a
# person changes something.
PAUSING_KINDS = ("auth", "tls", "config", "sender")
# A server that can't be reached, or can't check a login, is not there for the next
# letter either; and each login that fails brings a mailbox nearer to being locked.
CONNECTION_STEPS = (
    "token",
    "resolve",
    "connect",
    "greeting",
    "encryption",
    "certificate",
    "login",
)
# What is said before the recipient is named is said of every letter.
COMMON_STEPS = (*CONNECTION_STEPS, "sender")
# A person has taken the document back: nobody need do anything about its letter.
CANCELLING_CAUSES = ("document_changed", "document_gone")
# After so many letters in a row without an answer a person is asked.
SILENT_LETTERS = 3
# Letters that failed together must not come back together.
SPREAD = (1.0, 1.2)


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
        if outcome.kind in envelope.LATER_KINDS:
            self._put_off(outcome)
        elif outcome.kind == "own":
            self._record_own(outcome)
        elif outcome.cause in CANCELLING_CAUSES:
            self._set_cancelled()
        elif outcome.kind == "unknown":
            self._give_up("unknown", outcome)
            self._pause_for_silence()
        else:
            self._refuse(outcome)

    def _record_test(self, steps):
        """Write down how a test of the settings has ended.

        :param steps: list of :class:`transport.Step`, the last one may have failed
        """
        if not self or not steps:
            return
        last = steps[-1]
        outcome = last.error or Receipt((), reply=last.detail or "")
        self._log_attempt(outcome, sum(step.seconds for step in steps))
        if last.error:
            self._write_failure(last.error)
        is_unknown = last.error and last.error.kind == "unknown"
        ended = "unknown" if is_unknown else "failed" if last.error else "sent"
        self.state, self.sent_at = ended, not last.error and fields.Datetime.now()

    def _log_attempt(self, outcome, seconds):
        tried = envelope.waiting(self._get_places())
        values = {
            "dispatch_id": self.id,
            "recipients": self._show_places(tried),
            "started_at": fields.Datetime.now() - timedelta(seconds=seconds),
            "seconds": seconds,
            "success": isinstance(outcome, Receipt),
        }
        if isinstance(outcome, Receipt):
            values["server_text"] = outcome.reply
            values["refused"] = ", ".join(r.address for r in outcome.refused) or False
        else:
            values |= self._prepare_failure_values(outcome)
            values |= {"step": outcome.step, "code": outcome.code}
        self.env["account.email.attempt"].create(values)

    def _prepare_failure_values(self, error):
        return {
            "failure_kind": error.kind,
            "failure_cause": error.cause,
            "failure_facts": error.facts,
            "server_text": error.server_text,
        }

    def _write_failure(self, error):
        self.write(self._prepare_failure_values(error))

    # ------------------------------------------------------------
    # Accepted
    # ------------------------------------------------------------

    def _record_receipt(self, receipt):
        """The letter left; who was refused is told, or tried again later."""
        places = envelope.receive(self._get_places(), receipt)
        self._write_places(places)
        settings = self._get_settings()
        settings._clear_failure()
        settings._note_copy(places)
        later = envelope.waiting(places)
        if later:
            error = envelope.gravest(later).error
            self._write_failure(error)
            self._note_reached()
            self._put_off(error)
        else:
            self._settle("sent")

    # ------------------------------------------------------------
    # Not accepted
    # ------------------------------------------------------------

    def _put_off(self, error):
        """It was not the letter's fault: it waits, for a person or for a moment."""
        if error.kind in PAUSING_KINDS:
            self._keep_waiting()
            self._get_settings()._pause_for(error)
        else:
            self._record_delay(error)

    def _record_delay(self, error):
        """Try again later, if it was not tried long enough."""
        until = self._get_next_try(error)
        if until is None:
            self._give_up("failed", error)
            return
        self._wait_until(until)
        if error.kind == "quota" or error.step in COMMON_STEPS:
            self._get_settings()._pause_for(error, until=until)

    def _record_own(self, error):
        """The server never heard of it: wait, and leave its tries untouched."""
        tries = self.attempt_ids.sorted("id", reverse=True)
        others = [row.failure_kind != "own" for row in tries]
        number = others.index(True) if True in others else len(others)
        self.attempt_count -= 1
        if error.cause != "stopped":
            self.env["account.email.trouble"]._tell(error.cause, error.facts)
        else:
            self._keep_waiting()
            self._wake(self.company_id)
            return
        wait = timedelta(seconds=delay("own", number) * random.uniform(*SPREAD))
        latest = self.create_date + timedelta(hours=self._get_settings().retry_hours)
        if error.cause == UNSURE and fields.Datetime.now() + wait > latest:
            # Nothing is wrong with the machine, so it must be the letter.
            self._write_failure(TransportError("held", "letter_broken"))
            self._give_up("failed", TransportError("held", "letter_broken"))
            return
        self._wait_until(fields.Datetime.now() + wait)

    def _wait_until(self, moment):
        self._keep_waiting(moment)
        self.env.ref("account_email.ir_cron_process_dispatches")._trigger(at=moment)

    def _get_next_try(self, error):
        """:return: when to try again, or None if a person should look"""
        wait = delay(error.kind, self.attempt_count, error.retry_after)
        if wait is None:
            return None
        until = fields.Datetime.now() + timedelta(
            seconds=wait * random.uniform(*SPREAD)
        )
        latest = self.create_date + timedelta(hours=self._get_settings().retry_hours)
        # A quota always ends, and a server that can't be reached is not the letter's
        # fault: both are waited for.
        patient = error.kind == "quota" or error.step in CONNECTION_STEPS
        return until if patient or until <= latest else None

    def _keep_waiting(self, until=False):
        self.write({"state": "queued", "next_try_at": until})

    def _pause_for_silence(self):
        """A server that never says whether it has a letter: ask before there are
        more of which nobody knows."""
        settings = self._get_settings()
        last = self.env["account.email.attempt"].search(
            [("company_id", "in", settings._get_served_companies().ids)],
            order="id desc",
            limit=SILENT_LETTERS,
        )
        silent = last.filtered(lambda row: row.failure_cause == "lost_after_data")
        if len(silent) == SILENT_LETTERS:
            settings._pause_for(TransportError("unknown", "silent_server"))

    def _give_up(self, state, error):
        """Nothing more is tried for those who wait."""
        if state == "unknown" and error.kind != "unknown":
            error = TransportError("unknown", error.cause)
        self._write_places(envelope.fail(self._get_places(), error))
        self._settle(state, error)

    def _get_settings(self):
        return self.company_id.email_settings_id
