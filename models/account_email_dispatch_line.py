"""The line to a company's server: a session, opened when the first letter needs it."""

from ..transport import TransportError, altered, open_session, secret_of
from .account_email_grant import get_access_token


class Line:
    """One session for many letters; where a person has signed in, with a living token.

    :param profile: all that is needed to connect
    :param stack: ``ExitStack`` that closes the session
    """

    def __init__(self, settings, profile, stack):
        self._settings = settings
        self._profile = profile
        self._stack = stack
        self._session = None

    def send(self, letter, gate):
        """:param gate: asked at the point of no return, see ``stopping``
        :return: Receipt
        :raise TransportError: it did not leave, or nobody knows
        """
        if self._profile.by_token:
            self._take_token(get_access_token(self._settings._get_grant()))
        try:
            return self._send(letter, gate)
        except TransportError as error:
            if error.cause != "token_refused":
                raise
        # Clocks differ, and a token may be taken back: once, with a new one. Nobody
        # has the letter, for the login itself was refused.
        grant, refused = self._settings._get_grant(), secret_of(self._profile)
        self._take_token(get_access_token(grant, refused=refused))
        return self._send(letter, gate)

    def _send(self, letter, gate):
        if not self._session:
            session = open_session(self._profile)
            self._session = self._stack.enter_context(session)
        self._session.may_go_on = gate
        return self._session.send(
            letter.message,
            letter.sender,
            letter.recipients,
            idempotency_key=letter.key,
            essential=letter.essential,
        )

    def _take_token(self, token):
        """Go on with ``token``; another one needs a new session."""
        if token == secret_of(self._profile):
            return
        if self._session:
            self._session.quit()
        self._session, self._profile = None, altered(self._profile, password=token)
