"""Cures for encryption and certificates, where more is known than the cause.

One row a sentence, the nearest first; see ``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure

_lt = LazyTranslate(__name__)

CERTIFICATES = (
    "cert_self_signed cert_unknown_ca cert_invalid cert_hostname cert_expired "
    "cert_not_yet_valid"
)

# Who stands between, whatever the protocol.
WATCHER_CURES = (
    Cure(
        CERTIFICATES,
        {"watched_by": "antivirus"},
        _lt(
            "The certificate is not the one of %(host)s: an antivirus program "
            "(%(watcher)s) on the way reads along and shows its own. Switch off its "
            "scan of outgoing mail and of encrypted connections on the machine of "
            "Odoo, or make an exception there for %(host)s."
        ),
    ),
    Cure(
        CERTIFICATES,
        {"watched_by": "firewall"},
        _lt(
            "The certificate is not the one of %(host)s: a firewall or proxy "
            "(%(watcher)s) on the way reads along and shows its own. Ask the "
            "administrator to make an exception for %(host)s on port %(port)s."
        ),
    ),
)
ENCRYPTION_CURES = (
    # port and encryption
    Cure(
        "tls_on_plain",
        {"port_kind": "own", "suggested": "starttls"},
        _lt(
            "On port %(port)s the server begins without encryption and encrypts then. "
            "Set Encryption to “STARTTLS, required”."
        ),
    ),
    Cure(
        "tls_on_plain",
        {"port_kind": "own", "suggested": "none", "login": "none"},
        _lt(
            "The server offers no encryption on port %(port)s. If it is in your own "
            "network, set Encryption to “STARTTLS if offered, else none”. Otherwise "
            "choose port 465 or 587."
        ),
    ),
    Cure(
        "tls_on_plain",
        {"port_kind": "own", "suggested": "none"},
        _lt(
            "The server offers no encryption on port %(port)s. If it is in your own "
            "network, set Encryption to “STARTTLS if offered, else none” and tick "
            "“Send the password without encryption”. Otherwise choose port 465 or 587."
        ),
    ),
    Cure(
        "tls_on_plain",
        {"port": 465, "suggested": "none"},
        _lt(
            "The server offers no encryption on port 465. Choose port 587, or port 25 "
            "if it is a server in your own network."
        ),
    ),
    Cure(
        "tls_on_plain",
        {"port_kind": "own"},
        _lt(
            "On port %(port)s the server does not expect encryption from the start. "
            "Set Encryption to “STARTTLS, required”."
        ),
    ),
    Cure(
        "plain_on_tls",
        {"port_kind": "own"},
        _lt(
            "On port %(port)s the server expects encryption from the start. Set "
            "Encryption to “TLS from the start”."
        ),
    ),
    Cure(
        "plain_on_tls",
        {"port_kind": "web"},
        _lt(
            "Port %(port)s is the one of web servers. Choose port 465 or 587 for "
            "sending."
        ),
    ),
    Cure(
        "starttls_missing",
        {"masked": True},
        _lt(
            "A firewall in between (mostly of Cisco) takes the encryption away from "
            "what the server offers. Choose port 465, or ask the administrator to "
            "switch off the firewall's inspection of SMTP."
        ),
    ),
    Cure(
        "starttls_missing",
        {"own": False},
        _lt(
            "%(service)s always encrypts, but no encryption arrives here: an antivirus "
            "program or a firewall in between takes it away. Switch off its scan of "
            "outgoing mail on the machine of Odoo, or ask the administrator."
        ),
    ),
    Cure(
        "starttls_missing",
        {"port_kind": "own", "login": "none"},
        _lt(
            "The server offers no encryption on port %(port)s. If it is in your own "
            "network, set Encryption to “STARTTLS if offered, else none”. Otherwise "
            "choose port 465."
        ),
    ),
    Cure(
        "starttls_missing",
        {"port_kind": "own"},
        _lt(
            "The server offers no encryption on port %(port)s. If it is in your own "
            "network, set Encryption to “STARTTLS if offered, else none” and tick "
            "“Send the password without encryption”. Otherwise choose port 465."
        ),
    ),
    Cure(
        "starttls_missing",
        {"port": 587},
        _lt(
            "The server offers no encryption on port 587. Choose port 465. If it is in "
            "your own network and knows no encryption at all: under Port choose Other, "
            "leave 587, and set Encryption to “STARTTLS if offered, else none”."
        ),
    ),
    Cure(
        "starttls_required",
        {"port_kind": "own"},
        _lt(
            "The server wants an encrypted connection. Set Encryption to “STARTTLS, "
            "required”."
        ),
    ),
    Cure(
        "tls_failed",
        {"port": 465},
        _lt(
            "The server could not agree on an encrypted connection on port 465. Choose "
            "port 587. If that fails too, ask the operator of the server."
        ),
    ),
    Cure(
        "tls_failed",
        {"port": (25, 587)},
        _lt(
            "The server could not agree on an encrypted connection on port %(port)s. "
            "Choose port 465. If that fails too, ask the operator of the server."
        ),
    ),
    Cure(
        "cert_expired cert_not_yet_valid",
        {"own": False, "protocol": "smtp"},
        _lt(
            "The certificate of %(service)s does not fit today's date (valid from "
            "%(starts)s to %(expires)s). Check date and clock of the machine that Odoo "
            "runs on."
        ),
    ),
    Cure(
        "cert_self_signed cert_unknown_ca cert_hostname cert_invalid",
        {"own": False, "protocol": "smtp"},
        _lt(
            "The certificate is not the one of %(service)s, so something else answers "
            "in its place: an antivirus program, a firewall, a proxy, or the login "
            "page of a guest network (captive portal). Do not send a password this "
            "way; ask the administrator. Who issued it: %(issuer)s."
        ),
    ),
    Cure(
        "cert_self_signed cert_unknown_ca cert_hostname cert_invalid",
        {"own": False, "protocol": "smtp"},
        _lt(
            "The certificate is not the one of %(service)s, so something else answers "
            "in its place: an antivirus program, a firewall, a proxy, or the login "
            "page of a guest network (captive portal). Do not send a password this "
            "way; ask the administrator."
        ),
    ),
    # servers of one's own
    Cure(
        "cert_expired",
        {"protocol": "smtp"},
        _lt(
            "The certificate of %(host)s expired on %(expires)s. Its operator must "
            "renew it. If it is your own server, you can tick “Do not verify TLS "
            "certificate” until then."
        ),
    ),
    Cure(
        "cert_not_yet_valid",
        {"protocol": "smtp"},
        _lt(
            "The certificate of %(host)s is valid only from %(starts)s. Check date and "
            "clock of the machine that Odoo runs on. If they are right, the operator "
            "of the server must change the certificate."
        ),
    ),
    Cure(
        "cert_hostname",
        {"protocol": "smtp", "certificate": "wildcard"},
        _lt(
            "The certificate is for names that end in %(ends)s, and %(host)s does not "
            "fit. Ask your provider for the name of the mail server that ends in "
            "%(ends)s and enter it as the Hostname. If it is your own server, you can "
            "tick “Do not verify TLS certificate”."
        ),
    ),
    Cure(
        "cert_hostname",
        {"protocol": "smtp", "certificate": "named"},
        _lt(
            "The certificate is for another name than %(host)s: %(names)s. Enter "
            "%(enter)s as the Hostname."
        ),
    ),
    Cure(
        "cert_hostname",
        {"protocol": "smtp"},
        _lt(
            "The certificate is not for the name %(host)s. Ask your provider for the "
            "right name of the mail server and enter it as the Hostname. If it is your "
            "own server, you can tick “Do not verify TLS certificate”."
        ),
    ),
)
