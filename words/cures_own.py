"""Cures for what stops a letter on this side of the wire, before it leaves."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# The server's own trouble: the letter waits.
OWN_CURES = {
    "disk_full": _lt(
        "This server has no disk space. No letter is lost: they leave by themselves "
        "when the administrator has made room."
    ),
    "disk_broken": _lt(
        "This server can't read or write its files. No letter is lost: they leave by "
        "themselves when the administrator has mended the disk or its rights."
    ),
    "memory_full": _lt(
        "This server has not enough memory. No letter is lost: they leave by "
        "themselves when there is some again."
    ),
    "files_open": _lt(
        "This server has too many files open. No letter is lost: they leave by "
        "themselves when the administrator has raised the limit or restarted Odoo."
    ),
    "database": _lt(
        "The database was busy or not there. No letter is lost: they leave by "
        "themselves when it is back."
    ),
    "filestore_gone": _lt(
        "The folder in which Odoo keeps its files is not there. No letter is lost: "
        "they leave by themselves when the administrator has brought it back."
    ),
    "key_missing": _lt(
        "The stored password can't be opened on this server: its key is not here. Copy "
        "%(path)s from the server where the password was typed, which sends meanwhile. "
        "If the key is lost for good, press “Use a new key” in the email settings and "
        "type the password again."
    ),
    "seal_broken": _lt(
        "The stored password was changed in the database, or belongs to other "
        "settings. Type the password again in the email settings."
    ),
    "pooled": _lt(
        "Between Odoo and PostgreSQL stands a connection pool that may share sessions, "
        "so only one worker sends letters at a time. Connect Odoo to PostgreSQL "
        "itself, as its manual asks."
    ),
    "stopped": _lt(
        "Odoo was being restarted. The letter had not left, and leaves by itself."
    ),
    "letter_unready": _lt(
        "The letter could not be put together. It is tried again by itself; if it "
        "lasts, tell the administrator."
    ),
    # Nobody knows: a person is asked before there are more of them.
    "silent_server": _lt(
        "The mail server took three letters in a row and never said whether it has "
        "them, so nothing more is sent. Look whether they arrived, ask the operator of "
        "the server, and test the settings; then press Start sending."
    ),
    "refused_alike": _lt(
        "The server refused three letters in a row in the same words, so the others "
        "wait and none is lost. Read its answer. If it is about your account or your "
        "address, settle that first; then press Start sending."
    ),
    # The letter is no longer what was written: a person should look.
    "letter_gone": _lt(
        "The letter is no longer kept. Send the document again from its own page."
    ),
    "file_missing": _lt(
        "The file %(name)s is no longer there, so nothing was sent. Send the document "
        "again from its own page; if that fails too, tell the administrator that files "
        "are missing on the server."
    ),
    "file_changed": _lt(
        "The file %(name)s is no longer the one that was written, so nothing was sent. "
        "Send the document again from its own page."
    ),
    "document_changed": _lt(
        "The document was cancelled or reset to draft while its letter waited, so "
        "nothing was sent. Send it again from its own page when it is ready."
    ),
    "document_gone": _lt(
        "The document was deleted while its letter waited, so nothing was sent."
    ),
    "address_gone": _lt(
        "%(name)s has no valid email address any more. Enter it in the contact, then "
        "send again."
    ),
    "came_back": _lt(
        "The letter came back: the recipient's server could not deliver it. Its words "
        "are kept with the letter. Check the address in the contact, then send again."
    ),
    "suppressed": _lt(
        "Letters to this address came back before, so the provider sends nothing there "
        "any more. Correct the address in the contact; if it is right, take it off the "
        "provider's list of suppressed addresses. Then send again."
    ),
}
