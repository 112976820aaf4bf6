"""``./run``: a demo company whose mail is caught; ``./run --check``: its main job."""

import os
import signal
import sys

from . import catcher, check, paths, server
from .console import Stop, say, warn
from .instance import opened

DATABASE = "demo"
WELCOME = """
Odoo          {odoo}/odoo        login admin, password admin
              also as manager or bookkeeper, password the same word
Mailbox       {mailbox}

Open Invoicing > Customers > Invoices, choose a posted invoice, press Email and Send.
The letter is in the mailbox a moment later. Ctrl-C ends everything.
"""


def main(words):
    # However it is asked to end, and even where a shell made it deaf to Ctrl-C.
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, signal.default_int_handler)
    unknown = [word for word in words if word != "--check"]
    if unknown:
        raise Stop(f"./run knows only --check, not {' '.join(unknown)}.")
    with opened() as instance, catcher.running() as mailbox:
        instance.ensure_database(DATABASE)
        fill(instance, mailbox)
        with server.running(instance, DATABASE) as odoo:
            if words:
                return check.main(odoo, mailbox)
            say(WELCOME.format(odoo=odoo.url, mailbox=mailbox.page))
            odoo.process.wait()
    return 0


def fill(instance, mailbox):
    """The demo company, its people, and where its mail goes now."""
    script = paths.DEVTOOLS / "demo_company.py"
    # odoo shell reads its script from here.
    with open(script) as text:
        os.environ["CATCHER_PORT"] = str(mailbox.smtp_port)
        words = ("shell", "-d", DATABASE, "--no-http")
        instance.call(*words, stdin=text, log=instance.folder / "demo.log")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        warn(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Good-bye. The mails stay in the mailbox for the next time.")
