"""A server that speaks Stripe's protocol for PaymentIntents: form-encoded calls, JSON replies, an
answer for each Idempotency-Key. `fail` takes what the next calls get instead of theirs."""

import contextlib
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

SECRET = "whsec_local"
CARDS = {"pm_card_visa", "pm_card_chargeDeclined", "pm_card_authenticationRequired"}


class FailureError(Exception):
    def __init__(self, status, **error):
        super().__init__(status)
        self.status, self.body = status, {"error": error}


def refused(message, **more):
    return FailureError(400, type="invalid_request_error", message=message, **more)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(size).decode()))
        url = urlsplit(self.path)
        key = self.headers.get("Idempotency-Key")
        stripe = self.server.stripe
        stripe.calls.append((self.command, url.path, form, key, self.headers["Authorization"]))
        status, body = stripe.reply(self.command, url, form, key)
        if body is None:
            self.close_connection = True
            return
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args):
        pass


Handler.do_GET = Handler.do_POST = Handler.answer


class LocalStripe:
    def __init__(self):
        self.calls, self.failures, self.intents, self.replies = [], [], {}, {}
        self.refunds, self.closing, self.lock = [], threading.Event(), threading.Lock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads, self.http.stripe = True, self
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()

    def fail(self, *failures):
        """Each is a status, "before" (no answer, nothing done) or "after" (no answer, but done)."""
        self.failures += failures

    def reply(self, method, url, form, key):
        failure = self.failures.pop(0) if self.failures else None
        if isinstance(failure, int):
            return failure, json.dumps({"error": {"type": "api_error", "message": "no"}}).encode()
        if failure != "before":
            with self.lock:
                if key not in self.replies or key is None:
                    self.replies[key] = self.done(method, url, form)
        if failure is not None:
            self.closing.wait(3)
            return 0, None
        return self.replies[key]

    def done(self, method, url, form):
        try:
            return 200, json.dumps(self.act(method, url, form)).encode()
        except FailureError as failure:
            return failure.status, json.dumps(failure.body).encode()

    def act(self, method, url, form):
        parts = url.path.removeprefix("/v1/").split("/")
        if parts[0] == "refunds":
            return self.refund(form)
        if method == "GET" and parts[1:] == ["search"]:
            wanted = dict(parse_qsl(url.query))["query"].split("'")[3]
            found = [i for i in self.intents.values() if i["metadata"]["payment_id"] == wanted]
            return {"object": "search_result", "data": found, "has_more": False, "url": url.path}
        if len(parts) == 1:
            return self.create(form)
        intent = self.intents.get(parts[1])
        if intent is None:
            raise FailureError(404, type="invalid_request_error", message="No such payment_intent")
        if len(parts) == 3:
            self.move(intent, parts[2], form)
        return intent

    def create(self, form):
        card = form["payment_method"]
        if card not in CARDS:
            raise refused("No such PaymentMethod", param="payment_method", code="resource_missing")
        name = f"pi_{len(self.intents) + 1}"
        intent = {
            "id": name,
            "object": "payment_intent",
            "amount": int(form["amount"]),
            "amount_received": 0,
            "currency": form["currency"],
            "capture_method": form["capture_method"],
            "client_secret": f"{name}_secret",
            "metadata": {"payment_id": form["metadata[payment_id]"]},
            "last_payment_error": None,
            "status": "requires_capture",
            "amount_refunded": 0,
        }
        self.intents[name] = intent
        if card == "pm_card_chargeDeclined":
            intent["status"] = "requires_payment_method"
            raise FailureError(
                402,
                type="card_error",
                code="card_declined",
                decline_code="generic_decline",
                message="Your card was declined.",
                payment_intent=intent,
            )
        if card == "pm_card_authenticationRequired":
            intent["status"] = "requires_action"
        return intent

    def move(self, intent, action, form):
        open_states = {"requires_capture"} | ({"requires_action"} if action == "cancel" else set())
        if intent["status"] not in open_states:
            raise refused(
                f"This PaymentIntent could not be {action}d because it has a status of "
                f"{intent['status']}.",
                code="payment_intent_unexpected_state",
            )
        if action == "cancel":
            intent["status"] = "canceled"
            return
        intent["status"] = "succeeded"
        intent["amount_received"] = int(form["amount_to_capture"])

    def refund(self, form):
        intent, amount = self.intents[form["payment_intent"]], int(form["amount"])
        if intent["amount_refunded"] + amount > intent["amount_received"]:
            raise refused("Refund amount is greater than unrefunded amount on charge.")
        intent["amount_refunded"] += amount
        self.refunds.append(form)
        return {"id": f"re_{len(self.refunds)}", "object": "refund", "amount": amount}

    def charge(self, intent):
        return {
            "id": "ch_1",
            "object": "charge",
            "payment_intent": intent["id"],
            "currency": intent["currency"],
            "amount_refunded": intent["amount_refunded"],
            "metadata": intent["metadata"],
        }


def event(kind, thing):
    body = {
        "id": "evt_1",
        "object": "event",
        "type": kind,
        "data": {"object": thing},
        "api_version": "2026-10-28.endive",
    }
    return json.dumps(body).encode()


def signed(body, *, secret=SECRET, at=None):
    at = int(time.time()) if at is None else at
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


@contextlib.contextmanager
def stripe_running(settings):
    server = LocalStripe()
    settings.PAYMENT_PROVIDER = "stripe"
    settings.STRIPE_SECRET_KEY = "sk_test_local"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = server.url
    settings.PAYMENT_TIMEOUT_SECONDS = 0.3
    yield server
    server.close()


def notify(anonymous, body, signature):
    return anonymous.generic(
        "POST",
        "/api/payments/webhook",
        body,
        "application/json; charset=utf-8",
        headers={"stripe-signature": signature},
    )
