"""Multipart uploads of one photo: the bound on its weight holds before a byte of it is read."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from apps.common import images

ENVELOPE = 100_000


class ImageUploadParser(MultiPartParser):
    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        declared = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(declared) > images.MAX_BYTES + ENVELOPE:
            raise images.too_heavy()
        return super().parse(stream, media_type, parser_context)


def image_of(request: Request) -> UploadedFile:
    """The file in the field `image`; raises `InvalidInputError` IMAGE_INVALID."""
    found = request.FILES.get(images.FIELD)
    if not isinstance(found, UploadedFile):
        raise images.refused(
            "IMAGE_INVALID", f"Send one photo as the multipart field `{images.FIELD}`."
        )
    return found
