"""Re-encodes a photo as WebP, upright and in sRGB, without anything else of the file."""

import importlib
import io
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps

from apps.common.image_process.formats import MAX_PIXELS, MAX_SIDE

QUALITY = 80
MAX_COEFFICIENTS = 160_000_000
# Rows that are scaled at a time.
STRIP = 64
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    struct.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_PLUGINS = {
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
    "HEIF": "pi_heif",
}


class TooManyPixelsError(Exception):
    pass


def prepare(kind: str) -> None:
    """Loads the one decoder that is needed, without threads: each would take memory of its own."""
    plugin: Any = importlib.import_module(_PLUGINS[kind])
    importlib.import_module("PIL.WebPImagePlugin")
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS["JPEG"]
    if kind == "AVIF":
        plugin.DEFAULT_MAX_THREADS = 1
    if kind == "HEIF":
        plugin.register_heif_opener(
            decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
        )


def reencode(source: BinaryIO, kind: str, widths: Sequence[int]) -> tuple[int, list[bytes]]:
    """Returns how many pixels the photo has, and it in each width; one that is narrower keeps its
    own. Raises `TooManyPixelsError` or one of `BOMBS` and `BROKEN`.
    """
    with Image.open(source, formats=(kind,)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS[kind] or max(width, height) > MAX_SIDE:
            raise TooManyPixelsError
        if image.info.get("progressive") and _coefficients(image) > MAX_COEFFICIENTS:
            raise MemoryError
        prepared = _prepared(image, max(widths))
    return width * height, [_webp(_fitted(prepared, wanted)) for wanted in widths]


def _coefficients(image: Any) -> float:
    """Bytes that a progressive JPEG takes before its first row is decoded."""
    factors = [(across, down) for _, across, down, _ in image.layer]
    largest = max(across for across, _ in factors) * max(down for _, down in factors)
    width, height = image.size
    return 2 * width * height * sum(across * down for across, down in factors) / largest


def _prepared(image: Any, widest: int) -> Image.Image:
    image.draft(None, (widest, widest))
    image.load()
    lies = image.getexif().get(0x0112, 1) >= 5  # noqa: PLR2004 - turned by a quarter
    smaller = _fitted(_plain(image), widest, lies=lies)
    return _in_srgb(ImageOps.exif_transpose(smaller))


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
        except (ImageCms.PyCMSError, *BROKEN):
            found = None
        if found is not None:
            return found
    return image if image.mode == mode else image.convert(mode)


def _fitted(image: Image.Image, width: int, *, lies: bool = False) -> Image.Image:
    """`width` is that of the upright photo: the height of one that lies on its side."""
    present = image.height if lies else image.width
    if width >= present:
        return image
    size = [max(1, round(side * width / present)) for side in image.size]
    reduced = _reduced(image, present // width) if image.mode == "RGBA" else image
    return reduced.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """A `factor`-th of its size, strip by strip: Pillow copies what has alpha before it scales."""
    if factor == 1:
        return image
    width, height = (-(-side // factor) for side in image.size)
    made = Image.new(image.mode, (width, height))
    made.info = image.info
    for top in range(0, height, STRIP):
        bottom = min((top + STRIP) * factor, image.height)
        strip = image.crop((0, top * factor, image.width, bottom))
        made.paste(strip.reduce(factor), (0, top))
    return made


def _webp(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
