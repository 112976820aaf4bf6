"""The queue: claim, deliver, record. Only ``_cron_process`` commits."""

import logging
import random
import time
from contextlib import ExitStack
from functools import cache

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ..transport import TransportError, open_session

_logger = logging.getLogger(__name__)

# First half of the advisory lock's key, so that no other use of these locks meets
# ours. The second half is the row's id.
LOCK_CLASS = 0x41454D4C
CANDIDATES = 20
FORGET_AFTER = 100
# How often an outcome is written down again when another worker was in the way.
RECORD_TRIES = 10


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    @api.model
    def _cron_process(self):
        """Send what is due, each company through its own server."""
        self._recover_interrupted()
        self.env["ir.cron"]._commit_progress()
        for company in self._get_due_companies():
            try:
                if not self._process_company(company):
                    break
            except Exception:
                # Whatever it was, the other companies' letters must leave.
                self.env.cr.rollback()
                _logger.exception("The letters of %s can't be sent", company.name)

    @api.model
    def _get_due_companies(self):
        groups = self._read_group(
            [("state", "=", "queued")], groupby=["company_id"], order="id:min"
        )
        return [
            company
            for (company,) in groups
            if company.email_settings_id and company.email_settings_id._is_active()
        ]

    @api.model
    def _process_company(self, company):
        """Send what one company has due, over one connection.

        :return: whether there is time left for the next company
        """
        settings = company.email_settings_id
        slot = settings._take_slot()
        if slot is None:
            # Others are at it, with as many connections as the provider allows.
            return True
        try:
            left = self._send_due(company)
        finally:
            self._release(settings._free_slot, slot)
        if left is False:
            self._wake(company)
        self.env["ir.cron"]._commit_progress()
        return left is not False

    @api.model
    def _send_due(self, company):
        """:return: whether there is time left, or None if nothing more is due"""
        settings = company.email_settings_id
        profile = settings._get_profile_or_pause()
        left, count = profile and True, 0
        with ExitStack() as stack:

            @cache
            def connect():
                return stack.enter_context(open_session(profile))

            while left and settings._is_active() and settings._wait_for_limits():
                left = self._process_next(company, connect)
                count += 1
                # Other workers may have paused the company meanwhile; and a
                # thousand letters need not stay in memory.
                settings.invalidate_recordset()
                if not count % FORGET_AFTER:
                    self.env.invalidate_all()
        return left

    @api.model
    def _process_next(self, company, connect):
        """:return: whether there is time left, or None if nothing was due"""
        dispatch = self._claim(company)
        if not dispatch:
            return None
        try:
            letter = dispatch._prepare_letter()
            self.env["ir.cron"]._commit_progress()
            outcome, seconds = dispatch._deliver(connect, letter)
            return dispatch._record_and_commit(outcome, seconds) > 0
        finally:
            # Whatever happened: a row that stayed "sending" is found as such.
            self._release(dispatch._unlock)

    @api.model
    def _release(self, function, *args):
        """Give a lock back, even out of a transaction that has failed.

        If the database is gone, the lock went with the connection.
        """
        try:
            function(*args)
        except psycopg2.InterfaceError:
            _logger.info("The database connection is gone, and its locks with it")
        except psycopg2.InternalError:
            self.env.cr.rollback()
            function(*args)

    # ------------------------------------------------------------
    # Claim
    # ------------------------------------------------------------

    @api.model
    def _claim(self, company):
        """Take one due row of a company, so that no other worker takes it.

        The caller commits before it touches the network.
        :return: one dispatch in state ``sending``, or none
        """
        due = self.search(
            self._get_due_domain(company), order="next_try_at, id", limit=CANDIDATES
        )
        # Not all workers at the same row: whoever comes second would start anew.
        due = due.browse(random.sample(due.ids, len(due)))
        try:
            with self.env.cr.savepoint(flush=False):
                dispatch = due.try_lock_for_update(limit=1)
        except psycopg2.errors.SerializationFailure:
            # Another worker was faster with this row; a new snapshot sees it.
            self.env["ir.cron"]._commit_progress()
            return self._claim(company)
        dispatch.invalidate_recordset()
        if dispatch and dispatch._lock():
            dispatch.write(
                {"state": "sending", "attempt_count": dispatch.attempt_count + 1}
            )
            return dispatch
        return self.browse()

    def _lock(self):
        """Hold the row for as long as this connection lives.

        Unlike a row lock it outlives the commit, and unlike a time stamp it ends at
        the very moment the worker dies.
        """
        self.ensure_one()
        query = SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK_CLASS, self.id)
        return self.env.execute_query(query)[0][0]

    def _unlock(self):
        for dispatch in self:
            query = SQL("SELECT pg_advisory_unlock(%s, %s)", LOCK_CLASS, dispatch.id)
            self.env.execute_query(query)

    @api.model
    def _recover_interrupted(self):
        """Find the letters whose worker died while it was sending them."""
        for dispatch in self.search([("state", "=", "sending")]):
            if not dispatch._lock():
                continue
            try:
                dispatch.invalidate_recordset()
                if dispatch.try_lock_for_update() and dispatch.state == "sending":
                    dispatch._record(TransportError("unknown", "interrupted"))
            finally:
                self._release(dispatch._unlock)

    # ------------------------------------------------------------
    # Deliver
    # ------------------------------------------------------------

    def _prepare_letter(self):
        """The message as it goes out.

        A letter that can't be built must not stop those behind it, so here, and
        only here, every error becomes an outcome.
        :return: :class:`Letter` or TransportError
        """
        self.ensure_one()
        if not self.mail_id:
            return TransportError("content", "letter_gone")
        try:
            with self.env.cr.savepoint():
                return self._build_letter()
        except Exception as exc:
            _logger.exception("The letter of dispatch %s can't be built", self.id)
            return TransportError("content", "letter_broken", server_text=str(exc))

    def _deliver(self, connect, letter):
        """Hand the letter to the server. Leaves the database alone.

        :param connect: function that returns the session
        :return: tuple ``(Receipt or TransportError, seconds)``
        """
        if isinstance(letter, TransportError):
            return letter, 0.0
        started = time.monotonic()
        try:
            outcome = connect().send(
                letter.message,
                letter.sender,
                letter.recipients,
                idempotency_key=letter.message["Message-ID"],
            )
        except TransportError as exc:
            outcome = exc
        return outcome, time.monotonic() - started

    def _record_and_commit(self, outcome, seconds):
        """Write an outcome down, again if another worker wrote to the same row.

        The letter has left or not: this can't be undone, so it must be kept.
        :return: seconds left for this run of the cron
        """
        for attempt in range(RECORD_TRIES):
            try:
                self._record(outcome, seconds)
                return self.env["ir.cron"]._commit_progress(1)
            except psycopg2.errors.SerializationFailure:
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(0.01 * 2**attempt)
        self._record(outcome, seconds)
        return self.env["ir.cron"]._commit_progress(1)
