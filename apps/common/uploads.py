"""Parses multipart uploads of one photo; one that is too heavy is rejected before it is read."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from apps.common import image_runner, images

ENVELOPE = 100_000
# What an upload of a photo is refused with.
IMAGE_REFUSALS = (
    images.ImageInvalidError,
    images.ImageTypeError,
    images.ImageTooHeavyError,
    images.ImageBudgetError,
    image_runner.ImagesBusyError,
)
# The body of such a call in the API's description.
IMAGE_BODY = {
    "multipart/form-data": {
        "type": "object",
        "properties": {images.FIELD: {"type": "string", "format": "binary"}},
        "required": [images.FIELD],
    }
}


class ImageUploadParser(MultiPartParser):
    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        declared = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(declared) > images.MAX_BYTES + ENVELOPE:
            raise images.ImageTooHeavyError
        return super().parse(stream, media_type, parser_context)


def image_of(request: Request) -> UploadedFile:
    """Returns the file in the field `image`. Raises `ImageMissingError`."""
    found = request.FILES.get(images.FIELD)
    if not isinstance(found, UploadedFile):
        raise images.ImageMissingError
    return found
