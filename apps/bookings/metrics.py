from prometheus_client import Counter

CHANGES = Counter("bookings_changes_total", "Committed changes of bookings.", ["action"])
