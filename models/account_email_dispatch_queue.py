"""The queue: claim, deliver, record. Only ``_cron_process`` commits."""

import logging
import random
import time
from contextlib import ExitStack
from enum import Enum
from functools import cache

import psycopg2

from odoo import api, models

from ..transport import TransportError, open_session

_logger = logging.getLogger(__name__)

CANDIDATES = 20
FORGET_AFTER = 100
# How often an outcome is written down when other workers are in the way.
RECORD_TRIES = 11


class Turn(Enum):
    """How a worker's turn at a company's letters, or at one of them, has ended."""

    GO_ON = "there is time, and there may be more"
    NOTHING_DUE = "nothing more is due"
    TIME_IS_UP = "the cron's time is used up; letters may be due"


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    @api.model
    def _cron_process(self):
        """Send what is due, each company through its own server."""
        self._recover_interrupted()
        self.env["ir.cron"]._commit_progress()
        for company in self._get_due_companies():
            try:
                if self._process_company(company) is Turn.TIME_IS_UP:
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

        :return: :class:`Turn`
        """
        settings = company.email_settings_id
        slot = settings._take_slot()
        if slot is None:
            # Others are at it, with as many connections as the provider allows.
            return Turn.GO_ON
        try:
            turn = self._send_due(company)
        finally:
            self._release(settings._free_slot, slot)
        if turn is Turn.TIME_IS_UP:
            self._wake(company)
        self.env["ir.cron"]._commit_progress()
        return turn

    @api.model
    def _send_due(self, company):
        """:return: :class:`Turn`; GO_ON where the company is paused or at its limit"""
        settings = company.email_settings_id
        profile = settings._get_profile_or_pause()
        if not profile:
            return Turn.GO_ON
        turn, number = Turn.GO_ON, 0
        with ExitStack() as stack:

            @cache
            def connect():
                return stack.enter_context(open_session(profile))

            while (
                turn is Turn.GO_ON
                and settings._is_active()
                and settings._wait_for_limits()
            ):
                turn = self._process_next(company, connect)
                number += 1
                # Other workers may have paused the company meanwhile; and a
                # thousand letters need not stay in memory.
                settings.invalidate_recordset()
                if not number % FORGET_AFTER:
                    self.env.invalidate_all()
        return turn

    @api.model
    def _process_next(self, company, connect):
        """:return: :class:`Turn`"""
        dispatch = self._claim(company)
        if not dispatch:
            return Turn.NOTHING_DUE
        try:
            letter = dispatch._prepare_letter()
            self.env["ir.cron"]._commit_progress()
            outcome, seconds = dispatch._deliver(connect, letter)
            seconds_left = dispatch._record_and_commit(outcome, seconds)
            return Turn.GO_ON if seconds_left > 0 else Turn.TIME_IS_UP
        finally:
            # Whatever happened: a row that stayed "sending" is found as such.
            self._release(dispatch._unlock)

    # ------------------------------------------------------------
    # Claim
    # ------------------------------------------------------------

    @api.model
    def _claim(self, company):
        """Take one due row of a company, so that no other worker takes it.

        The caller commits before it touches the network.
        :return: one dispatch in state ``sending``, or none
        """
        dispatch = None
        while dispatch is None:
            dispatch = self._try_claim(company)
        dispatch.invalidate_recordset()
        if dispatch and dispatch._lock():
            dispatch.write(
                {"state": "sending", "attempt_count": dispatch.attempt_count + 1}
            )
            return dispatch
        return self.browse()

    @api.model
    def _try_claim(self, company):
        """:return: one due row, locked; none if there is none; None to look again"""
        due = self.search(
            self._get_due_domain(company), order="next_try_at, id", limit=CANDIDATES
        )
        # Not all workers at the same row: whoever comes second would start anew.
        due = due.browse(random.sample(due.ids, len(due)))
        try:
            with self.env.cr.savepoint(flush=False):
                return due.try_lock_for_update(limit=1)
        except psycopg2.errors.SerializationFailure:
            # Another worker was faster with this row; a new snapshot sees it.
            self.env["ir.cron"]._commit_progress()
            return None

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
        tries = 0
        while True:
            try:
                self._record(outcome, seconds)
                return self.env["ir.cron"]._commit_progress(1)
            except psycopg2.errors.SerializationFailure:
                tries += 1
                if tries == RECORD_TRIES:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(0.005 * 2**tries)
