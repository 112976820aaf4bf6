"""HTTP mail APIs: one small file each, one class each.

To add one: a file with a class of ``base.Provider`` (its facts, ``calls``: a letter as
requests, and ``accepted``: what an answer means), and its name in ``CLASSES``. The
form, the steps it tells and the queue take all they need from there; nothing else knows
how many there are.
"""

from __future__ import annotations

from ..errors import TransportError
from ..profile import Profile
from .base import Provider
from .brevo import Brevo
from .gmail_api import GmailApi
from .graph import Graph
from .mailgun import Mailgun
from .mailjet import Mailjet
from .manager import Manager
from .postmark import Postmark
from .resend import Resend
from .sendgrid import SendGrid
from .ses import Ses
from .sparkpost import SparkPost

CLASSES = (
    Manager,
    Mailgun,
    Postmark,
    SendGrid,
    Brevo,
    Resend,
    Ses,
    Mailjet,
    SparkPost,
    GmailApi,
    Graph,
)

PROVIDERS: dict[str, type[Provider]] = {provider.key: provider for provider in CLASSES}


def create(profile: Profile) -> Provider:
    """The provider of a profile; none named is the generic protocol.

    :raises TransportError: ``bad_profile`` for a name nobody knows, ``bad_secret``
        for a key that cannot stand in a header
    """
    try:
        return PROVIDERS[profile.provider or Manager.key](profile)
    except KeyError as exc:
        raise TransportError("config", "bad_profile", step="resolve") from exc
