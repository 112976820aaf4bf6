"""How long a person waits for the letter and for the settings to open.

The requests that a web client makes, over HTTP, after everything was opened once.
The letter comes with the PDF that is shown beside it.
"""

from .bench_odoo import median_ms, prepared, serving
from .check import COMPOSER
from .client import Client

REPEATS = 10
LINES = 5
SETTINGS = (
    "company_id",
    "state",
    "protocol",
    "smtp_host",
    "smtp_port",
    "security",
    "username",
    "has_password",
    "email_address",
    "send_copy",
    "copy_address",
    "use_reply_to",
    "reply_to",
    "failure_cure",
)


def run(instance):
    with prepared(instance) as bench, serving(bench) as server:
        move_ids = bench.measure("bench_open")["move_ids"]
        client = Client(server.url, server.database, login="admin", password="admin")
        first, *others = move_ids
        open_composer(client, first)
        open_settings(client)
        composer = median_ms(lambda move: open_composer(client, move), others)
        settings = median_ms(lambda _number: open_settings(client), range(REPEATS))
        return {
            "composer_ms": round(composer, 1),
            "settings_ms": round(settings, 1),
        }


def measure(env, facts):
    """Only prepares: the stopwatch stands outside, where the person sits."""
    from .bench_documents import create_invoices, point_settings

    settings = point_settings(env, port=facts["smtp_port"])
    settings.pdf_engine = "reportlab"
    env.cr.commit()
    moves = create_invoices(env, count=REPEATS + 1, lines=LINES)
    return {"move_ids": moves.ids}


def open_composer(client, move_id):
    action = client.call("account.move", "action_email_document", [move_id])
    client.open_form(action["res_model"], COMPOSER, context=action["context"])


def open_settings(client):
    model = "account.email.settings"
    action = client.call(model, "action_open")
    specification = {name: {} for name in SETTINGS}
    client.call(model, "web_read", [action["res_id"]], specification)
