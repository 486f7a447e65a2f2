"""Refusals that the API reports. Each is one class: its code, its status and its sentence."""

from collections.abc import Mapping
from typing import Any, ClassVar


class AppError(Exception):
    """Raised by services and selectors; `exception_handler` turns it into the JSON reply.

    `sentence` has a placeholder for each of the values that the error is raised with, and `sample`
    the values of the sentence in the API's description. `details` go to programs.
    """

    code: str = "ERROR"
    status: int = 400
    sentence: ClassVar[str] = ""
    sample: ClassVar[Mapping[str, Any]] = {}
    # Seconds after which the same may succeed; None where it will not.
    retry_after: int | None = None

    def __init__(self, *, details: Mapping[str, Any] | None = None, **values: Any) -> None:
        self.message = self.sentence.format(**values)
        self.values = values
        self.details = dict(details or {})
        super().__init__(self.message)

    @classmethod
    def sample_message(cls) -> str:
        return cls.sentence.format(**cls.sample)


class InvalidInputError(AppError):
    """About the input named `field`; `fields` maps each input to the sentences about it."""

    code = "VALIDATION_ERROR"
    sentence = "The input is not valid."
    field: ClassVar[str] = ""

    def __init__(self, *, fields: Mapping[str, list[str]] | None = None, **values: Any) -> None:
        super().__init__(**values)
        about = {self.field: [self.message]} if self.field else {}
        self.fields = dict(fields) if fields is not None else about
        if self.field:
            self.message = f"{self.field}: {self.message}"

    @classmethod
    def sample_message(cls) -> str:
        plain = super().sample_message()
        return f"{cls.field}: {plain}" if cls.field else plain


class NotAuthenticatedError(AppError):
    code = "NOT_AUTHENTICATED"
    status = 401
    sentence = "Log in first: this needs an `Authorization: Bearer` token."


class ForbiddenError(AppError):
    code = "FORBIDDEN"
    status = 403
    sentence = "You may not do this."


class WrongUserTypeError(ForbiddenError):
    """`needed` and `actual` with their article: "an owner"."""

    code = "WRONG_USER_TYPE"
    sentence = "This needs {needed} account; yours is {actual} account."
    sample: ClassVar = {"needed": "an owner", "actual": "a traveler"}


class NotFoundError(AppError):
    code = "NOT_FOUND"
    status = 404
    sentence = "There is nothing at this address."


class InvalidIdError(NotFoundError):
    sentence = "There is nothing at this address: an id has 24 hexadecimal digits."


class ConflictError(AppError):
    code = "CONFLICT"
    status = 409
    sentence = "This conflicts with something that is stored already."


class PreconditionFailedError(AppError):
    code = "PRECONDITION_FAILED"
    status = 412
    sentence = "This has changed. Load it again."


class StaleVersionError(PreconditionFailedError):
    """The caller changes what they have not seen. `version` is the current one."""

    code = "STALE_VERSION"
    sentence = "Somebody changed this in the meantime. Load it again."

    def __init__(self, *, version: int) -> None:
        super().__init__(details={"version": version})


class PayloadTooLargeError(AppError):
    code = "PAYLOAD_TOO_LARGE"
    status = 413
    sentence = "The request is too large: at most {limit:,} bytes are accepted."
    sample: ClassVar = {"limit": 1_000_000}


class UnsupportedMediaTypeError(AppError):
    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415
    sentence = 'Unsupported media type "{media_type}" in request.'
    sample: ClassVar = {"media_type": "text/plain"}


class RateLimitedError(AppError):
    code = "RATE_LIMITED"
    status = 429
    sentence = "Too many calls. Try again in {seconds} s."
    sample: ClassVar = {"seconds": 30}


class UnavailableError(AppError):
    code = "SERVICE_UNAVAILABLE"
    status = 503
    sentence = "This is not possible right now. Try again in a moment."


class DatabaseUnavailableError(UnavailableError):
    sentence = (
        "The database does not answer right now. Try again in a moment: with the same "
        "Idempotency-Key nothing happens twice."
    )
