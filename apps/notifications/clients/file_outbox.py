"""E-mails as files, where no mail server is configured: `<event id>.eml`, so that a second try
writes the same file."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises `OSError` where the folder cannot be written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            whole: Any = message.message()  # Django's own, which knows linesep
            _write(folder / f"{_name(message)}.eml", whole.as_bytes(linesep="\r\n"))
        return len(email_messages)


def _name(message: EmailMessage) -> str:
    return str(message.extra_headers["Message-ID"]).strip("<>").partition("@")[0]


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
