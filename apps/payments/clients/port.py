"""What a payment provider can do for a booking. Amounts are minor units. The same `key` has one
effect however often it comes, and gets the same answer."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Authorised:
    ref: str


@dataclass(frozen=True)
class ActionRequired:
    """The guest has to confirm: with `client_secret` at the provider's own page, else at ours."""

    ref: str
    client_secret: str | None = None


@dataclass(frozen=True)
class Declined:
    code: str
    sentence: str
    ref: str | None = None


Outcome = Authorised | ActionRequired | Declined


@dataclass(frozen=True)
class Method:
    id: str
    label: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a provider reports of a charge by itself; None where it reports nothing about that."""

    payment_id: str
    ref: str
    is_authorised: bool = False
    is_voided: bool = False
    captured: int | None = None
    refunded: int | None = None


class ProviderError(Exception):
    """`sentence` is for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ProviderTimeoutError(ProviderError):
    """No answer: it may have happened, or may yet."""


class ProviderDownError(ProviderError):
    """It cannot be reached, or fails by itself; another try may do."""


class RefusedError(ProviderError):
    """A final rejection: the same request will never be accepted."""


class MethodRequiredError(ProviderError):
    pass


class MethodUnknownError(ProviderError):
    pass


class NoticeInvalidError(ProviderError):
    """A message that is not the provider's, or not readable."""


class Provider(Protocol):
    """Every call but `methods`, `method` and `notice` may raise `ProviderTimeoutError` and
    `ProviderDownError`."""

    name: str
    # Answers without a network, so that a request may wait for it.
    is_local: bool

    def methods(self) -> list[Method]:
        """What a guest may choose without asking the provider first."""
        ...

    def method(self, chosen: str | None) -> str:
        """The method to use; raises `MethodRequiredError` and `MethodUnknownError`."""
        ...

    def authorise(self, *, key: str, amount: int, currency: str, method: str) -> Outcome:
        """`key` is the payment's id. Raises `MethodUnknownError` and `RefusedError` as well."""
        ...

    def confirm(self, ref: str, *, approve: bool) -> Outcome:
        """What became of a charge that needed the guest; `approve` is for embedded providers."""
        ...

    def find(self, key: str) -> str | None:
        """The reference of what `authorise` made with this key, if it has."""
        ...

    def capture(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        """Captures `amount` of what is authorised and releases the rest; raises `RefusedError`."""
        ...

    def void(self, ref: str, *, key: str) -> None:
        """Releases everything; raises `RefusedError`."""
        ...

    def refund(self, ref: str, *, amount: int, currency: str, key: str) -> None:
        """Refunds `amount` of what was captured; raises `RefusedError`."""
        ...

    def notice(self, body: bytes, signature: str) -> Notice | None:
        """None for one that reports nothing of interest; raises `NoticeInvalidError`."""
        ...
