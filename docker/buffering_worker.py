"""gunicorn's worker with threads, which hands a request to a thread only once all of it has come,
and takes the reply back when its client does not read it: as a proxy in front does, for the shapes
that have none. Half-open and slow connections cost memory for a bounded time, and no thread."""

import errno
import re
import selectors
import socket
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from docker.refusals import reply

HEAD_SECONDS = 15
BODY_SECONDS = 120
DRAIN_SECONDS = 60
LINGER_SECONDS = 5
LOOK_SECONDS = 1
HEAD_BYTES = 64 * 1024
REMEMBERED = 64
# A photo and its envelope; the application refuses what is longer without reading it.
BODY_BYTES = 16_500_000
IN_MEMORY_BYTES = 256 * 1024
# What all bodies that are still coming may take in a process: the largest of them goes first.
BODIES_BYTES = 128 * 1024 * 1024
# What all replies that wait for their clients may take in a process.
UNSENT_BYTES = 64 * 1024 * 1024
CHUNK = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Incoming(Unreader):
    """What has come of one request. gunicorn's parser reads it when it is complete."""

    bodies_bytes = 0
    _lock = threading.Lock()

    def __init__(self) -> None:
        super().__init__()
        self.body_bytes = 0
        self.head = bytearray()
        self.has_head = self.is_complete = self.is_last = self.is_too_long = False
        self.expects = False
        self._missing = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115

    def feed(self, data: bytes) -> None:
        if not self.has_head:
            self.head += data
            at = self.head.find(b"\r\n\r\n")
            if at < 0:
                self.is_too_long = len(self.head) > HEAD_BYTES
                return
            self.has_head = True
            head, data = bytes(self.head[: at + 4]), bytes(self.head[at + 4 :])
            self._begin_body(head)
        self._feed_body(data)

    def _begin_body(self, head: bytes) -> None:
        lengths = _LENGTH.findall(head)
        self.expects = bool(_EXPECT.search(head))
        self.head = bytearray(_EXPECT.sub(b"", head))
        self._missing = int(lengths[0]) if len(lengths) == 1 else 0
        if len(lengths) > 1 or self._missing > BODY_BYTES or _CHUNKED.search(head):
            # Refused without being read: WSGI has no body without a length.
            self._missing, self.is_last = 0, True

    def _feed_body(self, data: bytes) -> None:
        self._count(self._file.write(data[: self._missing]))
        # A client that sends the next request before the reply has its connection closed.
        self.is_last = self.is_last or len(data) > self._missing
        self._missing -= min(len(data), self._missing)
        self.is_complete = self._missing == 0

    def _count(self, more: int) -> None:
        self.body_bytes += more
        with Incoming._lock:
            Incoming.bodies_bytes += more

    def rewind(self) -> None:
        self.unread(bytes(self.head))
        self._file.seek(0)

    def chunk(self) -> bytes:
        """Empty at the end, also for what is left of a request that was answered unread."""
        return b"" if self._file.closed else self._file.read(CHUNK)

    def close(self) -> None:
        self._count(-self.body_bytes)
        self._file.close()


class Outgoing:
    """The client's socket as gunicorn writes to it: never waits, and keeps what was not taken."""

    unsent_bytes = 0
    _lock = threading.Lock()

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.unsent = bytearray()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def sendall(self, data: bytes) -> None:
        self.flush()
        sent = 0
        if not self.unsent:
            with suppress(BlockingIOError):
                sent = self._sock.send(data)
        if sent < len(data):
            self._keep(data[sent:])

    send = sendall

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> None:
        file.seek(offset)
        left = count
        while left is None or left > 0:
            data = file.read(CHUNK if left is None else min(CHUNK, left))
            if not data:
                return
            left = None if left is None else left - len(data)
            self.sendall(data)

    def flush(self) -> None:
        with suppress(BlockingIOError):
            while self.unsent:
                sent = self._sock.send(self.unsent[:CHUNK])
                del self.unsent[:sent]
                self._count(-sent)

    def _keep(self, data: bytes) -> None:
        if Outgoing.unsent_bytes + len(data) > UNSENT_BYTES:
            raise BrokenPipeError(errno.EPIPE, "too much waits for clients that do not read")
        self.unsent += data
        self._count(len(data))

    def forget(self) -> None:
        self._count(-len(self.unsent))
        self.unsent.clear()

    def _count(self, more: int) -> None:
        with Outgoing._lock:
            Outgoing.unsent_bytes += more


class Connection(TConn):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.incoming = Incoming()
        self.deadline = time.monotonic() + HEAD_SECONDS
        self.sock = Outgoing(self.sock)

    def init(self) -> None:
        """The socket stays without blocking: nobody waits for it."""
        super().init()
        self.sock.setblocking(False)
        self.incoming.rewind()
        self.parser.unreader = self.incoming

    def next_request(self) -> None:
        self.incoming.close()
        self.incoming = Incoming()
        self.deadline = time.monotonic() + HEAD_SECONDS

    def close(self) -> None:
        self.sock.forget()
        self.incoming.close()
        super().close()


class BufferingWorker(ThreadWorker):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Connections with a request that has not come yet, or a reply that has not been taken: the
        # oldest first. Only the loop touches them, but for those that a thread hands back.
        self._slow: dict[Connection, None] = {}
        self._looked_at = 0.0

    def accept(self, server: Any, listener: Any) -> None:
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        conn = Connection(self.cfg, sock, client, server)
        self.nr_conns += 1
        self._wait(conn, selectors.EVENT_READ, self.on_client_socket_readable)
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def _wait(self, conn: Connection, event: int, callback: Any) -> None:
        with self._lock:
            self._slow[conn] = None
            self.poller.register(conn.sock, event, partial(callback, conn))

    def _make_room(self) -> None:
        """Who has waited longest goes: a whole request is here in an instant."""
        with self._lock:
            oldest = next(iter(self._slow), None) or (self._keep.popleft() if self._keep else None)
        if oldest:
            self._drop(oldest)

    def _drop(self, conn: Connection) -> None:
        with self._lock:
            self._slow.pop(conn, None)
            with suppress(KeyError, ValueError, OSError):
                self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def on_client_socket_readable(self, conn: Connection, client: Any) -> None:
        data = _received(client)
        if data is None:
            return
        with self._lock:
            if conn in self._keep:
                self._keep.remove(conn)
                self._slow[conn] = None
        if not data:
            self._drop(conn)
            return
        knew_head = conn.incoming.has_head
        conn.incoming.feed(data)
        if conn.incoming.is_too_long:
            self._refuse_head(conn)
        elif conn.incoming.is_complete:
            with self._lock:
                self._slow.pop(conn, None)
                self.poller.unregister(conn.sock)
            self.enqueue_req(conn)
        elif conn.incoming.has_head and not knew_head:
            conn.deadline = time.monotonic() + BODY_SECONDS
            if conn.incoming.expects:
                with suppress(OSError):
                    conn.sock.send(CONTINUE)
        if Incoming.bodies_bytes > BODIES_BYTES:
            self._drop_largest()

    def _drop_largest(self) -> None:
        """Of those that are still coming; what is complete is answered."""
        with self._lock:
            waiting = list(self._slow)
        largest = max(waiting, key=lambda conn: conn.incoming.body_bytes, default=None)
        if largest and largest.incoming.body_bytes:
            self._drop(largest)

    def _refuse_head(self, conn: Connection) -> None:
        with self._lock:
            self.poller.unregister(conn.sock)
        with suppress(OSError):
            conn.sock.send(reply(431, bytes(conn.incoming.head[:REMEMBERED])))
        self._linger(conn)

    def finish_request(self, future: Any) -> None:
        """Called by the thread that answered."""
        conn = future.conn
        is_kept = False
        with suppress(Exception):
            is_kept = not future.cancelled() and future.result()[0]
        is_kept = is_kept and self.alive and not conn.incoming.is_last
        if not self.alive:
            conn.sock.setblocking(True)
            conn.sock.settimeout(1)
            with suppress(OSError):
                conn.sock.flush()
        if self.alive and conn.sock.unsent:
            conn.deadline = time.monotonic() + DRAIN_SECONDS
            self._wait(conn, selectors.EVENT_WRITE, self.on_writable)
        elif self.alive and conn.incoming.is_last:
            self._linger(conn)
        elif is_kept:
            self._keep_alive(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def _keep_alive(self, conn: Connection) -> None:
        conn.next_request()
        conn.set_timeout()
        with self._lock:
            self._keep.append(conn)
            callback = partial(self.on_client_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, callback)

    def _linger(self, conn: Connection) -> None:
        """A reply to what was not read to its end is lost if the connection is closed at once."""
        with suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)
        conn.deadline = time.monotonic() + LINGER_SECONDS
        self._wait(conn, selectors.EVENT_READ, self.on_leftover)

    def on_leftover(self, conn: Connection, client: Any) -> None:
        if _received(client) == b"":
            self._drop(conn)

    def on_writable(self, conn: Connection, client: Any) -> None:
        try:
            client.flush()
        except OSError:
            conn.sock.forget()
        if not conn.sock.unsent:
            self._drop(conn)

    def murder_keepalived(self) -> None:
        super().murder_keepalived()
        now = time.monotonic()
        if now - self._looked_at > LOOK_SECONDS:
            self._looked_at = now
            for conn in [conn for conn in list(self._slow) if conn.deadline < now]:
                self._drop(conn)


def _received(client: Any) -> bytes | None:
    """Empty at the end of the connection, None where nothing is there yet."""
    try:
        return bytes(client.recv(CHUNK))
    except BlockingIOError:
        return None
    except OSError:
        return b""
