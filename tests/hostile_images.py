"""Images as attackers and broken programs make them, by name: the file, and the code of its refusal
(None where it is a photo like any other). Made by code: a corpus of files would be opened by every
tool that walks the repository."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

PHONES = Path(__file__).resolve().parents[1] / "apps" / "common" / "tests" / "photos"
INVALID, KIND, LARGE = "IMAGE_INVALID", "IMAGE_TYPE", "IMAGE_TOO_LARGE"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str, size=(60, 40), mode="RGB", **options) -> bytes:
    image = Image.new(mode, size, 0 if mode in {"L", "I;16", "P"} else None)
    if mode == "RGB":
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *between: bytes, pixels: bytes = b"\0" * 999) -> bytes:
    """It says that it is this large, whatever its pixels are."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *between, chunk(b"IDAT", zlib.compress(pixels, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join((*parts, chunk(b"IEND", b"")))


def inflating_png() -> bytes:
    """24 million pixels in 73 kB: within the limits, so it is work, not damage."""
    return png(6_000, 4_000, pixels=b"\0" * (6_000 * 3 + 1) * 4_000)


def inflating_text() -> bytes:
    body = b"Comment\0\0" + zlib.compress(b"A" * 200_000_000, 9)
    return png(8, 8, chunk(b"zTXt", body), pixels=b"\0" * (8 * 3 + 1) * 8)


def inflating_profile() -> bytes:
    body = b"icc\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    return png(8, 8, chunk(b"iCCP", body), pixels=b"\0" * (8 * 3 + 1) * 8)


def huge_metadata() -> bytes:
    info = PngInfo()
    for number in range(40):
        info.add_text(f"Note{number}", os.urandom(20_000).hex())
    return picture("PNG", pnginfo=info)


def animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (60, 40), (shade, 0, 0)) for shade in range(0, 250, 5)]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=20)
    return written.getvalue()


def heif_of_size(width: int, height: int) -> bytes:
    """A telephone's photo whose header says another size."""
    made = bytearray((PHONES / "phone.heic").read_bytes())
    at = made.index(b"ispe") + 8
    made[at : at + 8] = struct.pack(">II", width, height)
    return bytes(made)


def webp_of_size(width: int, height: int) -> bytes:
    made = bytearray(picture("WEBP"))
    at = made.index(b"\x9d\x01\x2a") + 3
    made[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(made)


def jpeg_of_size(width: int, height: int) -> bytes:
    made = bytearray(picture("JPEG"))
    at = made.index(b"\xff\xc0") + 5
    made[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(made)


HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "nothing": (lambda: b"", INVALID),
    "bomb-png": (lambda: png(50_000, 50_000), LARGE),
    "bomb-png-just-above": (lambda: png(5_001, 5_000), LARGE),
    "bomb-webp": (lambda: webp_of_size(16_000, 16_000), LARGE),
    "bomb-jpeg": (lambda: jpeg_of_size(16_000, 16_000), LARGE),
    "bomb-heic": (lambda: heif_of_size(15_000, 15_000), INVALID),
    "bomb-heic-beyond-sense": (lambda: heif_of_size(4_000_000_000, 4_000_000_000), INVALID),
    "ribbon": (lambda: png(20_000, 10), LARGE),
    "inflates-300-fold": (inflating_png, None),
    "text-inflates-1000-fold": (inflating_text, INVALID),
    "profile-inflates-1000-fold": (inflating_profile, INVALID),
    "truncated-jpeg": (lambda: picture("JPEG", (900, 900), quality=95)[:3_000], INVALID),
    "truncated-png": (lambda: picture("PNG", (900, 900))[:600], INVALID),
    "truncated-webp": (lambda: picture("WEBP")[:60], INVALID),
    "truncated-avif": (lambda: picture("AVIF")[:-20], INVALID),
    "truncated-heic": (lambda: (PHONES / "phone.heic").read_bytes()[:-60], INVALID),
    "header-alone-jpeg": (lambda: b"\xff\xd8\xff\xe0", INVALID),
    "header-alone-heic": (
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
        INVALID,
    ),
    "png-then-script": (lambda: picture("PNG") + SCRIPT, None),
    "jpeg-with-zip": (lambda: picture("JPEG") + b"PK\x03\x04" + b"\0" * 200, None),
    "jpeg-comment-is-html": (lambda: picture("JPEG", comment=SCRIPT), None),
    "gif-in-fact": (lambda: picture("GIF"), KIND),
    "tiff-in-fact": (lambda: picture("TIFF"), KIND),
    "svg-in-fact": (lambda: SVG, KIND),
    "html-in-fact": (lambda: b"<html>" + SCRIPT, KIND),
    "animated-png": (lambda: animation("PNG"), None),
    "animated-webp": (lambda: animation("WEBP"), None),
    "animated-avif": (lambda: animation("AVIF"), None),
    "cmyk": (lambda: picture("JPEG", mode="CMYK"), None),
    "sixteen-bit": (lambda: picture("PNG", mode="I;16"), None),
    "huge-profile": (lambda: picture("PNG", icc_profile=os.urandom(900_000)), None),
    "huge-metadata": (huge_metadata, None),
}
