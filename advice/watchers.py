"""Programs that stand between us and a server and read along."""

from __future__ import annotations

import re

# A word of the issuer in the certificates they make -> the product's name. Proper
# names, so not translated.
ANTIVIRUS = (
    (r"\bavast", "Avast"),
    (r"\bavg\b", "AVG"),
    (r"avira", "Avira"),
    (r"kaspersky", "Kaspersky"),
    (r"\beset\b", "ESET"),
    (r"bitdefender", "Bitdefender"),
    (r"norton|symantec.*(scan|shield|proxy)", "Norton"),
    (r"mcafee", "McAfee"),
    (r"g ?data\b", "G DATA"),
    (r"dr\.? ?web", "Dr.Web"),
    (r"bullguard", "BullGuard"),
    (r"f-secure", "F-Secure"),
    (r"trend ?micro", "Trend Micro"),
    (r"adguard", "AdGuard"),
    (r"sophos.*(home|web)", "Sophos"),
    (r"(web|mail|e-?mail)[ /]*(mail)? ?shield", "Web/Mail Shield"),
    (r"antivir|anti-vir", "antivirus"),
)
FIREWALLS = (
    (r"fortinet|fortigate|forticlient", "Fortinet FortiGate"),
    (r"sophos", "Sophos"),
    (r"zscaler", "Zscaler"),
    (r"palo ?alto", "Palo Alto"),
    (r"check ?point", "Check Point"),
    (r"cisco|umbrella", "Cisco"),
    (r"blue ?coat", "Blue Coat"),
    (r"netskope", "Netskope"),
    (r"watchguard", "WatchGuard"),
    (r"barracuda", "Barracuda"),
    (r"sonicwall", "SonicWall"),
    (r"forcepoint|websense", "Forcepoint"),
    (r"untangle", "Untangle"),
    (r"pfsense", "pfSense"),
    (r"opnsense", "OPNsense"),
    (r"mikrotik", "MikroTik"),
    (r"securly", "Securly"),
    (r"lightspeed", "Lightspeed"),
    (r"squid|mitmproxy|burp|charles proxy|\bproxy\b", "proxy"),
)
KINDS = (("antivirus", ANTIVIRUS), ("firewall", FIREWALLS))


def find_watcher(issuer: str) -> tuple[str, str]:
    """(kind, name) of who made a certificate in a server's place, or two empty words.

    :param issuer: the issuer as text, such as ``CN=avast! Web/Mail Shield Root``
    :return: kind is ``antivirus`` or ``firewall``
    """
    for kind, table in KINDS:
        for pattern, name in table:
            if re.search(pattern, issuer, re.IGNORECASE):
                return kind, name
    return "", ""
