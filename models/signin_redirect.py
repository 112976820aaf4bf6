"""Where the provider sends people back to, and whether anybody can arrive there."""

from urllib.parse import urlsplit

from odoo.http import request

from ..words import get_cure

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def get_redirect_uri(env):
    """Where the provider sends the browser back to: Odoo's own address, as set by its
    administrator, and never one that a request names."""
    # sudo: system parameters are the administrator's; this one is no secret
    base = env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
    return f"{base.rstrip('/')}/account_email/signin"


def find_redirect_problem(env, service):
    """:return: why nobody would come back from the provider, or nothing"""
    url = urlsplit(get_redirect_uri(env))
    local = url.hostname in (LOOPBACK[:1] if service == "microsoft" else LOOPBACK)
    if url.scheme != "https" and not local:
        return env._(
            "Providers send people back only to an address that begins with https://, "
            "or to http://localhost. This Odoo is %s: ask the administrator for https, "
            "or sign in with a code.",
            f"{url.scheme}://{url.netloc}",
        )
    if request and urlsplit(request.httprequest.host_url).netloc != url.netloc:
        return env._(
            "You use this Odoo under another address than its own. Open %s, log in and "
            "sign in there.",
            f"{url.scheme}://{url.netloc}",
        )
    return None


def tell(env, error):
    """:return: one sentence that cures a TransportError, with its page"""
    return get_cure(env, error.kind, error.cause, error.facts)
