"""Our Odoo: its configuration, its databases, its command line."""

import hashlib
import os
import socket
import subprocess
from contextlib import closing, contextmanager, suppress

import psycopg2

from . import odoo_home, paths, postgres
from .console import Stop, say

# What makes an installed addon stale.
SOURCES = ("*.py", "*.xml", "*.csv", "*.po", "*.sql")
SKIPPED = ("devtools", "tests", ".git", "node_modules")


class Instance:
    """One checkout's Odoo, with PostgreSQL running."""

    def __init__(self, database_options):
        self.odoo = odoo_home.find()
        self.database_options = database_options
        self.folder = paths.workspace()
        self.config = self.folder / "odoo.conf"
        self.write_config()

    def write_config(self):
        folders = (*self.odoo.addons, paths.addons(), *paths.venv_addons())
        addons = [str(path) for path in folders]
        options = {
            **self.database_options,
            "addons_path": ",".join(addons),
            "data_dir": self.folder / "data",
            "http_interface": "127.0.0.1",
            "with_demo": True,
            "workers": 0,
            "max_cron_threads": 2,
        }
        lines = [f"{name} = {value}" for name, value in options.items()]
        self.config.write_text("\n".join(["[options]", *lines, ""]))

    @property
    def environment(self):
        return {**os.environ, "PYTHONPATH": str(self.odoo.path)}

    def words(self, *words):
        """Odoo's command line with our configuration; command words stay first."""
        words = [str(word) for word in words]
        count = next((i for i, w in enumerate(words) if w.startswith("-")), len(words))
        command = words[:count]
        if command:
            # Without it Odoo does not find the commands that addons bring.
            command.insert(0, f"--addons-path={paths.addons()}")
        python = [str(paths.venv_bin("python")), "-m", "odoo"]
        return [*python, *command, "-c", str(self.config), *words[count:]]

    def call(self, *words, log=None, **options):
        """Run Odoo to its end; :raises Stop: with the end of its log"""
        options.setdefault("cwd", self.folder)
        log = log or self.folder / "odoo.log"
        with open(log, "w") as output:
            code = subprocess.run(
                self.words(*words),
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                **options,
            ).returncode
        if code:
            tail = "\n".join(log.read_text().splitlines()[-40:])
            raise Stop(f"{tail}\nOdoo ended with code {code}; its log is {log}.")
        return log

    # ------------------------------------------------------------
    # Databases
    # ------------------------------------------------------------

    def connect(self, database):
        options = {
            "host": self.database_options.get("db_host"),
            "user": self.database_options.get("db_user"),
        }
        given = {name: value for name, value in options.items() if value}
        connection = psycopg2.connect(dbname=database, **given)
        connection.autocommit = True
        return connection

    def has_database(self, name):
        with suppress(psycopg2.OperationalError):
            self.connect(name).close()
            return True
        return False

    def drop(self, name):
        # No `with` on the connection: it would open a transaction.
        with closing(self.connect("postgres")) as connection:
            statement = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
            connection.cursor().execute(statement)
        self.stamp(name).unlink(missing_ok=True)

    def stamp(self, database):
        return self.folder / f"{database}.digest"

    def ensure_database(self, name, *, beside=(), demo=True):
        """A database with the addon as it is in the checkout.

        :param beside: other addons to install
        :param demo: whether to load their demo data, which takes most of the time

        :return: the log of the installation or update, or None if all was current
        """
        digest, stamp = self.digest(), self.stamp(name)
        known = self.has_database(name)
        mark = stamp.read_text() if stamp.exists() else None
        if known and mark == digest:
            return None
        log = self.folder / f"{name}-install.log"
        if known and mark:
            say(f"Updating the database {name} …")
            self.call("-d", name, "-u", paths.MODULE, "--stop-after-init", log=log)
        else:
            self.require_ours(name, known and mark is None)
            say(f"Making the database {name} (about a minute, once) …")
            self.drop(name)
            # An empty mark: half made, and ours to throw away.
            stamp.write_text("")
            modules = ",".join((paths.MODULE, *beside))
            words = ["-i", modules, "--stop-after-init", "--no-http"]
            words += [] if demo else ["--without-demo", "all"]
            self.call("-d", name, *words, log=log)
        stamp.write_text(digest)
        return log

    def require_ours(self, name, is_strange):
        """On a person's own server a database of this name may be hers."""
        if is_strange and postgres.is_chosen():
            raise Stop(
                f"Your PostgreSQL server has a database {name} that these commands did "
                "not make: rename it, or unset PGHOST and its like."
            )

    def digest(self):
        """Changes with every file that the database has a copy of."""
        total = hashlib.sha256()
        for pattern in SOURCES:
            for path in sorted(paths.ROOT.rglob(pattern)):
                inside = path.relative_to(paths.ROOT)
                if inside.parts[0] not in SKIPPED:
                    total.update(f"{inside}\n".encode() + path.read_bytes())
        return total.hexdigest()


@contextmanager
def opened():
    """Yield the instance, with PostgreSQL running meanwhile."""
    with postgres.running() as options:
        yield Instance(options)


def free_port(wanted=0):
    """``wanted`` if nobody listens there, else any port that is free."""
    for port in (wanted, 0):
        with suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise Stop("No port is free on this machine.")
