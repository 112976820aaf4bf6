"""What the facts of a failure add up to: circumstances that a cure depends on."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .preset import Preset
from .presets import PRESETS, by_domain, by_host, by_mx
from .watchers import find_watcher

# The ports the form offers; every other one is typed, and Encryption chosen.
OFFERED_PORTS = (465, 587, 25)
# Where the form's own ports come first, then those nobody blocks.
PREFERRED_PORTS = (465, 587, 2525, 2465, 2587, 25)
# Ports and first labels of servers that hand mail out and take none.
RECEIVING_PORTS = {110: "POP3", 995: "POP3", 143: "IMAP", 993: "IMAP"}
RECEIVING_LABELS = {"imap": "IMAP", "imaps": "IMAP", "pop": "POP3", "pop3": "POP3"}
TONGUES = {"imap": "IMAP", "pop3": "POP3"}
WEB_PORTS = (80, 443, 8080, 8443)
# Mechanisms that want no password of us, and those of Windows networks.
SIGN_INS = {"XOAUTH2", "OAUTHBEARER"}
WINDOWS = {"NTLM", "GSSAPI", "GSS-SPNEGO", "KERBEROS_V4"}
# Below this a likeness is an accident.
LIKENESS = 0.85
# Receiving servers of these do not share their name with the sending one.
SENDING = {
    "outlook.office365.com": "smtp.office365.com",
    "imap.mail.me.com": "smtp.mail.me.com",
    "imap-mail.outlook.com": "smtp-mail.outlook.com",
    "pop-mail.outlook.com": "smtp-mail.outlook.com",
    "mail.protonmail.ch": "smtp.protonmail.ch",
    "imap.gmx.net": "mail.gmx.net",
    "pop.gmx.net": "mail.gmx.net",
    "imap.gmx.com": "mail.gmx.com",
    "pop.gmx.com": "mail.gmx.com",
}


def deduce(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Circumstances by name, beside the plain facts themselves.

    ``provider`` (key, only if the server really is the provider's), ``service`` (its
    name), ``own`` (a server of nobody we know), ``port_kind`` (``offered``, ``own``),
    ``best`` and ``best_kind`` (a port that answers), ``meant`` (the server that was
    meant), ``receiving`` (``IMAP`` or ``POP3``), ``sending`` (the server beside it),
    ``watcher`` and ``watched_by`` (see ``watchers``), ``certificate`` (``named``,
    ``wildcard``), ``enter`` and ``ends`` (a name in it), ``by_ip``, ``logins``.
    """
    found: dict[str, Any] = {"protocol": "smtp", **facts}
    host, port = _name(facts.get("host")), facts.get("port")
    smtp = found["protocol"] == "smtp"
    preset = _preset(facts, host) if smtp else PRESETS.get(facts.get("provider", ""))
    key = preset.key if preset else "" if smtp else facts.get("provider", "")
    found |= {"provider": key, "own": smtp and not preset, "by_ip": _is_ip(host)}
    if preset:
        found["service"] = preset.name
    if smtp:
        found |= _about_server(host, port, facts)
        found |= _about_ports(port, facts.get("ports"))
    found |= _about_certificate(host, facts)
    if "offered" in facts:
        found["logins"] = _logins(facts["offered"])
    return found


def _name(host: Any) -> str:
    return str(host or "").strip().strip("[]").rstrip(".").casefold()


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _preset(facts: Mapping[str, Any], host: str) -> Preset | None:
    """The preset whose server it is; the chosen one if several share it."""
    chosen = PRESETS.get(facts.get("provider") or "")
    if chosen and (not host or chosen.host_matches(host)):
        return chosen
    return by_host(host)


def _about_server(host: str, port: Any, facts: Mapping[str, Any]) -> dict:
    found: dict[str, Any] = {}
    label = host.partition(".")[0]
    spoken = facts.get("speaks")
    receiving = (
        TONGUES.get(spoken or "")
        or RECEIVING_LABELS.get(label)
        or RECEIVING_PORTS.get(port)
    )
    if receiving and spoken in {None, *TONGUES}:
        found["receiving"] = receiving
        found["sending"] = _sending(host)
    meant = _meant(host)
    return found | ({"meant": meant} if meant and meant != host else {})


def _sending(host: str) -> str:
    """The sending server beside a receiving one."""
    label, _, rest = host.partition(".")
    guess = f"smtp.{rest}" if label in RECEIVING_LABELS and rest else host
    preset = by_domain(rest) if rest and not by_host(guess) else None
    return SENDING.get(host) or (preset.host if preset else guess)


def _meant(host: str) -> str:
    """The server of a provider that somebody meant who typed ``host``."""
    if host in SENDING:
        return SENDING[host]
    if not host or by_host(host) or _is_ip(host):
        return ""
    preset = by_domain(host) or by_mx([host])
    if preset:
        return preset.host
    known = [h for p in PRESETS.values() for h in (p.host, *p.regions.values())]
    return next(iter(difflib.get_close_matches(host, known, 1, LIKENESS)), "")


def _about_ports(port: Any, answering: Iterable[int] | None) -> dict:
    found: dict[str, Any] = {"port_kind": "offered" if port in OFFERED_PORTS else "own"}
    if port in WEB_PORTS:
        found["port_kind"] = "web"
    if answering is not None:
        best = next((p for p in PREFERRED_PORTS if p in answering), 0)
        found["best_kind"] = "none"
        if best:
            found["best"] = best
            found["best_kind"] = "offered" if best in OFFERED_PORTS else "own"
    return found


def _about_certificate(host: str, facts: Mapping[str, Any]) -> dict:
    found: dict[str, Any] = {}
    if issuer := facts.get("issuer"):
        kind, name = find_watcher(str(issuer))
        found |= {"watched_by": kind, "watcher": name} if kind else {}
    names = [str(name).casefold() for name in _all(facts.get("names"))]
    named = [name for name in names if re.fullmatch(r"[\w-]+(\.[\w-]+)+", name)]
    wild = [name[1:] for name in names if name.startswith("*.")]
    # The bare domain beside its wildcard, and a web site's name, are no mail servers.
    passed_over = {host, *(name[1:] for name in wild)}
    hosts = [
        name
        for name in named
        if name not in passed_over and not _is_ip(name) and name[:4] != "www."
    ]
    if hosts:
        # What begins like a mail server is one more likely than the bare domain.
        mail = [name for name in hosts if re.match(r"(smtp|mail|mx|out|relay)", name)]
        found |= {"certificate": "named", "enter": (mail or hosts)[0]}
    elif wild:
        found |= {"certificate": "wildcard", "ends": wild[0]}
    return found


def _all(value: Any) -> list:
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []


def _logins(offered: Any) -> str:
    words = set(str(offered or "").upper().replace(",", " ").split())
    if not words:
        return "none"
    if words <= SIGN_INS:
        return "sign_in"
    return "windows" if words <= SIGN_INS | WINDOWS else "other"
