"""Cures for the login, where more is known than the cause.

One row a sentence, the nearest first; see ``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure

_lt = LazyTranslate(__name__)

LOGIN_CURES = (
    # no login, or not this one
    Cure(
        "login_not_offered",
        {"logins": "sign_in", "provider": ("microsoft365", "outlook")},
        _lt(
            "%(service)s takes no password here, only a sign-in at its own page. "
            "Choose Microsoft under How to log in and press Sign in."
        ),
    ),
    Cure(
        "login_not_offered",
        {"logins": "sign_in", "provider": ("gmail", "google")},
        _lt(
            "%(service)s takes no password here, only a sign-in at its own page. "
            "Choose Google under How to log in and press Sign in."
        ),
    ),
    Cure(
        "login_not_offered",
        {"logins": "sign_in"},
        _lt(
            "The server takes no password, only a sign-in at a page of the provider "
            "(%(offered)s). Ask your provider for a way to log in with a password."
        ),
    ),
    Cure(
        "login_not_offered",
        {"logins": "windows"},
        _lt(
            "The server knows only logins of Windows networks (%(offered)s). Ask its "
            "administrator to allow a login with username and password (basic) on port "
            "587, or to take letters from this Odoo without a login."
        ),
    ),
    Cure(
        "login_not_offered",
        {"port": 25},
        _lt(
            "The server wants no login on port 25. Leave the Username empty (the "
            "password goes with it) and enter your address under Email address. To log "
            "in, choose port 587 or 465 instead."
        ),
    ),
    Cure(
        "login_not_offered",
        {"own": False},
        _lt(
            "%(service)s offers no login here, so something stands in between. Choose "
            "port 465; if that fails too, ask the administrator about antivirus and "
            "firewall."
        ),
    ),
    Cure(
        "login_not_offered",
        {},
        _lt(
            "The server wants no login on port %(port)s. Leave the Username empty (the "
            "password goes with it) and enter your address under Email address. If it "
            "then refuses the letter, ask your provider for the port with a login."
        ),
    ),
    Cure(
        "login_unencrypted",
        {"port_kind": "own"},
        _lt(
            "The password is not sent over a connection that is not encrypted. Set "
            "Encryption to “STARTTLS, required”, or choose port 465 or 587."
        ),
    ),
    Cure(
        "login_missing",
        {"protocol": "smtp", "login": "none"},
        _lt(
            "The server wants a login, and the Username is empty. Enter the username "
            "and the password of the mailbox."
        ),
    ),
    Cure(
        "login_missing",
        {"protocol": "smtp", "provider": "microsoft365"},
        _lt(
            "Microsoft 365 did not accept the login, or this mailbox may not send "
            "this way. Check the password, and that Authenticated SMTP is switched on."
        ),
    ),
    Cure(
        "relay_denied",
        {"protocol": "smtp", "login": "none"},
        _lt(
            "The server sends only for those who log in. Enter the Username and the "
            "Password of the mailbox, with port 465 or 587. A server in your own "
            "network may instead allow this Odoo to send without: ask its "
            "administrator."
        ),
    ),
    Cure(
        "relay_denied",
        {"protocol": "smtp"},
        _lt(
            "The login worked, but the server does not send for this address to "
            "strangers. Use the address of the mail account as the sender, or ask your "
            "provider to allow sending to other domains."
        ),
    ),
    # from where
    Cure(
        "ip_not_allowed",
        {"provider": "brevo"},
        _lt(
            "Brevo lets only known internet addresses send. Open Security > Authorised "
            "IPs there and add %(ip)s, the address of this Odoo, or switch the check "
            "off."
        ),
    ),
    Cure(
        "ip_not_allowed",
        {"provider": "brevo"},
        _lt(
            "Brevo lets only known internet addresses send. Open Security > Authorised "
            "IPs there and add the address of this Odoo, or switch the check off."
        ),
    ),
    Cure(
        "ip_not_allowed",
        {"protocol": "smtp", "own": True},
        _lt(
            "The provider lets only known internet addresses send. Add %(ip)s, the "
            "address of this Odoo, to the allowed ones there. In Google Workspace that "
            "is Apps > Gmail > Routing > SMTP relay service."
        ),
    ),
    Cure(
        "ip_not_allowed",
        {},
        _lt(
            "The provider lets only known internet addresses send. Add %(ip)s, the "
            "address of this Odoo, to the allowed ones in its security settings."
        ),
    ),
    # waiting
    Cure(
        "login_temporary",
        {"voice": "test"},
        _lt(
            "The server can't check the login at the moment. Test again in some "
            "minutes."
        ),
    ),
    Cure(
        "too_many_logins",
        {"voice": "test"},
        _lt(
            "The provider saw too many logins. Wait fifteen minutes, then test again, "
            "once."
        ),
    ),
)
