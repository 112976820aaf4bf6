"""An HTTP session: the same shape as the SMTP one, over a provider's API."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from email.message import EmailMessage

import requests

from . import providers
from .deadline import Deadline
from .errors import TransportError, failing, legible
from .exchange import Answer, HttpConnection, alike, lost
from .masking import mask, secret_forms
from .names import login_shape
from .outcome import Receipt, Refusal
from .profile import Profile, secret_of
from .progress import Progress, Stepwise, finish
from .providers.base import Call
from .providers.letter import Letter, read_letter
from .text import clean
from .transaction import SLOWEST_BYTES_PER_SECOND

# Many servers close an idle connection after five seconds: a request that crosses the
# close on its way would leave a letter whose outcome nobody knows.
IDLE_SECONDS = 3
# The provider knows the letter's key, and with it another letter.
CONFLICT = 409


class HttpSession(Stepwise):
    """Letters as requests; the connection is kept and renewed when it has ended."""

    def __init__(self, profile: Profile):
        self.profile = profile
        self.provider = providers.create(profile)
        self._connection: HttpConnection | None = None
        self._used_at = 0.0
        self._secrets = secret_forms(secret_of(profile).strip())

    def opening(self) -> Progress:
        """The way to an encrypted connection; an API key is shown only in use."""
        try:
            with failing("connect"):
                self._connection = HttpConnection(self.provider.base, self.profile)
                yield from self._connection.opening()
            self._used_at = time.monotonic()
        except TransportError as error:
            raise self._with_facts(error) from error.__cause__

    def send(
        self,
        message: EmailMessage,
        sender: str,
        recipients: Sequence[str],
        *,
        idempotency_key: str | None = None,
        essential: Sequence[str] = (),
    ) -> Receipt:
        """Send one letter to all ``recipients``.

        :param idempotency_key: at most 256 characters, the same for each try of one
            letter; given to providers that know such keys
        :param essential: not used by APIs, which take a letter as a whole
        :raises TransportError: nobody was accepted, or (kind ``unknown``) no answer
        """
        return finish(
            self.transaction(
                message, sender, recipients, idempotency_key=idempotency_key
            )
        )

    def transaction(
        self,
        message: EmailMessage,
        sender: str,
        recipients: Sequence[str],
        *,
        idempotency_key: str | None = None,
    ) -> Generator[tuple[str, str], None, Receipt]:
        """One letter; yields (step, detail) as passed and returns the receipt."""
        try:
            # What is said once the letter has left is of kind ``unknown`` already.
            with failing("delivery"):
                with legible():
                    letter = read_letter(
                        message,
                        sender,
                        recipients=recipients,
                        key=idempotency_key or "",
                    )
                receipt = self._send(letter)
        except TransportError as error:
            raise self._with_facts(error, sender) from error.__cause__
        for step in self.provider.proves:
            yield step, ""
        yield "delivery", receipt.reply
        return receipt

    def _send(self, letter: Letter) -> Receipt:
        """The letter; once more without its copies if they alone were refused."""
        try:
            return self._deliver(self._calls(letter))
        except TransportError as error:
            spared = letter.without(error.facts.get("field", ""))
            if error.kind != "recipient" or spared is None:
                raise
            receipt = self._deliver(self._calls(spared))
            left = set(spared.recipients)
            lost = tuple(
                Refusal(to, error) for to in letter.recipients if to not in left
            )
            return replace(receipt, refused=(*receipt.refused, *lost))

    def _calls(self, letter: Letter) -> Sequence[Call]:
        with legible():
            return self.provider.calls(letter)

    def _deliver(self, calls: Sequence[Call]) -> Receipt:
        """All calls of one letter; after the first success nothing is raised."""
        first, *others = calls
        receipts = [self._perform(first, pass_gate=self.pass_gate)]
        for call in others:
            try:
                with failing("delivery"):
                    receipts.append(self._perform(call))
            except TransportError as error:
                receipts.append(call.refused(error))
        return Receipt(
            accepted=tuple(address for r in receipts for address in r.accepted),
            refused=tuple(refusal for r in receipts for refusal in r.refused),
            unknown=tuple(address for r in receipts for address in r.unknown),
            reply=receipts[0].reply,
            provider_id=receipts[0].provider_id,
        )

    def _perform(
        self, call: Call, *, pass_gate: Callable[[], None] = lambda: None
    ) -> Receipt:
        with legible():
            request = call.prepare()
        self._renew()
        pass_gate()
        try:
            return self._judged(call, self._exchange(request))
        except TransportError as error:
            error.hide(self._secrets)
            if error.broken:
                self.quit()
            # A provider that knows the letter again may be asked again.
            if error.kind == "unknown" and call.repeatable and error.code != CONFLICT:
                error.kind = "transient"
            raise

    def _judged(self, call: Call, answer: Answer) -> Receipt:
        """What the answer means; one that can't be read leaves the outcome open."""
        try:
            if self.provider.any_words and answer.is_page and answer.is_success:
                self._look_at_page(call, answer)
            return self._masked(self.provider.receipt(call, answer))
        except TransportError:
            raise
        except Exception as exc:
            # Whatever it was, the letter is on its way and must not be sent again.
            raise lost(answer.status) from exc

    def _masked(self, receipt: Receipt) -> Receipt:
        for refusal in receipt.refused:
            refusal.error.hide(self._secrets)
        return replace(
            receipt,
            reply=clean(mask(receipt.reply, self._secrets)),
            provider_id=clean(mask(receipt.provider_id, self._secrets)),
        )

    def _look_at_page(self, call: Call, answer: Answer) -> None:
        """A web page may be a server's way to say that it has the letter, unless the
        same page is there for everybody who just looks.

        :raises TransportError: it is there for everybody, or leads elsewhere
        """
        self._renew()
        look = requests.Request("GET", call.url).prepare()
        try:
            page = self._exchange(look)
        except TransportError as error:
            raise TransportError(
                "unknown", "lost_after_data", step="delivery", facts={"page": True}
            ) from error
        if 300 <= page.status < 400:
            raise self.provider.failure(call, page)
        if page.is_page and page.is_success and alike(page, answer):
            raise self.provider.unclear(answer)

    def _renew(self) -> None:
        idle = time.monotonic() - self._used_at > IDLE_SECONDS
        if idle or not (self._connection and self._connection.ready):
            self.quit()
            self.open()

    def _exchange(self, request: requests.PreparedRequest) -> Answer:
        size = len(request.body or b"")
        seconds = self.profile.delivery_timeout + size / SLOWEST_BYTES_PER_SECOND
        if self._connection is None:
            raise TransportError("transient", "closed", step="delivery")
        answer = self._connection.exchange(request, Deadline(seconds))
        self._used_at = time.monotonic()
        return answer

    def _with_facts(self, error: TransportError, sender: str = "") -> TransportError:
        if self._connection:
            error.facts.setdefault("host", self._connection.host)
            error.facts.setdefault("port", self._connection.port)
        known = {
            "provider": self.provider.key,
            "protocol": "http",
            "step": error.step,
            "login": login_shape(self.profile.username),
        }
        error.facts = known | error.facts
        if error.kind == "sender":
            error.facts.setdefault("address", sender)
        error.hide(self._secrets)
        return error

    def quit(self) -> None:
        """Close the connection; a later letter would open a new one."""
        # A letter may have left: no failure of a goodbye hides what became of it.
        with contextlib.suppress(Exception):
            if self._connection:
                self._connection.close()
