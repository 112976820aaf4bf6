"""One SMTP connection: the way from a host name to a login."""

from __future__ import annotations

import contextlib
import socket

from . import names, steps, tls
from .deadline import Deadline
from .errors import TransportError
from .profile import Profile
from .progress import Progress
from .wire import Wire

QUIT_SECONDS = 2
BROKEN_OFF = {"closed", "timeout", "tls_on_plain"}


class Connection:
    """A connected, greeted, encrypted and logged-in server, step by step."""

    def __init__(self, profile: Profile):
        self.profile = profile
        self._wire: Wire | None = None
        self.extensions: dict[str, str] = {}
        self.encrypted = False
        self._offers_counted = True

    @property
    def is_open(self) -> bool:
        return self._wire is not None

    @property
    def wire(self) -> Wire:
        """The open connection; :raises TransportError: there is none (any more)"""
        if self._wire is None:
            raise TransportError("transient", "closed", step="connect")
        return self._wire

    def opening(self) -> Progress:
        """Yield (step, detail) as each step is passed.

        :raises TransportError: of the step that failed; the socket is closed
        """
        deadline = Deadline(self.profile.timeout)
        try:
            passed: set[str] = set()
            try:
                for step in self._opening(deadline):
                    passed.add(step[0])
                    yield step
            except TransportError as error:
                if error.step != "encryption" or self.profile.security != "none":
                    raise
                yield from self._in_the_clear(deadline, passed)
        except BaseException:
            # Also when the one who watches the steps has gone (GeneratorExit).
            self.close()
            raise

    def _in_the_clear(self, deadline: Deadline, passed: set[str]) -> Progress:
        """Once more without the encryption that was offered and does not work.

        Only where the user chose none: a listener could have brought it about, but
        there is nothing it would gain.
        """
        self.close()
        self.encrypted, self._offers_counted = False, False
        for step in self._opening(deadline):
            if step[0] not in passed:
                yield step

    def _opening(self, deadline: Deadline) -> Progress:
        profile = self.profile
        addresses = steps.resolve(profile.host, profile.port, profile, deadline)
        yield "resolve", ", ".join(addresses)
        sock, address = steps.connect(addresses, profile.port, deadline)
        self._wire = Wire(sock)
        yield "connect", f"{address} {profile.port}"
        if profile.security == "tls":
            yield from self._encrypt(deadline)
        yield "greeting", steps.greet(self.wire, deadline).text
        self._hello(deadline)
        if profile.security != "tls":
            yield from self._upgrade(deadline)
        if profile.username:
            yield "login", self._authenticate(deadline)

    def _hello(self, deadline: Deadline) -> None:
        local = self.profile.local_hostname or socket.gethostname()
        self.extensions = steps.hello(self.wire, local, deadline)

    def _upgrade(self, deadline: Deadline) -> Progress:
        """STARTTLS: demanded, or taken when offered where the user chose "none"."""
        if "STARTTLS" in self.extensions and self._offers_counted:
            try:
                steps.start_tls(self.wire, deadline)
                yield from self._encrypt(deadline)
            except TransportError as error:
                # It was offered: no other port or kind of encryption is meant.
                if error.cause in BROKEN_OFF:
                    error.cause = "starttls_broken"
                raise
            # RFC 3207 4.2: what was said before is forgotten.
            self._hello(deadline)
        elif self.profile.security != "none":
            # A firewall that reads along writes X over what it does not want.
            masked = any(word.startswith("XXXX") for word in self.extensions)
            facts = {"masked": masked} if masked else {}
            raise TransportError(
                "tls", "starttls_missing", step="encryption", facts=facts
            )

    def _encrypt(self, deadline: Deadline) -> Progress:
        host = names.host_name(self.profile.host)
        # Where no encryption at all was accepted, an unknown certificate is no loss.
        verify = self.profile.security != "none"
        self.wire.sock = yield from tls.handshake(
            self.wire.sock, host, self.profile, deadline=deadline, verify=verify
        )
        self.encrypted = True

    def _authenticate(self, deadline: Deadline) -> str:
        return steps.authenticate(
            self.wire,
            self.profile,
            extensions=self.extensions,
            encrypted=self.encrypted,
            deadline=deadline,
        )

    def reset(self) -> bool:
        """Forget a letter that failed (RSET); whether the connection still stands."""
        deadline = Deadline(QUIT_SECONDS)
        # Whatever comes of it: the letter's own failure is told, not this one.
        with contextlib.suppress(Exception):
            return self.wire.command("RSET", deadline).code == 250
        return False

    def quit(self) -> None:
        """Say goodbye and close; a server that does not answer is not waited for."""
        if self._wire:
            with contextlib.suppress(Exception):
                self._wire.command("QUIT", Deadline(QUIT_SECONDS))
        self.close()

    def close(self) -> None:
        """Close without a word."""
        wire, self._wire = self._wire, None
        if wire:
            # A letter may have left: no failure of a goodbye hides what became of it.
            with contextlib.suppress(Exception):
                wire.close()
