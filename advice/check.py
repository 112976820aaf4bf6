"""What is wrong with settings, judged before any network is touched.

A problem is a word and its facts; ``words.form`` has the sentence for each word.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..transport import PROVIDERS, TransportError, are_addresses, host_name
from .acting import ACTING_BY, acting_fields, is_manager, login_kind
from .addresses import bare_addresses, bare_text, one_address
from .lookalike import hidden_marks
from .passwords import odd_mark
from .presets import by_host

Problem = tuple[str, dict[str, Any]]


def check(values: Mapping[str, Any], *, complete: bool = False) -> dict[str, Problem]:
    """A problem for each acting field that can't work as it stands.

    :param values: all of ``FORM_VALUES``; an empty one may be ``False``
    :param complete: whether missing values are problems, too
    :return: ``{field: (word, facts)}``, in the order of the form
    """
    acting = acting_fields(values)
    found = {}
    for name, judge in JUDGES.items():
        problem = judge(values) if name in acting else None
        word = problem and problem[0]
        if problem and (complete or word not in WHEN_COMPLETE | WHEN_SIGNING_IN):
            found[name] = problem
    return found


def problem_of_host(host: str) -> Problem | None:
    """What is wrong with the name of a mail server; ``None`` if it can be one."""
    if "://" in host or "/" in host:
        return "host_with_more", {}
    if "@" in host and one_address(host):
        return "host_is_address", {}
    if is_host(host):
        return None
    return ("host_with_port", {}) if ":" in host else ("host_bad", {})


def split_host(text: str) -> tuple[str, int]:
    """What was pasted for a host, as name and port: ``smtp.example.com:587`` or
    ``https://smtp.example.com/``. The port is 0 where none is said.

    :return: two empty values if nothing is to be taken apart, or no host is left
    """
    text = text.strip()
    if not text or is_host(text):
        return "", 0
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        return "", 0
    return (host, port) if "@" not in parts.netloc and is_host(host) else ("", 0)


def is_host(host: str) -> bool:
    """Whether ``host`` is a name or an address that can be looked up, as typed."""
    try:
        host_name(host)
    except TransportError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this very machine."""
    name = host_name(host).casefold()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _login_kind(values: Mapping[str, Any]) -> Problem | None:
    if login_kind(values) == "password":
        return "signin_needed", {}
    if not values["application_id"]:
        return "application_missing", {}
    return None if values["is_signed_in"] else ("signin_missing", {})


def _http_url(values: Mapping[str, Any]) -> Problem | None:
    if not values["http_url"]:
        # A named service has an address of its own.
        return ("url_missing", {}) if is_manager(values) else None
    try:
        url = urlsplit(values["http_url"].strip())
        host, _port = url.hostname or "", url.port
    except ValueError:
        return "url_bad", {}
    if url.username or url.password:
        return "url_with_login", {}
    if url.scheme not in ("http", "https") or not is_host(host):
        return "url_not_whole", {}
    if (url.query or url.fragment) and not is_manager(values):
        # Their addresses have no such thing; their key has a field that is sealed.
        return "url_with_key", {}
    if url.scheme != "https" and not is_loopback(host):
        return "url_unsafe", {}
    return None


def _smtp_host(values: Mapping[str, Any]) -> Problem | None:
    host = (values["smtp_host"] or "").strip()
    return problem_of_host(host) if host else ("host_missing", {})


def _smtp_port(values: Mapping[str, Any]) -> Problem | None:
    return None if 1 <= (values["smtp_port"] or 0) <= 65535 else ("port_range", {})


def _skip_tls_verification(values: Mapping[str, Any]) -> Problem | None:
    preset = values["skip_tls_verification"] and by_host(values["smtp_host"] or "")
    return ("certificate_known", {"provider": preset.name}) if preset else None


def _accept_plain_password(values: Mapping[str, Any]) -> Problem | None:
    """Nobody's password goes in the clear without her own word for it."""
    return None if values["accept_plain_password"] else ("password_plain", {})


def _username(values: Mapping[str, Any]) -> Problem | None:
    username = values["username"] or ""
    if not username:
        return ("username_missing", {}) if values["protocol"] == "http" else None
    return _hidden(username) if "@" in username else None


def _password(values: Mapping[str, Any]) -> Problem | None:
    typed = values["password"] or ""
    mark = not values["accept_odd_password"] and odd_mark(typed)
    if mark:
        return (
            ("password_blank", {})
            if mark == "blank"
            else ("password_odd", {"mark": mark})
        )
    return None if typed or values["has_password"] else ("password_missing", {})


def _email_address(values: Mapping[str, Any]) -> Problem | None:
    return _single(values["email_address"], "sender_missing")


def _copy_address(values: Mapping[str, Any]) -> Problem | None:
    return _single(values["copy_address"], "copy_missing")


def _reply_to(values: Mapping[str, Any]) -> Problem | None:
    """A list is allowed here, as in Manager.io."""
    text = values["reply_to"] or ""
    if not text:
        return "reply_missing", {}
    found = bare_addresses(text)
    if hidden := _hidden(text):
        return hidden
    if not found or not all(found) or not are_addresses(bare_text(text)):
        return "addresses_bad", {}
    key = values["http_provider"] if values["protocol"] == "http" else ""
    service = PROVIDERS.get(key or "")
    if found[1:] and service and service.one_reply_to:
        return "reply_several", {"service": service.label}
    return None


def _single(text: str | None, missing: str) -> Problem | None:
    if not text:
        return missing, {}
    if hidden := _hidden(text):
        return hidden
    if one_address(text):
        return None
    several = len([found for found in bare_addresses(text) if found]) > 1
    return ("addresses_several" if several else "address_bad"), {}


def _hidden(text: str) -> Problem | None:
    marks = hidden_marks(text.strip())
    return ("hidden_mark", {"text": text, "mark": marks[0]}) if marks else None


JUDGES = {
    "login_kind": _login_kind,
    "http_url": _http_url,
    "smtp_host": _smtp_host,
    "smtp_port": _smtp_port,
    "skip_tls_verification": _skip_tls_verification,
    "accept_plain_password": _accept_plain_password,
    "username": _username,
    "password": _password,
    "email_address": _email_address,
    "copy_address": _copy_address,
    "reply_to": _reply_to,
}
# Told once Test or Save was pressed, not while she is still typing.
WHEN_COMPLETE = {
    "url_missing",
    "host_missing",
    "password_plain",
    "username_missing",
    "password_missing",
    "sender_missing",
    "copy_missing",
    "reply_missing",
}
# The same, where one signs in with the provider.
WHEN_SIGNING_IN = {"signin_needed", "application_missing", "signin_missing"}
SIGNIN_VALUES = ("application_id", "is_shared_mailbox")
FORM_VALUES = tuple(
    dict.fromkeys([*ACTING_BY, *JUDGES, "accept_odd_password", *SIGNIN_VALUES])
)
