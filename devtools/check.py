"""The main job, once, without a person: by the requests that a web client makes."""

import io
import json
import time

from pypdf import PdfReader

from .client import Client
from .console import Stop, say

COMPOSER = {
    "is_document_email": {},
    "model": {},
    "res_ids": {},
    "composition_mode": {},
    "template_id": {"fields": {}},
    "partner_ids": {"fields": {}},
    "subject": {},
    "body": {},
    "document_pdf_id": {"fields": {}},
}
WAIT_SECONDS = 60


class Failed(Exception):
    """Something is not as it should be."""


def main(server, mailbox):
    try:
        client = Client(
            server.url, server.database, login="manager", password="manager"
        )
        check_settings(client, mailbox)
        clerk = Client(
            server.url, server.database, login="bookkeeper", password="bookkeeper"
        )
        check_document(client, clerk, mailbox, kind="out_invoice")
        check_document(client, clerk, mailbox, kind="in_invoice")
    except (Failed, Stop) as error:
        say(f"FAILED  {error}")
        return 1
    say("All is well: both documents were received with their PDF.")
    return 0


def require(truth, sentence):
    if not truth:
        raise Failed(sentence)


# ------------------------------------------------------------
# Settings
# ------------------------------------------------------------


def check_settings(client, mailbox):
    model = "account.email.settings"
    values = {
        "protocol": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": mailbox.smtp_port,
        "security": "none",
        "email_address": "billing@example.com",
        "send_copy": True,
        "copy_address": "archive@example.com",
    }
    found = client.call(model, "search", [])
    settings_id = client.save(model, values, res_id=found and found[0])
    say("ok  settings saved")
    action = client.call(model, "action_test", [settings_id], values={})
    for step in run_test(client, action["res_id"]):
        say(f"ok      {step['label']}: {step['detail'] or 'passed'}")
    client.call(model, "action_activate", [settings_id])
    say("ok  settings tested and in use")


def run_test(client, test_id):
    response = client.session.post(
        f"{client.url}/account_email/settings_test/{test_id}",
        data={"csrf_token": client.csrf_token()},
        timeout=60,
    )
    steps = [json.loads(line) for line in response.text.splitlines()]
    require(steps, f"the test answered {response.status_code} and no step")
    for step in steps:
        told = f"{step['label']}: {step['detail']} {step.get('cure', '')}"
        require(step["success"], told)
    return steps


# ------------------------------------------------------------
# Documents
# ------------------------------------------------------------


def check_document(client, clerk, mailbox, *, kind):
    move = create_document(client, kind)
    dispatch_id = email_document(clerk, move["id"])
    say(f"ok  {move['name']} emailed to {move['email']}")
    wait_until_sent(clerk, dispatch_id)
    mail = find_mail(mailbox, move["email"])
    require(move["name"] in mail["subject"], f"the subject is {mail['subject']}")
    say(f"ok  received: {mail['subject']}")
    check_pdf(mailbox, mail, move)


def create_document(client, kind):
    name = f"Check {kind} {time.time_ns()}"
    email = f"{time.time_ns()}@example.net"
    partner_id = client.call("res.partner", "create", {"name": name, "email": email})
    line = {"name": "Writing paper", "quantity": 3, "price_unit": 41.5}
    values = {
        "move_type": kind,
        "partner_id": partner_id,
        "invoice_date": time.strftime("%Y-%m-%d"),
        "invoice_line_ids": [[0, 0, {**line, "tax_ids": [[6, 0, []]]}]],
    }
    move_id = client.call("account.move", "create", values)
    client.call("account.move", "action_post", [move_id])
    (move,) = client.call("account.move", "read", [move_id], ["name", "amount_total"])
    return {**move, "partner": name, "email": email}


def email_document(clerk, move_id):
    """Press Email, look at the letter, press Send; :return: id of the dispatch."""
    action = clerk.call("account.move", "action_email_document", [move_id])
    model, context = action["res_model"], action["context"]
    form = clerk.open_form(model, COMPOSER, context=context)
    require(form["partner_ids"], "the letter has no recipient")
    require(form["document_pdf_id"], "the letter has no PDF to look at")
    composer_id = clerk.save(model, to_values(form), context=context)
    clerk.call(model, "action_send_mail", [composer_id], context=context)
    domain = [["res_model", "=", "account.move"], ["res_id", "=", move_id]]
    (dispatch_id,) = clerk.call("account.email.dispatch", "search", domain)
    return dispatch_id


def to_values(form):
    """What a client sends back of what it was given."""
    return {
        name: value["id"] if isinstance(value, dict) else value
        for name, value in form.items()
    }


def wait_until_sent(clerk, dispatch_id):
    fields = ["state", "failure_kind", "server_text"]
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        (row,) = clerk.call("account.email.dispatch", "read", [dispatch_id], fields)
        if row["state"] == "sent":
            return
        require(row["state"] in ("queued", "sending"), f"the letter failed: {row}")
        time.sleep(0.2)
    raise Failed(f"the letter did not leave in {WAIT_SECONDS} seconds: {row}")


def find_mail(mailbox, email):
    found = [mail for mail in mailbox.mails() if is_to(mail, email)]
    require(len(found) == 1, f"{len(found)} mails to {email} in the mailbox, not 1")
    return found[0]


def is_to(mail, email):
    return any(to["address"] == email for to in mail["to"])


def check_pdf(mailbox, mail, move):
    files = [
        file for file in mail["attachments"] if file["contentType"] == "application/pdf"
    ]
    require(files, "the mail has no PDF")
    content = mailbox.attachment(mail, files[0])
    pages = PdfReader(io.BytesIO(content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    for word in (move["name"], move["partner"], f"{move['amount_total']:.2f}"):
        require(word in text, f"the PDF does not hold {word!r}")
    say(f"ok      PDF of {len(content) // 1024} KB holds number, partner and total")
