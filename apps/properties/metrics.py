from prometheus_client import Counter

SEARCHES = Counter("searches_total", "Answered searches.", ["dated", "found"])
SEARCHES_KEPT = Counter("searches_kept_total", "Hot searches: kept ones found, or made.", ["how"])
