# What others inherit comes before them.
from . import account_email_settings_test_kept

# isort: split
from . import (
    account_email_settings_test,
    account_email_settings_test_line,
    account_email_statement_create,
    account_move_send_wizards,
    mail_compose_message,
    mail_compose_message_files,
)
