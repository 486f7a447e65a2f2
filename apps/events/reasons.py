from typing import ClassVar

from apps.common.errors import InvalidInputError

MAX_REASON = 500


class ReasonLengthError(InvalidInputError):
    field = "reason"
    sentence = "Say why in at most {most} characters."
    sample: ClassVar = {"most": MAX_REASON}


def reason_checked(reason: str) -> str:
    """Returns it without spaces around it. Raises `ReasonLengthError`, also for none."""
    reason = reason.strip()
    if not 0 < len(reason) <= MAX_REASON:
        raise ReasonLengthError(most=MAX_REASON)
    return reason
