"""What went wrong, in plain words and in the user's language, and how to cure it.

The wizard, the log, the chatter and the settings all take their words from here. A
kind says what becomes of the letter; a cause, where it is known, what a person can do.
"""

from odoo.tools import LazyTranslate

from ..advice import PRESETS
from .cures_connection import CONNECTION_CURES
from .cures_letter import LETTER_CURES
from .cures_own import OWN_CURES
from .cures_signin import SIGNIN_CURES
from .providers import get_steps

_lt = LazyTranslate(__name__)

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

CURES_BY_CAUSE = CONNECTION_CURES | LETTER_CURES | OWN_CURES | SIGNIN_CURES
# For these the page of the provider helps.
LOGIN_CAUSES = ("app_password", "login_refused", "login_missing", "ms_oauth")
# Causes that are found on this side of the wire.
OWN_CAUSES = ("interrupted", "letter_broken", *OWN_CURES)


def get_selection(env):
    return [(kind, env._(label)) for kind, label in LABELS.items()]


def get_label(env, kind):
    return env._(LABELS[kind])


def get_step_label(env, name):
    return env._(STEPS[name])


def get_cure(env, kind, cause=None, facts=None):
    """What to do about a failure, in the user's language.

    :param str kind: see :data:`LABELS`
    :param str cause: nearer cause, or nothing
    :param dict facts: names and numbers for the sentence; data, shown as it is
    """
    facts = facts or {}
    sentence = env._(CURES_BY_CAUSE.get(cause) or CURES_BY_KIND[kind])
    try:
        sentence %= {name: _show(fact) for name, fact in facts.items()}
    except (KeyError, TypeError, ValueError):
        # Not every failure knows its facts: say it without them.
        return env._(CURES_BY_KIND[kind])
    return " ".join([sentence, *_get_hints(env, cause, facts)])


def get_cure_of(record):
    """The cure of a record with the fields ``failure_kind``, ``_cause``, ``_facts``."""
    return record.failure_kind and get_cure(
        record.env, record.failure_kind, record.failure_cause, record.failure_facts
    )


def _get_hints(env, cause, facts):
    """What was found out beside the failure itself."""
    if facts.get("ports"):
        yield env._("On these ports the server does answer: %s.", _show(facts["ports"]))
    if facts.get("link"):
        yield _show(facts["link"])
    preset = PRESETS.get(facts.get("provider"))
    if cause in LOGIN_CAUSES and preset:
        yield get_steps(env, preset)
        if preset.url:
            yield preset.url


def _show(fact):
    return ", ".join(map(str, fact)) if isinstance(fact, (list, tuple)) else str(fact)
