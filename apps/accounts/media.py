"""Profile pictures in the default storage: `profiles/<user id>/<random>-<width>.webp`."""

import re
import uuid
from collections.abc import Mapping

from bson import ObjectId
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

WIDTHS = (64, 256)
_OURS = re.compile(r"/([0-9a-f]{32})-256\.webp$")


def picture_store(user_id: ObjectId, sizes: Mapping[int, bytes]) -> str:
    """The URL of the largest; the same name with another width is there too."""
    token = uuid.uuid4().hex
    for width, content in sizes.items():
        default_storage.save(_name(user_id, token, width), ContentFile(content))
    return str(default_storage.url(_name(user_id, token, max(WIDTHS))))


def picture_delete(user_id: ObjectId, url: str) -> None:
    """Nothing for a picture that stands elsewhere."""
    for token in _OURS.findall(url):
        for width in WIDTHS:
            default_storage.delete(_name(user_id, token, width))


def picture_name(user_id: ObjectId, url: str) -> str | None:
    """Returns the file behind the URL, None for a picture that stands elsewhere."""
    tokens = _OURS.findall(url)
    return _name(user_id, tokens[0], max(WIDTHS)) if tokens else None


def _name(user_id: ObjectId, token: str, width: int) -> str:
    return f"profiles/{user_id}/{token}-{width}.webp"
