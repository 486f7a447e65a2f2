"""Local servers that speak the protocols of OpenAI and of Open-Meteo, for the real clients."""

import contextlib
import datetime as dt
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOWHERE = "http://127.0.0.1:9"


class Reply:
    """What the server sends: `wait` seconds before it, `drip` seconds between its bytes, and with
    `cut` only half of the body that its header announces."""

    def __init__(self, body, *, status=200, wait=0.0, drip=0.0, cut=False, headers=()):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.wait, self.drip, self.cut = status, wait, drip, cut
        self.headers = dict(headers)


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(size)) if size else None
        local = self.server.local
        local.calls.append((self.path, sent, dict(self.headers)))
        reply = local.reply(self.path, sent) if callable(local.reply) else local.reply
        local.closing.wait(reply.wait)
        with contextlib.suppress(OSError):
            self.send(reply, local.closing)

    def send(self, reply, closing):
        self.send_response(reply.status)
        sizes = {"Content-Type": "application/json", "Content-Length": str(len(reply.body))}
        for name, value in {**sizes, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.close_connection = True
        elif reply.drip:
            for byte in reply.body:
                if closing.wait(reply.drip):
                    return
                self.wfile.write(bytes([byte]))
        else:
            self.wfile.write(reply.body)

    def log_message(self, *args):
        pass


Handler.do_GET = Handler.do_POST = Handler.answer


class LocalServer:
    """`reply` is a Reply, or makes one of the path and the JSON that came; `calls` keeps both."""

    def __init__(self):
        self.calls, self.reply, self.closing = [], Reply({}), threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads, self.http.local = True, self
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()


def completion(content, **message):
    """A reply of POST /chat/completions."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "local-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "logprobs": None,
                "message": {"role": "assistant", "content": text, "refusal": None, **message},
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def data_sent(server) -> dict:
    """The data that the last call to the model carried."""
    text = server.calls[-1][1]["messages"][-1]["content"]
    return json.loads(text.removeprefix("<data>\n").removesuffix("\n</data>"))


def daily(start: dt.date, *, days=16, rain=0.0, code=1, **changes):
    """A reply of GET /v1/forecast."""
    dates = [(start + dt.timedelta(days=day)).isoformat() for day in range(days)]
    values = {
        "time": dates,
        "temperature_2m_max": [31.24] * days,
        "temperature_2m_min": [24.96] * days,
        "precipitation_sum": [rain] * days,
        "weather_code": [code] * days,
        **changes,
    }
    return {"latitude": 1.25, "longitude": 103.75, "timezone": "Asia/Singapore", "daily": values}


def elapsed(action):
    started = time.monotonic()
    result = action()
    return result, time.monotonic() - started
