"""Re-encoding of photos, with files as cameras, editors and attackers make them."""

import io
import struct
import zlib
from functools import partial
from pathlib import Path

import pytest
from bson import ObjectId
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from apps.common import images
from apps.common.errors import InvalidInputError

pytestmark = pytest.mark.unit

WIDTHS = (1600, 800, 320)
reencode = partial(images.reencode, user_id=ObjectId())


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.RATE_LIMIT_PIXELS = ""


def upload(image: Image.Image, kind: str, **options) -> ContentFile:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return ContentFile(written.getvalue(), name="photo.bin")


def opened(made: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(made))
    image.load()
    return image


def halves(width=2000, height=1000) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def near(pixel, wanted) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(pixel[:3], wanted, strict=True))


RED, BLUE = (255, 0, 0), (0, 0, 255)


def with_camera_data(orientation=1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (1.0, 17.0, 30.0)
    gps[3], gps[4] = "E", (103.0, 51.0, 0.0)
    return exif


def test_a_camera_jpeg_loses_its_metadata_and_stands_upright():
    source = upload(
        halves(), "JPEG", exif=with_camera_data(orientation=6), comment=b"SecretComment"
    )
    assert opened(source.read()).getexif().get_ifd(0x8825)[2] == (1.0, 17.0, 30.0)

    made = reencode(source, widths=WIDTHS)

    assert list(made) == [1600, 800, 320]
    for width, body in made.items():
        image = opened(body)
        assert image.format == "WEBP"
        assert image.size == (min(width, 1000), 2 * min(width, 1000))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
        assert b"Secret" not in body
        assert b"EXIF" not in body
        assert near(image.getpixel((image.width // 2, 5)), RED)
        assert near(image.getpixel((image.width // 2, image.height - 5)), BLUE)


def test_a_png_keeps_its_alpha_and_loses_its_text():
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Author", "SecretAuthor")
    source = Image.new("RGBA", (900, 600), (0, 200, 0, 255))
    source.paste((0, 0, 0, 0), (0, 0, 450, 600))
    made = reencode(upload(source, "PNG", pnginfo=text), widths=WIDTHS)

    assert [opened(body).width for body in made.values()] == [900, 800, 320]
    small = opened(made[320]).convert("RGBA")
    assert small.getpixel((20, 100))[3] == 0
    assert small.getpixel((300, 100))[3] == 255
    assert b"Secret" not in b"".join(made.values())


def test_a_webp_is_written_anew():
    source = upload(halves(), "WEBP", exif=with_camera_data(), xmp=b"<x>SecretXmp</x>")
    made = reencode(source, widths=(640,))
    image = opened(made[640])
    assert image.size == (640, 320)
    assert near(image.getpixel((5, 5)), RED)
    assert b"Secret" not in made[640]


def test_other_colours_become_srgb():
    green = Image.new("RGB", (40, 40), (0, 255, 0))
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = {
        "cmyk": reencode(upload(halves().convert("CMYK"), "JPEG"), widths=(200,))[200],
        "grey": reencode(upload(Image.new("L", (40, 40), 128), "JPEG"), widths=(40,))[40],
        "palette": reencode(upload(halves().convert("P"), "PNG"), widths=(200,))[200],
        "profile": reencode(upload(green, "PNG", icc_profile=swapped), widths=(40,))[40],
        "bad profile": reencode(upload(green, "PNG", icc_profile=b"nonsense"), widths=(40,))[40],
        "16 bit": reencode(upload(Image.new("I;16", (40, 40), 32_768), "PNG"), widths=(40,))[40],
    }
    assert near(opened(made["cmyk"]).getpixel((5, 5)), RED)
    assert near(opened(made["palette"]).getpixel((195, 5)), BLUE)
    assert near(opened(made["grey"]).convert("RGB").getpixel((5, 5)), (128,) * 3)
    assert near(opened(made["16 bit"]).convert("RGB").getpixel((5, 5)), (128,) * 3)
    for name in ("profile", "bad profile"):
        assert near(opened(made[name]).getpixel((5, 5)), (0, 255, 0))


def test_wide_colours_are_converted_not_relabelled():
    """A profile whose red and green are swapped turns red pixels green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {}
    for at in range(struct.unpack(">I", profile[128:132])[0]):
        name, start, _size = struct.unpack(">4sII", profile[132 + 12 * at : 144 + 12 * at])
        tags[name] = (132 + 12 * at + 4, start)
    (red_at, red), (green_at, green) = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red_at : red_at + 4] = struct.pack(">I", green)
    profile[green_at : green_at + 4] = struct.pack(">I", red)
    source = upload(Image.new("RGB", (40, 40), "red"), "JPEG", icc_profile=bytes(profile))
    made = reencode(source, widths=(40,))
    assert near(opened(made[40]).getpixel((20, 20)), (0, 255, 0))


def png(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0" * 999)), chunk(b"IEND", b""))
    )


def _jpeg() -> bytes:
    return upload(halves(), "JPEG").read()


REFUSED = {
    "a bomb": (lambda: png(50_000, 50_000), "IMAGE_TOO_LARGE", "pixels"),
    "a smaller bomb": (lambda: png(9_000, 9_000), "IMAGE_TOO_LARGE", "pixels"),
    "a ribbon": (lambda: png(20_000, 10), "IMAGE_TOO_LARGE", "a side"),
    "nothing": (lambda: b"", "IMAGE_INVALID", "empty"),
    "a truncated jpeg": (lambda: _jpeg()[:3_000], "IMAGE_INVALID", "damaged"),
    "a header alone": (lambda: b"\xff\xd8\xff\xe0", "IMAGE_INVALID", "damaged"),
    "a png without its pixels": (lambda: png(300, 300), "IMAGE_INVALID", "damaged"),
    "a cut webp": (
        lambda: upload(halves(), "WEBP").read()[:200],
        "IMAGE_INVALID",
        "damaged",
    ),
    "a text": (lambda: b"Dear sir, this is no photo.", "IMAGE_TYPE", "JPEG, PNG, WebP"),
    "a gif": (lambda: upload(halves(), "GIF").read(), "IMAGE_TYPE", "JPEG, PNG, WebP"),
    "a bmp": (lambda: upload(halves(), "BMP").read(), "IMAGE_TYPE", "JPEG, PNG, WebP"),
    "an svg": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        "IMAGE_TYPE",
        "JPEG, PNG, WebP",
    ),
}


@pytest.mark.parametrize(("make", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses_what_is_no_usable_photo(make, code, words):
    with pytest.raises(InvalidInputError) as refusal:
        reencode(ContentFile(make(), name="holiday.jpg"), widths=WIDTHS)
    assert refusal.value.code == code
    assert words in refusal.value.message
    assert refusal.value.fields == {"image": [refusal.value.message]}


def test_the_weight_is_judged_before_a_process_is_started(monkeypatch):
    def never(*_args, **_options):
        raise AssertionError("decoded")

    heavy = ContentFile(_jpeg() + b"\0" * images.MAX_BYTES, name="heavy.jpg")
    monkeypatch.setattr(images.image_runner, "run", never)
    with pytest.raises(InvalidInputError) as refusal:
        reencode(heavy, widths=WIDTHS)
    assert refusal.value.code == "IMAGE_TOO_LARGE"
    assert "15 MB" in refusal.value.message


def test_photos_at_the_bounds_are_taken():
    body = _jpeg()
    padded = ContentFile(body + b"\0" * (images.MAX_BYTES - len(body)), name="just.jpg")
    assert opened(reencode(padded, widths=(320,))[320]).size == (320, 160)
    narrow = upload(Image.new("RGB", (1, 16_000), "red"), "PNG")
    assert opened(reencode(narrow, widths=(320,))[320]).size == (1, 16_000)


def test_a_refusal_does_not_block_the_next_photo():
    with pytest.raises(InvalidInputError):
        reencode(ContentFile(_jpeg()[:3_000]), widths=WIDTHS)
    assert len(reencode(ContentFile(_jpeg()), widths=(320,))) == 1


PHOTOS = Path(__file__).with_name("photos")


@pytest.mark.parametrize("name", ["phone.heic", "phone.avif"])
def test_what_telephones_make_is_read_and_loses_its_metadata(name):
    """64 x 48 pixels, red and blue halves, to be turned; pillow-heif and Pillow wrote them."""
    source = (PHOTOS / name).read_bytes()
    assert b"SecretCamera" in source
    made = reencode(ContentFile(source), widths=(320,))[320]
    image = opened(made)
    assert (image.format, image.size) == ("WEBP", (48, 64))
    assert near(image.getpixel((24, 5)), RED)
    assert near(image.getpixel((24, 60)), BLUE)
    assert not image.getexif()
    assert b"Secret" not in made


def test_what_has_alpha_is_scaled_in_strips_as_a_whole_is():
    """1,999 x 1,501 is no multiple of anything; at the seams of strips nothing shows."""
    source = Image.linear_gradient("L").resize((1_999, 1_501))
    source.putalpha(255)
    made = opened(reencode(upload(source.convert("RGBA"), "PNG"), widths=(400,))[400])
    assert made.size == (400, 300)
    column = [made.convert("L").getpixel((200, y)) for y in range(300)]
    wanted = source.convert("L").resize((400, 300), Image.Resampling.LANCZOS)
    assert all(abs(v - wanted.getpixel((200, y))) < 4 for y, v in enumerate(column))
