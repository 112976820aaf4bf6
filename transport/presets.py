"""Facts about providers, as data."""

from __future__ import annotations

from .profile import Profile

HOSTS = {
    "smtp.gmail.com": "gmail",
    "smtp-relay.gmail.com": "google_relay",
    "smtp.mail.yahoo.com": "yahoo",
    "smtp.office365.com": "microsoft365",
    "smtp-mail.outlook.com": "outlook",
}


def provider_of(profile: Profile) -> str:
    """Key of the preset a profile belongs to, by choice or by its host."""
    return profile.provider or HOSTS.get(profile.host.casefold(), "")
