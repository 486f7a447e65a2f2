"""One connection to the mail server of the settings, and what its answers mean."""

import smtplib
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection

PERMANENT = range(500, 600)
CLOSING = 421


class MailRejectedError(Exception):
    """Trying again will not help."""


class MailDeferredError(Exception):
    """Perhaps the server has it and only the answer is lost. `is_outage`: others would fail too."""

    def __init__(self, sentence: str, *, is_outage: bool) -> None:
        super().__init__(sentence)
        self.is_outage = is_outage


class Mailer:
    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, message: EmailMessage) -> None:
        """Raises `MailRejectedError` and `MailDeferredError`, with a sentence for staff."""
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._close()
            raise _meaning(error) from error

    def _close(self) -> None:
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            self._connection.connection = None


def _meaning(error: Exception) -> Exception:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answer(*next(iter(error.recipients.values())))
    if isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)):
        return _answer(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        said = f"The mail server accepts no connection: {error.smtp_code} {_text(error.smtp_error)}"
        return MailDeferredError(said, is_outage=True)
    if isinstance(error, OSError):
        said = f"The mail server does not answer: {error or type(error).__name__}"
        return MailDeferredError(said, is_outage=True)
    return MailRejectedError(f"The message cannot be written: {error}")


def _answer(code: int, text: bytes | str) -> Exception:
    said = f"The mail server said: {code} {_text(text)}"
    if code in PERMANENT:
        return MailRejectedError(said)
    return MailDeferredError(said, is_outage=code == CLOSING)


def _text(said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(text.split())
