"""Cures for the way to a mail server, where more is known than the cause.

One row a sentence, the nearest first; see ``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure

_lt = LazyTranslate(__name__)

BLOCKED = "refused timeout unreachable"
# After these the address of another server is the cure.
WRONG_SERVER = "dns refused timeout unreachable closed not_smtp protocol relay_denied"

WAY_CURES = (
    Cure(
        "not_smtp plain_on_tls tls_on_plain starttls_missing",
        {"receiving": ("IMAP", "POP3")},
        _lt(
            "This server speaks %(receiving)s: it hands letters out and takes none. "
            "Enter the server for sending: Hostname %(sending)s, Port 465 or 587."
        ),
    ),
    Cure(
        "not_smtp protocol",
        {"speaks": "http"},
        _lt(
            "A web server or a proxy answers at %(host)s on port %(port)s, not a mail "
            "server. Choose port 465 or 587. If that is the port already, a proxy or "
            "a firewall stands in between: ask your administrator."
        ),
    ),
    Cure(
        WRONG_SERVER,
        {"receiving": ("IMAP", "POP3")},
        _lt(
            "%(host)s on port %(port)s is for receiving letters (%(receiving)s). Enter "
            "the server for sending: Hostname %(sending)s, Port 465 or 587."
        ),
    ),
    Cure(
        "dns",
        {"own": False},
        _lt(
            "The name %(host)s leads nowhere or into a private network, where "
            "%(service)s is not. Something stands in between: the login page of a "
            "guest network (captive portal), a filter or a wrong name server. The "
            "administrator must let this Odoo reach the internet."
        ),
    ),
    Cure(
        "dns",
        {},
        _lt(
            "There is no server of the name %(host)s. Did you mean %(meant)s? Enter it "
            "as the Hostname."
        ),
    ),
    Cure(
        WRONG_SERVER,
        {},
        _lt("%(host)s is not the server for sending. Enter %(meant)s as the Hostname."),
    ),
    Cure(
        BLOCKED,
        {"best_kind": "offered"},
        _lt(
            "%(host)s does not answer on port %(port)s, but it does on port %(best)s. "
            "Choose %(best)s under Port."
        ),
    ),
    Cure(
        BLOCKED,
        {"best_kind": "own"},
        _lt(
            "%(host)s does not answer on port %(port)s, but it does on port %(best)s. "
            "Under Port choose Other and enter %(best)s."
        ),
    ),
    Cure(
        BLOCKED,
        {"step": "connect", "own": False, "best_kind": "none"},
        _lt(
            "%(service)s does not answer on any mail port, so something blocks the "
            "way: a firewall, an antivirus program, or the hosting company of this "
            "Odoo. Ask the administrator to allow connections to %(host)s on port "
            "%(port)s, or use a service with the protocol HTTP."
        ),
    ),
    Cure(
        BLOCKED,
        {"step": "connect", "best_kind": "none"},
        _lt(
            "%(host)s does not answer on port %(port)s, nor on any other port for "
            "mail. Check the Hostname: is it really the mail server? If it is, a "
            "firewall or the hosting company of this Odoo blocks the way: ask the "
            "administrator."
        ),
    ),
    Cure(
        "timeout",
        {"step": "greeting", "voice": "test"},
        _lt(
            "%(host)s took the connection on port %(port)s but said nothing. Check the "
            "port and the encryption; if both are right, an antivirus program or a "
            "firewall holds the connection up: ask the administrator."
        ),
    ),
    Cure(
        "timeout",
        {"step": ("login", "sender", "recipient", "delivery"), "voice": "test"},
        _lt(
            "%(host)s was too slow to answer. The settings up to here are right: test "
            "again in some minutes."
        ),
    ),
    Cure(
        "timeout",
        {"step": ("login", "sender", "recipient", "delivery")},
        _lt("%(host)s was too slow to answer. It is sent again by itself."),
    ),
    Cure(
        "closed",
        {"step": ("connect", "greeting"), "voice": "test"},
        _lt(
            "%(host)s hung up without a word. Check the port and the encryption. If "
            "both are right, an antivirus program, a firewall or the server itself "
            "does not let this Odoo in: ask the administrator, then your provider."
        ),
    ),
    Cure(
        "closed",
        {"step": ("encryption", "certificate"), "voice": "test"},
        _lt(
            "%(host)s hung up when the connection was to be encrypted. Try port 465 "
            "instead of 587, or the reverse. If that fails too, an antivirus program "
            "or a firewall stands in between: ask the administrator."
        ),
    ),
    Cure(
        "closed",
        {"step": "login", "voice": "test"},
        _lt(
            "%(host)s hung up when the password was sent. Type username and password "
            "again; if they are right, wait some minutes: the provider may have locked "
            "the login for a while."
        ),
    ),
    Cure(
        "closed",
        {"voice": "test"},
        _lt("%(host)s hung up in the middle. Test again in some minutes."),
    ),
    Cure(
        "dns_timeout",
        {"voice": "test"},
        _lt(
            "The name servers gave no answer, so nobody knows where %(host)s is; the "
            "name may be right. Check the internet connection and the name servers "
            "(DNS) of the machine that Odoo runs on, then test again."
        ),
    ),
    Cure(
        "intercepted",
        {"voice": "test"},
        _lt(
            "An antivirus program or a proxy has taken the connection and can't reach "
            "%(host)s itself. Switch off its scan of outgoing mail on the machine of "
            "Odoo, or ask the administrator for an exception, then test again."
        ),
    ),
    Cure(
        "protocol reply_too_long busy temporary",
        {"voice": "test", "step": ("sender", "recipient", "delivery")},
        _lt(
            "The server can't take the letter right now. The settings up to here are "
            "right: test again in some minutes."
        ),
    ),
    Cure(
        "busy temporary",
        {"voice": "test"},
        _lt("The server is busy at the moment. Test again in some minutes."),
    ),
    Cure(
        "greeting_refused",
        {"own": False},
        _lt(
            "%(service)s does not talk to this Odoo, for the reason in its answer: "
            "mostly its internet address is on a list of senders of spam. Ask the "
            "hosting company of this Odoo, or use a service with the protocol HTTP."
        ),
    ),
)
