"""What went wrong, in plain words and in the user's language, and how to cure it.

The wizard, the log, the chatter and the settings all take their words from here. A
kind says what becomes of the letter; a cause, where it is known, what a person can do.
"""

import contextlib

from odoo.tools import LazyTranslate, format_date

from ..advice import PRESETS, deduce
from .cure import by_cause
from .cures_connection import CONNECTION_CURES
from .cures_encryption import ENCRYPTION_CURES, WATCHER_CURES
from .cures_http import HTTP_CURES
from .cures_http_key import HTTP_KEY_CURES, PAGES
from .cures_letter import LETTER_CURES
from .cures_login import LOGIN_CURES
from .cures_own import OWN_CURES
from .cures_refused import REFUSED_CURES
from .cures_signin import SIGNIN_CURES, SIGNIN_PAGES
from .cures_voice import VOICE_CURES
from .cures_way import WAY_CURES
from .providers import get_steps

_lt = LazyTranslate(__name__)

ALL_PAGES = PAGES | SIGNIN_PAGES

LABELS = {
    "transient": _lt("The server asks to try again later"),
    "quota": _lt("The limit of the mail account is reached"),
    "auth": _lt("The server refuses the login"),
    "sender": _lt("The server refuses the sender address"),
    "recipient": _lt("The server refuses the recipient"),
    "content": _lt("The server refuses this letter"),
    "tls": _lt("The connection can't be made safe"),
    "config": _lt("The server can't be reached with these settings"),
    "unknown": _lt("Nobody knows whether the letter arrived"),
    "own": _lt("This Odoo server has a problem of its own"),
    "held": _lt("Held back before it left"),
}

STEPS = {
    "token": _lt("Get leave from the provider"),
    "scope": _lt("Leave to send"),
    "who": _lt("Signed in as"),
    "resolve": _lt("Find the server"),
    "connect": _lt("Connect"),
    "greeting": _lt("Greeting of the server"),
    "encryption": _lt("Encrypt the connection"),
    "certificate": _lt("Check the certificate"),
    "login": _lt("Log in"),
    "mailbox": _lt("Mailbox found"),
    "sender": _lt("Sender accepted"),
    "recipient": _lt("Recipient accepted"),
    "delivery": _lt("Letter delivered"),
}


# For a kind whose cause is not known any nearer.
CURES_BY_KIND = {
    "transient": _lt("Nothing to do: the letter is sent again by itself."),
    "quota": _lt(
        "The mail account has sent as much as its provider allows. Sending goes on by "
        "itself when the limit ends."
    ),
    "auth": _lt(
        "Check the username and the password. Some providers want an app password "
        "instead of the normal one. Then press Test email settings."
    ),
    "sender": _lt(
        "The sender address must be the one of the mail account, or one that the "
        "account may use. Change it in the email settings."
    ),
    "recipient": _lt(
        "Check the address in the contact: it may be misspelled or no longer exist. "
        "Then send again."
    ),
    "content": _lt(
        "The server does not want this letter, for the reason in its answer. If it "
        "speaks of spam, ask your provider about SPF, DKIM and DMARC of your domain."
    ),
    "tls": _lt(
        "Check the port and the certificate of the server. A server of your own with a "
        "self-signed certificate needs “Do not verify TLS certificate”."
    ),
    "config": _lt(
        "Check the address of the server, the port and the login. Make sure that no "
        "firewall or antivirus blocks the connection. If in doubt, try the same "
        "settings in another mail program such as Thunderbird."
    ),
    "unknown": _lt(
        "The connection broke while the letter was being handed over. Ask the "
        "recipient, or look into the copy or the sent folder; then press “It arrived” "
        "or “Send again”."
    ),
    "own": _lt(
        "The letter has not left: something went wrong on this Odoo server. It is "
        "tried again by itself; if it lasts, tell the administrator."
    ),
    "held": _lt(
        "The letter has not left, because it is no longer what was written. Send the "
        "document again from its own page."
    ),
}

# The same, said to the person who tests.
TEST_CURES_BY_KIND = {
    "transient": _lt(
        "The server can't do it right now. Test again in some minutes; if it lasts, "
        "ask your provider."
    ),
    "quota": _lt(
        "The mail account has sent as much as its provider allows. Test again when the "
        "limit has ended."
    ),
    "recipient": _lt(
        "The test goes to your own address and to the one for copies. One of them is "
        "refused: correct it in the settings."
    ),
    "unknown": _lt(
        "The connection broke while the letter was being handed over. Look whether the "
        "letter is in your mailbox; if it is not, test again."
    ),
}

CURES_BY_CAUSE = CONNECTION_CURES | LETTER_CURES | OWN_CURES | SIGNIN_CURES
# For what is known nearer than by the cause; the first row that fits wins.
NEARER_CURES = by_cause(
    WATCHER_CURES,
    HTTP_CURES,
    HTTP_KEY_CURES,
    VOICE_CURES,
    WAY_CURES,
    ENCRYPTION_CURES,
    REFUSED_CURES,
    LOGIN_CURES,
)
# For these the page of the provider helps.
LOGIN_CAUSES = ("app_password", "login_refused", "login_missing")


# Of names in a certificate.
SHOWN_AT_MOST = 3


def get_selection(env):
    return [(kind, env._(label)) for kind, label in LABELS.items()]


def get_label(env, kind):
    return env._(LABELS[kind])


def get_step_label(env, name):
    return env._(STEPS[name])


def get_cure(env, kind, cause=None, facts=None, *, voice="delivery"):
    """What to do about a failure, in the user's language.

    :param str kind: see :data:`LABELS`
    :param str cause: nearer cause, or nothing
    :param dict facts: names and numbers for the sentence; data, shown as it is
    :param voice: ``test`` to speak to the person who sets up, ``delivery`` to the one
        who waits
    """
    return " ".join(filter(None, get_advice(env, kind, cause, facts, voice=voice)))


def get_advice(env, kind, cause=None, facts=None, *, voice="delivery"):
    """As :func:`get_cure`, but (sentences, page): ``page`` is an address of ours that
    may be shown as a link, or an empty string.
    """
    known = {**deduce(facts or {}), "voice": voice}
    shown = {name: _show(env, name, fact) for name, fact in known.items()}
    for cure in NEARER_CURES.get(cause, ()):
        if cure.fits(known) and (sentence := _fill(env, cure.sentence, shown)):
            steps, page = _get_steps(env, cause, known)
            own = "" if "login" in cure.when else steps
            return f"{sentence} {own}".strip(), page
    sentence = _fill(env, CURES_BY_CAUSE.get(cause), shown) or _by_kind(
        env, kind, voice
    )
    steps, page = _get_steps(env, cause, known)
    return f"{sentence} {steps}".strip(), page


def _by_kind(env, kind, voice):
    tests = TEST_CURES_BY_KIND if voice == "test" else {}
    return env._(tests.get(kind) or CURES_BY_KIND[kind])


def _fill(env, sentence, shown):
    """The sentence with its facts, or None: not every failure knows them."""
    try:
        return sentence and str(env._(sentence)) % shown
    except (KeyError, TypeError, ValueError):
        return None


def get_cure_of(record):
    """The cure of a record with the fields ``failure_kind``, ``_cause``, ``_facts``."""
    return record.failure_kind and get_cure(
        record.env, record.failure_kind, record.failure_cause, record.failure_facts
    )


def get_advice_of(record):
    """As :func:`get_advice`, for a record with the fields of :func:`get_cure_of`."""
    facts = record.failure_facts
    return get_advice(record.env, record.failure_kind, record.failure_cause, facts)


def _get_steps(env, cause, known):
    """(steps, page) at the provider, both of them perhaps empty."""
    key = known["provider"]
    if known.get("link"):
        return "", str(known["link"])
    if known["protocol"] == "http":
        return "", "" if known.get("page") else ALL_PAGES.get((cause, key), "")
    preset = PRESETS.get(key)
    if cause in LOGIN_CAUSES and preset:
        return get_steps(env, preset), preset.url
    return "", ALL_PAGES.get((cause, key), "")


def _show(env, name, fact):
    if name in ("starts", "expires"):
        with contextlib.suppress(ValueError):
            return format_date(env, fact)
    if name in ("size", "limit") and isinstance(fact, int):
        return env._("%s MB", f"{fact / 1_000_000:.1f}")
    if isinstance(fact, (list, tuple)):
        return ", ".join(map(str, fact[:SHOWN_AT_MOST]))
    return str(fact)
