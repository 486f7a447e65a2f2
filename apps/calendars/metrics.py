from prometheus_client import Counter, Gauge

FETCHES = Counter("calendar_fetches_total", "Fetched feeds of other sites.", ["outcome"])
FEEDS = Gauge(
    "calendar_feeds",
    "Feeds of other sites: all of them, and those that could not be read for hours.",
    ["which"],
    multiprocess_mode="mostrecent",
)
