"""Cures for what the server has against one letter, or against so many of them."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

LETTER_CURES = {
    # sender, recipient, content
    "sender_denied": _lt(
        "This login may not send as this address. Use the address of the mail account."
    ),
    "sender_unverified": _lt(
        "The provider does not know the sender address yet. Verify the address or its "
        "domain at the provider."
    ),
    "sender_refused": _lt(
        "The server refuses the sender address. Check the email address in the "
        "settings."
    ),
    "relay_denied": _lt(
        "The server sends only for those who log in, or only from its own addresses. "
        "Enter username and password, and use the address of the mail account."
    ),
    "recipient_unknown": _lt(
        "This address does not exist. Correct it in the contact, then send again."
    ),
    "recipient_domain": _lt(
        "Nothing receives mail behind the @ of this address. Correct it in the "
        "contact, then send again."
    ),
    "not_told": _lt(
        "The provider took the letter, but not for everybody, and does not say for "
        "whom. Ask the recipients; then press “It arrived” or “Send again”."
    ),
    "recipient_refused": _lt(
        "The recipient's server does not take letters for this address. Check it in "
        "the contact, or ask the recipient."
    ),
    "bad_address": _lt(
        "This is not an email address that letters can be sent to. Correct it, then "
        "send again."
    ),
    "smtputf8_missing": _lt(
        "The server can't send to addresses with letters such as ä or ë before the @. "
        "Use another address of the recipient."
    ),
    "mailbox_full": _lt("The recipient's mailbox is full. Tell the recipient."),
    "too_big": _lt(
        "The letter is too big for the server. Send it with fewer or smaller files."
    ),
    "too_many_recipients": _lt("Too many recipients in one letter. Send it to fewer."),
    "spam": _lt(
        "The server takes the letter for spam. Ask your provider about SPF, DKIM and "
        "DMARC of your domain."
    ),
    "unauthenticated": _lt(
        "The recipient's server can't see that the letter is really yours. Ask your "
        "provider about SPF, DKIM and DMARC of your domain."
    ),
    "blocklisted": _lt(
        "The internet address of this Odoo, or of its mail server, is on a list of "
        "senders of spam. Send over the mail server of your provider, or ask who runs "
        "the server to have it taken off the list."
    ),
    "content_refused": _lt(
        "The server refuses this letter, for the reason in its answer. Change it, then "
        "send again."
    ),
    "attachment_refused": _lt(
        "The server does not want one of the files. Send the letter without it."
    ),
    # later
    "greylisted": _lt(
        "The server takes letters of strangers only at the second try. Nothing to do: "
        "it is sent again by itself."
    ),
    "temporary": _lt(
        "The server can't take the letter right now. Nothing to do: it is sent again "
        "by itself."
    ),
    "busy": _lt(
        "The server is busy. Nothing to do: the letter is sent again by itself."
    ),
    "rate": _lt(
        "Too many letters in a short time for this provider. Sending goes on by "
        "itself, more slowly."
    ),
    "concurrent": _lt(
        "Too many connections at once for this provider. The letter is sent again by "
        "itself."
    ),
    "quota_daily": _lt(
        "The mail account has sent as much as its provider allows for today. Sending "
        "goes on by itself."
    ),
    "quota_plan": _lt(
        "The plan at the mail provider is used up. Sending goes on by itself when it "
        "is renewed."
    ),
    # HTTP
    "redirect": _lt(
        "The HTTP server points to another address. Enter that address itself, if you "
        "trust it."
    ),
    "not_found": _lt(
        "There is nothing at this address of the HTTP server. Check how it is spelled."
    ),
    "http_refused": _lt(
        "The HTTP server refuses the letter, for the reason in its answer."
    ),
    # no answer any more
    "lost_after_data": _lt(
        "The connection broke while the letter was being handed over. Ask the "
        "recipient, or look into the copy or the sent folder; then press “It arrived” "
        "or “Send again”."
    ),
    "interrupted": _lt(
        "Odoo was stopped while the letter was being handed over. Ask the recipient, "
        "or look into the copy or the sent folder; then press “It arrived” or “Send "
        "again”."
    ),
    # ours
    "letter_broken": _lt(
        "The letter can't be put together. Send the document again from its own page; "
        "if that fails too, tell the administrator."
    ),
}
