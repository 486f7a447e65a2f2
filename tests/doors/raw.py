"""HTTP by hand, for what a client library would not send."""

import socket


def ask(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the first reply."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(request)
        connection.settimeout(20)
        received = b""
        while not _is_whole(received) and (chunk := connection.recv(65_536)):
            received += chunk
    return _parsed(received)


def _parsed(received: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def _is_whole(received: bytes) -> bool:
    """nginx lingers after an early refusal, so the end of the connection comes late."""
    if b"\r\n\r\n" not in received:
        return False
    _, headers, body = _parsed(received)
    return len(body) >= int(headers.get("content-length", len(body) + 1))
