from typing import Any, ClassVar

from apps.common.errors import AppError, ConflictError, InvalidInputError


class PaymentMethodUnknownError(InvalidInputError):
    """`reason` is the provider's sentence, here and in `PaymentDeclinedError`."""

    code = "PAYMENT_METHOD_UNKNOWN"
    field = "payment_method"
    sentence = "{reason}"
    sample: ClassVar = {"reason": "The sandbox has no such card."}


class PaymentMethodRequiredError(InvalidInputError):
    code = "PAYMENT_METHOD_REQUIRED"
    field = "payment_method"
    sentence = "Choose how to pay."


class PaymentDeclinedError(AppError):
    code = "PAYMENT_DECLINED"
    status = 402
    sentence = "{reason}"
    sample: ClassVar = {"reason": "The card was declined."}

    def __init__(self, *, reason: str, decline_code: str) -> None:
        super().__init__(reason=reason, details={"decline_code": decline_code})


class PaymentActionRequiredError(AppError):
    """The guest has to confirm the payment and then to come back with its id."""

    code = "PAYMENT_ACTION_REQUIRED"
    status = 402
    sentence = (
        "Your bank wants you to confirm this payment. Confirm it, then send the request again."
    )

    def __init__(self, *, payment_id: str, **how: Any) -> None:
        super().__init__(details={"payment_id": payment_id, **how})


class PaymentMismatchError(ConflictError):
    code = "PAYMENT_MISMATCH"
    sentence = "This payment is for {authorised}, and now {due} is due. Start again without it."
    sample: ClassVar = {"authorised": "302.40 SGD", "due": "402.40 SGD"}


class PaymentUsedError(ConflictError):
    code = "PAYMENT_USED"
    sentence = "This payment is used or released already. Start again without it."


class PaymentTimeoutError(AppError):
    code = "PAYMENT_TIMEOUT"
    status = 504
    sentence = (
        "The bank did not answer in time. Nothing has been booked, and what it may have reserved "
        "will be released. Try again, or use another card."
    )


class PaymentUnavailableError(AppError):
    code = "PAYMENT_UNAVAILABLE"
    status = 503
    sentence = (
        "Payments are not possible right now. Nothing has been booked. Try again in a moment."
    )
