from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import JSONParser

from apps.common.errors import AppError


class TooLargeError(AppError):
    code = "PAYLOAD_TOO_LARGE"
    status = 413


class LimitedJSONParser(JSONParser):
    """DRF reads the stream past Django's own limit, so the limit is kept here."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request = (parser_context or {})["request"]
        size, most = int(request.META.get("CONTENT_LENGTH") or 0), _limit()
        if size > most:
            raise TooLargeError(f"The request has {size:,} bytes; at most {most:,} are taken.")
        return super().parse(stream, media_type, parser_context)


def _limit() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
