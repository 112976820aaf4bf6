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
    account_email_settings_status,
)

# isort: split
from . import (
    account_email_attempt,
    account_email_batch,
    account_email_batch_line,
    account_email_dispatch,
    account_email_dispatch_letter,
    account_email_dispatch_lock,
    account_email_dispatch_outcome,
    account_email_dispatch_queue,
    account_email_ledger,
    account_email_lookup,
    account_email_mixin,
    account_email_mixin_letter,
    account_email_settings,
    account_move,
    account_payment,
    mail_mail,
    mail_mail_outcome,
    mail_thread,
    res_company,
    res_config_settings,
)
