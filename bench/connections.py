"""Many keep-alive connections, each mostly idle, as browsers and gateways hold them.

`python -m bench.connections URL [connections] [requests a second] [seconds]` prints the
latencies of an open-loop load: a request is sent when it is due, not when the last one is answered.
"""

import asyncio
import sys
import time
from urllib.parse import urlsplit

from bench.load import middle_and_p95


async def _connection(url: str, *, gap: float, delay: float, seconds: float) -> list[float]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.hostname}\r\n\r\n".encode()
    due = time.monotonic() + delay
    end = due + seconds
    latencies = []
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(size)
        latencies.append(time.monotonic() - due)
        due += gap
    writer.close()
    return latencies


async def measure(url: str, *, connections: int, rate: float, seconds: float) -> list[float]:
    gap = connections / rate
    return sorted(
        latency
        for found in await asyncio.gather(
            *(
                _connection(url, gap=gap, delay=gap * number / connections, seconds=seconds)
                for number in range(connections)
            )
        )
        for latency in found
    )


def main(url: str, connections: str = "100", rate: str = "300", seconds: str = "10") -> None:
    found = asyncio.run(
        measure(url, connections=int(connections), rate=float(rate), seconds=float(seconds))
    )
    median, p95 = middle_and_p95(found)
    print(f"{len(found)} requests: p50 {median * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
