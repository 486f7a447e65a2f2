"""What the calls refuse, by what they do."""

from apps.bookings.idempotency import KeyInFlightError, KeyReusedError
from apps.bookings.quote import (
    QuoteExpiredError,
    QuoteInvalidError,
    QuoteMismatchError,
    QuoteUsedError,
)
from apps.bookings.services.alterations import ExpectedTotalChangedError
from apps.bookings.services.new_stay import (
    AlterationNeededError,
    CurrencyChangedError,
    StayBegunError,
)
from apps.bookings.states import InvalidTransitionError
from apps.common.api_schema import SampleInputError
from apps.common.errors import AppError, StaleVersionError
from apps.payments.services.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentMethodRequiredError,
    PaymentMethodUnknownError,
    PaymentMismatchError,
    PaymentTimeoutError,
    PaymentUnavailableError,
    PaymentUsedError,
)
from apps.properties.house_rules import STAY_REFUSALS
from apps.properties.services import NightsTakenError

Refusals = tuple[type[AppError], ...]


class StayInvalidError(SampleInputError):
    field = "check_out"
    sentence = "Must be after check_in."


STAY: Refusals = (StayInvalidError, *STAY_REFUSALS)
NIGHTS: Refusals = (NightsTakenError,)
QUOTE: Refusals = (QuoteInvalidError, QuoteExpiredError, QuoteMismatchError, QuoteUsedError)
KEY: Refusals = (KeyInFlightError, KeyReusedError)
PAYMENT: Refusals = (
    PaymentMethodUnknownError,
    PaymentMethodRequiredError,
    PaymentDeclinedError,
    PaymentActionRequiredError,
    PaymentUsedError,
    PaymentMismatchError,
    PaymentUnavailableError,
    PaymentTimeoutError,
)
CHANGE: Refusals = (InvalidTransitionError, StaleVersionError)
ALTERATION: Refusals = (
    InvalidTransitionError,
    ExpectedTotalChangedError,
    AlterationNeededError,
    CurrencyChangedError,
    StayBegunError,
)
