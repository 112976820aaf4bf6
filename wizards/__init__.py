from . import account_email_settings_test, mail_compose_message
