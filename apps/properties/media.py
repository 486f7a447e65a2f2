"""Photos of listings in the default storage: `listings/<listing id>/<random>-<width>.webp`."""

import logging
import re
import uuid
from collections.abc import Mapping

from bson import ObjectId
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)
WIDTHS = (1600, 800, 320)
_OURS = re.compile(r"/listings/([0-9a-f]{24})/([0-9a-f]{32})-1600\.webp$")


def photo_store(listing_id: ObjectId, sizes: Mapping[int, bytes]) -> str:
    """The URL of the widest; the others stand beside it under their own width."""
    token = uuid.uuid4().hex
    for width in WIDTHS:
        default_storage.save(_name(listing_id, token, width), ContentFile(sizes[width]))
    return str(default_storage.url(_name(listing_id, token, max(WIDTHS))))


def photo_delete(listing_id: ObjectId, url: str) -> None:
    """After no listing names it any more: a file too many harms nobody, one too few does.
    Nothing for a photo that stands elsewhere, as those of imports do."""
    found = _OURS.search(url)
    if found is None or found[1] != str(listing_id):
        return
    for width in WIDTHS:
        name = _name(listing_id, found[2], width)
        try:
            default_storage.delete(name)
        except Exception:
            logger.exception("media.orphaned", extra={"file": name})


def photo_name(listing_id: ObjectId, url: str) -> str | None:
    """Returns the file behind the URL, None for a photo that stands elsewhere."""
    found = _OURS.search(url)
    return _name(listing_id, found[2], max(WIDTHS)) if found else None


def _name(listing_id: ObjectId, token: str, width: int) -> str:
    return f"listings/{listing_id}/{token}-{width}.webp"
