"""Writing down what came of a letter: it can't be undone, so it must be kept."""

import logging
import time

import psycopg2

from odoo import fields, models
from odoo.sql_db import db_connect

from ..transport import Receipt

_logger = logging.getLogger(__name__)

# How often an outcome is written down when other workers are in the way.
RECORD_TRIES = 11
# How long a database is waited for that went away, or has no room. Below the two
# minutes after which Odoo ends a worker by default.
RECORD_SECONDS = 90
WAITS = (0.1, 0.2, 0.5, 1, 2, 5)
# No answer of the server, or one that may be another next time.
TRIED_AGAIN = ("own", "transient", "quota", "auth", "tls", "config")


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _record_and_commit(self, outcome, seconds, number=None):
        """Write an outcome down, over another connection if this one is gone.

        :param number: of the attempt, so that no later one is written over
        :return: seconds left for this run of the cron
        """
        try:
            return self._record_here(outcome, seconds)
        except Exception:
            _logger.exception("The outcome of dispatch %s is written again", self.id)
            self._rollback()
            self._record_apart(outcome, seconds, number)
            raise

    def _record_here(self, outcome, seconds):
        """In this transaction, again if another worker wrote to the same row."""
        tries = 0
        while True:
            try:
                self._record(outcome, seconds)
                return self.env["ir.cron"]._commit_progress(1)
            except psycopg2.errors.SerializationFailure:
                tries += 1
                if tries == RECORD_TRIES:
                    raise
                self._rollback()
                time.sleep(0.005 * 2**tries)

    def _rollback(self):
        """Begin anew, as far as this connection still lives."""
        try:
            self.env.cr.rollback()
        except psycopg2.Error:
            _logger.info("The database connection is gone")
        self.env.invalidate_all(flush=False)

    def _record_apart(self, outcome, seconds, number):
        """Over a fresh connection, for as long as it may take to come back."""
        end, tries = time.monotonic() + RECORD_SECONDS, 0
        is_bare = False
        while True:
            try:
                with db_connect(self.env.cr.dbname).cursor() as cr:
                    row = self.with_env(self.env(cr=cr))
                    row._record_late(outcome, seconds, number, is_bare=is_bare)
                return
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                if time.monotonic() > end:
                    _logger.critical("Not written down: %s, %s", self, outcome)
                    return
            except Exception:
                _logger.exception("Dispatch %s: the bare outcome is kept", self.id)
                if is_bare:
                    return
                is_bare = True
            time.sleep(WAITS[min(tries, len(WAITS) - 1)])
            tries += 1

    def _record_late(self, outcome, seconds, number, *, is_bare=False):
        """What is known, unless somebody has found out more meanwhile."""
        if not self.try_lock_for_update():
            if not self.exists():
                return
            raise psycopg2.errors.LockNotAvailable
        arrived = isinstance(outcome, Receipt)
        if number not in (None, self.attempt_count):
            return
        # Found "sending" by another worker, or sent again by a person who did not know.
        if self.state not in ("sending", "unknown", *(("queued",) if arrived else ())):
            return
        if is_bare:
            self._record_bare(outcome)
        else:
            self._record(outcome, seconds)

    def _record_bare(self, outcome):
        """The row alone: something beside it can't be written.

        Who of several was refused is among it, so that nobody knows any more.
        """
        now = fields.Datetime.now()
        if isinstance(outcome, Receipt):
            state = "unknown" if outcome.refused else "sent"
            self.write({"state": state, "sent_at": now, "next_try_at": False})
            return
        again = outcome.kind in TRIED_AGAIN
        state = "unknown" if outcome.kind == "unknown" else "failed"
        self.write(
            self._prepare_failure_values(outcome)
            | {"state": "queued" if again else state, "next_try_at": again and now}
        )
