"""Holding a row while it is sent, beyond the commit that comes before the network."""

import logging

import psycopg2

from odoo import api, models

from .session_lock import free_session_lock, try_session_lock

_logger = logging.getLogger(__name__)

# First half of the advisory lock's key, so that no other use of these locks meets
# ours. The second half is the row's id.
LOCK_CLASS = 0x41454D4C


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _lock(self):
        """Hold the row for as long as this connection lives.

        Unlike a row lock it outlives the commit, and unlike a time stamp it ends at
        the very moment the worker dies.
        """
        self.ensure_one()
        return try_session_lock(self.env, LOCK_CLASS, self.id)

    def _unlock(self):
        for dispatch in self:
            free_session_lock(self.env, LOCK_CLASS, dispatch.id)

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
