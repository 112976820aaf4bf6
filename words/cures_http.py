"""Cures in the words of the HTTP services; mail servers have theirs elsewhere.

One row a sentence, the nearest first; see ``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from ..transport import PROVIDERS
from .cure import Cure

_lt = LazyTranslate(__name__)

HTTP = {"protocol": "http"}
# All but Manager's protocol, whose servers are anybody's and may show pages.
SERVICES = tuple(key for key in PROVIDERS if key != "manager")


def of(*providers):
    """The circumstances of some services."""
    return {**HTTP, "provider": providers}


HTTP_CURES = (
    # the way
    Cure(
        "dns",
        of("ses"),
        _lt(
            "There is no server of the name %(host)s. Check the region in the address: "
            "it looks like https://email.eu-west-1.amazonaws.com."
        ),
    ),
    Cure(
        "dns",
        HTTP,
        _lt(
            "There is no server of the name %(host)s that this Odoo may connect to. "
            "Check how the address of the HTTP server is spelled. A server in your own "
            "private network must be allowed by the administrator first: in Settings > "
            "Technical > System Parameters, key account_email.allowed_hosts, value "
            "%(host)s."
        ),
    ),
    Cure(
        "login_refused key_rights not_found http_refused temporary rate "
        "lost_after_data redirect login_missing",
        {**HTTP, "page": True, "provider": SERVICES, "voice": "test"},
        _lt(
            "A web page answers in place of the service: of a proxy, a firewall, or "
            "the login of a guest network (captive portal). The key was not looked "
            "at. If you entered an address of the server, check it; otherwise ask the "
            "administrator to let this Odoo reach %(host)s directly."
        ),
    ),
    Cure(
        "timeout closed",
        {**HTTP, "step": "delivery", "voice": "test"},
        _lt("%(host)s was too slow to answer. Test again in some minutes."),
    ),
    Cure(
        "timeout closed",
        {**HTTP, "step": "delivery"},
        _lt("%(host)s was too slow to answer. It is sent again by itself."),
    ),
    Cure(
        "refused timeout unreachable closed",
        of("", "manager"),
        _lt(
            "%(host)s does not answer on port %(port)s. Check the address of the HTTP "
            "server. If it is right, a firewall blocks the way: ask the administrator."
        ),
    ),
    Cure(
        "refused timeout unreachable closed",
        HTTP,
        _lt(
            "%(host)s does not answer on port %(port)s. If you entered an address of "
            "the server yourself, check it; otherwise a firewall or a proxy blocks the "
            "way: ask the administrator to let this Odoo reach %(host)s."
        ),
    ),
    Cure(
        "tls_on_plain",
        HTTP,
        _lt(
            "%(host)s does not encrypt on port %(port)s. Check the address of the HTTP "
            "server: a port behind the name is mostly not needed."
        ),
    ),
    Cure(
        "tls_version tls_failed",
        HTTP,
        _lt(
            "The encrypted connection to %(host)s failed. A proxy or firewall may "
            "stand in between: ask the administrator, then the operator of the server."
        ),
    ),
    Cure(
        "cert_expired",
        of("", "manager"),
        _lt(
            "The certificate of %(host)s expired on %(expires)s. Its operator must "
            "renew it."
        ),
    ),
    Cure(
        "cert_not_yet_valid cert_expired",
        HTTP,
        _lt(
            "The certificate of %(host)s does not fit today's date (valid from "
            "%(starts)s to %(expires)s). Check date and clock of the machine that Odoo "
            "runs on."
        ),
    ),
    Cure(
        "cert_self_signed cert_unknown_ca cert_invalid cert_hostname",
        {**HTTP, "provider": ("", "manager"), "certificate": "named"},
        _lt(
            "The certificate of %(host)s can't be trusted: it is for %(names)s. Check "
            "the address of the HTTP server, or ask its operator for a certificate "
            "from a public authority."
        ),
    ),
    Cure(
        "cert_self_signed cert_unknown_ca cert_invalid cert_hostname",
        of("", "manager"),
        _lt(
            "The certificate of %(host)s can't be trusted. Check the address of the "
            "HTTP server, or ask its operator for a certificate from a public "
            "authority."
        ),
    ),
    Cure(
        "cert_self_signed cert_unknown_ca cert_invalid cert_hostname",
        HTTP,
        _lt(
            "The certificate is not the one of %(host)s, so something else answers in "
            "its place: an antivirus program, a firewall, a proxy, or the login page "
            "of a guest network (captive portal). Ask the administrator."
        ),
    ),
    Cure(
        "protocol reply_too_long",
        HTTP,
        _lt(
            "%(host)s answers in a way that no web server does. Check the address of "
            "the HTTP server, its port included."
        ),
    ),
)
