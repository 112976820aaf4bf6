"""Records: settings, documents, letters and their way to the server.

Ten words, the same in table, log, test and README:

letter    one message to its recipients, exactly as it was written; a ``mail.mail``
dispatch  the row of one letter on its way: state, attempts, next try, what came of it
road      the way of ours, by dispatch; core's own way is everything that has none
door      what a password is for: host, port, encryption, certificate check, user, URL.
          Also what a room shows to the others, its ``__init__``
slot      one of the connections that a provider allows a company at the same time
turn      a worker's time at one company's letters, or at one of them
step      one part of a delivery, from ``resolve`` to ``delivery``; sessions and tests
          take the same ones
kind      what sort of failure it is, and so what follows: wait, pause or give up
cause     the nearer reason within a kind, with its facts (host, port, names …)
cure      the sentence that says what a person can do about a cause
"""

# What others inherit comes before them.
from . import (
    account_email_reach,
    account_email_settings_checked,
    account_email_settings_connection,
    account_email_settings_copied,
    account_email_settings_guard,
    account_email_settings_limits,
    account_email_settings_provider,
    account_email_settings_sealed,
    account_email_settings_sender,
    account_email_settings_signin,
    account_email_settings_signin_steps,
    account_email_settings_statements,
    account_email_settings_status,
)

# isort: split
from . import account_email_mixin

# isort: split
from . import (
    account_email_application,
    account_email_attempt,
    account_email_batch,
    account_email_batch_line,
    account_email_batch_queue,
    account_email_dispatch,
    account_email_dispatch_actions,
    account_email_dispatch_alike,
    account_email_dispatch_bounce,
    account_email_dispatch_envelope,
    account_email_dispatch_letter,
    account_email_dispatch_lock,
    account_email_dispatch_outcome,
    account_email_dispatch_person,
    account_email_dispatch_queue,
    account_email_dispatch_record,
    account_email_dispatch_watch,
    account_email_dispatch_words,
    account_email_document,
    account_email_document_type,
    account_email_grant,
    account_email_ledger,
    account_email_mixin_letter,
    account_email_mixin_pdf,
    account_email_rate,
    account_email_settings,
    account_email_signin,
    account_email_statement,
    account_email_trouble,
    account_move,
    account_move_send,
    account_payment,
    mail_mail,
    mail_mail_outcome,
    mail_thread,
    res_company,
    res_config_settings,
    res_partner,
)
