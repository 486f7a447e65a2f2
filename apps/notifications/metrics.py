from prometheus_client import Counter, Gauge

EMAILS = Counter(
    "emails_total", "E-mails by what became of a try: sent, later, failed or skipped.", ["outcome"]
)
OLDEST = Gauge(
    "emails_oldest_unsent_seconds",
    "Age of the oldest e-mail that waits, when the timer last ran.",
    multiprocess_mode="mostrecent",
)
STREAMS = Gauge("notification_streams_open", "Open live streams.", multiprocess_mode="livesum")
SENT = Counter("notification_stream_items_total", "Items put into open streams.")
RESUMES = Counter(
    "notification_stream_resumes_total",
    "Streams opened with Last-Event-ID: resumed, or asked to load the feed anew.",
    ["outcome"],
)
ENDS = Counter(
    "notification_stream_ends_total",
    "Ended streams: left, slow (did not read), expired, suspended, shutdown, lost, unavailable.",
    ["reason"],
)
