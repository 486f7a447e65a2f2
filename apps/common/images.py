"""Re-encodes uploaded photos as WebP: nothing of the file that came in, neither its metadata nor
its bytes, is kept. Content decides what it is, never its name."""

import io
import struct
import threading
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.files.base import File
from PIL import Image, ImageCms, ImageOps

from apps.common.errors import InvalidInputError

FIELD = "image"
MAX_BYTES = 15_000_000
# A JPEG is decoded at a fraction of its size, the others at their full one: 4 bytes a pixel.
MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
MAX_SIDE = 16_000
QUALITY = 80
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    ArithmeticError,
    LookupError,
    struct.error,
)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# One at a time: the memory of a process holds one decoded photo, not one for each thread.
_one_at_a_time = threading.Lock()


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
    sentence = "Only JPEG, PNG and WebP photos are accepted."


class ImageTooHeavyError(ImageError):
    code = "IMAGE_TOO_LARGE"
    sentence = f"A photo may have {MAX_BYTES // 1_000_000} MB at most."


class ImageTooLargeError(ImageError):
    code = "IMAGE_TOO_LARGE"
    sentence = "The photo has too many pixels: {millions} million at most, and {side:,} a side."
    sample: ClassVar = {"millions": 25, "side": MAX_SIDE}


def reencode(upload: File, *, widths: Sequence[int]) -> dict[int, bytes]:
    """Returns the photo as WebP, upright and in sRGB, by width; one narrower than a width keeps its
    own. Raises `ImageError`.
    """
    if not upload.size:
        raise ImageEmptyError
    if upload.size > MAX_BYTES:
        raise ImageTooHeavyError
    upload.seek(0)
    kind = _kind(upload.read(12))
    upload.seek(0)
    with _one_at_a_time:
        try:
            with Image.open(upload, formats=(kind,)) as image:
                return _widths(_prepared(image, kind, max(widths)), widths)
        except _BOMBS as error:
            raise _too_large(kind) from error
        except _BROKEN as error:
            raise ImageInvalidError from error


def _too_large(kind: str) -> ImageTooLargeError:
    return ImageTooLargeError(millions=MAX_PIXELS[kind] // 1_000_000, side=MAX_SIDE)


def _kind(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    raise ImageTypeError


def _prepared(image: Any, kind: str, widest: int) -> Image.Image:
    """Decodes only once the size is known to be bearable."""
    width, height = image.size
    if width * height > MAX_PIXELS[kind] or max(width, height) > MAX_SIDE:
        raise _too_large(kind)
    image.draft(None, (widest, widest))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    return _in_srgb(_fitted(_plain(image), widest))


def _plain(image: Image.Image) -> Image.Image:
    """Without palettes and 16-bit greys, which do not scale."""
    if image.mode.startswith("I"):
        return image.point(lambda level: level / 256).convert("L")
    if image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, source, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, *_BROKEN):
            found = None
        if found is not None:
            return found
    return image if image.mode == mode else image.convert(mode)


def _fitted(image: Image.Image, width: int) -> Image.Image:
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _widths(image: Image.Image, widths: Sequence[int]) -> dict[int, bytes]:
    return {width: _webp(_fitted(image, width)) for width in widths}


def _webp(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
