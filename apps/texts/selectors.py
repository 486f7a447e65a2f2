from apps.common.errors import ConflictError, NotFoundError
from apps.texts.enums import Kind
from apps.texts.replies import TextReply
from apps.texts.rows import TextVersionRow, first, text_versions


class TextUnknownError(NotFoundError):
    sentence = "There is no such page."


class TermsChangedError(ConflictError):
    code = "TERMS_CHANGED"
    sentence = "The terms have changed. Read them again and confirm that you agree."


def text_stored(kind: Kind) -> TextVersionRow:
    """The newest version; what comes with the software where there is none."""
    found = text_versions.find({"kind": kind.value}).sort("version", -1).limit(1)
    return next(iter(found), None) or first(kind)


def text_shown(kind: str) -> TextReply:
    """Raises `TextUnknownError`."""
    if kind not in Kind.values:
        raise TextUnknownError
    return TextReply.of(text_stored(Kind(kind)))


def terms_check(version: int) -> None:
    """Raises `TermsChangedError` for a version that is not the one that is shown."""
    if text_stored(Kind.TERMS)["version"] != version:
        raise TermsChangedError
