"""The translation template: is it what the sources say?"""

import re

import polib

from . import paths
from .console import say

FILE = paths.ROOT / "i18n" / "account_email.pot"
# These change with the day and not with the words.
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)

# The same in some of our languages, and left empty there as the formatter wants it.
SAME = {
    "%(names)s, %(when)s",
    "%s MB",
    "(object.display_name or '').replace('/', '_').replace(', ', ' ')",
    "Application",
    "Browser",
    "Cause",
    "Cc",
    "Code",
    "Contact",
    "Contacts",
    "Date",
    "Description",
    "Details",
    "Document",
    "Documents",
    "Draft",
    "Email",
    "Email: %s",
    "Google",
    "HTTP",
    "Host",
    "Hostname",
    "ID",
    "Icon",
    "Incoterm",
    "Memo:",
    "Message",
    "Message-ID",
    "Messages",
    "Microsoft",
    "Name",
    "PDF",
    "Page",
    "Password",
    "Pause",
    "Port",
    "Proforma",
    "Provider",
    "SMTP",
    "Server %(host)s: %(cure)s",
    "Service",
    "Source",
    "Status",
    "Taxes",
    "Tenant",
    "Test",
    "Total",
    "Verdict",
    "application",
    "archive@example.com",
    "billing@example.com",
    "google",
    "https://email.manager.io/…",
    "in_invoice",
    "in_receipt",
    "in_refund",
    "microsoft",
    "office@example.com",
    "out_invoice",
    "out_receipt",
    "out_refund",
    "smtp.example.com",
    "wkhtmltopdf",
}


def main(instance, database, *, write):
    fresh = export(instance, database)
    if write:
        FILE.write_text(fresh)
        say(f"Written: {FILE.relative_to(paths.ROOT)}")
        return True
    same = FILE.exists() and strip(FILE.read_text()) == strip(fresh)
    if not same:
        say("The translation template is stale: run ./test pot --write")
    return report_translations() and same


def strip(text):
    return DATES.sub("", text)


def export(instance, database):
    target = instance.folder / FILE.name
    words = ("i18n", "export", "-d", database, "-o", target, paths.MODULE)
    instance.call(*words, log=instance.folder / "pot.log")
    return target.read_text()


def report_translations():
    """Every language has every word: half a translation is worse than none."""
    template = polib.pofile(str(FILE)) if FILE.exists() else []
    wanted = {entry.msgid for entry in template} - SAME
    complete = True
    for path in sorted(FILE.parent.glob("*.po")):
        done = {entry.msgid for entry in polib.pofile(str(path)).translated_entries()}
        if lacking := wanted - done:
            complete = False
            say(f"{path.name} lacks {len(lacking)} of {len(wanted)} terms, such as:")
            say(f"    {sorted(lacking)[0]!r}")
    return complete
