"""What the examples in the API's description are made of."""

from typing import Any

STAY = {
    "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
    "check_in": "2026-12-16",
    "check_out": "2026-12-18",
    "guest_count": 2,
}
LINES: list[dict[str, Any]] = [
    {
        "code": "NIGHTS",
        "label": "Nights",
        "quantity": 2,
        "unit_amount": 120.0,
        "amount": 240.0,
    },
    {
        "code": "CLEANING_FEE",
        "label": "Cleaning fee",
        "quantity": 1,
        "unit_amount": 30.0,
        "amount": 30.0,
    },
    {
        "code": "SERVICE_FEE",
        "label": "Service fee",
        "quantity": 1,
        "unit_amount": 32.4,
        "amount": 32.4,
    },
]
LISTING = {
    "id": STAY["listing_id"],
    "title": "A quiet flat by the river",
    "city": "Singapore",
    "country": "Singapore",
    "image": "https://example.com/media/listings/river-1600.webp",
}
DEADLINES = [
    {"days_before": 5, "percent": 100, "until": "2026-12-11T07:00:00Z"},
    {"days_before": 1, "percent": 50, "until": "2026-12-15T07:00:00Z"},
]
BOOKING = {
    "id": "66f1c2a4b8e0d3f5a7c91e55",
    **STAY,
    "guest_id": "66f1c2a4b8e0d3f5a7c91e10",
    "host_id": "66f1c2a4b8e0d3f5a7c91e24",
    "special_requests": "A cot, please.",
    "status": "pending",
    "payment_status": "unpaid",
    "cancellation_reason": None,
    "currency": "SGD",
    "version": 1,
    "created_at": "2026-11-22T08:15:00Z",
    "updated_at": "2026-11-22T08:15:00Z",
    "expires_at": "2026-11-23T08:15:00Z",
    "listing": LISTING,
    "guest": {"first_name": "Ann"},
    "nights": 2,
    "lines": LINES,
    "total_price": 302.4,
    "paid": 0.0,
    "refunded": 0.0,
    "policy": {
        "name": "moderate",
        "tiers": DEADLINES,
        "grace_until": "2026-11-23T08:15:00Z",
        "time_zone": "Asia/Singapore",
    },
    "alteration": None,
    "allowed_actions": ["cancel", "update", "alter"],
    "history": [
        {
            "action": "request",
            "from_status": "",
            "to_status": "pending",
            "actor": "guest",
            "at": "2026-11-22T08:15:00Z",
            "reason": "",
        }
    ],
}
HOLD = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    **STAY,
    "nights": 2,
    "lines": LINES,
    "total_price": 302.4,
    "currency": "SGD",
    "quote_token": "eyJzdGF5IjpbXX0:4mJ0o0cWkXb9",
    "expires_at": "2026-11-22T08:30:00Z",
    "created_at": "2026-11-22T08:15:00Z",
    "listing": LISTING,
}
QUOTE = {
    **STAY,
    "nights": 2,
    "currency": "SGD",
    "lines": LINES,
    "total_price": 302.4,
    "nightly": [
        {"night": "2026-12-16", "rate": 120.0, "rule": "base"},
        {"night": "2026-12-17", "rate": 120.0, "rule": "base"},
    ],
    "rules": [
        "Nights cost the base price.",
        "The cleaning fee is for the whole stay.",
        "The service fee is 12 % of all above it.",
    ],
    "available": True,
    "taken": [],
    "alternatives": [],
    "instant_book": False,
    "cancellation": {
        "name": "moderate",
        "summary": "Moderate: 100 % back until 5 days before check-in, "
        "50 % back until a day before check-in.",
        "tiers": [{"days_before": 5, "percent": 100}, {"days_before": 1, "percent": 50}],
    },
    "quote_token": "eyJzdGF5IjpbXX0:4mJ0o0cWkXb9",
    "expires_at": "2026-11-22T08:30:00Z",
}
