"""Which of the settings act: what is not shown does nothing.

The one place that knows which field belongs to which protocol and service. The form,
the checks and the profile all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..transport import PROVIDERS
from .addresses import one_address
from .passwords import odd_mark

# What decides which of the fields act.
ACTING_BY = (
    "protocol",
    "http_provider",
    "security",
    "username",
    "password",
    "send_copy",
    "use_reply_to",
    "login_kind",
)


def login_kind(values: Mapping[str, Any]) -> str:
    """How one logs in: ``password`` unless people sign in with the provider."""
    try:
        return values["login_kind"] or "password"
    except KeyError:
        return "password"


def is_manager(values: Mapping[str, Any]) -> bool:
    """Whether Manager's own protocol is spoken: no login, and no sender."""
    return (
        login_kind(values) == "password"
        and values["protocol"] == "http"
        and (values["http_provider"] or "manager") == "manager"
    )


def acting_fields(values: Mapping[str, Any]) -> frozenset[str]:
    """Names of the fields that act together with these ``values``.

    :param values: those of ``ACTING_BY``; an empty one may be ``False``
    """
    if login_kind(values) != "password":
        # The provider's own servers: nothing of them is typed.
        over_http = values["protocol"] == "http"
        choice = "http_provider" if over_http else "provider"
        found = {"login_kind", "email_address", choice}
    elif values["protocol"] == "http":
        found = _acting_http(values)
    else:
        found = _acting_smtp(values)
    found |= {"protocol", "send_copy"}
    if values["send_copy"]:
        found.add("copy_address")
    if not is_manager(values):
        found.add("use_reply_to")
    if values["use_reply_to"] or is_manager(values):
        found.add("reply_to")
    if "password" in found and odd_mark(values["password"] or ""):
        found.add("accept_odd_password")
    return frozenset(found)


def _acting_http(values: Mapping[str, Any]) -> set[str]:
    # A form may hold any word; where none is known, it is the generic protocol.
    provider = PROVIDERS.get(values["http_provider"], PROVIDERS["manager"])
    needs = {
        "username": provider.needs_username,
        "password": provider.needs_secret,
        "email_address": provider.needs_address,
        "login_kind": provider.by_token,
    }
    return {"http_provider", "http_url", *(name for name in needs if needs[name])}


def _acting_smtp(values: Mapping[str, Any]) -> set[str]:
    found = {"provider", "smtp_host", "smtp_port", "security", "username"}
    found.add("skip_tls_verification")
    if values["username"]:
        found.add("password")
        if values["security"] == "none":
            found.add("accept_plain_password")
    if not one_address(values["username"] or ""):
        found.add("email_address")
    return found
