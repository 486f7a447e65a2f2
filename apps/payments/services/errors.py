from typing import Any

from apps.common.errors import AppError


class PaymentDeclinedError(AppError):
    code = "PAYMENT_DECLINED"
    status = 402


class PaymentActionRequiredError(AppError):
    """The guest has to confirm the payment and then to come back with its id."""

    code = "PAYMENT_ACTION_REQUIRED"
    status = 402

    def __init__(self, *, payment_id: str, **how: Any) -> None:
        super().__init__(
            "Your bank wants you to confirm this payment. Confirm it, then send the request again.",
            payment_id=payment_id,
            **how,
        )


class PaymentTimeoutError(AppError):
    code = "PAYMENT_TIMEOUT"
    status = 504

    def __init__(self) -> None:
        super().__init__(
            "The bank did not answer in time. Nothing has been booked, and what it may have "
            "reserved is given back. Try again, or with another card."
        )


class PaymentUnavailableError(AppError):
    code = "PAYMENT_UNAVAILABLE"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            "Payments are not possible right now. Nothing has been booked. Try again in a moment."
        )
