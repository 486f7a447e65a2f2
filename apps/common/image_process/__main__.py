"""`python -m apps.common.image_process FORMAT WIDTH ...`: reads a photo from stdin and writes a
line of JSON, then the WebP files that it names the sizes of, one after the other."""

import json
import os
import resource
import sys
import warnings
from typing import Any

# The address space, of which the libraries take 60 MB; seconds of processor time.
MEMORY = 320 * 1024 * 1024
CPU_SECONDS = 12
NICE = 15


def limit_self() -> None:
    """Before anything of the photo is read. Requests go first: a photo takes what they leave."""
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(kind: str, *widths: str) -> None:
    limit_self()
    from apps.common.image_process import decode

    warnings.simplefilter("ignore")
    try:
        decode.prepare(kind)
        wanted = [int(width) for width in widths]
        pixels, bodies = decode.reencode(sys.stdin.buffer, kind, wanted)
    except (decode.TooManyPixelsError, *decode.BOMBS):
        _answer({"problem": "pixels"})
    except MemoryError:
        _answer({"problem": "memory"})
    except decode.BROKEN:
        _answer({"problem": "broken"})
    else:
        _answer({"pixels": pixels, "sizes": [len(body) for body in bodies]}, *bodies)


def _answer(head: dict[str, Any], *bodies: bytes) -> None:
    sys.stdout.buffer.write(b"\n".join((json.dumps(head).encode(), b"".join(bodies))))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
