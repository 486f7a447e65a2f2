"""Re-encodes uploaded photos as WebP: nothing of the file that came in, neither its metadata nor
its bytes, is kept. Content decides what it is, never its name."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from bson import ObjectId
from django.conf import settings
from django.core.files.base import File
from redis.exceptions import RedisError

from apps.common import image_runner, rate_limits
from apps.common.errors import AppError, InvalidInputError
from apps.common.image_process.formats import HEAD, MAX_PIXELS, MAX_SIDE, format_of

FIELD = "image"
MAX_BYTES = 15_000_000
SCOPE = "pixels"


class ImageError(InvalidInputError):
    """A rejected upload; `fields` name the field of the form, the message does not."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.fields = {FIELD: [self.message]}


class ImageInvalidError(ImageError):
    code = "IMAGE_INVALID"
    sentence = "The photo cannot be read: the file is damaged or incomplete."


class ImageEmptyError(ImageInvalidError):
    sentence = "The file is empty."


class ImageMissingError(ImageInvalidError):
    sentence = f"Send one photo as the multipart field `{FIELD}`."


class ImageTypeError(ImageError):
    code = "IMAGE_TYPE"
    sentence = "Only JPEG, PNG, WebP, HEIC and AVIF photos are accepted."


class ImageTooHeavyError(ImageError):
    code = "IMAGE_TOO_LARGE"
    sentence = f"A photo may have {MAX_BYTES // 1_000_000} MB at most."


class ImageTooLargeError(ImageError):
    code = "IMAGE_TOO_LARGE"
    sentence = "The photo has too many pixels: {millions} million at most, and {side:,} a side."
    sample: ClassVar = {"millions": 25, "side": MAX_SIDE}


class ImageTooCostlyError(ImageError):
    code = "IMAGE_TOO_LARGE"
    sentence = (
        "The photo takes too much time or memory to read. Save it as a JPEG and send that one."
    )


class ImageBudgetError(AppError):
    code = "IMAGE_BUDGET"
    status = 429
    sentence = "You have uploaded very many photos. Try again in {minutes} min."
    sample: ClassVar = {"minutes": 40}


def reencode(upload: File, *, widths: Sequence[int], user_id: ObjectId) -> dict[int, bytes]:
    """Returns the photo as WebP, upright and in sRGB, by width; one narrower than a width keeps its
    own. Raises `ImageError`, `ImageBudgetError` and `ImagesBusyError`.
    """
    if not upload.size:
        raise ImageEmptyError
    if upload.size > MAX_BYTES:
        raise ImageTooHeavyError
    upload.seek(0)
    kind = format_of(upload.read(HEAD))
    if kind is None:
        raise ImageTypeError
    _check_budget(str(user_id))
    pixels = MAX_PIXELS[kind]  # what a photo counts for that cannot be read
    try:
        pixels, bodies = image_runner.run(upload, kind, widths)
    except image_runner.ImageProcessError as error:
        raise _refusal(error.problem, kind) from error
    except image_runner.ImagesBusyError:
        pixels = 0
        raise
    finally:
        _charge(str(user_id), pixels)
    return dict(zip(widths, bodies, strict=True))


def _refusal(problem: str, kind: str) -> ImageError:
    if problem == "pixels":
        return ImageTooLargeError(millions=MAX_PIXELS[kind] // 1_000_000, side=MAX_SIDE)
    return ImageInvalidError() if problem == "broken" else ImageTooCostlyError()


def _check_budget(user_id: str) -> None:
    """Open where Redis is away: the processes are bounded anyway."""
    rate = settings.RATE_LIMIT_PIXELS
    with suppress(RedisError):
        if rate and rate_limits.is_used_up(rate, SCOPE, user_id):
            seconds = rate_limits.seconds_left(rate, SCOPE, user_id)
            error = ImageBudgetError(minutes=-(-seconds // 60))
            error.retry_after = seconds
            raise error


def _charge(user_id: str, pixels: int) -> None:
    rate = settings.RATE_LIMIT_PIXELS
    with suppress(RedisError):
        if rate and pixels:
            rate_limits.hit(rate, SCOPE, user_id, cost=-(-pixels // 1_000_000))
