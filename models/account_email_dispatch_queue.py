"""The queue: claim, deliver, record. Only ``_cron_process`` commits."""

import logging
import random
import time
from contextlib import ExitStack
from enum import Enum

import psycopg2

from odoo import api, models

from ..transport import TransportError
from .account_email_dispatch_line import Line
from .own_trouble import find_own_trouble
from .session_lock import alone_in_pool, is_pool_free, is_pooled
from .stopping import Gate, is_stopping, under_way

_logger = logging.getLogger(__name__)

CANDIDATES = 20
FORGET_AFTER = 100
# How often a turn is begun anew when other workers are in the way.
TURN_TRIES = 10


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
        with under_way():
            if not is_pooled(self.env):
                self._process_all()
                return
            self.env["account.email.trouble"]._tell("pooled")
            with alone_in_pool(self.env) as is_alone:
                if is_alone:
                    self._process_all()

    @api.model
    def _process_all(self):
        self._recover_interrupted()
        self.env["ir.cron"]._commit_progress()
        for company in self._get_due_companies():
            if is_stopping() or not self._process_safely(company):
                break

    @api.model
    def _process_safely(self, company):
        """Whatever goes wrong here, the other companies' letters must leave.

        :return: whether there is time for the next company
        """
        try:
            return self._process_company(company) is not Turn.TIME_IS_UP
        except Exception:
            _logger.exception("The letters of company %s can't be sent", company.id)
            self._rollback()
            return not self.env.cr.closed

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
            line = Line(settings, profile, stack)
            while (
                turn is Turn.GO_ON
                and not is_stopping()
                and settings._is_active()
                and settings._wait_for_limits()
            ):
                turn = self._process_again(company, line)
                number += 1
                # Other workers may have paused the company meanwhile; and a
                # thousand letters need not stay in memory.
                settings.invalidate_recordset()
                if not number % FORGET_AFTER:
                    self.env.invalidate_all()
        return turn

    @api.model
    def _process_again(self, company, line):
        """:meth:`_process_next`, begun anew if others wrote to the same rows."""
        for _try in range(TURN_TRIES):
            try:
                return self._process_next(company, line)
            except psycopg2.errors.SerializationFailure:
                # Before the network: what came after it is written down in any case.
                self._rollback()
        return Turn.TIME_IS_UP

    @api.model
    def _process_next(self, company, line):
        """:return: :class:`Turn`"""
        dispatch = self._claim(company)
        if not dispatch:
            return Turn.NOTHING_DUE
        number = dispatch.attempt_count
        try:
            letter = dispatch._prepare_letter()
            self.env["ir.cron"]._commit_progress()
            outcome, seconds = dispatch._deliver(line, letter)
            seconds_left = dispatch._record_and_commit(outcome, seconds, number)
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
        if not is_pooled(self.env) and not is_pool_free(self.env):
            return
        for dispatch in self.search([("state", "=", "sending")]):
            if not dispatch._lock():
                continue
            try:
                with self.env.cr.savepoint():
                    dispatch.invalidate_recordset()
                    if dispatch.try_lock_for_update() and dispatch.state == "sending":
                        dispatch._record(TransportError("unknown", "interrupted"))
            except psycopg2.errors.SerializationFailure:
                # Somebody else is at it: seen again in the next run.
                self.env.invalidate_all(flush=False)
            finally:
                self._release(dispatch._unlock)

    # ------------------------------------------------------------
    # Deliver
    # ------------------------------------------------------------

    def _deliver(self, line, letter):
        """Hand the letter to the server. Leaves this transaction alone.

        :param Line line: to the company's server
        :return: tuple ``(Receipt or TransportError, seconds)``
        """
        if isinstance(letter, TransportError):
            return letter, 0.0
        started, gate = time.monotonic(), Gate()
        try:
            outcome = line.send(letter, gate)
        except TransportError as exc:
            outcome = exc
        except Exception as exc:
            _logger.exception("Dispatch %s broke on its way", self.id)
            # What the server has not got as a whole, it has not got.
            lost = TransportError("unknown", "lost_after_data")
            outcome = lost if gate.passed else find_own_trouble(exc)
        return outcome, time.monotonic() - started
