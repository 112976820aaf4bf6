"""An SMTP session: many letters, over as many connections as the server wants."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from email.message import EmailMessage

from . import transaction
from .connection import Connection
from .errors import TransportError, failing
from .names import login_shape
from .outcome import Receipt
from .profile import Profile
from .progress import Progress, Stepwise, finish

# Most servers end a connection after 100 letters. Those that do earlier (Yahoo after
# 20, without a word) are noticed; more logins than needed would count against us.
LETTERS_PER_CONNECTION = 100
# RFC 5321 4.5.3.2.7 gives a client five minutes; many servers grant less.
IDLE_SECONDS = 60
# What a server means by closing an old connection, as against refusing a letter.
HUNG_UP = {"closed", "busy", "protocol"}
# What a server has against a letter that is announced to it, on any connection.
OF_LETTER = {"too_big", "smtputf8_missing", "content_refused"}


class SmtpSession(Stepwise):
    """A session renews its connection when the server ends it.

    A letter is repeated only when it certainly was not accepted: the connection
    ended before the final dot, and it had carried an earlier letter.
    """

    def __init__(self, profile: Profile):
        self.profile = profile
        self._connection = Connection(profile)
        self._letters = 0
        self._used_at = 0.0

    def opening(self) -> Progress:
        """The way to a login; yields (step, detail) as each is passed."""
        try:
            with failing("connect"):
                yield from self._connection.opening()
        except TransportError as error:
            self._add_facts(error)
            raise
        self._letters, self._used_at = 0, time.monotonic()

    def send(
        self,
        message: EmailMessage,
        sender: str,
        recipients: Sequence[str],
        *,
        idempotency_key: str | None = None,
        essential: Sequence[str] = (),
    ) -> Receipt:
        """Send one letter to all ``recipients`` in one transaction.

        :param message: complete; its Bcc header, if any, is left out
        :param idempotency_key: not used by SMTP, where Message-ID has that part
        :param essential: as in ``transaction.run``
        :raises TransportError: nobody was accepted, or (kind ``unknown``) no answer
        """
        self._renew()
        try:
            return self._send(message, sender, recipients, essential)
        except TransportError as error:
            if not self._hung_up_between_letters(error):
                raise
        self._connection.close()
        self.open()
        return self._send(message, sender, recipients, essential)

    def _send(self, message, sender, recipients, essential) -> Receipt:
        return finish(self.transaction(message, sender, recipients, essential))

    def _renew(self) -> None:
        idle = time.monotonic() - self._used_at > IDLE_SECONDS
        if idle or self._letters >= LETTERS_PER_CONNECTION:
            self.quit()
        if not self._connection.is_open:
            self.open()

    def _hung_up_between_letters(self, error: TransportError) -> bool:
        """Whether the server has had enough of this connection, not of this letter.

        Some say so at MAIL with any code they have; a limit of the account, or a
        sender who is really refused, is heard again on a new connection.
        """
        early = error.step in {"sender", "recipient", "delivery"}
        gone = error.cause in HUNG_UP or error.code == 421
        said = error.step == "sender" and error.code and error.cause not in OF_LETTER
        again = said or early and error.kind == "transient" and gone
        return bool(again) and self._letters > 0

    def transaction(
        self,
        message: EmailMessage,
        sender: str,
        recipients: Sequence[str],
        essential: Sequence[str] = (),
    ) -> Generator[tuple[str, str], None, Receipt]:
        """One letter; yields (step, detail) as passed and returns the receipt."""
        try:
            # What is said once the letter has left is of kind ``unknown`` already.
            with failing("delivery"):
                receipt = yield from transaction.run(
                    self._connection,
                    message,
                    sender,
                    recipients=recipients,
                    pass_gate=self.pass_gate,
                    essential=essential,
                )
        except TransportError as error:
            self._add_facts(error, sender)
            # One bad letter must not take the blame to the next one.
            if error.broken or not self._connection.reset():
                self._connection.close()
            raise
        except BaseException:
            # Half a letter is on the way: the next one must not be read as its rest.
            self._connection.close()
            raise
        self._letters += 1
        self._used_at = time.monotonic()
        return receipt

    def _add_facts(self, error: TransportError, sender: str = "") -> None:
        profile = self.profile
        known = {
            "host": profile.host,
            "port": profile.port,
            "provider": profile.provider,
            "protocol": "smtp",
            "security": profile.security,
            "step": error.step,
            "login": login_shape(profile.username),
        }
        error.facts = known | error.facts
        # Many servers judge the sender only when they hear of a recipient.
        if error.kind == "sender" and sender:
            error.facts["address"] = sender

    def quit(self) -> None:
        """Say goodbye; later letters would open a new connection."""
        self._connection.quit()
