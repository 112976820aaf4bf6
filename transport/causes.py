"""The words for what went wrong; selections, logs and cures are keyed by them."""

from __future__ import annotations

KINDS = (
    "transient",
    "quota",
    "auth",
    "sender",
    "recipient",
    "content",
    "tls",
    "config",
    "unknown",
    # Before the network is touched: this machine's own trouble, and a letter that
    # no longer is what was written.
    "own",
    "held",
)

# Facts that any failure may carry: the server, the preset or API it belongs to, the
# address in question; ``protocol`` and ``security`` as in ``Profile``, ``step`` where
# it failed, and ``login``, the shape of the username: ``address``, ``word`` or
# ``none``; ``page`` where a web page answered in a service's place, and
# ``field`` (``cc``, ``bcc``) where only copies were refused.
COMMON_FACTS = (
    "host",
    "port",
    "provider",
    "address",
    "protocol",
    "security",
    "step",
    "login",
    "page",
    "field",
)
# Texts as they stand in the certificate; dates as YYYY-MM-DD.
CERTIFICATE_FACTS = ("names", "starts", "expires", "issuer")
# Every cause word with the facts it may carry beside the common ones.
# Whoever translates cures keys them by these words; a test compares the tables.
CAUSES: dict[str, tuple[str, ...]] = {
    # the way to the server
    "dns": (),
    "dns_timeout": (),
    "refused": ("ports",),
    "timeout": ("ports",),
    "unreachable": ("ports",),
    "closed": (),
    "intercepted": (),
    # of older versions; it is "dns" now
    "private_address": (),
    "bad_host": (),
    "bad_port": (),
    "bad_url": (),
    "bad_secret": (),
    "bad_profile": (),
    "protocol": (),
    "not_smtp": ("speaks",),
    "greeting_refused": (),
    # this machine: the name it says, its address and where that stands
    "helo_refused": (),
    "machine_refused": ("ip",),
    "reply_too_long": (),
    # encryption
    "tls_on_plain": ("suggested",),
    "plain_on_tls": ("suggested",),
    "starttls_missing": ("masked",),
    "starttls_required": (),
    "starttls_broken": (),
    "tls_version": (),
    "tls_failed": (),
    "cert_self_signed": CERTIFICATE_FACTS,
    "cert_expired": CERTIFICATE_FACTS,
    "cert_not_yet_valid": CERTIFICATE_FACTS,
    "cert_hostname": CERTIFICATE_FACTS,
    "cert_unknown_ca": CERTIFICATE_FACTS,
    "cert_invalid": CERTIFICATE_FACTS,
    # login
    "login_refused": (),
    "login_missing": (),
    "login_locked": (),
    "login_not_offered": ("offered",),
    "login_unencrypted": (),
    "login_temporary": (),
    "app_password": (),
    "too_many_logins": (),
    "ms_tenant": (),
    "ms_mailbox": (),
    "ms_security_defaults": (),
    "ms_oauth": (),
    "ms_password": (),
    "ms_policy": (),
    "ses_credentials": (),
    "ses_key": (),
    "ses_signature": (),
    "ses_clock": (),
    "ses_region": (),
    "ses_rights": (),
    "key_rights": (),
    "ip_not_allowed": ("ip",),
    "account_disabled": (),
    # login by a token of the provider
    "token_refused": (),
    "token_mailbox": ("address",),
    "token_not_offered": (),
    "signin_again": (),
    "signin_missing": (),
    "signin_stale": (),
    "signin_declined": (),
    "signin_forged": (),
    "other_issuer": ("issuer",),
    "other_account": ("account", "address"),
    "refresh_missing": (),
    "scope_missing": ("scope", "granted"),
    "consent_missing": ("link",),
    "client_unknown": ("link",),
    "client_secret_wrong": ("link",),
    "client_secret_expired": ("link",),
    "public_client_off": ("link",),
    "redirect_mismatch": ("redirect", "link"),
    "tenant_unknown": (),
    "access_policy": (),
    "mailbox_missing": (),
    "right_missing": ("link",),
    "api_off": ("link",),
    "library_missing": (),
    # sender, recipient, content
    "sender_denied": (),
    "sender_unverified": (),
    "sender_refused": (),
    "relay_denied": (),
    "recipient_unknown": (),
    "recipient_domain": (),
    "recipient_refused": (),
    "bad_address": (),
    "smtputf8_missing": (),
    "mailbox_full": (),
    "too_big": ("size", "limit"),
    "too_many_recipients": (),
    "spam": (),
    "unauthenticated": (),
    "blocklisted": ("ip",),
    "content_refused": (),
    "attachment_refused": (),
    "letter_broken": (),
    # later
    "greylisted": (),
    "temporary": (),
    "busy": (),
    "rate": (),
    "concurrent": (),
    "quota_daily": (),
    "quota_plan": (),
    # HTTP
    "redirect": ("location",),
    "not_found": (),
    "http_refused": (),
    # no answer any more
    "lost_after_data": (),
    # this machine's own trouble, before the point of no return
    "memory_full": (),
    "files_open": (),
    "stopped": (),
    "letter_unready": (),
    # an answer that does not say for whom
    "not_told": (),
}

# After these nobody knows what the server will say next: the connection is closed.
BROKEN = frozenset(
    {"timeout", "closed", "protocol", "reply_too_long", "lost_after_data", "busy"}
)
