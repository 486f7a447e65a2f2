"""Errors that the API tells its callers about. Each has a code, a status and a sentence."""

from typing import Any


class AppError(Exception):
    """Raised by services and selectors; `exception_handler` turns it into the JSON reply."""

    code = "ERROR"
    status = 400
    # Seconds after which the same may succeed; None where it will not.
    retry_after: int | None = None

    def __init__(self, message: str, *, code: str | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.details = details


class InvalidInputError(AppError):
    """`fields` maps the name of an input to the sentences about it."""

    code = "VALIDATION_ERROR"

    def __init__(
        self,
        message: str,
        *,
        fields: dict[str, list[str]] | None = None,
        code: str | None = None,
        **details: Any,
    ) -> None:
        super().__init__(message, code=code, **details)
        self.fields = fields or {}


class NotAuthenticatedError(AppError):
    code = "NOT_AUTHENTICATED"
    status = 401


class ForbiddenError(AppError):
    code = "FORBIDDEN"
    status = 403


class NotFoundError(AppError):
    code = "NOT_FOUND"
    status = 404


class ConflictError(AppError):
    code = "CONFLICT"
    status = 409


class PreconditionFailedError(AppError):
    code = "PRECONDITION_FAILED"
    status = 412


class StaleVersionError(PreconditionFailedError):
    """The caller changes what they have not seen. `version` is the current one."""

    code = "STALE_VERSION"

    def __init__(self, *, version: int) -> None:
        super().__init__("Somebody changed this in the meantime. Load it again.", version=version)


class UnavailableError(AppError):
    code = "SERVICE_UNAVAILABLE"
    status = 503
