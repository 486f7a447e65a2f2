"""The formats that are read, told apart by content, and how many pixels each may have."""

# A pod of 512 MiB must bear the largest (`make bench ARGS=photos` measures it): a JPEG is decoded
# at a fraction of its size, the others at their full one, and a WebP is held four times over.
MAX_PIXELS = {
    "JPEG": 50_000_000,
    "PNG": 25_000_000,
    "HEIF": 25_000_000,
    "AVIF": 16_000_000,
    "WEBP": 13_000_000,
}
MAX_SIDE = 16_000
HEAD = 64
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_AVIF = {b"avif", b"avis"}


def format_of(head: bytes) -> str | None:
    """Pillow's name of the format that a file which begins so has."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return _by_brands(head) if head[4:8] == b"ftyp" else None


def _by_brands(head: bytes) -> str | None:
    """A HEIF container names its codec by its brand or by one of the compatible ones."""
    size = min(int.from_bytes(head[:4], "big"), HEAD)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    for brand in brands:
        if brand in _AVIF:
            return "AVIF"
        if brand in _HEIC:
            return "HEIF"
    return None
