from apps.common.errors import InvalidInputError

MAX_REASON = 500


def reason_checked(reason: str) -> str:
    """Raises `InvalidInputError` where nothing, or too much, is said."""
    reason = reason.strip()
    if not 0 < len(reason) <= MAX_REASON:
        sentence = f"Say why in at most {MAX_REASON} characters."
        raise InvalidInputError(f"reason: {sentence}", fields={"reason": [sentence]})
    return reason
