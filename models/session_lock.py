"""Locks that a database connection holds beyond its commits, and where they don't hold.

A connection pool that shares sessions (pgbouncer in transaction mode) gives each
transaction to another session: a lock would be left behind in one, and found by
strangers. What the client was told of its session at its beginning then differs from
what the session says of itself. There only one run at a time may send, which holds a
transaction open for as long as it lasts.
"""

from contextlib import contextmanager

from odoo.sql_db import db_connect
from odoo.tools import SQL

# First half of the key, so that no other use of these locks meets ours.
POOL_CLASS = 0x41454D50
OWN = "pg_backend_pid() = %s"


def _pid(env):
    """Of the session, as the client was told when it connected."""
    return env.cr.connection.get_backend_pid()


def is_pooled(env):
    """Whether something stands between this client and its sessions."""
    return not env.execute_query(SQL(f"SELECT {OWN}", _pid(env)))[0][0]


def try_session_lock(env, lock_class, key):
    """Hold ``key`` until it is given back, or the connection dies.

    In a shared session only until the end of the transaction: long enough to see that
    nobody else holds it.
    :return: whether it is ours
    """
    query = SQL(
        f"SELECT CASE WHEN {OWN} THEN pg_try_advisory_lock(%s, %s) "
        "ELSE pg_try_advisory_xact_lock(%s, %s) END",
        _pid(env),
        *(lock_class, key) * 2,
    )
    return env.execute_query(query)[0][0]


def free_session_lock(env, lock_class, key):
    """Give ``key`` back, where it was held by the session."""
    query = SQL(
        f"SELECT CASE WHEN {OWN} THEN pg_advisory_unlock(%s, %s) END",
        _pid(env),
        lock_class,
        key,
    )
    env.execute_query(query)


@contextmanager
def alone_in_pool(env):
    """Hold off all other runs for as long as the block lasts.

    :return: whether there was none
    """
    with db_connect(env.cr.dbname).cursor() as cr:
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [POOL_CLASS])
        yield cr.fetchone()[0]


def is_pool_free(env):
    """Whether no run of a pool is at it, which holds no lock on its rows."""
    query = SQL("SELECT pg_try_advisory_xact_lock_shared(%s, 0)", POOL_CLASS)
    return env.execute_query(query)[0][0]
