from prometheus_client import Counter, Gauge

EMAILS = Counter(
    "emails_total", "E-mails by what became of a try: sent, later, failed or skipped.", ["outcome"]
)
OLDEST = Gauge(
    "emails_oldest_unsent_seconds",
    "Age of the oldest e-mail that waits, at the last sweep.",
    multiprocess_mode="mostrecent",
)
